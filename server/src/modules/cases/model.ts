import { findMove, type Stage, type Workflow } from '@linli/contract/workflow'

/** A deadline as it was set: a fact of the entry that started it, so that a replay needs no calendar. */
export interface DeadlineFact {
  readonly stage: Stage
  readonly clock: string
  readonly amount: number
  readonly calendar: string
  readonly dueAt: string
  readonly provisional: boolean
}

/** What a case opens with and keeps, bound to the chain by its first line; the title, being somebody's words, is not. */
export interface Opening {
  readonly number: string
  readonly workflow: string
  readonly workflowVersion: number
  readonly channel: string
  readonly areaPath: string
  readonly gridCode: string | null
  readonly lon: number | null
  readonly lat: number | null
}

/** The inputs of a move that are nobody's personal data and stay when words are erased. */
export interface Facts {
  readonly opening?: Opening
  readonly edition?: number
  readonly matterKey?: string
  readonly matterName?: string
  readonly conditionRow?: number
  readonly closingConditionMet?: boolean
  readonly owner?: string
  readonly advisedUnit?: string
  readonly advisedRule?: string
  readonly stage?: Stage
  readonly rule?: string
  readonly evidence?: readonly string[]
  readonly deadlines?: readonly DeadlineFact[]
}

/** One line of the ledger as the fold reads it. */
export interface LedgerEntry {
  readonly seq: number
  readonly at: Date
  readonly move: string
  readonly personId: string | null
  readonly postId: string | null
  readonly unitCode: string | null
  readonly reasonCode: string | null
  readonly facts: Facts
}

export interface RunningDeadline extends DeadlineFact {
  readonly startedSeq: number
  readonly startedAt: Date
  readonly overdueAt: Date | null
}

/** Everything about a case that its entries imply. */
export interface CaseState {
  readonly state: string
  readonly step: string
  readonly seq: number
  readonly round: number
  readonly stateAt: Date
  readonly edition: number | null
  readonly matterKey: string | null
  readonly matterName: string | null
  readonly conditionRow: number | null
  readonly advisedUnit: string | null
  readonly advisedRule: string | null
  readonly owner: string | null
  readonly running: readonly RunningDeadline[]
  readonly overdue: boolean
  readonly filedAt: Date | null
  readonly dispatchedAt: Date | null
  readonly handledAt: Date | null
  readonly handledOnTime: boolean | null
  readonly closedAt: Date | null
  readonly closedOnTime: boolean | null
  readonly voidedAt: Date | null
  readonly sentBack: number
  /** Who received a send-back since the last forward move and so may not make the next one: a second send-back, a void or a reopening lifts no bar. */
  readonly barred: readonly string[]
  /** Who made which move, in order: separation of duty is decided from this. */
  readonly acts: readonly { readonly move: string; readonly personId: string | null; readonly postId: string | null; readonly unitCode: string | null }[]
}

const EMPTY: Omit<CaseState, 'state' | 'step' | 'stateAt'> = {
  seq: 0,
  round: 1,
  edition: null,
  matterKey: null,
  matterName: null,
  conditionRow: null,
  advisedUnit: null,
  advisedRule: null,
  owner: null,
  running: [],
  overdue: false,
  filedAt: null,
  dispatchedAt: null,
  handledAt: null,
  handledOnTime: null,
  closedAt: null,
  closedOnTime: null,
  voidedAt: null,
  sentBack: 0,
  barred: [],
  acts: [],
}

