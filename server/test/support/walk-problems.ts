import type { Workflow } from '@linli/contract/workflow'
import type { CaseState, RunningDeadline } from '../../src/modules/cases/model.ts'
import { waitingOf } from '../../src/modules/cases/rules.ts'
import { clockName, HOUR, type Line } from './engine.ts'
import { clocksOf } from './legal-moves.ts'

/** Which move's last maker each send-back goes to; written by hand from standards §1.5 and, for a refusal, §3.2 (Weifang art. 22). */
const RECEIVERS: Readonly<Record<string, string>> = {
  'not-found': 'ask-verify',
  'return-to-acceptor': 'file',
  refuse: 'dispatch',
  substandard: 'handle',
  rework: 'dispatch',
}
const REASONED = [...Object.keys(RECEIVERS), 'recall', 'send-down', 'escalate', 'void', 'reopen', 'review', 'unlink', 'pause', 'supervise', 'set-track']
const STEPS_ON =
  'auto-file ask-verify verify file dispatch auto-dispatch accept uphold-refusal overrule-refusal escalate handle pause resume auto-resume grant-suspension check close close-linked evaluate'.split(
    ' ',
  )
const RULINGS = ['uphold-refusal', 'overrule-refusal']
const HANDLED = ['accept', 'handle', 'co-done']
const LOOKING_ON = ['note', 'supervise', 'supervise-again', 'supervise-close', 'reopen', 'review']
const OWNED = ['dispatched', 'disputed', 'handling', 'paused', 'handled', 'checked']
const OVER = ['closed', 'evaluated', 'voided']
const DECISIONS = /^(endorse|grant|deny)-(extension|suspension|appeal)$/

/** What the last line and the state after it do that the rules of a city forbid; written apart from the workflow. */
export function problemsOf(workflow: Workflow, lines: readonly Line[], before: CaseState, after: CaseState): string[] {
  const last = lines.at(-1)
  if (!last) return ['the ledger is empty']
  const earlier = lines.slice(0, -1)
  return [
    ...dutyProblems(last, earlier, before),
    ...limitProblems(last, earlier, lines),
    ...clockProblems(last, before, after),
    ...timeProblems(lines, after),
    ...stateProblems(workflow, last, lines, after),
  ]
}

/** Reasons, receivers, separation of duty. */
function dutyProblems(last: Line, earlier: readonly Line[], before: CaseState): string[] {
  const { move, personId, unitCode } = last
  const made = (moves: readonly string[]) => earlier.some((line) => personId !== null && line.personId === personId && moves.includes(line.move))
  const owns = unitCode !== null && unitCode === last.ownerBefore
  const found: string[] = []
  const strand = before.strands.find(({ key }) => key === last.facts.strand)
  if (REASONED.includes(move) && !last.reasonCode) found.push(`${move} without a reason`)
  if (STEPS_ON.includes(move) && personId !== null && barred(earlier).has(personId)) found.push(`${personId} received a send-back and made ${move} next`)
  if (['check', 'substandard', 'close', 'rework'].includes(move) && (owns || made(HANDLED))) found.push(`${personId} handled or owns, and made ${move}`)
  if (['close', 'rework'].includes(move) && made(['dispatch'])) found.push(`${personId} dispatched, and made ${move}`)
  if (RULINGS.includes(move) && owns) found.push(`the owner's unit made ${move}`)
  if (move === 'pause' && owns) found.push(`the owner's unit made ${move}`)
  if (DECISIONS.test(move) && (owns || unitCode === strand?.by)) found.push(`${unitCode} decided on its own request by ${move}`)
  if (DECISIONS.test(move) && personId !== null && strand?.persons.includes(personId)) found.push(`${personId} made two steps of one request by ${move}`)
  const inChain = earlier.some((line) => line.personId === personId && !LOOKING_ON.includes(line.move))
  if (LOOKING_ON.slice(1, 4).includes(move) && (owns || inChain)) found.push(`${personId} is in the chain and made ${move}`)
  const moved = (line: Line) => !['note', 'overdue'].includes(line.move) && (line.personId === personId || line.postId === last.postId)
  if (move === 'evaluate' && earlier.some(moved)) found.push(`${personId} took an earlier move, and evaluated`)
  if (last.facts.strand !== undefined && move !== 'overdue' && strand?.open !== true) found.push(`${move} turned a strand that is over`)
  return found
}

/** How often something may happen in one case. */
function limitProblems(last: Line, earlier: readonly Line[], lines: readonly Line[]): string[] {
  const round = earlier.slice(earlier.findLastIndex((line) => ['not-fixed', 'reopen', 'review'].includes(line.move)) + 1)
  const count = (move: string) => lines.filter((line) => line.move === move).length
  return [
    ...(last.move === 'refuse' && round.some((line) => RULINGS.includes(line.move)) ? ['refused again after a ruling'] : []),
    ...(count('grant-extension') > 2 ? ['a third extension'] : []),
    ...(count('grant-suspension') > 1 ? ['a second suspension'] : []),
    ...(count('ask-appeal') - count('withdraw-appeal') > 1 ? ['a second appeal'] : []),
    ...(count('not-fixed') > 2 ? ['a third “not fixed”'] : []),
  ]
}

