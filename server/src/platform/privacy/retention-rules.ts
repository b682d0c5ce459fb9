import { personalColumns } from '@linli/contract/personal'
import type { Eraser } from './eraser.ts'
import { declarationOf } from './masking.ts'

/** How long what an eraser clears is kept, in days: the one period of its columns. Throws RETENTION_PERIODS_DIFFER where they have several. */
export function periodOf(eraser: Pick<Eraser, 'name' | 'columns'>): number {
  const periods = new Set(eraser.columns.map((column) => declarationOf(column)?.retentionDays))
  const [period] = periods
  if (periods.size !== 1 || period === undefined) throw new Error(`RETENTION_PERIODS_DIFFER ${eraser.name}`)
  return period
}

export interface ScheduleRow {
  readonly column: string
  readonly kind: string
  readonly retentionDays: number
  readonly eraser: string | null
  readonly kept: string | null
}

/** Every personal column with its period, and what clears it or why it stays; one that has neither is a gap. */
export function scheduleOf(erasers: readonly Pick<Eraser, 'name' | 'columns'>[]): ScheduleRow[] {
  return [...personalColumns.keys()].flatMap((column) => {
    const declared = declarationOf(column)
    if (!declared) return []
    const eraser = erasers.find((candidate) => candidate.columns.includes(column))?.name ?? null
    return [{ column, kind: declared.kind, retentionDays: declared.retentionDays, eraser, kept: declared.kept ?? null }]
  })
}

/** What a schedule leaves open, in sentences: columns that nobody clears, and columns that are cleared although they are to stay. */
export function scheduleProblems(schedule: readonly ScheduleRow[]): string[] {
  return schedule.flatMap(({ column, eraser, kept }) =>
    eraser === null && kept === null
      ? [`${column} is erased by nobody and has no reason to stay`]
      : eraser !== null && kept !== null
        ? [`${column} is erased and kept`]
        : [],
  )
}
