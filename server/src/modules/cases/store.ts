import { many, one, sql, together, write, type Queryable, type Tx } from '../../platform/db/database.ts'
import type { ChainedLine, Words } from './ledger.ts'
import { dueAtOf, type CaseState, type Facts, type LedgerEntry, type RunningDeadline } from './model.ts'

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
  reworked: number
  involved: string[]
  waiting: string[]
  track: string | null
  track_rule: string | null
  first_receiver: string | null
  linked_to: string | null
  joined: number
  exempt: string
  raised_to: string | null
  raised_level: number
  answered_at: Date | null
  answered_fixed: boolean | null
  answered_rating: string | null
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
  readonly openedAt: Date
}

export const findCase = async (db: Queryable, districtId: number, id: string) =>
  (await together(db, sql<CaseRecord>`select * from cases."case" where district_id = ${districtId} and id = ${id}`))[0][0]
export const lockCase = async (tx: Tx, districtId: number, id: string) => (await together(tx, locked(districtId, id)))[0][0]
/** Locks a case and reads its ledger; the ledger is read when the lock is held, so it is that of the locked row. */
export async function lockWithEntries(tx: Tx, districtId: number, id: string): Promise<{ row: CaseRecord; entries: EntryRow[] } | undefined> {
  const [[row], entries] = await together(tx, locked(districtId, id), ledger(districtId, id))
  return row && { row, entries }
}

const locked = (districtId: number, id: string) => sql<CaseRecord>`select * from cases."case" where district_id = ${districtId} and id = ${id} for update`
const ledger = (districtId: number, caseId: string) =>
  sql<EntryRow>`select seq, at, move, actor_kind, person_id, post_id, unit_code, reason_code, facts, words_digest, alg, prev_hash, hash from cases.entry
  where district_id = ${districtId} and case_id = ${caseId} order by seq`

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
export const listEntries = async (db: Queryable, districtId: number, caseId: string) => (await together(db, ledger(districtId, caseId)))[0]
/** Several cases with their ledgers, by id; those that are not there are left out. */
export async function listCasesWithEntries(
  db: Queryable,
  cases: readonly { readonly districtId: number; readonly id: string }[],
): Promise<ReadonlyMap<string, { row: CaseRecord; entries: EntryRow[] }>> {
  const named = sql`unnest(${cases.map((one) => one.districtId)}::int[], ${cases.map((one) => one.id)}::uuid[])`
  const [rows, entries] = await together(
    db,
    sql<CaseRecord>`select "case".* from cases."case" join ${named} as named (district_id, id) using (district_id, id)`,
    sql<
      EntryRow & { case_id: string }
    >`select case_id, seq, at, move, actor_kind, person_id, post_id, unit_code, reason_code, facts, words_digest, alg, prev_hash, hash from cases.entry
      join ${named} as named (district_id, case_id) using (district_id, case_id) order by case_id, seq`,
  )
  const found = new Map(rows.map((row) => [row.id, { row, entries: new Array<EntryRow>() }]))
  for (const entry of entries) found.get(entry.case_id)?.entries.push(entry)
  return found
}
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
  strand: string
  started_seq: number
  clock: string
  amount: number
  calendar: string
  since: Date | null
  started_at: Date
  due_at: Date
  provisional: boolean
  stopped_at: Date | null
  paused: boolean
  overdue_at: Date | null
}
export const listDeadlines = (db: Queryable, districtId: number, caseId: string) =>
  many<DeadlineRow>(
    db,
    sql`
  select stage, strand, started_seq, clock, amount, calendar, since, started_at, due_at, provisional, stopped_at, paused, overdue_at from cases.deadline where district_id = ${districtId} and case_id = ${caseId} order by started_seq, stage, strand`,
  )

