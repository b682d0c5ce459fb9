import { jointEvent1 } from '@linli/contract/workflows/joint-event-1'
import { findMove } from '@linli/contract/workflow'
import type pg from 'pg'
import { chainLine, saidDigest } from '../../src/modules/cases/ledger.ts'
import type { DeadlineFact, Facts } from '../../src/modules/cases/model.ts'

/** One line as somebody made it under version 1; nobody where a rule or a clock did. */
export interface OldLine {
  readonly move: string
  readonly by?: { readonly id: string; readonly postId: string; readonly unit: string }
  readonly reason?: string
  readonly facts?: Facts
  /** Hours after the line before. */
  readonly after?: number
}
/** A case as the first version of the program left it: where it was reported, and what was done. */
export interface OldCase {
  readonly districtId: number
  readonly id: string
  readonly number: string
  readonly title: string
  readonly said: string
  readonly areaPath: string
  readonly lon: number
  readonly lat: number
  readonly openedAt: Date
  readonly lines: readonly OldLine[]
}

const HOUR = 3_600_000
const HOURS: Readonly<Record<string, number>> = { accept: 0.25, verify: 0.5, dispatch: 0.25, handle: 2, check: 0.5 }
const UNOWNED = ['reported', 'verifying', 'verified', 'filed']
const MATTER = { edition: 1, matterKey: 'gbt30428-component-0101', matterName: '上水井盖', conditionRow: 1 }

interface Clock {
  readonly fact: DeadlineFact
  readonly seq: number
  readonly at: Date
  stopped: Date | null
  overdue: Date | null
}
interface Row {
  state: string
  step: string
  round: number
  stateAt: Date
  owner: string | null
  filed: Date | null
  dispatched: Date | null
  handled: Date | null
  handledOnTime: boolean | null
  closed: Date | null
  closedOnTime: boolean | null
  voided: Date | null
  sentBack: number
}

/** Writes a case into the tables of migration 0001 as that program wrote it: lines, words, clocks and the row, by rules kept in this file. */
export async function writeOldCase(pool: pg.Pool, one: OldCase): Promise<void> {
  const row: Row = {
    state: '',
    step: '',
    round: 1,
    stateAt: one.openedAt,
    owner: null,
    filed: null,
    dispatched: null,
    handled: null,
    handledOnTime: null,
    closed: null,
    closedOnTime: null,
    voided: null,
    sentBack: 0,
  }
  const clocks: Clock[] = []
  let at = one.openedAt
  let head = ''
  for (const [index, line] of one.lines.entries()) {
    at = new Date(at.getTime() + (index === 0 ? 0 : (line.after ?? 0.1)) * HOUR)
    const deadlines = startedBy(line.move, at)
    const opening = {
      number: one.number,
      workflow: 'joint-event',
      workflowVersion: 1,
      channel: 'web',
      areaPath: one.areaPath,
      gridCode: null,
      lon: one.lon,
      lat: one.lat,
    }
    const facts: Facts = { ...(index === 0 ? { opening, ...MATTER } : {}), ...line.facts, ...(deadlines.length > 0 ? { deadlines } : {}) }
    const words = index === 0 ? { saidDigest: saidDigest('sha256', one.title, one.said) } : {}
    const chained = chainLine(
      'sha256',
      head,
      {
        districtId: one.districtId,
        caseId: one.id,
        seq: index + 1,
        at,
        move: line.move,
        actorKind: line.by ? 'person' : index === 0 ? 'public' : 'system:rules',
        personId: line.by?.id ?? null,
        postId: line.by?.postId ?? null,
        unitCode: line.by?.unit ?? null,
        reasonCode: line.reason ?? null,
        facts,
        words,
      },
      `salt-${index}`,
    )
    head = chained.hash
    turn(row, clocks, line, facts, at, index + 1)
    await pool.query(
      `insert into cases.entry (district_id, case_id, seq, at, move, actor_kind, person_id, post_id, unit_code, reason_code, facts, words_digest, alg, prev_hash, hash) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)`,
      [
        one.districtId,
        one.id,
        chained.seq,
        at,
        chained.move,
        chained.actorKind,
        chained.personId,
        chained.postId,
        chained.unitCode,
        chained.reasonCode,
        JSON.stringify(facts),
        chained.wordsDigest,
        chained.alg,
        chained.prevHash,
        chained.hash,
      ],
    )
    await pool.query('insert into cases.entry_words (district_id, case_id, seq, salt, words) values ($1,$2,$3,$4,$5)', [
      one.districtId,
      one.id,
      chained.seq,
      chained.salt,
      JSON.stringify(words),
    ])
  }
  await writeRow(pool, one, row, clocks, head)
}

