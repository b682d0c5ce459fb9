import { isUtf8 } from 'node:buffer'
import { CsvError, parse } from 'csv-parse/sync'
import { CommandError } from '../output.ts'
import type { Line } from './lines.ts'
import { isBroken, type Broken, type Row } from './record.ts'

/** A record of more lines than this has a quote that somebody forgot to close. */
const MOST_LINES = 200

const QUOTE = 0x22

interface Header {
  readonly delimiter: string
  readonly columns: readonly string[]
}

/**
 * Reads RFC 4180 with a header line; the delimiter is the tab where the header has one and no comma. When a record is broken, only its first
 * line is given up and reading goes on at the next, so that a forgotten quote does not swallow the rest of the file. Throws HEADER_INVALID.
 */
export async function* readCsv(lines: AsyncIterable<Line>): AsyncGenerator<Row | Broken> {
  const waiting: Line[] = []
  const state: { header?: Header } = {}
  for await (const line of lines) {
    waiting.push(line)
    // Inside a quoted cell only a line with a quote can end the record.
    if (waiting.length > 1 && waiting.length < MOST_LINES && !line.bytes.includes(QUOTE)) continue
    yield* settle(waiting, state, false)
  }
  yield* settle(waiting, state, true)
}

/** Takes every record off the waiting lines that is complete, or is known never to be. */
function* settle(waiting: Line[], state: { header?: Header }, atEnd: boolean): Generator<Row | Broken> {
  while (waiting.length > 0) {
    const size = recordSize(waiting)
    if (size === undefined && !atEnd && waiting.length < MOST_LINES) return
    const record = waiting.slice(0, size ?? 1)
    if (!state.header) {
      state.header = headerOf(record)
      waiting.splice(0, record.length)
      continue
    }
    const found = rowOf(record, state.header)
    waiting.splice(0, found && isBroken(found) ? 1 : record.length)
    if (found) yield found
  }
}

/** How many lines the first record has: up to where its quotes are even; undefined where that is not in sight. */
function recordSize(lines: readonly Line[]): number | undefined {
  let quotes = 0
  for (const [index, { bytes, tooLong }] of lines.entries()) {
    if (tooLong) return index === 0 ? 1 : undefined
    for (let at = bytes.indexOf(QUOTE); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) quotes += 1
    if (quotes % 2 === 0) return index + 1
  }
  return undefined
}

function headerOf(record: readonly Line[]): Header {
  const head = record[0]?.bytes ?? Buffer.alloc(0)
  const delimiter = head.includes('\t') && !head.includes(',') ? '\t' : ','
  const cells = cellsOf(record, delimiter)
  if ('code' in cells) throw new CommandError('HEADER_INVALID', `The header line cannot be read: ${cells.code} ${cells.detail}`)
  return { delimiter, columns: distinct(cells.map((cell) => cell.trim())) }
}

/** The row of a record, what is wrong with it, or undefined for an empty line. */
function rowOf(record: readonly Line[], { delimiter, columns }: Header): Row | Broken | undefined {
  const line = record[0]?.number ?? 0
  const cells = cellsOf(record, delimiter)
  if ('code' in cells) return cells
  if (cells.join('') === '') return undefined
  if (cells.length !== columns.length) return { line, code: 'COLUMN_COUNT', detail: `${cells.length} columns where the header has ${columns.length}` }
  return { line, cells: new Map(columns.map((column, index) => [column, cells[index] ?? ''])) }
}

function cellsOf(record: readonly Line[], delimiter: string): string[] | Broken {
  const line = record[0]?.number ?? 0
  if (record.some((part) => part.tooLong)) return { line, code: 'LINE_TOO_LONG', detail: 'longer than 1 MiB' }
  const bytes = Buffer.concat(record.flatMap((part, index) => (index === 0 ? [part.bytes] : [Buffer.from('\n'), part.bytes])))
  if (!isUtf8(bytes)) return { line, code: 'UTF8_INVALID', detail: 'not valid UTF-8' }
  const text = bytes.toString()
  if (!bytes.includes(QUOTE)) return text.split(delimiter)
  try {
    const [cells, ...more] = parse(text, { delimiter, relax_column_count: true })
    return cells && more.length === 0 ? cells : { line, code: 'CSV_INVALID', detail: 'the quotes of a cell do not match' }
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