/** Folds one more entry into the state; throws LEDGER_MOVE_UNKNOWN where the workflow does not know the move. */
export function applyEntry(workflow: Workflow, before: CaseState | undefined, entry: LedgerEntry): CaseState {
  const move = findMove(workflow, entry.move)
  if (!move) throw new Error(`LEDGER_MOVE_UNKNOWN ${entry.move}`)
  const prior = before ?? { ...EMPTY, state: '', step: '', stateAt: entry.at }
  const acts = [...prior.acts, { move: move.id, personId: entry.personId, postId: entry.postId, unitCode: entry.unitCode }]
  if (move.kind === 'note') return { ...prior, seq: entry.seq, acts, ...(move.id === 'overdue' ? markOverdue(prior, entry) : {}) }
  const target = move.to ?? prior.state
  const ended = prior.running.filter((deadline) => move.stops.includes(deadline.stage))
  const kept = prior.running.filter((deadline) => !move.stops.includes(deadline.stage))
  const started = (entry.facts.deadlines ?? []).map((fact) => ({ ...fact, startedSeq: entry.seq, startedAt: entry.at, overdueAt: null }))
  const running = [...kept, ...started]
  const inTime = (stage: Stage) => !ended.some((deadline) => deadline.stage === stage && (deadline.overdueAt !== null || entry.at > new Date(deadline.dueAt)))
  return {
    ...prior,
    ...takenFacts(prior, entry.facts),
    seq: entry.seq,
    acts,
    state: target,
    step: workflow.states[target]?.step ?? prior.step,
    stateAt: entry.at,
    round: prior.round + (move.kind === 'reopen' ? 1 : 0),
    running,
    overdue: running.some((deadline) => deadline.overdueAt !== null),
    sentBack: prior.sentBack + (move.kind === 'back' ? 1 : 0),
    barred: move.kind === 'forward' ? [] : [...prior.barred, ...receiverOf(prior, move.receivers ?? [])],
    ...milestones(prior, target, entry.at, inTime),
    ...(UNOWNED.has(target) ? { owner: null } : {}),
  }
}

/** The state that a whole ledger implies. */
export function foldEntries(workflow: Workflow, entries: readonly LedgerEntry[]): CaseState | undefined {
  let state: CaseState | undefined
  for (const entry of entries) state = applyEntry(workflow, state, entry)
  return state
}

/** When the next deadline is due; null where none runs. */
export function dueAtOf(state: CaseState): Date | null {
  const times = state.running.map((deadline) => Date.parse(deadline.dueAt))
  return times.length === 0 ? null : new Date(Math.min(...times))
}

function markOverdue(prior: CaseState, entry: LedgerEntry): Pick<CaseState, 'running' | 'overdue'> {
  return { running: prior.running.map((deadline) => (deadline.stage === entry.facts.stage ? { ...deadline, overdueAt: entry.at } : deadline)), overdue: true }
}

function takenFacts(prior: CaseState, facts: Facts): Partial<CaseState> {
  return {
    edition: facts.edition ?? prior.edition,
    matterKey: facts.matterKey ?? prior.matterKey,
    matterName: facts.matterName ?? prior.matterName,
    conditionRow: facts.conditionRow ?? prior.conditionRow,
    advisedUnit: facts.advisedUnit ?? prior.advisedUnit,
    advisedRule: facts.advisedRule ?? prior.advisedRule,
    owner: facts.owner ?? prior.owner,
  }
}

/** Facts for the indicators: a send-back takes back what it undoes; closing fixes them for good (a reopened round shows in the entries). */
function milestones(prior: CaseState, target: string, at: Date, inTime: (stage: Stage) => boolean): Partial<CaseState> {
  if (prior.closedAt !== null) return {}
  switch (target) {
    case 'reported':
    case 'verifying':
    case 'verified':
      return { filedAt: null, dispatchedAt: null, voidedAt: null }
    case 'filed':
      return { filedAt: prior.filedAt ?? at, dispatchedAt: null, handledAt: null, handledOnTime: null }
    case 'dispatched':
      return { dispatchedAt: prior.dispatchedAt ?? at, handledAt: null, handledOnTime: null }
    case 'handled':
      return { handledAt: at, handledOnTime: inTime('handle') }
    case 'closed':
      return { closedAt: at, closedOnTime: inTime('check') && prior.handledOnTime !== false }
    case 'voided':
      return { voidedAt: at }
    default:
      return {}
  }
}

/** Before dispatch nobody owns the case. */
const UNOWNED: ReadonlySet<string> = new Set(['reported', 'verifying', 'verified', 'filed'])

function receiverOf(prior: CaseState, receivers: readonly string[]): string[] {
  const person = prior.acts.findLast((act) => receivers.includes(act.move))?.personId
  return person ? [person] : []
}
