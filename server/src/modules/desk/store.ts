import type { SavedFilterValue } from './filters.ts'
import { many, one, sql, write, type Queryable, type Tx } from '../../platform/db/database.ts'
import type { AgeEraser, Erased } from '../../platform/privacy/eraser.ts'
import type { PersonActor } from '../../platform/rights/actor.ts'
import { visibleTo } from '../cases/index.ts'

export interface FilterRow {
  id: string
  name: string
  filter: SavedFilterValue
  shared: boolean
  own: boolean
}
const FILTER = (personId: string) => sql`id, name, filter, shared, person_id = ${personId} as own`

/** One's own filters in their order, then the unit's shared ones by name. */
export const listFilters = (db: Queryable, { personId, unitCode }: PersonActor) =>
  many<FilterRow>(
    db,
    sql`select ${FILTER(personId)} from desk.filter where person_id = ${personId} or (shared and unit_code = ${unitCode})
      order by person_id = ${personId} desc, case when person_id = ${personId} then position end, name, id limit 200`,
  )
/** All filters of somebody, locked, so that two changes at once count and order one after the other. */
export const lockFilters = async (tx: Tx, personId: string) => {
  await write(tx, sql`select pg_advisory_xact_lock(hashtextextended('desk.filter ' || ${personId}::text, 0))`)
  return many<{ id: string; name: string; position: number }>(
    tx,
    sql`select id, name, position from desk.filter where person_id = ${personId} order by position, name, id`,
  )
}
export const insertFilter = (tx: Tx, row: Omit<FilterRow, 'own'> & { personId: string; unitCode: string; position: number; at: Date }) =>
  write(
    tx,
    sql`insert into desk.filter (id, person_id, unit_code, name, filter, shared, position, changed_at)
      values (${row.id}, ${row.personId}, ${row.unitCode}, ${row.name}, ${JSON.stringify(row.filter)}::jsonb, ${row.shared}, ${row.position}, ${row.at})`,
  )
export const updateFilter = (tx: Tx, row: Omit<FilterRow, 'own'> & { unitCode: string; at: Date }) =>
  write(
    tx,
    sql`update desk.filter set name = ${row.name}, filter = ${JSON.stringify(row.filter)}::jsonb, shared = ${row.shared}, unit_code = ${row.unitCode}, changed_at = ${row.at} where id = ${row.id}`,
  )
export const orderFilters = (tx: Tx, ids: readonly string[]) =>
  write(
    tx,
    sql`update desk.filter set position = named.position from unnest(${[...ids]}::uuid[]) with ordinality as named (id, position) where filter.id = named.id`,
  )
export const deleteFilter = (tx: Tx, id: string) => write(tx, sql`delete from desk.filter where id = ${id}`)

export interface ClaimRow {
  id: string
  case_id: string
  person_id: string
  at: Date
  ends_at: Date
  post_title: string
  unit_name: string
}
/** A claim runs until its time is over, its session has ended, its claimer has moved the case, or the case has ended. */
const RUNS = (now: Date) => sql`claim.ended_at is null and claim.ends_at > ${now}
  and exists (select from identity_pub.session where session.id = claim.session_id and session.ends_at > ${now})
  and not exists (select from cases_pub.entry_act as act where act.district_id = claim.district_id and act.case_id = claim.case_id and act.seq > claim.seq and act.person_id = claim.person_id)
  and not exists (select from cases_pub.case_fact as ended where ended.district_id = claim.district_id and ended.id = claim.case_id and ended.state in ('closed', 'evaluated', 'voided'))`
const CLAIM = sql`claim.id, claim.case_id, claim.person_id, claim.at, claim.ends_at, post.title as post_title, unit.name as unit_name
  from desk.claim join identity_pub.post on post.id = claim.post_id join identity_pub.unit on unit.code = post.unit_code`

/** The running claims on the named cases that an actor may see; district and id as of the ids. */
export const listClaims = (db: Queryable, actor: PersonActor, cases: readonly { districtId: number; id: string }[], now: Date) =>
  many<ClaimRow>(
    db,
    sql`select ${CLAIM} join unnest(${cases.map((one) => one.districtId)}::int[], ${cases.map((one) => one.id)}::uuid[]) as named (district_id, case_id)
        on claim.district_id = named.district_id and claim.case_id = named.case_id
      where ${RUNS(now)} and exists (select from cases_pub.case_fact where case_fact.district_id = claim.district_id and case_fact.id = claim.case_id and ${visibleTo(actor)})`,
  )
/** The running claim on one case; whoever calls has looked whether the case may be seen. */
export const findClaim = (db: Queryable, districtId: number, caseId: string, now: Date) =>
  one<ClaimRow>(db, sql`select ${CLAIM} where claim.district_id = ${districtId} and claim.case_id = ${caseId} and ${RUNS(now)}`)
/** From here on no other claim of this case begins or ends before the transaction does. */
export const lockClaims = (tx: Tx, caseId: string) => write(tx, sql`select pg_advisory_xact_lock(hashtextextended('desk.claim ' || ${caseId}::text, 0))`)
export type ClaimEnd = 'released' | 'taken' | 'over'
export const endClaims = (tx: Tx, districtId: number, caseId: string, how: ClaimEnd, now: Date) =>
  write(tx, sql`update desk.claim set ended_at = ${now}, ended_by = ${how} where district_id = ${districtId} and case_id = ${caseId} and ended_at is null`)
