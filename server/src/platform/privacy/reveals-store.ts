import { many, one, sql, type Db, type Queryable, type Tx } from '../db/database.ts'
import type { PersonActor } from '../rights/actor.ts'

export type RevealKind = 'contact' | 'emergency'
export interface RevealRecord {
  id: string
  districtId: number
  at: Date
  kind: RevealKind
  caseId: string
  caseNumber: string
  areaPath: string
  personId: string
  personName: string
  postTitle: string
  unitName: string
  reason: string
  reviewDueAt: Date | null
  reviewedAt: Date | null
  reviewerName: string | null
  verdict: 'justified' | 'unjustified' | null
  reviewNote: string | null
}

const COLUMNS =
  sql.raw(`id, district_id as "districtId", at, kind, case_id as "caseId", case_number as "caseNumber", area_path as "areaPath", person_id as "personId", person_name as "personName",
  post_title as "postTitle", unit_name as "unitName", reason, review_due_at as "reviewDueAt", reviewed_at as "reviewedAt", reviewer_name as "reviewerName", verdict, review_note as "reviewNote"`)

/** Lets one reveal of a person be counted at a time, until the transaction ends. */
export async function lockReveals(tx: Tx, personId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(7262010, hashtext(${personId}))`.execute(tx)
}

/** How many reveals of a kind a person made since an instant, and when the first of them was. */
export async function countReveals(tx: Tx, personId: string, kind: RevealKind, since: Date): Promise<{ count: number; first: Date | null }> {
  const row = await one<{ count: number; first: Date | null }>(
    tx,
    sql`select count(*) as count, min(at) as first from platform.reveal where person_id = ${personId} and kind = ${kind} and at > ${since}`,
  )
  return row ?? { count: 0, first: null }
}

export async function insertReveal(
  tx: Tx,
  row: Pick<RevealRecord, 'id' | 'districtId' | 'at' | 'kind' | 'caseId' | 'caseNumber' | 'areaPath' | 'reason' | 'reviewDueAt'>,
  actor: PersonActor,
): Promise<void> {
  await sql`insert into platform.reveal (district_id, id, at, kind, case_id, case_number, area_path, person_id, person_name, post_id, post_title, unit_name, reason, review_due_at)
    values (${row.districtId}, ${row.id}, ${row.at}, ${row.kind}, ${row.caseId}, ${row.caseNumber}, ${row.areaPath}, ${actor.personId}, ${actor.personName}, ${actor.postId}, ${actor.postTitle},
      ${actor.unitName}, ${row.reason}, ${row.reviewDueAt})`.execute(tx)
}

const inScope = (scope: string) => sql<boolean>`(area_path = ${scope} or left(area_path, ${scope.length + 1}) = ${`${scope}.`})`

/** Reveals inside an area, newest first. */
export function listReveals(
  db: Db,
  filter: { scope: string; kind: RevealKind | undefined; open: boolean; after: { at: Date; id: string } | undefined; limit: number },
): Promise<RevealRecord[]> {
  const { after } = filter
  return many(
    db,
    sql`select ${COLUMNS} from platform.reveal where ${inScope(filter.scope)} and (${filter.kind ?? null}::text is null or kind = ${filter.kind ?? ''})
      and (not ${filter.open}::boolean or (review_due_at is not null and reviewed_at is null)) and (${after?.at ?? null}::timestamptz is null or (at, id) < (${after?.at ?? null}, ${after?.id ?? null}::uuid))
    order by at desc, id desc limit ${filter.limit}`,
  )
}

/** How many wait for a review inside an area, and how many of them too long. */
export async function countOpenReveals(db: Db, scope: string, now: Date): Promise<{ open: number; overdue: number }> {
  const row = await one<{ open: number; overdue: number }>(
    db,
    sql`select count(*) as open, count(*) filter (where review_due_at < ${now}) as overdue from platform.reveal where ${inScope(scope)} and review_due_at is not null and reviewed_at is null`,
  )
  return row ?? { open: 0, overdue: 0 }
}

export const findReveal = (db: Queryable, id: string) => one<RevealRecord>(db, sql`select ${COLUMNS} from platform.reveal where id = ${id}`)
export const lockReveal = (tx: Tx, id: string) => one<RevealRecord>(tx, sql`select ${COLUMNS} from platform.reveal where id = ${id} for update`)

export async function writeReview(tx: Tx, id: string, review: { at: Date; reviewer: PersonActor; verdict: string; note: string }): Promise<void> {
  await sql`update platform.reveal set reviewed_at = ${review.at}, reviewer_id = ${review.reviewer.personId}, reviewer_name = ${review.reviewer.personName}, verdict = ${review.verdict},
    review_note = ${review.note} where id = ${id}`.execute(tx)
}
