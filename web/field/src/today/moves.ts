import { PROVED_NEEDS } from '@linli/contract/workflow'
import type { Task } from '../outbox/types.ts'

export type TaskMove = Task['moves'][number]
/** What a telephone can ask for, and what needs no asking because the ledger proves it. */
const FITTING: ReadonlySet<string> = new Set(['evidence', 'reason', 'note', 'publicReply', ...PROVED_NEEDS])

/** Whether the whole form of a move fits on the telephone; a move that needs more is made in the console. */
export function fits(move: TaskMove): boolean {
  return move.needs.every((need) => FITTING.has(need))
}

/** The moves that the case waits for, forward ones first: what the buttons at the foot of the page offer. */
export function mainMoves(task: Pick<Task, 'moves'>): TaskMove[] {
  return task.moves
    .filter((move) => !move.aside && move.kind !== 'note' && fits(move))
    .sort((one, other) => Number(other.kind === 'forward') - Number(one.kind === 'forward'))
}

/** What else may be said or done on the telephone. */
export function otherMoves(task: Pick<Task, 'moves'>): TaskMove[] {
  const main = new Set(mainMoves(task).map((move) => `${move.move} ${move.strand}`))
  return task.moves.filter((move) => fits(move) && !main.has(`${move.move} ${move.strand}`))
}