function startedBy(moveId: string, at: Date): DeadlineFact[] {
  return (findMove(jointEvent1, moveId)?.starts ?? []).map((stage) => ({
    stage,
    clock: 'urgentHour',
    amount: HOURS[stage] ?? 0,
    calendar: 'CN-2026',
    dueAt: new Date(at.getTime() + (HOURS[stage] ?? 0) * HOUR).toISOString(),
    provisional: false,
  }))
}

/** The fold of version 1. */
function turn(row: Row, clocks: Clock[], line: OldLine, facts: Facts, at: Date, seq: number): void {
  const move = findMove(jointEvent1, line.move)
  if (!move) throw new Error(line.move)
  const running = clocks.filter((clock) => clock.stopped === null)
  if (move.id === 'overdue') for (const clock of running.filter((one) => one.fact.stage === facts.stage)) clock.overdue = at
  if (move.kind === 'note') return
  const ended = running.filter((clock) => move.stops.includes(clock.fact.stage))
  const inTime = (stage: string) => !ended.some((clock) => clock.fact.stage === stage && (clock.overdue !== null || at > new Date(clock.fact.dueAt)))
  for (const clock of ended) clock.stopped = at
  for (const fact of facts.deadlines ?? []) clocks.push({ fact, seq, at, stopped: null, overdue: null })
  row.state = move.to ?? row.state
  row.step = jointEvent1.states[row.state]?.step ?? ''
  row.stateAt = at
  row.round += move.kind === 'reopen' ? 1 : 0
  row.sentBack += move.kind === 'back' ? 1 : 0
  row.owner = UNOWNED.includes(row.state) ? null : (facts.owner ?? row.owner)
  if (row.closed) return
  if (['reported', 'verifying', 'verified'].includes(row.state)) Object.assign(row, { filed: null, dispatched: null, voided: null })
  if (row.state === 'filed') Object.assign(row, { filed: row.filed ?? at, dispatched: null, handled: null, handledOnTime: null })
  if (row.state === 'dispatched') Object.assign(row, { dispatched: row.dispatched ?? at, handled: null, handledOnTime: null })
  if (row.state === 'handled') Object.assign(row, { handled: at, handledOnTime: inTime('handle') })
  if (row.state === 'closed') Object.assign(row, { closed: at, closedOnTime: inTime('check') && row.handledOnTime !== false })
  if (row.state === 'voided') row.voided = at
}

async function writeRow(pool: pg.Pool, one: OldCase, row: Row, clocks: readonly Clock[], head: string): Promise<void> {
  const running = clocks.filter((clock) => clock.stopped === null)
  const due = running.map((clock) => Date.parse(clock.fact.dueAt))
  const values: Readonly<Record<string, unknown>> = {
    district_id: one.districtId,
    id: one.id,
    number: one.number,
    workflow: 'joint-event',
    workflow_version: 1,
    channel: 'web',
    title: one.title,
    area_path: one.areaPath,
    grid_code: null,
    lon: one.lon,
    lat: one.lat,
    opened_at: one.openedAt,
    state: row.state,
    step: row.step,
    seq: one.lines.length,
    round: row.round,
    state_at: row.stateAt,
    head_hash: head,
    edition: MATTER.edition,
    matter_key: MATTER.matterKey,
    matter_name: MATTER.matterName,
    condition_row: MATTER.conditionRow,
    owner_unit: row.owner,
    due_at: due.length > 0 ? new Date(Math.min(...due)) : null,
    overdue: running.some((clock) => clock.overdue !== null),
    filed_at: row.filed,
    dispatched_at: row.dispatched,
    handled_at: row.handled,
    handled_on_time: row.handledOnTime,
    closed_at: row.closed,
    closed_on_time: row.closedOnTime,
    voided_at: row.voided,
    sent_back: row.sentBack,
  }
  const names = Object.keys(values)
  await pool.query(`insert into cases."case" (${names.join()}) values (${names.map((_, index) => `$${index + 1}`).join()})`, Object.values(values))
  for (const { fact, seq, at, stopped, overdue } of clocks)
    await pool.query(
      'insert into cases.deadline (district_id, case_id, stage, started_seq, clock, amount, calendar, started_at, due_at, provisional, stopped_at, overdue_at) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)',
      [one.districtId, one.id, fact.stage, seq, fact.clock, fact.amount, fact.calendar, at, fact.dueAt, fact.provisional, stopped, overdue],
    )
}
