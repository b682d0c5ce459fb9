import { Refusal } from '@linli/contract/errors'
import { movesFrom, type Workflow } from '@linli/contract/workflow'
import { applyEntry, foldEntries, type CaseState, type DeadlineFact, type Facts, type LedgerEntry } from '../../src/modules/cases/model.ts'
import { decideMove, type MoveInput } from '../../src/modules/cases/rules.ts'
import { SYSTEM, type Actor, type PersonActor } from '../../src/platform/rights/actor.ts'
import { clockOf } from './legal-moves.ts'

/** One try of a random walk; what is left out of the input tests what a move needs. */
export interface Try {
  readonly move: number
  readonly who: number
  readonly unit: number
  readonly reason: boolean
  readonly complete: boolean
  readonly stray: boolean
}
export interface Line extends LedgerEntry {
  readonly before: string
  readonly ownerBefore: string | null
}
export interface Walk {
  readonly lines: readonly Line[]
  readonly state: CaseState
  readonly problems: readonly string[]
}

const UNITS = ['supervision', 'command', 'water', 'roads'] as const
const PERMISSIONS = ['file', 'verify', 'void', 'dispatch', 'accept', 'handle', 'check', 'close', 'evaluate', 'reopen', 'note'].map((verb) => `cases.${verb}`)
/** Eight people at seven posts of four units who all hold every permission: nothing but the rules keeps them apart. */
export const PEOPLE: readonly PersonActor[] = Array.from({ length: 8 }, (_, index) => {
  const unitCode = UNITS[index % UNITS.length] ?? ''
  return {
    kind: 'person',
    personId: `person-${index}`,
    personName: '',
    postId: `post-${index % 7}`,
    postTitle: '',
    unitCode,
    unitName: unitCode,
    areaPath: 'city',
    permissions: new Set(PERMISSIONS),
    sessionId: '',
  }
})

const CITY = {
  loop: { answerDays: 15, appealDays: 10, notFixedTimes: 2, extensions: 2, pauseDays: 15, suspensionDays: 365 },
  superiorOf: (unit: string) => (unit === 'command' ? null : 'command'),
}
const START = Date.parse('2026-01-05T01:00:00Z')
const HOUR = 3_600_000

/** Walks a case through the pure rules and looks, after every line, for anything that the rules of the city forbid. */
export function walk(workflow: Workflow, tries: readonly Try[]): Walk {
  const lines: Line[] = []
  const problems: string[] = []
  let state = take(workflow, lines, undefined, 'report', SYSTEM, {}, START)
  for (const [index, attempt] of tries.entries()) {
    const open = attempt.stray ? workflow.moves : movesFrom(workflow, state.state)
    const move = open[attempt.move % open.length]
    const actor: Actor = move?.party === 'system' ? SYSTEM : (PEOPLE[attempt.who % PEOPLE.length] ?? SYSTEM)
    if (!move) continue
    const input = inputOf(move.reasons ?? [], attempt)
    try {
      decideMove(workflow, state, move.id, actor, input, { ...CITY, at: new Date(START + (index + 1) * HOUR) })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      continue
    }
    state = take(workflow, lines, state, move.id, actor, input, START + (index + 1) * HOUR)
    problems.push(...problemsOf(lines, state))
  }
  if (JSON.stringify(foldEntries(workflow, lines)) !== JSON.stringify(state)) problems.push('the fold of the ledger is another state')
  return { lines, state, problems }
}

function inputOf(reasons: readonly string[], attempt: Try): MoveInput {
  return {
    ...(attempt.reason ? { reasonCode: reasons[attempt.unit % Math.max(1, reasons.length)] } : {}),
    ...(attempt.complete
      ? { note: 'done', conditionRow: 1, closingConditionMet: true, owner: UNITS[attempt.unit % UNITS.length], evidence: ['photo'], publicReply: 'thanks' }
      : {}),
  }
}

