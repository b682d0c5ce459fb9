import { clockKey, type ImpliedDeadline, type ImpliedStrand } from './derived-rows.ts'
import { dueAtOf, type CaseState } from './model.ts'
import { waitingOf } from './rules.ts'
import { workflowOf } from './commands/opened.ts'
import type { CaseRecord, DeadlineRow, EntryRow } from './store.ts'
import type { StrandRow } from './strands/queries.ts'

type Pairs = readonly (readonly [name: string, stored: unknown, implied: unknown])[]

const different = (pairs: Pairs): string[] => pairs.filter(([, stored, implied]) => plain(stored) !== plain(implied)).map(([name]) => name)

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.getTime()
  return Array.isArray(value) ? JSON.stringify(value) : value
}

/** The facts of the case's row that its first line does not bear out. */
export function openingDifferences(row: CaseRecord, first: EntryRow | undefined): string[] {
  const said = first?.facts.opening
  return different([
    ['number', row.number, said?.number],
    ['workflow', row.workflow, said?.workflow],
    ['workflow_version', row.workflow_version, said?.workflowVersion],
    ['channel', row.channel, said?.channel],
    ['opened_at', row.opened_at, first?.at],
  ])
}

/** The columns of the case's row that its ledger does not imply. */
export function caseDifferences(row: CaseRecord, state: CaseState): string[] {
  const answer = state.answers.at(-1)
  return different([
    ['state', row.state, state.state],
    ['step', row.step, state.step],
    ['seq', row.seq, state.seq],
    ['round', row.round, state.round],
    ['state_at', row.state_at, state.stateAt],
    ['area_path', row.area_path, state.place.areaPath],
    ['grid_code', row.grid_code, state.place.gridCode],
    ['lon', row.lon, state.place.lon],
    ['lat', row.lat, state.place.lat],
    ['edition', row.edition, state.edition],
    ['matter_key', row.matter_key, state.matterKey],
    ['matter_name', row.matter_name, state.matterName],
    ['condition_row', row.condition_row, state.conditionRow],
    ['advised_unit', row.advised_unit, state.advisedUnit],
    ['advised_rule', row.advised_rule, state.advisedRule],
    ['owner_unit', row.owner_unit, state.owner],
    ['due_at', row.due_at, dueAtOf(state)],
    ['overdue', row.overdue, state.overdue],
    ['filed_at', row.filed_at, state.filedAt],
    ['dispatched_at', row.dispatched_at, state.dispatchedAt],
    ['handled_at', row.handled_at, state.handledAt],
    ['handled_on_time', row.handled_on_time, state.handledOnTime],
    ['closed_at', row.closed_at, state.closedAt],
    ['closed_on_time', row.closed_on_time, state.closedOnTime],
    ['voided_at', row.voided_at, state.voidedAt],
    ['sent_back', row.sent_back, state.sentBack],
    ['reworked', row.reworked, state.reworked],
    ['involved', row.involved, state.involved],
    ['waiting', row.waiting, waitingOf(workflowOf(row), state)],
    ['track', row.track, state.track],
    ['track_rule', row.track_rule, state.trackRule],
    ['first_receiver', row.first_receiver, state.firstReceiver],
    ['linked_to', row.linked_to, state.linkedTo?.id ?? null],
    ['joined', row.joined, state.joined.length],
    ['exempt', row.exempt, state.exempt],
    ['raised_to', row.raised_to, state.raised?.to ?? null],
    ['raised_level', row.raised_level, state.raised?.level ?? 0],
    ['answered_at', row.answered_at, answer?.at ?? null],
    ['answered_fixed', row.answered_fixed, answer?.fixed ?? null],
    ['answered_rating', row.answered_rating, answer?.rating ?? null],
  ])
}

/** Clocks whose rows the ledger does not imply, each as `stage/strand/line column`. */
export function deadlineDifferences(rows: readonly (DeadlineRow & { readonly left_amount: number | null })[], implied: readonly ImpliedDeadline[]): string[] {
  return compare(
    new Map(rows.map((row) => [`${row.stage}/${row.strand}/${row.started_seq}`, row])),
    new Map(implied.map((deadline) => [clockKey(deadline), deadline])),
    (row, deadline) => [
      ['clock', row.clock, deadline.clock],
      ['amount', row.amount, deadline.amount],
      ['calendar', row.calendar, deadline.calendar],
      ['started_at', row.started_at, deadline.startedAt],
      ['due_at', row.due_at, new Date(deadline.dueAt)],
      ['provisional', row.provisional, deadline.provisional],
      ['since', row.since, deadline.since === undefined ? null : new Date(deadline.since)],
      ['left_amount', row.left_amount, deadline.left ?? null],
      ['stopped_at', row.stopped_at, deadline.stoppedAt],
      ['paused', row.paused, deadline.stoppedByPause],
      ['overdue_at', row.overdue_at, deadline.overdueAt],
    ],
  )
}

/** Strands whose rows the ledger does not imply, each as `key column`. */
export function strandDifferences(rows: readonly StrandRow[], implied: readonly ImpliedStrand[]): string[] {
  return compare(new Map(rows.map((row) => [row.key, row])), new Map(implied.map((strand) => [strand.key, strand])), (row, strand) => [
    ['kind', row.kind, strand.kind],
    ['state', row.state, strand.state],
    ['open', row.open, strand.open],
    ['unit_code', row.unit_code, strand.unit],
    ['by_unit', row.by_unit, strand.by],
    ['opened_at', row.opened_at, strand.openedAt],
    ['ended_at', row.ended_at, strand.endedAt],
    ['due_at', row.due_at, strand.dueAt === null ? null : new Date(strand.dueAt)],
    ['overdue_at', row.overdue_at, strand.overdueAt],
    ['reason', row.reason, strand.reason],
    ['limit_clock', row.limit_clock, strand.limit?.clock ?? null],
    ['limit_amount', row.limit_amount, strand.limit?.amount ?? null],
    ['until_on', row.until_on, strand.until],
  ])
}

function compare<Row, Implied>(rows: ReadonlyMap<string, Row>, implied: ReadonlyMap<string, Implied>, pairs: (row: Row, implied: Implied) => Pairs): string[] {
  const missing = [...implied.keys()].filter((key) => !rows.has(key)).map((key) => `${key} missing`)
  const found = [...rows].flatMap(([key, row]) => {
    const one = implied.get(key)
    return one === undefined ? [`${key} not implied`] : different(pairs(row, one)).map((name) => `${key} ${name}`)
  })
  return [...missing, ...found]
}
