import { isUtf8 } from 'node:buffer'
import type { Line } from './lines.ts'
import type { Broken, Row } from './record.ts'

/** Reads one JSON object a line; empty lines are passed over, and a broken one is named and costs no other. */
export async function* readJsonl(lines: AsyncIterable<Line>): AsyncGenerator<Row | Broken> {
  for await (const line of lines) {
    if (!line.tooLong && line.bytes.length === 0) continue
    yield readLine(line)
  }
}

function readLine({ number, bytes, tooLong }: Line): Row | Broken {
  if (tooLong) return { line: number, code: 'LINE_TOO_LONG', detail: 'longer than 1 MiB' }
  if (!isUtf8(bytes)) return { line: number, code: 'UTF8_INVALID', detail: 'not valid UTF-8' }
  let value: unknown
  try {
    value = JSON.parse(bytes.toString())
  } catch (error) {
    return { line: number, code: 'JSON_INVALID', detail: error instanceof Error ? error.message.slice(0, 200) : 'not JSON' }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { line: number, code: 'JSON_NOT_OBJECT', detail: 'not a JSON object' }
  return { line: number, cells: new Map(Object.entries(value).map(([name, cell]) => [name, textOf(cell)])) }
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  return typeof cell === 'string' ? cell : JSON.stringify(cell)
}