function take(workflow: Workflow, lines: Line[], before: CaseState | undefined, move: string, actor: Actor, input: MoveInput, at: number): CaseState {
  const known = workflow.moves.find((candidate) => candidate.id === move)
  const deadlines = (known?.starts ?? []).map((stage): DeadlineFact => ({
    stage,
    clock: 'urgentHour',
    amount: 5,
    calendar: 'test',
    dueAt: new Date(at + 5 * HOUR).toISOString(),
    provisional: false,
  }))
  const facts: Facts = {
    ...(known?.needs.includes('owner') ? { owner: input.owner ?? 'water' } : {}),
    ...(known?.needs.includes('condition') ? { conditionRow: input.conditionRow ?? 1 } : {}),
    ...(move === 'overdue' && before?.running[0] ? { stage: before.running[0].stage } : {}),
    ...(deadlines.length > 0 ? { deadlines } : {}),
  }
  const line: Line = {
    seq: lines.length + 1,
    at: new Date(at),
    move,
    personId: actor.kind === 'person' ? actor.personId : null,
    postId: actor.kind === 'person' ? actor.postId : null,
    unitCode: actor.kind === 'person' ? actor.unitCode : null,
    reasonCode: input.reasonCode ?? null,
    facts,
    before: before?.state ?? '',
    ownerBefore: before?.owner ?? null,
  }
  lines.push(line)
  return applyEntry(workflow, before, line)
}

/** Which move's last maker each send-back goes to; written by hand from standards §1.5. */
const SEND_BACKS: Readonly<Record<string, string>> = {
  'not-found': 'ask-verify',
  'return-to-acceptor': 'file',
  'return-to-dispatcher': 'dispatch',
  substandard: 'handle',
  rework: 'dispatch',
}
const FORWARD = ['auto-file', 'ask-verify', 'verify', 'file', 'dispatch', 'auto-dispatch', 'accept', 'handle', 'check', 'close', 'evaluate']

function problemsOf(lines: readonly Line[], state: CaseState): string[] {
  const last = lines.at(-1)
  if (!last) return ['the ledger is empty']
  const earlier = lines.slice(0, -1)
  const made = (moves: readonly string[]) => earlier.some((line) => line.personId !== null && line.personId === last.personId && moves.includes(line.move))
  const owns = last.unitCode !== null && last.unitCode === last.ownerBefore
  const found: string[] = []
  if (last.move in SEND_BACKS && !last.reasonCode) found.push(`${last.move} without a reason`)
  if (FORWARD.includes(last.move) && last.personId !== null && barred(earlier).has(last.personId))
    found.push(`${last.personId} received a send-back and made ${last.move} next`)
  if (['check', 'substandard', 'close', 'rework'].includes(last.move) && (owns || made(['accept', 'handle'])))
    found.push(`${last.personId} handled or owns, and made ${last.move}`)
  if (['close', 'rework'].includes(last.move) && made(['dispatch'])) found.push(`${last.personId} dispatched, and made ${last.move}`)
  const moved = (line: Line) => line.move !== 'note' && line.move !== 'overdue' && (line.personId === last.personId || line.postId === last.postId)
  if (last.move === 'evaluate' && earlier.some(moved)) found.push(`${last.personId} took an earlier move, and evaluated`)
  const running = state.running.map((deadline) => deadline.stage).join()
  if (running !== (clockOf(state.state) ?? '')) found.push(`in ${state.state} after ${last.move} the clocks of ${running || 'nothing'} run`)
  if (state.seq !== lines.length || state.acts.length !== lines.length || state.acts.some((act, index) => act.move !== lines[index]?.move))
    found.push('a line is lost')
  return found
}

/** Who received a send-back since the last forward move. */
function barred(lines: readonly Line[]): Set<string> {
  const found = new Set<string>()
  for (const [index, line] of lines.entries()) {
    if (FORWARD.includes(line.move)) found.clear()
    const receiver = line.move in SEND_BACKS ? lines.slice(0, index).findLast((before) => before.move === SEND_BACKS[line.move])?.personId : undefined
    if (receiver) found.add(receiver)
  }
  return found
}
