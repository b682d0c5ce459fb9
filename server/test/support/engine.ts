import { Refusal } from '@linli/contract/errors'
import { findMove, type Move, type Stage, type Workflow } from '@linli/contract/workflow'
import type { Decided } from '../../src/modules/cases/commands/append.ts'
import { dueMoves } from '../../src/modules/cases/due-moves.ts'
import { withClocks } from '../../src/modules/cases/clock-facts.ts'
import { applyEntry, type CaseState, type Facts, type LedgerEntry, type Limit, type RunningDeadline } from '../../src/modules/cases/model.ts'
import { factsOf } from '../../src/modules/cases/move-facts.ts'
import type { CasesPorts, DeadlineSet } from '../../src/modules/cases/ports.ts'
import { decideMove, type Circumstances, type MoveInput } from '../../src/modules/cases/rules.ts'
import { REPORTER, SYSTEM, type Actor, type PersonActor } from '../../src/platform/rights/actor.ts'

export const HOUR = 3_600_000
export const START = Date.parse('2026-01-05T01:00:00Z')
/** The ladder of a late case and the limits of the stages, in hours by a calendar that never sleeps. */
export const LADDER: readonly Limit[] = [4, 8, 16].map((amount) => ({ clock: 'urgentHour', amount }))
const LIMITS: Readonly<Partial<Record<Stage, number>>> = { accept: 6, verify: 5, dispatch: 4, handle: 24, check: 7, takeUp: 3, arbitrate: 9, approve: 8 }
const PARENTS: Readonly<Record<string, string | null>> = { roads: 'district', water: 'district', district: 'command', command: null, supervision: null }
export const UNITS: readonly string[] = Object.keys(PARENTS)
/** A line of the ledger with what it was made from. */
export interface Line extends LedgerEntry {
  readonly before: string
  readonly ownerBefore: string | null
}
export interface Ledger {
  readonly lines: readonly Line[]
  readonly state: CaseState
}

const hoursOf = ({ clock, amount }: Limit) => (clock === 'naturalDay' ? 24 : 1) * amount
function setOf(limit: Limit, from: Date, hours: number): DeadlineSet {
  return { ...limit, calendar: 'plain', dueAt: new Date(from.getTime() + hours * HOUR), provisional: false }
}

/** What the engine wants from others, in a city of five units whose calendar counts every hour. */
export const PORTS: CasesPorts = {
  findCondition: (matterKey, rowNo, edition = 1) =>
    matterKey === 'matter' ? { edition, matterKey, matterName: matterKey, rowNo, filing: '', closing: '', limitText: '', limit: null } : undefined,
  hasMatter: (key) => key === 'matter',
  deadlineOf: (stage, startedAt, limit) => {
    const own = limit ?? { clock: 'urgentHour', amount: LIMITS[stage] ?? 12 }
    return setOf(own, startedAt, hoursOf(own))
  },
  leftOf: (deadline, at) => (Date.parse(deadline.dueAt) - at.getTime()) / HOUR,
  resumeOf: (deadline, at) =>
    deadline.left <= 0 ? { ...deadline, dueAt: new Date(deadline.dueAt) } : setOf({ clock: deadline.clock, amount: deadline.amount }, at, deadline.left),
  calendarOf: () => ({}) as never,
  holidayNames: () => ({}),
  findUnitName: (code) => (UNITS.includes(code) ? code : undefined),
  superiorOf: (unit) => PARENTS[unit] ?? null,
  areaNames: () => [],
  areaPathOf: () => undefined,
  place: ({ lon, lat }) => ({ areaPath: 'city.district.street', gridCode: null, lon, lat }),
  advise: () => undefined,
  ruleExists: (id) => id === 'rule',
  learnRuling: () => Promise.resolve(),
  said: () => Promise.resolve(undefined),
  unitActs: () => true,
  takeEvidence: () => Promise.resolve(),
}
const LOOP = { answerDays: 15, appealDays: 10, notFixedTimes: 2, extensions: 2, pauseDays: 15, suspensionDays: 365 }
export const circumstancesAt = (at: Date): Circumstances => ({ at, loop: LOOP, superiorOf: (unit) => PORTS.superiorOf(unit) })

const ALL = 'accept approve arbitrate check close confirm dispatch evaluate file handle link note pause reopen supervise verify void whistle'
const EVERYTHING: ReadonlySet<string> = new Set(ALL.split(' ').map((verb) => `cases.${verb}`))
/** Somebody who holds every permission: nothing but the rules stands in the way. */
export const person = (personId: string, unitCode: string, postId = `post-of-${personId}`): PersonActor => ({
  kind: 'person',
  personId,
  personName: '',
  postId,
  postTitle: '',
  unitCode,
  unitName: unitCode,
  areaPath: 'city',
  permissions: EVERYTHING,
  sessionId: '',
})

const OPENING: Facts = {
  opening: {
    number: 'LL-1',
    workflow: 'joint-event',
    workflowVersion: 2,
    channel: 'web',
    areaPath: 'city.district.street',
    gridCode: null,
    lon: null,
    lat: null,
  },
  matterKey: 'matter',
  matterName: 'matter',
  edition: 1,
  conditionRow: 1,
}

/** A case that has just been reported. */
export const openLedger = (workflow: Workflow, at = START): Ledger =>
  write(workflow, undefined, { move: workflow.opening, actor: REPORTER, reasonCode: null, facts: OPENING, words: {} }, at)

