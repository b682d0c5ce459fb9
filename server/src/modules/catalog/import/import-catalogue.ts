import { DEFAULT_LIMIT_UNITS, type LimitUnits } from '@linli/lib/time/limits'
import { collectMatters } from './collect-matters.ts'
import { resolveMapping } from './mapping.ts'
import type { Matter, MatterScheme } from './matter.ts'
import { ImportFailure, problemList, type ImportProblem } from './problems.ts'
import { readRow, type RowDefaults } from './read-row.ts'
import { readTable, type ReadOptions } from './read-table.ts'

export interface CatalogueOptions extends ReadOptions {
  /** Our field to their column; the built-in one that fits where absent. */
  readonly mapping?: Readonly<Record<string, string>>
  /** The numbering of rows that do not name theirs; `local` where absent, since a code alone does not tell. */
  readonly scheme?: MatterScheme
  /** The workflow of rows that do not name theirs. */
  readonly workflow?: string
  readonly limitUnits?: LimitUnits
}

/** What came of a file. With any error the matters are only those that could be understood, for showing: publish none of them. */
export interface ImportResult {
  readonly matters: readonly Matter[]
  readonly warnings: readonly ImportProblem[]
  readonly errors: readonly ImportProblem[]
}

/**
 * Reads a catalogue of matters (事项目录) from the bytes of a CSV, .xlsx or JSON file of at most 20 MB and 20,000 rows. What is wrong
 * with the file is in `errors`, never thrown.
 */
export async function importCatalogue(bytes: Uint8Array, options: CatalogueOptions = {}): Promise<ImportResult> {
  const problems = problemList()
  const defaults: RowDefaults = {
    scheme: options.scheme ?? 'local',
    workflow: options.workflow ?? 'joint-event',
    limitUnits: options.limitUnits ?? DEFAULT_LIMIT_UNITS,
  }
  const matters = await reporting(problems.errors, async () => {
    const table = await readTable(bytes, options, problems)
    const mapping = resolveMapping(table, options.mapping, problems)
    const rows = table.rows.map((row) => readRow(row, mapping, defaults, problems)).filter((row) => row !== undefined)
    return collectMatters(rows, { name: mapping.name ?? 'name', className: mapping.className ?? 'className', filing: mapping.filing ?? 'filing' }, problems)
  })
  return { matters, warnings: problems.warnings, errors: problems.errors }
}

/** Runs a reader, and turns the failure of a whole file into one more error with no matters. */
export async function reporting(errors: ImportProblem[], read: () => Promise<Matter[]>): Promise<Matter[]> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof ImportFailure)) throw error
    errors.push({ row: null, pointer: error.pointer, code: error.code, data: error.data })
    return []
  }
}
