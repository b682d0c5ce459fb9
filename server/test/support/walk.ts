import type { Move, Workflow } from '@linli/contract/workflow'
import { findMove, movesFrom } from '@linli/contract/workflow'
import { applyEntry, foldEntries, type CaseState } from '../../src/modules/cases/model.ts'
import { impliedRows } from '../../src/modules/cases/derived-rows.ts'
import { SYSTEM, REPORTER, type Actor, type PersonActor } from '../../src/platform/rights/actor.ts'
import { everything, HOUR, markDue, openLedger, person, playerOf, START, tryMove, UNITS, type Ledger, type Line } from './engine.ts'
import { problemsOf } from './walk-problems.ts'

/** One try of a random walk; what is left out of the input tests what a move needs. */
export interface Try {
  readonly move: number
  readonly who: number
  readonly unit: number
  /** The mover is of the unit that the move belongs to; else anybody. */
  readonly fit: boolean
  readonly reason: boolean
  readonly complete: boolean
  /** Any move of the workflow, also one that does not leave this state. */
  readonly stray: boolean
  readonly hours: number
}
export interface Walk {
  readonly lines: readonly Line[]
  readonly state: CaseState
  readonly problems: readonly string[]
}

/** Three people in each of five units who all hold every permission, two of them at one post: nothing but the rules keeps them apart. */
const PEOPLE: readonly PersonActor[] = UNITS.flatMap((unit) => [0, 1, 2].map((index) => person(`${unit}-${index}`, unit, `${unit}-post-${Math.max(1, index)}`)))

/** Where walks begin: at the report, in the middle of the work, or after its end. */
export const STARTS: readonly (readonly string[])[] = [[], ['file', 'dispatch', 'accept'], ['file', 'dispatch', 'accept', 'handle', 'check', 'close']]

/** Walks a case through the rules with its real clocks, and looks after every line for anything that the rules of the city forbid. */
export function walk(workflow: Workflow, { start, tries }: { readonly start: readonly string[]; readonly tries: readonly Try[] }): Walk {
  const problems: string[] = []
  let ledger = openLedger(workflow)
  const look = (next: Ledger) => {
    for (let known = ledger.lines.length; known < next.lines.length; known++) {
      const shorter = { lines: next.lines.slice(0, known + 1), state: next.state }
      const before = known === ledger.lines.length ? ledger.state : foldEntries(workflow, next.lines.slice(0, known))
      const after = known === next.lines.length - 1 ? next.state : foldEntries(workflow, shorter.lines)
      if (before && after) problems.push(...problemsOf(workflow, shorter.lines, before, after))
    }
    ledger = next
  }
  for (const move of start) look(begin(workflow, ledger, move))
  let at = ledger.lines.at(-1)?.at.getTime() ?? START
  for (const attempt of tries) {
    at += attempt.hours * HOUR + 60_000
    look(markDue(workflow, ledger, at))
    const next = attemptOf(workflow, ledger, attempt, at)
    if (next) look(next)
  }
  return { lines: ledger.lines, state: ledger.state, problems: [...problems, ...foldProblems(workflow, ledger)] }
}

/** Makes a move of the beginning if the workflow, planted faults and all, lets it. */
function begin(workflow: Workflow, ledger: Ledger, id: string): Ledger {
  const move = findMove(workflow, id)
  const at = START + ledger.lines.length * 60_000
  return (move && tryMove(workflow, ledger, id, playerOf(move, ledger, undefined), everything(move, at, { unit: 'water' }), at)) ?? ledger
}

/** What only time or the engine itself does. */
const OWN = new Set(['report', 'overdue', 'raise', 'auto-resume'])

function attemptOf(workflow: Workflow, ledger: Ledger, attempt: Try, at: number): Ledger | undefined {
  const { state } = ledger
  const leaving = attempt.stray ? workflow.moves : movesFrom(workflow, state.state)
  // What the case waits for is tried more often than what is merely possible, or no walk would get far.
  const open = leaving.filter((move) => !OWN.has(move.id)).flatMap((move) => Array.from({ length: weightOf(move, state) }, () => move))
  const move = open[attempt.move % Math.max(1, open.length)]
  if (!move) return undefined
  const strands = state.strands.filter((strand) => strand.kind === move.strand?.kind && move.strand.from?.includes(strand.state))
  const strand = strands[attempt.who % Math.max(1, strands.length)]
  const actor = actorOf(move, state, attempt, strand?.unit ?? null, strand?.by ?? null)
  const unit = UNITS[attempt.unit % UNITS.length] ?? ''
  const full = everything(move, at, { unit, reason: attempt.unit, arrived: strand?.state === 'arrived' })
  const { reasonCode, ...rest } = full
  const input = {
    ...(attempt.complete ? rest : {}),
    ...(attempt.reason && reasonCode !== undefined ? { reasonCode } : {}),
    ...(move.id === 'dispatch' && attempt.unit % 3 === 0 ? { targets: ['roads'] } : {}),
    ...(strand ? { strand: strand.key } : {}),
  }
  return tryMove(workflow, ledger, move.id, actor, input, at)
}

function weightOf(move: Move, state: CaseState): number {
  const { strand: step } = move
  if (step?.from) return state.strands.some((strand) => strand.open && strand.kind === step.kind && step.from?.includes(strand.state)) ? 8 : 0
  if (move.kind === 'note' || move.kind === 'reopen') return 1
  return move.kind === 'side' ? 3 : move.aside || move.kind !== 'forward' ? 2 : 8
}

function actorOf(move: Move, state: CaseState, attempt: Try, called: string | null, by: string | null): Actor {
  if (move.party === 'system') return SYSTEM
  if (move.party === 'reporter') return REPORTER
  const unit = move.party === 'lead' ? state.owner : move.party === 'called' ? called : move.party === 'caller' ? by : null
  const able = attempt.fit && unit !== null ? PEOPLE.filter((one) => one.unitCode === unit) : PEOPLE
  return able[attempt.who % able.length] ?? SYSTEM
}

/** A ledger says the same whether it is folded line by line, from any line on, or into rows. */
function foldProblems(workflow: Workflow, { lines, state }: Ledger): string[] {
  const text = (value: unknown) => JSON.stringify(value)
  const half = foldEntries(workflow, lines.slice(0, Math.ceil(lines.length / 2)))
  const halves = lines.slice(Math.ceil(lines.length / 2)).reduce((now, line) => applyEntry(workflow, now, line), half)
  const rows = impliedRows(workflow, lines)
  const running = rows?.deadlines.filter((row) => row.stoppedAt === null).map((row) => `${row.stage} ${row.strand ?? ''} ${row.dueAt}`)
  return [
    ...(text(foldEntries(workflow, lines)) === text(state) && text(halves) === text(state) ? [] : ['the fold of the ledger is another state']),
    ...(text(running?.toSorted()) === text(state.running.map((clock) => `${clock.stage} ${clock.strand ?? ''} ${clock.dueAt}`).toSorted())
      ? []
      : ['the rows of the clocks are others than those that run']),
  ]
}