/** Deadlines whose time has come; whoever handles one locks the case and looks again. */
export const listDue = (db: Queryable, now: Date, limit: number, except: readonly string[]) =>
  many<{ district_id: number; case_id: string; stage: string; strand: string }>(
    db,
    sql`
  select district_id, case_id, stage, strand from cases.deadline where stopped_at is null and overdue_at is null and due_at <= ${now} and not (case_id = any(${[...except]}::uuid[])) order by due_at limit ${limit}`,
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

const lastAnswer = (state: CaseState) => state.answers.at(-1)
const derived = (
  state: CaseState,
  headHash: string,
  waiting: readonly string[],
) => sql`${state.state}, ${state.step}, ${state.seq}, ${state.round}, ${state.stateAt}, ${headHash}, ${state.place.areaPath}, ${state.place.gridCode}, ${state.place.lon}, ${state.place.lat}, ${state.edition}, ${state.matterKey}, ${state.matterName}, ${state.conditionRow},
  ${state.advisedUnit}, ${state.advisedRule}, ${state.owner}, ${dueAtOf(state)}, ${state.overdue}, ${state.filedAt}, ${state.dispatchedAt}, ${state.handledAt}, ${state.handledOnTime}, ${state.closedAt}, ${state.closedOnTime}, ${state.voidedAt}, ${state.sentBack},
  ${state.reworked}, ${[...state.involved]}, ${[...waiting]}, ${state.track}, ${state.trackRule}, ${state.firstReceiver}, ${state.linkedTo?.id ?? null}, ${state.joined.length}, ${state.exempt}, ${state.raised?.to ?? null}, ${state.raised?.level ?? 0},
  ${lastAnswer(state)?.at ?? null}, ${lastAnswer(state)?.fixed ?? null}, ${lastAnswer(state)?.rating ?? null}`
const DERIVED = sql.raw(
  'state, step, seq, round, state_at, head_hash, area_path, grid_code, lon, lat, edition, matter_key, matter_name, condition_row, advised_unit, advised_rule, owner_unit, due_at, overdue, filed_at, dispatched_at, handled_at, handled_on_time, closed_at, closed_on_time, voided_at, sent_back, reworked, involved, waiting, track, track_rule, first_receiver, linked_to, joined, exempt, raised_to, raised_level, answered_at, answered_fixed, answered_rating',
)
const OPENING = sql.raw('district_id, id, number, workflow, workflow_version, channel, title, opened_at')

/** What a command writes of one case: its lines, and everything that follows from them. */
export interface CaseWrite {
  readonly opening: OpeningFacts
  readonly before: CaseState | undefined
  readonly state: CaseState
  readonly headHash: string
  readonly waiting: readonly string[]
  readonly lines: readonly ChainedLine[]
  readonly at: Date
}

/** Writes lines, words, clocks, strands and the case's own row in one statement. */
export async function writeCase(tx: Tx, written: CaseWrite): Promise<void> {
  const { opening, before, state, headHash, waiting } = written
  const row = before
    ? sql`update cases."case" set (${DERIVED}) = (${derived(state, headHash, waiting)}) where district_id = ${opening.districtId} and id = ${opening.id}`
    : sql`insert into cases."case" (${OPENING}, ${DERIVED}) values (${opening.districtId}, ${opening.id}, ${opening.number}, ${opening.workflow}, ${opening.workflowVersion}, ${opening.channel}, ${opening.title}, ${opening.openedAt}, ${derived(state, headHash, waiting)})`
  const clocks = clockRows(written)
  await write(
    tx,
    sql`with line as (select * from jsonb_to_recordset(${JSON.stringify(entryRows(written.lines))}::jsonb) as line (seq int, at timestamptz, move text, actor_kind text, person_id uuid, post_id uuid, unit_code text, reason_code text,
      facts jsonb, words_digest text, alg text, prev_hash text, hash text, salt text, words jsonb)),
    entry as (insert into cases.entry (district_id, case_id, seq, at, move, actor_kind, person_id, post_id, unit_code, reason_code, facts, words_digest, alg, prev_hash, hash)
      select ${opening.districtId}::int, ${opening.id}::uuid, seq, at, move, actor_kind, person_id, post_id, unit_code, reason_code, facts, words_digest, alg, prev_hash, hash from line),
    words as (insert into cases.entry_words (district_id, case_id, seq, salt, words) select ${opening.districtId}::int, ${opening.id}::uuid, seq, salt, words from line)
    ${clocks.begun.length === 0 ? sql`` : beginClocks(opening, clocks.begun)}
    ${clocks.turned.length === 0 ? sql`` : turnClocks(opening, clocks.turned)}
    ${state.strands.length === 0 ? sql`` : writeStrands(opening, state)}
    ${before ? sql`` : sql`, text as (insert into cases.case_text (district_id, id, number, title) values (${opening.districtId}, ${opening.id}, ${opening.number}, ${opening.title}))`}
    ${row}`,
  )
}

const entryRows = (lines: readonly ChainedLine[]) =>
  lines.map((line) => ({
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

interface ClockRow {
  readonly stage: string
  readonly strand: string
  readonly started_seq: number
  readonly clock: string
  readonly amount: number
  readonly calendar: string
  readonly started_at: Date
  readonly due_at: string
  readonly provisional: boolean
  readonly since: string | null
  readonly left_amount: number | null
  readonly stopped_at: Date | null
  readonly paused: boolean
  readonly overdue_at: Date | null
}

/** The clocks that these lines began, as they stand now, and those of before that stopped, paused or ran out. */
function clockRows({ before, state, lines, at }: CaseWrite): { begun: ClockRow[]; turned: ClockRow[] } {
  const now = new Map([...state.running, ...state.paused].map((deadline) => [clockKey(deadline), deadline]))
  const paused = new Set(state.paused.map(clockKey))
  const rowOf = (deadline: RunningDeadline): ClockRow => {
    const current = now.get(clockKey(deadline))
    return {
      stage: deadline.stage,
      strand: deadline.strand ?? '',
      started_seq: deadline.startedSeq,
      clock: deadline.clock,
      amount: deadline.amount,
      calendar: deadline.calendar,
      started_at: current?.startedAt ?? deadline.startedAt,
      due_at: deadline.dueAt,
      provisional: deadline.provisional,
      since: deadline.since ?? null,
      left_amount: deadline.left ?? null,
      stopped_at: current && !paused.has(clockKey(deadline)) ? null : at,
      paused: paused.has(clockKey(deadline)),
      overdue_at: current?.overdueAt ?? deadline.overdueAt,
    }
  }
  const begun = lines.flatMap((line) =>
    (line.facts.deadlines ?? []).map((fact) => rowOf({ ...fact, startedSeq: line.seq, startedAt: line.at, overdueAt: null })),
  )
  const turned = (before?.running ?? []).filter((deadline) => {
    const current = now.get(clockKey(deadline))
    return !current || paused.has(clockKey(deadline)) || current.overdueAt !== deadline.overdueAt
  })
  return { begun, turned: turned.map(rowOf) }
}
const clockKey = (deadline: Pick<RunningDeadline, 'stage' | 'strand' | 'startedSeq'>) => `${deadline.stage}/${deadline.strand ?? ''}/${deadline.startedSeq}`

const beginClocks = (opening: OpeningFacts, rows: readonly ClockRow[]) =>
  sql`, begun as (insert into cases.deadline (district_id, case_id, stage, strand, started_seq, clock, amount, calendar, started_at, due_at, provisional, since, left_amount, stopped_at, paused, overdue_at)
      select ${opening.districtId}::int, ${opening.id}::uuid, stage, strand, started_seq, clock, amount, calendar, started_at, due_at, provisional, since, left_amount, stopped_at, paused, overdue_at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as clock (stage text, strand text, started_seq int, clock text, amount float8, calendar text, started_at timestamptz, due_at timestamptz, provisional boolean, since timestamptz, left_amount float8, stopped_at timestamptz, paused boolean, overdue_at timestamptz))`
const turnClocks = (opening: OpeningFacts, rows: readonly ClockRow[]) =>
  sql`, turned as (update cases.deadline set stopped_at = turn.stopped_at, paused = turn.paused, overdue_at = turn.overdue_at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as turn (stage text, strand text, started_seq int, stopped_at timestamptz, paused boolean, overdue_at timestamptz)
      where deadline.district_id = ${opening.districtId} and deadline.case_id = ${opening.id} and deadline.stage = turn.stage and deadline.strand = turn.strand and deadline.started_seq = turn.started_seq)`

function writeStrands(opening: OpeningFacts, state: CaseState) {
  const rows = state.strands.map((strand) => ({
    key: strand.key,
    kind: strand.kind,
    state: strand.state,
    open: strand.open,
    unit_code: strand.unit,
    by_unit: strand.by,
    opened_at: strand.openedAt,
    ended_at: strand.endedAt,
    due_at: state.running.find((deadline) => deadline.strand === strand.key)?.dueAt ?? null,
    overdue_at: strand.overdueAt,
    reason: strand.reason,
    limit_clock: strand.limit?.clock ?? null,
    limit_amount: strand.limit?.amount ?? null,
    until_on: strand.until,
  }))
  return sql`, strand as (insert into cases.strand (district_id, case_id, key, kind, state, open, unit_code, by_unit, opened_at, ended_at, due_at, overdue_at, reason, limit_clock, limit_amount, until_on)
      select ${opening.districtId}::int, ${opening.id}::uuid, key, kind, state, open, unit_code, by_unit, opened_at, ended_at, due_at, overdue_at, reason, limit_clock, limit_amount, until_on
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (key text, kind text, state text, open boolean, unit_code text, by_unit text, opened_at timestamptz, ended_at timestamptz, due_at timestamptz, overdue_at timestamptz, reason text, limit_clock text, limit_amount float8, until_on date)
      on conflict (district_id, case_id, key) do update set state = excluded.state, open = excluded.open, ended_at = excluded.ended_at, due_at = coalesce(excluded.due_at, strand.due_at), overdue_at = excluded.overdue_at, limit_clock = excluded.limit_clock, limit_amount = excluded.limit_amount)`
}

/** The cases that wait beside one, oldest first. */
export const listLinked = async (tx: Tx, mainId: string) =>
  (await together(tx, sql<{ id: string }>`select id from cases."case" where linked_to = ${mainId} and state = 'linked' order by opened_at, id`))[0]
