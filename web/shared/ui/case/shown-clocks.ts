import type { Deadline } from './types.ts'

/**
 * The clocks of the case's own steps that are worth a line, oldest first. One that was paused and went on, or was lengthened, is shown as
 * the clock that goes on; when a case is raised to the next level is no limit that anybody has to keep.
 */
export function shownClocks(rows: readonly Deadline[]): Deadline[] {
  return rows.filter((row, index) => row.strand === null && row.stage !== 'raise' && !goesOn(row, rows.slice(index + 1)))
}

/** The last clock of a strand, where it has one. */
export function clockOfStrand(rows: readonly Deadline[], key: string): Deadline | undefined {
  return rows.findLast((row) => row.strand === key)
}

function goesOn(row: Deadline, later: readonly Deadline[]): boolean {
  return later.some((next) => next.stage === row.stage && next.strand === row.strand && (row.paused || next.startedAt === row.stoppedAt))
}
