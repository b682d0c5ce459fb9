import { BEFORE, findMove, movesFrom, type Move, type Party, type Stage, type StrandKind, type Workflow } from '@linli/contract/workflow'

/** A deadline as it was set: a fact of the entry that started it, so that a replay needs no calendar. */
export interface DeadlineFact {
  readonly stage: Stage
  /** The strand whose clock it is; absent for the steps of the case itself. */
  readonly strand?: string
  readonly clock: string
  /** What the whole limit is, in hours or days as its clock says. */
  readonly amount: number
  readonly calendar: string
  readonly dueAt: string
  readonly provisional: boolean
  /** Where it began before this entry (an extension, a resumption): the first start, and what was left at this entry. */
  readonly since?: string
  readonly left?: number
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
export interface Place {
  readonly areaPath: string
  readonly gridCode: string | null
  readonly lon: number | null
  readonly lat: number | null
}
export interface OtherCase {
  readonly id: string
  readonly number: string
}
/** The line of the catalogue or of the dispatch rules that somebody leans on. */
export interface Citation {
  readonly matter?: string
  readonly row?: number
  readonly rule?: string
}
export interface Limit {
  readonly clock: string
  readonly amount: number
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
  /** Clocks that stand still from this line on, each with what was left of it. */
  readonly paused?: readonly { readonly stage: Stage; readonly strand?: string; readonly left: number }[]
  readonly strand?: string
  /** Units for each of which this line begins a strand, `<seq>.<n>` in this order. */
  readonly targets?: readonly string[]
  readonly limit?: Limit
  readonly until?: string
  readonly citation?: Citation
  readonly place?: Place
  readonly track?: { readonly name: string; readonly rule: string }
  readonly escalated?: { readonly from: string; readonly to: string }
  readonly raised?: { readonly to: string; readonly level: number }
  readonly answer?: { readonly report: string; readonly fixed: boolean; readonly rating: string }
  readonly main?: OtherCase
  readonly joined?: OtherCase
  readonly parted?: OtherCase
  /** Who put it right and on which day: every public reply names them. */
  readonly reply?: { readonly unit: string; readonly unitName: string; readonly actedOn: string }
  readonly ruling?: { readonly rule: string; readonly areaCode: string; readonly validFrom: string }
  readonly retimed?: true
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
export interface PausedDeadline extends RunningDeadline {
  readonly left: number
  readonly pausedAt: Date
}

/** A strand (支线) beside the steps: a co-handler's part, a whistle, a supervise order, a request for more time. */
export interface Strand {
  readonly key: string
  readonly kind: StrandKind
  readonly state: string
  readonly open: boolean
  /** The unit that it is put to; null for a request, which goes to whoever may decide it. */
  readonly unit: string | null
  readonly by: string | null
  readonly openedAt: Date
  readonly endedAt: Date | null
  /** When its clock ran out: a responder who came later still has this line. */
  readonly overdueAt: Date | null
  readonly persons: readonly string[]
  readonly reason: string | null
  readonly limit: Limit | null
  readonly until: string | null
}

export type Exemption = 'none' | 'pending' | 'granted' | 'denied'
export interface Act {
  readonly move: string
  readonly at: Date
  readonly personId: string | null
  readonly postId: string | null
  readonly unitCode: string | null
}

/** Everything about a case that its entries imply. */
export interface CaseState {
  readonly state: string
  readonly step: string
  readonly seq: number
  readonly round: number
  readonly stateAt: Date
  readonly place: Place
  readonly edition: number | null
  readonly matterKey: string | null
  readonly matterName: string | null
  readonly conditionRow: number | null
  readonly advisedUnit: string | null
  readonly advisedRule: string | null
  readonly track: string | null
  readonly trackRule: string | null
  readonly owner: string | null
  /** The unit that took the case up first keeps the duty to answer for it until it is closed (首接负责). */
  readonly firstReceiver: string | null
  /** An arbitration has named the owner: there is no second refusal. */
  readonly ruled: boolean
  readonly escalations: readonly { readonly from: string; readonly to: string }[]
  readonly raised: { readonly to: string; readonly level: number } | null
  readonly linkedTo: OtherCase | null
  readonly linkedIn: string | null
  readonly joined: readonly OtherCase[]
  readonly strands: readonly Strand[]
  readonly running: readonly RunningDeadline[]
  readonly paused: readonly PausedDeadline[]
  readonly overdue: boolean
  /** Owners whose handling clock ran out in this round: a new clock does not undo it. */
  readonly lateOwners: readonly string[]
  readonly filedAt: Date | null
  readonly dispatchedAt: Date | null
  readonly handledAt: Date | null
  readonly handledOnTime: boolean | null
  readonly closedAt: Date | null
  readonly closedOnTime: boolean | null
  readonly voidedAt: Date | null
  readonly sentBack: number
  readonly reworked: number
  readonly exempt: Exemption
  readonly answers: readonly { readonly report: string; readonly fixed: boolean; readonly rating: string; readonly at: Date }[]
  readonly reply: Facts['reply'] | null
  /** Every unit that has had a part: it may see the case. */
  readonly involved: readonly string[]
  /** Who received a send-back since the last forward move and so may not make the next one: a second send-back, a void or a reopening lifts no bar. */
  readonly barred: readonly string[]
  /** Who made which move, in order: separation of duty is decided from this. */
  readonly acts: readonly Act[]
}

const NOWHERE: Place = { areaPath: '', gridCode: null, lon: null, lat: null }
const EMPTY: Omit<CaseState, 'state' | 'step' | 'stateAt'> = {
  seq: 0,
  round: 1,
  place: NOWHERE,
  edition: null,
  matterKey: null,
  matterName: null,
  conditionRow: null,
  advisedUnit: null,
  advisedRule: null,
  track: null,
  trackRule: null,
  owner: null,
  firstReceiver: null,
  ruled: false,
  escalations: [],
  raised: null,
  linkedTo: null,
  linkedIn: null,
  joined: [],
  strands: [],
  running: [],
  paused: [],
  overdue: false,
  lateOwners: [],
  filedAt: null,
  dispatchedAt: null,
  handledAt: null,
  handledOnTime: null,
  closedAt: null,
  closedOnTime: null,
  voidedAt: null,
  sentBack: 0,
  reworked: 0,
  exempt: 'none',
  answers: [],
  reply: null,
  involved: [],
  barred: [],
  acts: [],
}

/** Before dispatch nobody owns the case. */
const UNOWNED: ReadonlySet<string> = new Set(['reported', 'verifying', 'verified', 'filed'])
const OVER: ReadonlySet<string> = new Set(['closed', 'evaluated', 'voided'])

/** Folds one more entry into the state; throws LEDGER_MOVE_UNKNOWN where the workflow does not know the move. */
export function applyEntry(workflow: Workflow, before: CaseState | undefined, entry: LedgerEntry): CaseState {
  const move = findMove(workflow, entry.move)
  if (!move) throw new Error(`LEDGER_MOVE_UNKNOWN ${entry.move}`)
  const prior = before ?? { ...EMPTY, state: '', step: '', stateAt: entry.at }
  const act: Act = { move: move.id, at: entry.at, personId: entry.personId, postId: entry.postId, unitCode: entry.unitCode }
  const target = targetOf(move, prior)
  const strands = lapse(workflow, target, turnStrands(workflow, move, prior, entry), entry.at)
  const clocks = endLadder(stopMute(workflow, target, strands, turnClocks(move, prior, target, entry)))
  const taken = { ...prior, ...takenFacts(prior, entry.facts) }
  const owner = UNOWNED.has(target) ? null : taken.owner
  const moved = target !== prior.state || move.to !== undefined
  const state: CaseState = {
    ...taken,
    owner,
    seq: entry.seq,
    acts: [...prior.acts, act],
    state: target,
    step: workflow.states[target]?.step ?? prior.step,
    stateAt: moved ? entry.at : prior.stateAt,
    round: prior.round + (move.kind === 'reopen' ? 1 : 0),
    ...clocks,
    // Only the case's own clocks: that an approver or a co-handler is late stands on their strand and makes nobody else late.
    overdue: clocks.running.some((deadline) => deadline.strand === undefined && deadline.overdueAt !== null),
    lateOwners: lateOwners(workflow, move, prior, entry),
    strands,
    firstReceiver: prior.firstReceiver ?? owner,
    ruled: prior.ruled ? move.kind !== 'reopen' : entry.facts.ruling !== undefined || move.id === 'overrule-refusal',
    ...linkOf(move, prior, entry.facts),
    escalations: escalationsOf(move, prior, entry.facts),
    raised: isLate(clocks) ? (entry.facts.raised ?? (move.stops.includes('raise') ? null : prior.raised)) : null,
    sentBack: prior.sentBack + (move.kind === 'back' ? 1 : 0),
    reworked: prior.reworked + (move.kind === 'back' && prior.handledAt !== null && prior.closedAt === null ? 1 : 0),
    exempt: exemptionOf(strands, prior.exempt),
    answers: entry.facts.answer ? [...prior.answers, { ...entry.facts.answer, at: entry.at }] : prior.answers,
    involved: involvedIn(prior, owner, strands, entry.facts),
    barred: barredAfter(move, prior),
  }
  return { ...state, ...(moved ? milestones(prior, state, entry.at, clocks.ended) : {}) }
}

/** The state that a whole ledger implies. */
export function foldEntries(workflow: Workflow, entries: readonly LedgerEntry[]): CaseState | undefined {
  let state: CaseState | undefined
  for (const entry of entries) state = applyEntry(workflow, state, entry)
  return state
}

/** When the next deadline of the case's own steps is due; null where none runs. */
export function dueAtOf(state: CaseState): Date | null {
  const times = state.running.filter((deadline) => !deadline.strand && deadline.stage !== 'raise').map((deadline) => Date.parse(deadline.dueAt))
  return times.length === 0 ? null : new Date(Math.min(...times))
}

/** The running deadline of a stage, of the case itself or of one strand. */
export function runningOf(state: CaseState, stage: Stage, strand?: string): RunningDeadline | undefined {
  return state.running.find((deadline) => deadline.stage === stage && deadline.strand === strand)
}

function targetOf(move: Move, prior: CaseState): string {
  return move.to === BEFORE ? (prior.linkedIn ?? prior.state) : (move.to ?? prior.state)
}

interface Clocks {
  readonly running: readonly RunningDeadline[]
  readonly paused: readonly PausedDeadline[]
  readonly ended: readonly RunningDeadline[]
}

/** A move of a strand turns that strand's clocks alone, except for those that it names of the case itself (an extension, a suspension). */
function turnClocks(move: Move, prior: CaseState, target: string, entry: LedgerEntry): Clocks & Pick<CaseState, 'running' | 'paused'> {
  const own = move.strand?.from ? entry.facts.strand : undefined
  const stopped = (deadline: RunningDeadline) =>
    move.stops.includes(deadline.stage) && (deadline.strand === undefined ? !isStrandStage(deadline.stage) : deadline.strand === own)
  const pauses = entry.facts.paused ?? []
  const pause = (deadline: RunningDeadline) => pauses.find((fact) => fact.stage === deadline.stage && fact.strand === deadline.strand)
  const stood = (fact: DeadlineFact) => prior.paused.find((deadline) => deadline.stage === fact.stage && deadline.strand === fact.strand)
  const running = (fact: DeadlineFact) => prior.running.find((deadline) => deadline.stage === fact.stage && deadline.strand === fact.strand)
  const started = (entry.facts.deadlines ?? []).map((fact): RunningDeadline => ({
    ...fact,
    startedSeq: entry.seq,
    // Counted anew after the calendar changed: it began when it began.
    startedAt: (entry.facts.retimed ? running(fact)?.startedAt : undefined) ?? entry.at,
    // A clock that had run out before it was paused has run out for good.
    overdueAt: fact.left === undefined ? null : (stood(fact)?.overdueAt ?? null),
  }))
  const replaced = (deadline: RunningDeadline) => started.some((fact) => fact.stage === deadline.stage && fact.strand === deadline.strand)
  const marked = (deadline: RunningDeadline): RunningDeadline =>
    move.id === 'overdue' && deadline.stage === entry.facts.stage && deadline.strand === entry.facts.strand && deadline.overdueAt === null
      ? { ...deadline, overdueAt: entry.at }
      : deadline
  const kept = prior.running.filter((deadline) => !stopped(deadline) && !pause(deadline) && !replaced(deadline)).map(marked)
  const nowPaused = prior.running.flatMap((deadline): PausedDeadline[] => {
    const fact = pause(deadline)
    return fact ? [{ ...deadline, left: fact.left, pausedAt: entry.at }] : []
  })
  const stillPaused = OVER.has(target) ? [] : prior.paused.filter((deadline) => !replaced(deadline) && !stopped(deadline))
  return { running: [...kept, ...started], paused: [...stillPaused, ...nowPaused], ended: prior.running.filter(stopped) }
}

/** The ladder (逐级提醒) is about a case that is late: it ends when nothing of the case is late any more, by whatever move. */
function endLadder(clocks: Clocks): Clocks {
  return isLate(clocks) ? clocks : { ...clocks, running: clocks.running.filter((deadline) => deadline.stage !== 'raise') }
}

/** Whether the lead is late with taking up or handling, also while that clock stands still. */
function isLate({ running, paused }: Pick<Clocks, 'running' | 'paused'>): boolean {
  return [...running, ...paused].some((deadline) => (deadline.stage === 'handle' || deadline.stage === 'takeUp') && deadline.overdueAt !== null)
}

/** A clock of a strand runs only while those for whom it runs can still act: nobody is late with what the end of a case has made impossible. */
function stopMute(workflow: Workflow, target: string, strands: readonly Strand[], clocks: Clocks): Clocks {
  if (!OVER.has(target)) return clocks
  const mute = (deadline: RunningDeadline) => {
    const strand = strands.find(({ key }) => key === deadline.strand)
    return strand !== undefined && !turns(workflow, target, strand, ANSWERING)
  }
  return { ...clocks, running: clocks.running.filter((deadline) => !mute(deadline)) }
}

/** A strand that nobody can bring to an end after the case has ended ends with it. */
function lapse(workflow: Workflow, target: string, strands: readonly Strand[], at: Date): readonly Strand[] {
  if (!OVER.has(target) || !strands.some((strand) => strand.open)) return strands
  return strands.map((strand) => (strand.open && !turns(workflow, target, strand) ? { ...strand, open: false, endedAt: at } : strand))
}

const ANSWERING: ReadonlySet<Party> = new Set(['called', 'approver'])

function turns(workflow: Workflow, state: string, { kind, state: own, open }: Strand, parties?: ReadonlySet<Party>): boolean {
  return open && movesFrom(workflow, state).some(({ strand, party }) => strand?.kind === kind && strand.from?.includes(own) && (parties?.has(party) ?? true))
}

/** Stages whose clocks always belong to a strand. */
const STRAND_STAGES: ReadonlySet<Stage> = new Set(['approve', 'coHandle', 'reportIn', 'supervise'])
export const isStrandStage = (stage: Stage): boolean => STRAND_STAGES.has(stage)

function turnStrands(workflow: Workflow, move: Move, prior: CaseState, entry: LedgerEntry): readonly Strand[] {
  if (move.id === 'overdue' && entry.facts.strand !== undefined)
    return prior.strands.map((strand) => (strand.key === entry.facts.strand ? { ...strand, overdueAt: strand.overdueAt ?? entry.at } : strand))
  const step = move.strand
  if (!step) return prior.strands
  const open = (state: string) => workflow.strands[step.kind]?.includes(state) ?? false
  const person = entry.personId === null ? [] : [entry.personId]
  if (step.from)
    return prior.strands.map((strand) =>
      strand.key === entry.facts.strand
        ? {
            ...strand,
            state: step.to,
            open: open(step.to),
            endedAt: open(step.to) ? null : entry.at,
            persons: [...strand.persons, ...person],
            limit: entry.facts.limit ?? strand.limit,
          }
        : strand,
    )
  const begun = (unit: string | null, index: number): Strand => ({
    key: `${entry.seq}.${index}`,
    kind: step.kind,
    state: step.to,
    open: open(step.to),
    unit,
    by: entry.unitCode,
    openedAt: entry.at,
    endedAt: null,
    overdueAt: null,
    persons: person,
    reason: entry.reasonCode,
    limit: entry.facts.limit ?? null,
    until: entry.facts.until ?? null,
  })
  return [...prior.strands, ...(isRequest(step.kind) ? [begun(null, 0)] : (entry.facts.targets ?? []).map((unit, index) => begun(unit, index)))]
}

/** A request is put to whoever may decide it, not to a unit. */
export const isRequest = (kind: StrandKind): boolean => kind === 'extension' || kind === 'suspension' || kind === 'appeal'

function takenFacts(prior: CaseState, facts: Facts): Partial<CaseState> {
  const { opening } = facts
  return {
    place: facts.place ?? (opening ? { areaPath: opening.areaPath, gridCode: opening.gridCode, lon: opening.lon, lat: opening.lat } : prior.place),
    edition: facts.edition ?? prior.edition,
    matterKey: facts.matterKey ?? prior.matterKey,
    matterName: facts.matterName ?? prior.matterName,
    conditionRow: facts.conditionRow ?? prior.conditionRow,
    advisedUnit: facts.advisedUnit ?? prior.advisedUnit,
    advisedRule: facts.advisedRule ?? prior.advisedRule,
    track: facts.track?.name ?? prior.track,
    trackRule: facts.track?.rule ?? prior.trackRule,
    owner: facts.owner ?? prior.owner,
    reply: facts.reply ?? prior.reply,
  }
}

function lateOwners(workflow: Workflow, move: Move, prior: CaseState, entry: LedgerEntry): readonly string[] {
  // The first version judged each clock by itself; its cases keep the figures that were published.
  if (move.kind === 'reopen' || workflow.version === 1) return []
  const late = move.id === 'overdue' && entry.facts.stage === 'handle' && prior.owner !== null && !prior.lateOwners.includes(prior.owner)
  return late && prior.owner !== null ? [...prior.lateOwners, prior.owner] : prior.lateOwners
}

function linkOf(move: Move, prior: CaseState, facts: Facts): Pick<CaseState, 'linkedTo' | 'linkedIn' | 'joined'> {
  const joined = facts.joined ? [...prior.joined, facts.joined] : prior.joined.filter((other) => other.id !== facts.parted?.id)
  if (move.kind !== 'link') return { linkedTo: prior.linkedTo, linkedIn: prior.linkedIn, joined }
  return move.to === BEFORE ? { linkedTo: null, linkedIn: null, joined } : { linkedTo: facts.main ?? null, linkedIn: prior.state, joined }
}

function escalationsOf(move: Move, prior: CaseState, facts: Facts): CaseState['escalations'] {
  if (facts.escalated) return [...prior.escalations, facts.escalated]
  if (move.id === 'send-down') return prior.escalations.slice(0, -1)
  return UNOWNED.has(move.to ?? '') || facts.ruling ? [] : prior.escalations
}

function exemptionOf(strands: readonly Strand[], prior: Exemption): Exemption {
  const appeal = strands.findLast((strand) => strand.kind === 'appeal')
  if (!appeal) return prior
  if (appeal.open) return 'pending'
  return appeal.state === 'granted' ? 'granted' : appeal.state === 'denied' ? 'denied' : 'none'
}

function involvedIn(prior: CaseState, owner: string | null, strands: readonly Strand[], facts: Facts): readonly string[] {
  const units = new Set(prior.involved)
  if (owner !== null) units.add(owner)
  for (const strand of strands) if (strand.unit !== null) units.add(strand.unit)
  if (facts.raised) units.add(facts.raised.to)
  return units.size === prior.involved.length ? prior.involved : [...units].sort()
}

/** Facts for the indicators: a send-back takes back what it undoes; closing fixes them for good (a reopened round shows in the entries). */
function milestones(prior: CaseState, state: CaseState, at: Date, ended: readonly RunningDeadline[]): Partial<CaseState> {
  if (prior.closedAt !== null) return {}
  const inTime = (stage: Stage) => !ended.some((deadline) => deadline.stage === stage && (deadline.overdueAt !== null || at > new Date(deadline.dueAt)))
  switch (state.state) {
    case 'reported':
    case 'verifying':
    case 'verified':
      return { filedAt: null, dispatchedAt: null, voidedAt: null }
    case 'filed':
      return { filedAt: prior.filedAt ?? at, dispatchedAt: null, handledAt: null, handledOnTime: null }
    case 'dispatched':
      return { dispatchedAt: prior.dispatchedAt ?? at, handledAt: null, handledOnTime: null }
    case 'handled':
      return { handledAt: at, handledOnTime: inTime('handle') && !(state.owner !== null && prior.lateOwners.includes(state.owner)) }
    case 'closed':
      return { closedAt: at, closedOnTime: inTime('check') && inTime('answer') && inTime('handle') && prior.handledOnTime !== false }
    case 'voided':
      return { voidedAt: at }
    default:
      return {}
  }
}

/** A forward move lifts every bar; a line beside the steps, a link or an unlink lifts none. */
function barredAfter(move: Move, prior: CaseState): readonly string[] {
  if (move.kind === 'forward') return []
  if (move.kind === 'note' || move.kind === 'side' || move.kind === 'link') return prior.barred
  const person = prior.acts.findLast((act) => move.receivers?.includes(act.move))?.personId
  return person ? [...prior.barred, person] : prior.barred
}
