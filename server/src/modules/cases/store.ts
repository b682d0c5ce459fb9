import { many, one, sql, type Queryable, type Tx } from '../../platform/db/database.ts'
import type { ChainedLine, Words } from './ledger.ts'
import { dueAtOf, type CaseState, type Facts, type LedgerEntry } from './model.ts'

/** A case as it stands in its row. */
export interface CaseRecord {
  district_id: number
  id: string
  number: string
  workflow: string
  workflow_version: number
  channel: string
  title: string
  area_path: string
  grid_code: string | null
  lon: number | null
  lat: number | null
  opened_at: Date
  state: string
  step: string
  seq: number
  round: number
  state_at: Date
  head_hash: string
  edition: number | null
  matter_key: string | null
  matter_name: string | null
  condition_row: number | null
  advised_unit: string | null
  advised_rule: string | null
  owner_unit: string | null
  due_at: Date | null
  overdue: boolean
  filed_at: Date | null
  dispatched_at: Date | null
  handled_at: Date | null
  handled_on_time: boolean | null
  closed_at: Date | null
  closed_on_time: boolean | null
  voided_at: Date | null
  sent_back: number
}
/** The facts with which a case opens; they never change. */
export interface OpeningFacts {
  readonly districtId: number
  readonly id: string
  readonly number: string
  readonly workflow: string
  readonly workflowVersion: number
  readonly channel: string
  readonly title: string
  readonly areaPath: string
  readonly gridCode: string | null
  readonly lon: number | null
  readonly lat: number | null
  readonly openedAt: Date
}

export const findCase = (db: Queryable, districtId: number, id: string) =>
  one<CaseRecord>(db, sql`select * from cases."case" where district_id = ${districtId} and id = ${id}`)
export const lockCase = (tx: Tx, districtId: number, id: string) =>
  one<CaseRecord>(tx, sql`select * from cases."case" where district_id = ${districtId} and id = ${id} for update`)

export interface EntryRow {
  seq: number
  at: Date
  move: string
  actor_kind: string
  person_id: string | null
  post_id: string | null
  unit_code: string | null
  reason_code: string | null
  facts: Facts
  words_digest: string
  alg: string
  prev_hash: string
  hash: string
}
export const listEntries = (db: Queryable, districtId: number, caseId: string) =>
  many<EntryRow>(
    db,
    sql`
  select seq, at, move, actor_kind, person_id, post_id, unit_code, reason_code, facts, words_digest, alg, prev_hash, hash from cases.entry where district_id = ${districtId} and case_id = ${caseId} order by seq`,
  )
export const toLedgerEntry = (row: EntryRow): LedgerEntry => ({
  seq: row.seq,
  at: row.at,
  move: row.move,
  personId: row.person_id,
  postId: row.post_id,
  unitCode: row.unit_code,
  reasonCode: row.reason_code,
  facts: row.facts,
})

export const listWords = (db: Queryable, districtId: number, caseId: string) =>
  many<{ seq: number; salt: string; words: Words }>(
    db,
    sql`
  select seq, salt, words from cases.entry_words where district_id = ${districtId} and case_id = ${caseId} order by seq`,
  )

export interface DeadlineRow {
  stage: string
  started_seq: number
  clock: string
  amount: number
  started_at: Date
  due_at: Date
  provisional: boolean
  stopped_at: Date | null
  overdue_at: Date | null
}
export const listDeadlines = (db: Queryable, districtId: number, caseId: string) =>
  many<DeadlineRow>(
    db,
    sql`
  select stage, started_seq, clock, amount, started_at, due_at, provisional, stopped_at, overdue_at from cases.deadline where district_id = ${districtId} and case_id = ${caseId} order by started_seq, stage`,
  )

/** Deadlines whose time has come; whoever handles one locks the case and looks again. */
export const listDue = (db: Queryable, now: Date, limit: number) =>
  many<{ district_id: number; case_id: string; stage: string }>(
    db,
    sql`
  select district_id, case_id, stage from cases.deadline where stopped_at is null and overdue_at is null and due_at <= ${now} order by due_at limit ${limit}`,
  )

export const countDeadlines = async (db: Queryable, now: Date) =>
  (await one<{ running: number; passed: number }>(
    db,
    sql`
  select count(*) as running, count(*) filter (where due_at <= ${now}) as passed from cases.deadline where stopped_at is null and overdue_at is null`,
  )) ?? { running: 0, passed: 0 }

interface Named {
  id: string
  name: string
}
/** Who made the entries: people by name, posts with their unit. */
export async function readActors(db: Queryable, entries: readonly EntryRow[]): Promise<{ people: Named[]; posts: (Named & { unit_name: string })[] }> {
  const [people, posts] = await Promise.all([
    many<Named>(db, sql`select id, name from identity_pub.person where id = any(${entries.flatMap((entry) => entry.person_id ?? [])}::uuid[])`),
    many<Named & { unit_name: string }>(
      db,
      sql`select post.id, post.title as name, unit.name as unit_name from identity_pub.post join identity_pub.unit on unit.code = post.unit_code where post.id = any(${entries.flatMap((entry) => entry.post_id ?? [])}::uuid[])`,
    ),
  ])
  return { people, posts }
}
export const readUnitNames = (db: Queryable, entries: readonly EntryRow[]) =>
  many<{ code: string; name: string }>(db, sql`select code, name from identity_pub.unit where code = any(${entries.flatMap((entry) => entry.unit_code ?? [])})`)