export const insertClaim = (
  tx: Tx,
  claim: { districtId: number; id: string; caseId: string; seq: number; actor: PersonActor; at: Date; endsAt: Date; reason: string | null },
) =>
  write(
    tx,
    sql`insert into desk.claim (district_id, id, case_id, seq, person_id, post_id, session_id, at, ends_at, reason)
      values (${claim.districtId}, ${claim.id}, ${claim.caseId}, ${claim.seq}, ${claim.actor.personId}, ${claim.actor.postId}, ${claim.actor.sessionId}, ${claim.at}, ${claim.endsAt}, ${claim.reason})`,
  )
/** Writes down which claims are over; how many. */
export const settleClaims = async (db: Queryable, now: Date) =>
  (
    await many(
      db,
      sql`update desk.claim set ended_at = ${now}, ended_by = 'over' where (district_id, id) in (select claim.district_id, claim.id from desk.claim where claim.ended_at is null and not (${RUNS(now)}) limit 500) returning id`,
    )
  ).length

export const findLooked = async (db: Queryable, { personId, postId }: PersonActor) =>
  (await one<{ seen_at: Date }>(db, sql`select seen_at from desk.looked where person_id = ${personId} and post_id = ${postId}`))?.seen_at ?? null
/** Moves the mark on, never back; where it now is. */
export const writeLooked = async (tx: Tx, { personId, postId }: PersonActor, seenAt: Date) =>
  (
    await one<{ seen_at: Date }>(
      tx,
      sql`insert into desk.looked (person_id, post_id, seen_at) values (${personId}, ${postId}, ${seenAt})
        on conflict (person_id, post_id) do update set seen_at = greatest(desk.looked.seen_at, excluded.seen_at) returning seen_at`,
    )
  )?.seen_at ?? seenAt
export const insertReceipts = async (tx: Tx, actor: PersonActor, shown: readonly { districtId: number; id: string; seq: number }[], at: Date) =>
  (
    await many(
      tx,
      sql`insert into desk.receipt (district_id, case_id, seq, person_id, post_id, at)
        select named.district_id, named.case_id, named.seq, ${actor.personId}::uuid, ${actor.postId}::uuid, ${at}::timestamptz
        from unnest(${shown.map((one) => one.districtId)}::int[], ${shown.map((one) => one.id)}::uuid[], ${shown.map((one) => one.seq)}::int[]) as named (district_id, case_id, seq)
        where exists (select from cases_pub.case_fact where case_fact.district_id = named.district_id and case_fact.id = named.case_id and ${visibleTo(actor)})
        on conflict do nothing returning case_id`,
    )
  ).length
/** Which posts have seen the alert of a case as it stands now. */
export const listReceipts = (db: Queryable, districtId: number, caseId: string) =>
  many<{ post_title: string; unit_name: string; at: Date }>(
    db,
    sql`select post.title as post_title, unit.name as unit_name, min(receipt.at) as at from desk.receipt join identity_pub.post on post.id = receipt.post_id join identity_pub.unit on unit.code = post.unit_code
      where district_id = ${districtId} and case_id = ${caseId} group by post.title, unit.name order by 3 desc limit 10`,
  )

export const findQuiet = async (db: Queryable, personId: string) =>
  (await one<{ from: string; to: string }>(
    db,
    sql`select to_char(from_time, 'HH24:MI') as "from", to_char(to_time, 'HH24:MI') as "to" from desk.quiet where person_id = ${personId}`,
  )) ?? null
export const writeQuiet = (tx: Tx, personId: string, quiet: { from: string; to: string } | null) =>
  quiet === null
    ? write(tx, sql`delete from desk.quiet where person_id = ${personId}`)
    : write(
        tx,
        sql`insert into desk.quiet (person_id, from_time, to_time) values (${personId}, ${quiet.from}::time, ${quiet.to}::time) on conflict (person_id) do update set from_time = excluded.from_time, to_time = excluded.to_time`,
      )

/** Receipts and ended claims go as whole rows when their time is over: what was done to a case stands in its ledger. */
export const receiptEraser: AgeEraser = {
  name: 'desk.receipts',
  columns: ['desk.receipt.person_id', 'desk.receipt.post_id'],
  older: (tx, before, limit) =>
    many<Erased>(
      tx,
      sql`delete from desk.receipt where (district_id, case_id, seq, person_id, post_id) in
          (select district_id, case_id, seq, person_id, post_id from desk.receipt where at < ${before} order by at, case_id limit ${limit}) returning case_id as id, at`,
    ),
}
export const claimEraser: AgeEraser = {
  name: 'desk.claims',
  columns: ['desk.claim.person_id', 'desk.claim.post_id', 'desk.claim.reason'],
  older: (tx, before, limit) =>
    many<Erased>(
      tx,
      sql`delete from desk.claim where (district_id, id) in
          (select district_id, id from desk.claim where ended_at is not null and ended_at < ${before} order by ended_at, id limit ${limit}) returning id, ended_at as at`,
    ),
}
