import { createHash } from 'node:crypto'
import { createReadStream, existsSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { CommandError } from '../output.ts'
import { linesOf } from './lines.ts'
import { readCsv } from './read-csv.ts'
import { readJsonl } from './read-jsonl.ts'
import { isBroken, type Broken, type Row } from './record.ts'

export type Format = 'csv' | 'jsonl'

/** What a first pass over a file finds. */
export interface Source {
  readonly file: string
  readonly format: Format
  /** First 16 hexadecimal digits of the SHA-256 of the bytes. */
  readonly digest: string
  /** Readable and broken rows. */
  readonly rows: number
  readonly columns: ReadonlySet<string>
}

/** Reads a file once from end to end without keeping it; throws FILE_MISSING, FILE_EMPTY, HEADER_INVALID or NOTHING_READABLE. */
export async function inspect(file: string): Promise<Source> {
  if (!existsSync(file) || !statSync(file).isFile()) throw new CommandError('FILE_MISSING', `There is no file ${file}`)
  const format = await formatOf(file)
  const hash = createHash('sha256')
  const columns = new Set<string>()
  const problems: Broken[] = []
  let rows = 0
  for await (const found of rowsOf(file, format, (chunk) => hash.update(chunk))) {
    rows += 1
    if (!isBroken(found)) for (const column of found.cells.keys()) columns.add(column)
    else if (problems.length < 10) problems.push(found)
  }
  const [first] = problems
  if (columns.size === 0 && !first) throw new CommandError('FILE_EMPTY', `${file} holds no rows`)
  if (columns.size === 0)
    throw new CommandError('NOTHING_READABLE', `No row of ${file} can be read; line ${first?.line}: ${first?.code} ${first?.detail}`, problems)
  return { file, format, digest: hash.digest('hex').slice(0, 16), rows, columns }
}

/** The rows of a file as a stream, the broken ones in their place. */
export async function* rowsOf(file: string, format: Format, onChunk: (chunk: Buffer) => void = () => undefined): AsyncGenerator<Row | Broken> {
  const lines = linesOf(watched(createReadStream(file, { highWaterMark: 256 * 1024 }), onChunk))
  yield* format === 'csv' ? readCsv(lines) : readJsonl(lines)
}

async function* watched(stream: AsyncIterable<Buffer>, onChunk: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  for await (const chunk of stream) {
    onChunk(chunk)
    yield chunk
  }
}

/** JSONL where the name says so, or where an unnamed file begins with a brace. */
async function formatOf(file: string): Promise<Format> {
  if (/\.(jsonl|ndjson)$/i.test(file)) return 'jsonl'
  if (/\.(csv|tsv)$/i.test(file)) return 'csv'
  const handle = await open(file)
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0).finally(() => handle.close())
  return buffer.toString('latin1', 0, bytesRead).trimStart().startsWith('{') ? 'jsonl' : 'csv'
}
