import { many, one, sql, type Db, type Queryable, type Tx } from '../db/database.ts'

export interface Proof {
  id: string
  day: string
  eraser: string
  columns: string[]
  rows: number
  oldestAt: Date | null
  digest: string
  startedAt: Date
  finishedAt: Date | null
}
const COLUMNS = sql.raw('id, day, eraser, columns, row_count as rows, oldest_at as "oldestAt", digest, started_at as "startedAt", finished_at as "finishedAt"')

/** Lets erasure and the placing of holds wait for each other, until the transaction ends. */
export async function lockErasure(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(7262011)`.execute(tx)
}

/** The proof of an eraser's day, begun where there is none; locked. */
export async function lockProof(tx: Tx, fresh: { id: string; day: string; eraser: string; columns: readonly string[]; at: Date }): Promise<Proof> {
  await sql`insert into platform.erasure (district_id, id, day, eraser, columns, row_count, digest, started_at)
    values (0, ${fresh.id}, ${fresh.day}, ${fresh.eraser}, ${[...fresh.columns]}, 0, '', ${fresh.at}) on conflict (day, eraser) do nothing`.execute(tx)
  const row = await one<Proof>(tx, sql`select ${COLUMNS} from platform.erasure where day = ${fresh.day} and eraser = ${fresh.eraser} for update`)
  if (!row) throw new Error(`PROOF_LOST ${fresh.day} ${fresh.eraser}`)
  return row
}
export async function writeProof(tx: Tx, proof: Pick<Proof, 'id' | 'rows' | 'oldestAt' | 'digest'>): Promise<void> {
  await sql`update platform.erasure set row_count = ${proof.rows}, oldest_at = ${proof.oldestAt}, digest = ${proof.digest}, finished_at = null where district_id = 0 and id = ${proof.id}`.execute(
    tx,
  )
}
export async function finishProof(db: Db, day: string, eraser: string, at: Date): Promise<void> {
  await sql`update platform.erasure set finished_at = ${at} where day = ${day} and eraser = ${eraser} and finished_at is null`.execute(db)
}
export const listProofs = (db: Db, after: { at: Date; id: string } | undefined, limit: number) =>
  many<Proof>(
    db,
    sql`select ${COLUMNS} from platform.erasure where (${after?.at ?? null}::timestamptz is null or (started_at, id) < (${after?.at ?? null}, ${after?.id ?? null}::uuid))
      order by started_at desc, id desc limit ${limit}`,
  )

/** How far the erasure of ended cases has come for a period. */
export async function findMark(tx: Tx, periodDays: number): Promise<{ endedAt: Date; id: string } | undefined> {
  return one(tx, sql`select ended_at as "endedAt", case_id as id from platform.erasure_mark where period_days = ${periodDays}`)
}
export async function writeMark(tx: Tx, periodDays: number, mark: { endedAt: Date; id: string }): Promise<void> {
  await sql`insert into platform.erasure_mark (period_days, ended_at, case_id) values (${periodDays}, ${mark.endedAt}, ${mark.id})
    on conflict (period_days) do update set ended_at = excluded.ended_at, case_id = excluded.case_id`.execute(tx)
}

export interface HoldRecord {
  id: string
  districtId: number
  caseId: string
  caseNumber: string
  areaPath: string
  reason: string
  placedAt: Date
  placerName: string
  endsAt: Date
  releasedAt: Date | null
  releaserName: string | null
  releaseReason: string | null
}
const HOLD_COLUMNS =
  sql.raw(`id, district_id as "districtId", case_id as "caseId", case_number as "caseNumber", area_path as "areaPath", reason, placed_at as "placedAt", placer_name as "placerName", ends_at as "endsAt",
  released_at as "releasedAt", releaser_name as "releaserName", release_reason as "releaseReason"`)

export async function insertHold(
  tx: Tx,
  row: Omit<HoldRecord, 'releasedAt' | 'releaserName' | 'releaseReason'> & { readonly placerId: string },
): Promise<void> {
  await sql`insert into platform.legal_hold (district_id, id, case_id, case_number, area_path, reason, placed_at, placer_id, placer_name, ends_at)
    values (${row.districtId}, ${row.id}, ${row.caseId}, ${row.caseNumber}, ${row.areaPath}, ${row.reason}, ${row.placedAt}, ${row.placerId}, ${row.placerName}, ${row.endsAt})`.execute(
    tx,
  )
}
export const findHold = (db: Queryable, id: string) => one<HoldRecord>(db, sql`select ${HOLD_COLUMNS} from platform.legal_hold where id = ${id}`)
export const lockHold = (tx: Tx, id: string) => one<HoldRecord>(tx, sql`select ${HOLD_COLUMNS} from platform.legal_hold where id = ${id} for update`)
export async function writeRelease(tx: Tx, id: string, release: { at: Date; releaserId: string; releaserName: string; reason: string }): Promise<void> {
  await sql`update platform.legal_hold set released_at = ${release.at}, releaser_id = ${release.releaserId}, releaser_name = ${release.releaserName}, release_reason = ${release.reason}
    where id = ${id}`.execute(tx)
}
export function listHolds(
  db: Db,
  filter: { scope: string; active: boolean; now: Date; after: { at: Date; id: string } | undefined; limit: number },
): Promise<HoldRecord[]> {
  const { after, scope } = filter
  return many(
    db,
    sql`select ${HOLD_COLUMNS} from platform.legal_hold where (area_path = ${scope} or left(area_path, ${scope.length + 1}) = ${`${scope}.`})
      and (not ${filter.active}::boolean or (released_at is null and ends_at > ${filter.now})) and (${after?.at ?? null}::timestamptz is null or (placed_at, id) < (${after?.at ?? null}, ${after?.id ?? null}::uuid))
      order by placed_at desc, id desc limit ${filter.limit}`,
  )
}

/** Those of the cases that a hold in force keeps. */
export async function heldCases(tx: Tx, ids: readonly string[], now: Date): Promise<Set<string>> {
  const rows = await many<{ id: string }>(
    tx,
    sql`select distinct case_id as id from platform.legal_hold where case_id = any(${[...ids]}::uuid[]) and released_at is null and ends_at > ${now}`,
  )
  return new Set(rows.map((row) => row.id))
}
/** Cases whose holds have all come to an end: erasure may have passed them by. */
export async function freedCases(tx: Tx, now: Date, afterId: string, limit: number): Promise<string[]> {
  const rows = await many<{ id: string }>(
    tx,
    sql`select case_id as id from platform.legal_hold where case_id > ${afterId}::uuid group by case_id having bool_and(released_at is not null or ends_at <= ${now}) order by case_id limit ${limit}`,
  )
  return rows.map((row) => row.id)
}
