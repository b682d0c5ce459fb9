import { CsvError, parse } from 'csv-parse/sync'
import { ImportFailure, type ProblemList } from './problems.ts'
import { MOST_ROWS, tableFrom, type Table } from './table.ts'

/** Reads the text of a CSV file (RFC 4180; tabs where the header has no comma); its first record is the header. Throws ImportFailure. */
export function readCsv(text: string, problems: ProblemList): Table {
  const firstLine = /^[^\r\n]*/u.exec(text)?.[0] ?? ''
  const delimiter = firstLine.includes('\t') && !firstLine.includes(',') ? '\t' : ','
  const [header = [], ...records] = parseRecords(text, delimiter)
  return tableFrom(
    header,
    records.map((cells, index) => ({ row: index + 2, cells })),
    problems,
  )
}

function parseRecords(text: string, delimiter: string): string[][] {
  try {
    // Empty lines stay in, so that the row numbers are those that a spreadsheet shows.
    return parse(text, { delimiter, relax_column_count: true, to: MOST_ROWS + 1000 })
  } catch (error) {
    if (error instanceof CsvError) throw new ImportFailure('FILE_MALFORMED', { reason: error.code, line: Number(error['lines'] ?? 0) })
    throw error
  }
}
