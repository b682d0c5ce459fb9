import { isUtf8 } from 'node:buffer'
import { CsvError, parse } from 'csv-parse/sync'
import type { Line } from './lines.ts'
import type { Broken, Row } from './record.ts'

/** A record of more lines than this has a quote that somebody forgot to close. */
const MOST_LINES = 200

const QUOTE = 0x22

/**
 * Reads RFC 4180 with a header line; the delimiter is the tab where the header has one and no comma. When a record is broken, only its first
 * line is given up and reading goes on at the next, so that a forgotten quote does not swallow the rest of the file.
 */
export async function* readCsv(lines: AsyncIterable<Line>): AsyncGenerator<Row | Broken> {
  let columns: string[] | undefined
  let delimiter = ','
  let waiting: Line[] = []
  const settle = function* (whole: boolean): Generator<Row | Broken> {
    while (waiting.length > 0) {
      const size = recordSize(waiting)
      if (size === undefined && !whole && waiting.length < MOST_LINES) return
      const record = waiting.slice(0, size ?? 1)
      if (!columns) {
        const head = record[0]?.bytes ?? Buffer.alloc(0)
        delimiter = head.includes('\t') && !head.includes(',') ? '\t' : ','
      }
      const cells = cellsOf(record, delimiter)
      if ('code' in cells) {
        yield cells
        // Without a header nothing can be read.
        if (!columns) return
        waiting = waiting.slice(1)
      } else if (!columns) {
        columns = distinct(cells)
        waiting = waiting.slice(record.length)
      } else if (cells.length !== columns.length && cells.join('') !== '') {
        yield { line: record[0]?.number ?? 0, code: 'COLUMN_COUNT', detail: `${cells.length} columns where the header has ${columns.length}` }
        waiting = waiting.slice(1)
      } else {
        if (cells.join('') !== '') yield { line: record[0]?.number ?? 0, cells: new Map(columns.map((column, index) => [column, cells[index] ?? ''])) }
        waiting = waiting.slice(record.length)
      }
    }
  }
  for await (const line of lines) {
    waiting.push(line)
    // Inside a quoted cell only a line with a quote can end the record.
    if (waiting.length > 1 && waiting.length < MOST_LINES && !line.bytes.includes(QUOTE)) continue
    yield* settle(false)
    if (!columns && waiting.length > 0 && recordSize(waiting) !== undefined) return
  }
  yield* settle(true)
}

/** How many lines the first record has: up to where its quotes are even; undefined where that is not yet in sight. */
function recordSize(lines: readonly Line[]): number | undefined {
  let quotes = 0
  for (const [index, { bytes, tooLong }] of lines.entries()) {
    if (tooLong) return index === 0 ? 1 : undefined
    for (let at = bytes.indexOf(QUOTE); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) quotes += 1
    if (quotes % 2 === 0) return index + 1
  }
  return undefined
}

function cellsOf(record: readonly Line[], delimiter: string): string[] | Broken {
  const line = record[0]?.number ?? 0
  if (record.some((part) => part.tooLong)) return { line, code: 'LINE_TOO_LONG', detail: 'longer than 1 MiB' }
  const bytes = Buffer.concat(record.flatMap((part, index) => (index === 0 ? [part.bytes] : [Buffer.from('\n'), part.bytes])))
  if (!isUtf8(bytes)) return { line, code: 'UTF8_INVALID', detail: 'not valid UTF-8' }
  if (bytes.length === 0) return []
  if (!bytes.includes(QUOTE)) return bytes.toString().split(delimiter)
  try {
    return parse(bytes, { delimiter, relax_column_count: true, record_delimiter: '\u0000' })[0] ?? []
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { line, code: 'CSV_INVALID', detail: error.code }
  }
}

/** Column names with the second of two equal ones told apart as `name (2)`. */
function distinct(names: readonly string[]): string[] {
  const times = new Map<string, number>()
  return names.map((name) => {
    const count = (times.get(name) ?? 0) + 1
    times.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  })
}