/** Reserves the next serials of a day; returns the first that is not ours any more. */
export const reserveNumbers = async (db: Queryable, day: string, count: number) =>
  (
    await one<{ next_serial: number }>(
      db,
      sql`
  insert into platform.number_block (day, next_serial) values (${day}, ${1 + count}) on conflict (day) do update set next_serial = platform.number_block.next_serial + ${count} returning next_serial`,
    )
  )?.next_serial ?? 1

const derived = (
  state: CaseState,
  headHash: string,
) => sql`${state.state}, ${state.step}, ${state.seq}, ${state.round}, ${state.stateAt}, ${headHash}, ${state.edition}, ${state.matterKey}, ${state.matterName}, ${state.conditionRow},
  ${state.advisedUnit}, ${state.advisedRule}, ${state.owner}, ${dueAtOf(state)}, ${state.overdue}, ${state.filedAt}, ${state.dispatchedAt}, ${state.handledAt}, ${state.handledOnTime}, ${state.closedAt}, ${state.closedOnTime}, ${state.voidedAt}, ${state.sentBack}`
const DERIVED = sql.raw(
  'state, step, seq, round, state_at, head_hash, edition, matter_key, matter_name, condition_row, advised_unit, advised_rule, owner_unit, due_at, overdue, filed_at, dispatched_at, handled_at, handled_on_time, closed_at, closed_on_time, voided_at, sent_back',
)
const OPENING = sql.raw('district_id, id, number, workflow, workflow_version, channel, title, area_path, grid_code, lon, lat, opened_at')

export async function insertCase(tx: Tx, facts: OpeningFacts, state: CaseState, headHash: string): Promise<void> {
  await sql`insert into cases."case" (${OPENING}, ${DERIVED}) values (${facts.districtId}, ${facts.id}, ${facts.number}, ${facts.workflow}, ${facts.workflowVersion}, ${facts.channel}, ${facts.title}, ${facts.areaPath}, ${facts.gridCode},
    ${facts.lon}, ${facts.lat}, ${facts.openedAt}, ${derived(state, headHash)})`.execute(tx)
}

export async function updateCase(tx: Tx, districtId: number, id: string, state: CaseState, headHash: string): Promise<void> {
  await sql`update cases."case" set (${DERIVED}) = (${derived(state, headHash)}) where district_id = ${districtId} and id = ${id}`.execute(tx)
}

/** Appends lines with their words and the deadlines they started. */
export async function appendLines(tx: Tx, lines: readonly ChainedLine[]): Promise<void> {
  const entries = lines.map((line) => ({
    district_id: line.districtId,
    case_id: line.caseId,
    seq: line.seq,
    at: line.at,
    move: line.move,
    actor_kind: line.actorKind,
    person_id: line.personId,
    post_id: line.postId,
    unit_code: line.unitCode,
    reason_code: line.reasonCode,
    facts: line.facts,
    words_digest: line.wordsDigest,
    alg: line.alg,
    prev_hash: line.prevHash,
    hash: line.hash,
    salt: line.salt,
    words: line.words,
  }))
  await sql`with line as (select * from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as line (district_id int, case_id uuid, seq int, at timestamptz, move text, actor_kind text, person_id uuid, post_id uuid, unit_code text, reason_code text,
      facts jsonb, words_digest text, alg text, prev_hash text, hash text, salt text, words jsonb)),
    entry as (insert into cases.entry (district_id, case_id, seq, at, move, actor_kind, person_id, post_id, unit_code, reason_code, facts, words_digest, alg, prev_hash, hash)
      select district_id, case_id, seq, at, move, actor_kind, person_id, post_id, unit_code, reason_code, facts, words_digest, alg, prev_hash, hash from line),
    words as (insert into cases.entry_words (district_id, case_id, seq, salt, words) select district_id, case_id, seq, salt, words from line)
    insert into cases.deadline (district_id, case_id, stage, started_seq, clock, amount, calendar, started_at, due_at, provisional)
      select line.district_id, line.case_id, due.stage, line.seq, due.clock, due.amount, due.calendar, line.at, due."dueAt", due.provisional
      from line, jsonb_to_recordset(coalesce(line.facts -> 'deadlines', '[]')) as due (stage text, clock text, amount float8, calendar text, "dueAt" timestamptz, provisional boolean)`.execute(
    tx,
  )
}

export async function stopDeadlines(tx: Tx, districtId: number, caseId: string, stages: readonly string[], at: Date): Promise<void> {
  if (stages.length === 0) return
  await sql`update cases.deadline set stopped_at = ${at} where district_id = ${districtId} and case_id = ${caseId} and stage = any(${[...stages]}) and stopped_at is null`.execute(
    tx,
  )
}
export async function markDeadline(tx: Tx, districtId: number, caseId: string, stage: string, at: Date): Promise<void> {
  await sql`update cases.deadline set overdue_at = ${at} where district_id = ${districtId} and case_id = ${caseId} and stage = ${stage} and stopped_at is null`.execute(
    tx,
  )
}