/** Decides a move and writes its line as the command does, clocks and all; undefined where a rule refuses it. */
export function tryMove(workflow: Workflow, ledger: Ledger, moveId: string, actor: Actor, input: MoveInput, at: number): Ledger | undefined {
  const when = new Date(at)
  try {
    const { move, strand } = decideMove(workflow, ledger.state, moveId, actor, input, circumstancesAt(when))
    const sources = { ports: PORTS, state: ledger.state, channel: 'web', trackRules: [], at: when, dayOf: (day: Date) => day.toISOString().slice(0, 10) }
    const facts = beside(move, ledger.state, factsOf(sources, move, strand?.key, input))
    return write(workflow, ledger, { move: move.id, actor, reasonCode: input.reasonCode ?? null, facts, words: {} }, at)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** What the commands add from outside the case: a ruling's owner, the main case of a link and what it answers. */
function beside(move: Move, state: CaseState, facts: Facts): Facts {
  if (facts.ruling) return { ...facts, owner: facts.owner ?? state.owner ?? '' }
  if (move.id === 'link') return { ...facts, main: { id: 'main', number: 'LL-0' } }
  return move.id === 'close-linked' && state.owner === null ? { ...facts, owner: 'roads' } : facts
}

/** Writes one decided line behind a ledger. */
export function write(workflow: Workflow, ledger: Ledger | undefined, { move: id, actor, reasonCode, facts }: Decided, at: number): Ledger {
  const move = findMove(workflow, id)
  if (!move) throw new Error(`LEDGER_MOVE_UNKNOWN ${id}`)
  const seq = (ledger?.state.seq ?? 0) + 1
  const line: Line = {
    seq,
    at: new Date(at),
    move: id,
    personId: actor.kind === 'person' ? actor.personId : null,
    postId: actor.kind === 'person' ? actor.postId : null,
    unitCode: actor.kind === 'person' ? actor.unitCode : null,
    reasonCode,
    facts: withClocks(PORTS, LADDER, move, facts, ledger?.state, seq, new Date(at)),
    before: ledger?.state.state ?? '',
    ownerBefore: ledger?.state.owner ?? null,
  }
  return { lines: [...(ledger?.lines ?? []), line], state: applyEntry(workflow, ledger?.state, line) }
}

/** Everything that a move may need, as far as it takes it. */
export function everything(move: Move, at: number, choice: { readonly unit: string; readonly reason?: number; readonly arrived?: boolean }): MoveInput {
  const reasons = move.needs.includes('present') ? (choice.arrived ? ['helped', 'did-not-help'] : ['no-show']) : (move.reasons ?? [])
  const reason = reasons[(choice.reason ?? 0) % Math.max(1, reasons.length)]
  return {
    ...(reason === undefined ? {} : { reasonCode: reason }),
    note: 'words',
    publicReply: 'words',
    conditionRow: 1,
    closingConditionMet: true,
    owner: choice.unit,
    evidence: ['photo'],
    ...(move.needs.includes('targets') || move.needs.includes('target') ? { targets: [choice.unit] } : {}),
    ...(move.needs.includes('limit') ? { limit: { clock: 'urgentHour', amount: 12 } } : {}),
    until: new Date(at + 5 * 24 * HOUR).toISOString().slice(0, 10),
    citation: { rule: 'rule' },
    position: { lon: 1, lat: 1, crs: 'wgs84' },
    rating: 'satisfied',
    fixed: true,
    report: 'report',
    main: 'main',
    edition: 2,
  }
}

/** Whoever plays a party, fresh enough that no separation of duty stands in the way. */
export function playerOf(move: Move, { state }: Ledger, strandKey: string | undefined): Actor {
  if (move.party === 'system') return SYSTEM
  if (move.party === 'reporter') return REPORTER
  const strand = state.strands.find(({ key }) => key === strandKey)
  const unit =
    move.party === 'lead' || move.party === 'informer'
      ? (state.owner ?? 'command')
      : move.party === 'called'
        ? (strand?.unit ?? '')
        : move.party === 'caller'
          ? (strand?.by ?? '')
          : 'supervision'
  return person(`fresh-${state.seq}`, unit)
}

/** Names a clock within its case, over its pauses and extensions. */
export const clockName = ({ stage, strand }: Pick<RunningDeadline, 'stage' | 'strand'>): string => (strand === undefined ? stage : `${stage}/${strand}`)

/** Makes moves one after the other, an hour apart; throws where one is refused. */
export function follow(workflow: Workflow, ledger: Ledger, moves: readonly (string | readonly [move: string, input: MoveInput])[]): Ledger {
  let now = ledger
  for (const step of moves) {
    const [id, input] = typeof step === 'string' ? [step, {}] : step
    const move = findMove(workflow, id)
    const at = (now.state.acts.at(-1)?.at.getTime() ?? START) + HOUR
    const strand = input.strand ?? now.state.strands.find((one) => one.open && one.kind === move?.strand?.kind)?.key
    const all = move && { ...everything(move, at, { unit: 'water' }), strand, ...input }
    const next = move && all && tryMove(workflow, now, id, playerOf(move, now, strand), all, at)
    if (!next) throw new Error(`${id} is refused in ${now.state.state}`)
    now = next
  }
  return now
}

/** Looks at the clocks as the pump does, once. */
export function markDue(workflow: Workflow, ledger: Ledger, at: number): Ledger {
  return dueMoves(PORTS, workflow, ledger.state, at).reduce((now, decided) => write(workflow, now, decided, at), ledger)
}
