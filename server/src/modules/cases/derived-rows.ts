import type { Workflow } from '@linli/contract/workflow'
import { applyEntry, type CaseState, type DeadlineFact, type LedgerEntry, type RunningDeadline, type Strand } from './model.ts'

/** One row of `cases.deadline` as the ledger implies it, over the whole life of the case. */
export interface ImpliedDeadline extends RunningDeadline {
  readonly stoppedAt: Date | null
  /** It stopped because it was paused; what it went on with is another row. */
  readonly stoppedByPause: boolean
}
export interface ImpliedStrand extends Strand {
  /** The end that its clock had last; null where it never had one. */
  readonly dueAt: string | null
}
export interface ImpliedRows {
  readonly state: CaseState
  readonly deadlines: readonly ImpliedDeadline[]
  readonly strands: readonly ImpliedStrand[]
}
type ClockOf = Pick<DeadlineFact, 'stage' | 'strand'> & { readonly startedSeq: number }

/** Folds a ledger line by line into every row that it implies, clocks and strands with their history; undefined for an empty one. Throws as `applyEntry`. */
export function impliedRows(workflow: Workflow, entries: readonly LedgerEntry[]): ImpliedRows | undefined {
  let state: CaseState | undefined
  let deadlines: readonly ImpliedDeadline[] = []
  const ends = new Map<string, string>()
  for (const entry of entries) {
    state = applyEntry(workflow, state, entry)
    deadlines = turn(deadlines, state, entry)
    for (const { strand, dueAt } of state.running) if (strand !== undefined) ends.set(strand, dueAt)
  }
  return state && { state, deadlines, strands: state.strands.map((strand) => ({ ...strand, dueAt: ends.get(strand.key) ?? null })) }
}

function turn(rows: readonly ImpliedDeadline[], state: CaseState, entry: LedgerEntry): ImpliedDeadline[] {
  const begun = (entry.facts.deadlines ?? []).map((fact) => ({ ...fact, startedSeq: entry.seq, startedAt: entry.at, overdueAt: null }))
  const known = [...rows, ...begun.map((fact): ImpliedDeadline => ({ ...fact, stoppedAt: null, stoppedByPause: false }))]
  const among = (list: readonly RunningDeadline[], one: ClockOf) => list.find((other) => clockKey(other) === clockKey(one))
  return known.map((row) => {
    if (row.stoppedAt !== null) return row
    const running = among(state.running, row)
    if (running) return { ...row, startedAt: running.startedAt, overdueAt: running.overdueAt }
    const paused = among(state.paused, row)
    return { ...row, overdueAt: paused?.overdueAt ?? row.overdueAt, stoppedAt: entry.at, stoppedByPause: paused !== undefined }
  })
}

/** What names a clock within its case: the stage, the strand it belongs to, and the line that started it. */
export const clockKey = ({ stage, strand, startedSeq }: ClockOf): string => `${stage}/${strand ?? ''}/${startedSeq}`
