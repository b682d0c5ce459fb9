import { ImportFailure, type Place, type ProblemList } from './problems.ts'

/** Most data rows of one file. */
export const MOST_ROWS = 20_000
/** Most characters of one cell, as for every text in the program. */
export const MOST_CHARACTERS = 20_000

/** One data row: text by column name. */
export interface TableRow {
  /** As a person counts in that kind of file. */
  readonly row: number
  /** From 0 among the data rows. */
  readonly index: number
  readonly cells: ReadonlyMap<string, string>
}

/** What every kind of file becomes before it is understood. */
export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly TableRow[]
}

/** A record with the number that a person would find it under. */
export interface NumberedRecord {
  readonly row: number
  readonly cells: readonly string[]
}

/** The place of a cell. */
export function placeOf(row: TableRow, column: string): Place {
  return { row: row.row, pointer: `/rows/${row.index}/${column.replaceAll('~', '~0').replaceAll('/', '~1')}` }
}

/** A column name as it is compared: without outer space, line breaks or full-width letters. */
export function columnName(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim()
}

/**
 * A table from a header and records. Empty rows are left out; a row that is longer or shorter than the header is an error, since
 * one comma too many moves every cell behind it. Throws ImportFailure: ROWS_NONE, ROWS_TOO_MANY, COLUMN_DUPLICATE.
 */
export function tableFrom(header: readonly string[], records: readonly NumberedRecord[], problems: ProblemList): Table {
  const names = header.map(columnName)
  const columns = names.filter((name) => name !== '')
  const twice = columns.find((name, place) => columns.indexOf(name) !== place)
  if (twice !== undefined) throw new ImportFailure('COLUMN_DUPLICATE', { column: twice })
  const filled = records.filter((record) => record.cells.some((cell) => cell.trim() !== ''))
  if (columns.length === 0 || filled.length === 0) throw new ImportFailure('ROWS_NONE')
  if (filled.length > MOST_ROWS) throw new ImportFailure('ROWS_TOO_MANY', { most: MOST_ROWS })
  const rows = filled.map((record, index) => {
    const row = { row: record.row, index, cells: new Map<string, string>() }
    if (record.cells.length !== names.length) {
      problems.error({ row: record.row, pointer: `/rows/${index}` }, 'ROW_LENGTH', { expected: names.length, found: record.cells.length })
    }
    for (const [place, name] of names.entries()) {
      const text = (record.cells[place] ?? '').trim()
      if (name === '' || text === '') continue
      if (text.includes('\0') || !text.isWellFormed()) problems.error(placeOf(row, name), 'TEXT_NOT_ALLOWED')
      else if (text.length > MOST_CHARACTERS) problems.error(placeOf(row, name), 'TEXT_TOO_LONG', { most: MOST_CHARACTERS })
      else row.cells.set(name, text)
    }
    return row
  })
  return { columns, rows }
}
