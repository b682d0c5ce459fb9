import { reporting, type ImportResult } from './import-catalogue.ts'
import { matterKey, type Matter } from './matter.ts'
import { ImportFailure, problemList, type ProblemList } from './problems.ts'
import { readTable, type ReadOptions } from './read-table.ts'
import { placeOf, type Table, type TableRow } from './table.ts'

/** Columns of a three-level hotline classification (热线诉求分类), such as DB44/T 2479-2024. */
export const HOTLINE_COLUMNS = {
  level1Code: 'level_1_code',
  level1Name: 'level_1_name',
  level2Code: 'level_2_code',
  level2Name: 'level_2_name',
  level3Code: 'level_3_code',
  level3Name: 'level_3_name',
  description: 'remark',
} as const

export interface HotlineOptions extends ReadOptions {
  readonly workflow?: string
}

/** A category of the hotline: a matter without condition rows, and the levels above it. */
export interface HotlineResult extends ImportResult {
  /** Level-1 names by their two-digit code; a category's code begins with it. */
  readonly groups: Readonly<Record<string, string>>
}

/**
 * Reads a hotline classification as matters of the domain `hotline`: the class is level 2, the code the last two digits of level 3,
 * the key `local-hotline-` with all six digits. A printed code that does not begin with its own level 2 (DB44/T 2479-2024 prints 090499
 * under 0905 as well as under 0904) keeps its digits and gets `~` and the level-2 code behind the key: `local-hotline-090499~0905`,
 * whatever the order of the rows. A level 3 without a name is its level 2 whole. What is wrong is in `errors`, never thrown.
 */
export async function importHotlineCategories(bytes: Uint8Array, options: HotlineOptions = {}): Promise<HotlineResult> {
  const problems = problemList()
  const groups = new Map<string, string>()
  const matters = await reporting(problems.errors, async () => {
    const table = await readTable(bytes, options, problems)
    checkColumns(table)
    return readCategories(table, groups, options.workflow ?? 'joint-event', problems)
  })
  return { matters, groups: Object.fromEntries(groups), warnings: problems.warnings, errors: problems.errors }
}

function checkColumns(table: Table): void {
  const missing = Object.values(HOTLINE_COLUMNS).find((column) => !table.columns.includes(column))
  if (missing) throw new ImportFailure('COLUMN_MISSING', { column: missing })
}

function readCategories(table: Table, groups: Map<string, string>, workflow: string, problems: ProblemList): Matter[] {
  const byKey = new Map<string, { row: TableRow; matter: Matter }>()
  for (const row of table.rows) {
    const matter = readCategory(row, groups, workflow, problems)
    if (!matter) continue
    const earlier = byKey.get(matter.key)
    if (earlier)
      problems.error(placeOf(row, HOTLINE_COLUMNS.level3Code), 'HOTLINE_CODE_DUPLICATE', {
        key: matter.key,
        row: row.row,
        firstRow: earlier.row.row,
      })
    else byKey.set(matter.key, { row, matter })
  }
  return [...byKey.values()].map(({ matter }) => matter)
}

function readCategory(row: TableRow, groups: Map<string, string>, workflow: string, problems: ProblemList): Matter | undefined {
  const level1 = codeOf(row, 'level1Code', 2, problems)
  const level2 = codeOf(row, 'level2Code', 4, problems)
  const level3 = codeOf(row, 'level3Code', 6, problems)
  const className = nameOf(row, 'level2Name')
  const groupName = nameOf(row, 'level1Name')
  if (className === '') problems.error(placeOf(row, HOTLINE_COLUMNS.level2Name), 'FIELD_EMPTY', { field: 'level2Name' })
  if (groupName === '') problems.error(placeOf(row, HOTLINE_COLUMNS.level1Name), 'FIELD_EMPTY', { field: 'level1Name' })
  if (!level1 || !level2 || !level3 || className === '' || groupName === '') return undefined
  groups.set(level1, groups.get(level1) ?? groupName)
  const description = nameOf(row, 'description')
  const outside = !level3.startsWith(level2)
  if (outside) problems.warn(placeOf(row, HOTLINE_COLUMNS.level3Code), 'HOTLINE_CODE_OUTSIDE_PARENT', { code: level3, parent: level2 })
  return {
    key: matterKey('local', 'hotline', level3.slice(0, 4), level3.slice(4)) + (outside ? `~${level2}` : ''),
    scheme: 'local',
    domain: 'hotline',
    classCode: level2,
    className,
    code: level3.slice(4),
    name: nameOf(row, 'level3Name') || className,
    aliases: [],
    ...(description === '' ? {} : { description }),
    workflow,
    evidence: [],
    conditions: [],
  }
}

function codeOf(row: TableRow, column: 'level1Code' | 'level2Code' | 'level3Code', digits: number, problems: ProblemList): string | undefined {
  const text = nameOf(row, column).normalize('NFKC')
  // A spreadsheet drops the zero in front of a number.
  const code = text.padStart(digits, '0')
  if (text !== '' && code.length === digits && /^\d+$/.test(code)) return code
  problems.error(placeOf(row, HOTLINE_COLUMNS[column]), text === '' ? 'FIELD_EMPTY' : 'CODE_INVALID', { field: column, text })
  return undefined
}

function nameOf(row: TableRow, column: keyof typeof HOTLINE_COLUMNS): string {
  return row.cells.get(HOTLINE_COLUMNS[column]) ?? ''
}
