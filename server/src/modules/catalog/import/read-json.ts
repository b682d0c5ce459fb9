import { ImportFailure, type ProblemList } from './problems.ts'
import { tableFrom, type Table } from './table.ts'

/** Reads a JSON list of flat objects, or an object with such a list in `rows`. A list or object inside a row stays JSON text. Throws ImportFailure. */
export function readJson(text: string, problems: ProblemList): Table {
  const value = parseJson(text)
  const list = Array.isArray(value) ? value : isRecord(value) ? value['rows'] : undefined
  if (!Array.isArray(list)) throw new ImportFailure('FILE_MALFORMED', { reason: 'NOT_A_LIST' })
  const objects = list.map((row: unknown, index) => {
    if (!isRecord(row)) throw new ImportFailure('FILE_MALFORMED', { reason: 'NOT_AN_OBJECT', row: index + 1 }, `/rows/${index}`)
    return new Map(Object.entries(row))
  })
  const columns = [...new Set(objects.flatMap((row) => [...row.keys()]))]
  return tableFrom(
    columns,
    objects.map((row, index) => ({ row: index + 1, cells: columns.map((column) => cellText(row.get(column))) })),
    problems,
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ImportFailure('FILE_MALFORMED', { reason: 'NOT_JSON' })
  }
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
