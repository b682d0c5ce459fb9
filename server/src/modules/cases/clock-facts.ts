import type { Move, Stage } from '@linli/contract/workflow'
import type { CaseState, DeadlineFact, Facts, Limit } from './model.ts'
import { isStrandStage, runningOf } from './model.ts'
import type { CasesPorts, CountedBy, DeadlineSet } from './ports.ts'

/**
 * Writes into the facts of a line what it does to the clocks: which it starts and for when, which stand still and with what left,
 * which go on, which get a later end. A replay then needs no calendar, and a calendar that changes later rewrites nothing.
 */
export function withClocks(ports: CasesPorts, ladder: readonly Limit[], move: Move, facts: Facts, state: CaseState | undefined, seq: number, at: Date): Facts {
  const by: CountedBy = {
    matterKey: facts.matterKey ?? state?.matterKey ?? null,
    edition: facts.edition ?? state?.edition ?? null,
    conditionRow: facts.conditionRow ?? state?.conditionRow ?? null,
  }
  const paused = state ? pausedBy(ports, move, state, at, by) : []
  const deadlines = [
    ...startedBy(ports, move, facts, state, seq, at, by),
    ...(state ? resumedBy(ports, move, state, at, by) : []),
    ...(state ? extendedBy(ports, move, facts, state, at, by) : []),
    ...(state ? raisedBy(ports, ladder, move, facts, state, at, by) : []),
  ]
  return { ...facts, ...(paused.length > 0 ? { paused } : {}), ...(deadlines.length > 0 ? { deadlines } : {}) }
}

const factOf = (stage: Stage, set: DeadlineSet, more: Partial<DeadlineFact> = {}): DeadlineFact => ({
  stage,
  clock: set.clock,
  amount: set.amount,
  calendar: set.calendar,
  dueAt: set.dueAt.toISOString(),
  provisional: set.provisional,
  ...more,
})

function startedBy(ports: CasesPorts, move: Move, facts: Facts, state: CaseState | undefined, seq: number, at: Date, by: CountedBy): DeadlineFact[] {
  // A dispatch names co-handlers or not; their clocks start with their strands.
  const stages = new Set<Stage>([...move.starts, ...(move.strand?.kind === 'coHandle' && !move.strand.from ? (['coHandle'] as const) : [])])
  return [...stages].flatMap((stage): DeadlineFact[] => {
    if (stage === 'resume') return [untilDay(ports, facts, state, at, by)]
    // A linked case whose handling clock runs already has a promise to its reporter; it needs no second one.
    if (stage === 'answer' && state && (runningOf(state, 'handle') ?? state.paused.some((deadline) => deadline.stage === 'handle'))) return []
    const limit = facts.limit ?? (stage === 'handle' || stage === 'coHandle' || stage === 'answer' ? matterLimit(ports, facts, state) : null)
    const set = ports.deadlineOf(stage === 'answer' ? 'handle' : stage, at, limit, by)
    return strandKeys(move, stage, facts, seq).map((strand) => factOf(stage, set, strand === undefined ? {} : { strand }))
  })
}

/** The strands whose clock of a stage a line starts; one without a name where the clock is the case's own. */
function strandKeys(move: Move, stage: Stage, facts: Facts, seq: number): (string | undefined)[] {
  if (!isStrandStage(stage)) return [undefined]
  if (move.strand?.from) return [facts.strand]
  return facts.targets ? facts.targets.map((_, index) => `${seq}.${index}`) : stage === 'approve' ? [`${seq}.0`] : []
}

function matterLimit(ports: CasesPorts, facts: Facts, state: CaseState | undefined): Limit | null {
  const key = facts.matterKey ?? state?.matterKey
  const row = facts.conditionRow ?? state?.conditionRow
  const edition = facts.edition ?? state?.edition ?? undefined
  return key && row ? (ports.findCondition(key, row, edition)?.limit ?? null) : null
}

/** A pause ends with the day that was named: so many natural days from now. */
function untilDay(ports: CasesPorts, facts: Facts, state: CaseState | undefined, at: Date, by: CountedBy): DeadlineFact {
  const until = facts.until ?? state?.strands.find((strand) => strand.key === facts.strand)?.until ?? ''
  let amount = Math.max(1, Math.round((Date.parse(`${until}T00:00:00Z`) - at.getTime()) / 86_400_000))
  let set = ports.deadlineOf('resume', at, { clock: 'naturalDay', amount }, by)
  // The count of days from an instant to a day depends on the city's midnight; the clock itself says which is right.
  const endOf = (deadline: DeadlineSet) => deadline.dueAt.getTime() - Date.parse(`${until}T00:00:00Z`)
  while (amount > 1 && endOf(set) > 86_400_000) set = ports.deadlineOf('resume', at, { clock: 'naturalDay', amount: (amount -= 1) }, by)
  while (endOf(set) <= 0) set = ports.deadlineOf('resume', at, { clock: 'naturalDay', amount: (amount += 1) }, by)
  return factOf('resume', set)
}

function pausedBy(ports: CasesPorts, move: Move, state: CaseState, at: Date, by: CountedBy): NonNullable<Facts['paused']> {
  return state.running
    .filter((deadline) => deadline.strand === undefined && move.pauses?.includes(deadline.stage))
    .map((deadline) => ({ stage: deadline.stage, left: ports.leftOf(deadline, at, by) }))
}

function resumedBy(ports: CasesPorts, move: Move, state: CaseState, at: Date, by: CountedBy): DeadlineFact[] {
  return state.paused
    .filter((deadline) => deadline.strand === undefined && move.resumes?.includes(deadline.stage))
    .map((deadline) => {
      const set = ports.resumeOf(deadline, at, by)
      return factOf(deadline.stage, set, { amount: deadline.amount, since: deadline.since ?? deadline.startedAt.toISOString(), left: deadline.left })
    })
}

/** An extension adds to what is left: the same as a longer limit from the first start, with the same pauses. */
function extendedBy(ports: CasesPorts, move: Move, facts: Facts, state: CaseState, at: Date, by: CountedBy): DeadlineFact[] {
  const running = move.extends && runningOf(state, move.extends)
  const asked = state.strands.find((strand) => strand.key === facts.strand)?.limit
  if (!running || !asked) return []
  const left = ports.leftOf(running, at, by) + asked.amount
  const set = ports.resumeOf({ ...running, left }, at, by)
  return [factOf(running.stage, set, { amount: running.amount + asked.amount, since: running.since ?? running.startedAt.toISOString(), left })]
}

const isLeads = (stage: Stage | undefined): boolean => stage === 'handle' || stage === 'takeUp'

/** An overdue case is told to the level above, and to the next one when that level's time is over too (逐级提醒). */
function raisedBy(ports: CasesPorts, ladder: readonly Limit[], move: Move, facts: Facts, state: CaseState, at: Date, by: CountedBy): DeadlineFact[] {
  const marked = move.id === 'overdue' && facts.strand === undefined && isLeads(facts.stage)
  // A pause ends the ladder; a case that was late before it is late after it.
  const back = state.paused.some((deadline) => deadline.overdueAt !== null && isLeads(deadline.stage) && move.resumes?.includes(deadline.stage))
  const begins = (marked || back) && !runningOf(state, 'raise') && state.raised === null
  const level = begins ? 0 : move.id === 'raise' ? (facts.raised?.level ?? 0) : -1
  const limit = ladder[level]
  const above = begins ? state.owner && ports.superiorOf(state.owner) : facts.raised && ports.superiorOf(facts.raised.to)
  if (level < 0 || !limit || !above) return []
  return [factOf('raise', ports.deadlineOf('raise', at, limit, by))]
}