/** Nobody's move lengthens or shortens the clock of another. */
function clockProblems(last: Line, before: CaseState, after: CaseState): string[] {
  const kept = (clock: RunningDeadline) => JSON.stringify(clock) === JSON.stringify(after.running.find((other) => clockName(other) === clockName(clock)))
  const ends = !OVER.includes(before.state) && OVER.includes(after.state)
  return before.running.flatMap((clock) => {
    if (kept(clock)) return []
    const { stage, strand } = clock
    const marked = last.move === 'overdue' && last.facts.stage === stage && last.facts.strand === strand
    if (marked) return clock.overdueAt === null && Date.parse(clock.dueAt) <= last.at.getTime() ? [] : [`${stage} was marked too early or twice`]
    if (strand !== undefined) return last.facts.strand === strand || ends ? [] : [`${last.move} touched the clock ${stage} of another strand`]
    const beside =
      (last.facts.strand !== undefined || last.facts.targets !== undefined) && !['grant-extension', 'grant-suspension', 'dispatch'].includes(last.move)
    const leaves = ['escalate', 'send-down', 'accept', 'link', 'unlink', 'auto-unlink', 'note', 'joined', 'parted', 'set-track', 'place', 'relocate', 'inform']
    return (beside && stage !== 'raise') || (stage === 'handle' && leaves.includes(last.move)) ? [`${last.move} touched the clock ${stage}`] : []
  })
}

/** What was counted of a clock before, between and after its pauses makes up its limit, hour by hour. */
function timeProblems(lines: readonly Line[], { running }: CaseState): string[] {
  return running.flatMap((clock) => {
    if (clock.since === undefined || clock.left === undefined || clock.left <= 0) return []
    const counted = countedHours(lines, clock)
    return Math.abs(counted - clock.amount) < 1e-6 ? [] : [`${clockName(clock)} counts ${counted} hours of ${clock.amount}`]
  })
}

function countedHours(lines: readonly Line[], clock: RunningDeadline): number {
  const first = Date.parse(clock.since ?? '')
  let counted = 0
  let from: number | undefined
  for (const line of lines) {
    const started = line.facts.deadlines?.find((fact) => fact.stage === clock.stage && fact.strand === clock.strand)
    const now = line.at.getTime()
    if (now < first) continue
    if (line.facts.paused?.some((fact) => fact.stage === clock.stage && fact.strand === clock.strand) && from !== undefined) {
      counted += now - from
      from = undefined
    } else if (started && from === undefined) from = now
  }
  return (counted + Date.parse(clock.dueAt) - (from ?? 0)) / HOUR
}

/** Every open case has somebody it waits for, an owner where one is due, and exactly the clocks of its state. */
function stateProblems(workflow: Workflow, last: Line, lines: readonly Line[], state: CaseState): string[] {
  const found: string[] = []
  const own = state.running.filter((clock) => clock.strand === undefined && clock.stage !== 'raise').map((clock) => clock.stage)
  const ought = clocksOf(state.state, state.linkedIn)
  if (own.toSorted().join() !== ought.join()) found.push(`in ${state.state} after ${last.move} the clocks of ${own.join() || 'nothing'} run`)
  const late = [...state.running, ...state.paused].some((clock) => ['handle', 'takeUp'].includes(clock.stage) && clock.overdueAt !== null)
  if (!late && (state.raised !== null || state.running.some((clock) => clock.stage === 'raise'))) found.push(`in ${state.state} a ladder without a late case`)
  const waits = waitingOf(workflow, state)
  if (!OVER.includes(state.state) && (waits.length === 0 || state.running.length === 0)) found.push(`in ${state.state} the case waits for nobody`)
  if (OWNED.includes(state.state) && state.owner === null) found.push(`in ${state.state} nobody owns the case`)
  if (waits.some((token) => token.startsWith('unit:null'))) found.push('waits for a unit that is none')
  const parts = state.strands.some((strand) => strand.open && strand.kind === 'coHandle')
  if (parts && ['handled', 'checked', 'closed', 'evaluated'].includes(state.state)) found.push(`in ${state.state} a part is open`)
  const blind = [state.owner, ...state.strands.filter((strand) => strand.open).map((strand) => strand.unit)].filter((unit) => unit !== null)
  if (blind.some((unit) => !state.involved.includes(unit))) found.push('a unit with a part cannot see the case')
  for (const strand of state.strands.filter((one) => !one.open))
    if (state.running.some((clock) => clock.strand === strand.key)) found.push(`the clock of the ended strand ${strand.kind} runs`)
  if (OVER.includes(state.state) && state.paused.length > 0) found.push('a clock stands still in a case that is over')
  if (state.seq !== lines.length || state.acts.length !== lines.length || state.acts.some((act, index) => act.move !== lines[index]?.move))
    found.push('a line is lost')
  return found
}

/** Who received a send-back since the last forward move. */
function barred(lines: readonly Line[]): Set<string> {
  const found = new Set<string>()
  for (const [index, line] of lines.entries()) {
    if (STEPS_ON.includes(line.move)) found.clear()
    const receiver = line.move in RECEIVERS ? lines.slice(0, index).findLast((before) => before.move === RECEIVERS[line.move])?.personId : undefined
    if (receiver) found.add(receiver)
  }
  return found
}
