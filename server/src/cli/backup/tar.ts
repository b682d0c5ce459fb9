import { CommandError } from '../output.ts'

const BLOCK = 512
/** Two empty blocks end an archive (POSIX.1-2017, pax: ustar interchange format). */
export const TAR_END = Buffer.alloc(2 * BLOCK)
const LONGEST_NAME = 100
const LARGEST = 0o77777777777

/** One regular file of an archive. */
export interface TarEntry {
  readonly name: string
  readonly size: number
  /** Must be read to its end before the next entry. */
  readonly body: AsyncIterable<Buffer>
}

/** The header block of a regular file (ustar, mode 0600). Throws where name or size do not fit. */
export function tarHeader(name: string, size: number, modifiedS: number): Buffer {
  if (Buffer.byteLength(name) > LONGEST_NAME || size > LARGEST) throw new Error(`TAR_ENTRY_TOO_LARGE ${name} ${size}`)
  const header = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, length: number) => header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1')
  header.write(name, 0, 'utf8')
  octal(0o600, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(size, 124, 12)
  octal(Math.floor(modifiedS), 136, 12)
  header.write('0', 156, 'latin1')
  header.write('ustar\u000000', 257, 'latin1')
  header.write('        ', 148, 'latin1')
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
    'latin1',
  )
  return header
}

/** What fills a body up to the next block. */
export const tarPadding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK)

/** Reads the entries of an archive one after the other; throws CommandError BACKUP_DAMAGED where it is cut short or not an archive. */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const bytes = new ByteReader(source)
  for (;;) {
    const header = await bytes.take(BLOCK)
    if (header.every((byte) => byte === 0)) return bytes.requireEnd()
    const entry = parseHeader(header)
    let left = entry.size
    const body = async function* () {
      while (left > 0) {
        const chunk = await bytes.some(left)
        left -= chunk.length
        yield chunk
      }
    }
    yield { ...entry, body: body() }
    while (left > 0) left -= (await bytes.some(left)).length
    await bytes.take((BLOCK - (entry.size % BLOCK)) % BLOCK)
  }
}

function parseHeader(header: Buffer): { name: string; size: number } {
  const text = (at: number, length: number) => header.toString('utf8', at, at + length).replace(/[\0 ].*$/s, '')
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0)
  if (text(257, 5) !== 'ustar' || Number.parseInt(text(148, 8), 8) !== sum) throw damaged('a header is broken')
  return { name: text(0, LONGEST_NAME), size: Number.parseInt(text(124, 12), 8) }
}

/** What is said of an archive that is not what was written. */
export const damaged = (why: string): CommandError =>
  new CommandError('BACKUP_DAMAGED', `The backup is damaged (${why}); nothing was changed. Take another copy of the file, or an older backup`)

class ByteReader {
  readonly #source: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** At least one byte and at most so many. */
  async some(most: number): Promise<Buffer> {
    while (this.#rest.length === 0) {
      const next = await this.#source.next()
      if (next.done === true) throw damaged('it ends too early')
      this.#rest = next.value
    }
    const chunk = this.#rest.subarray(0, most)
    this.#rest = this.#rest.subarray(chunk.length)
    return chunk
  }

  /** Reads on to the end of the source, so that its own check sums are looked at; only padding may be there. */
  async requireEnd(): Promise<void> {
    let left: Buffer = this.#rest
    for (;;) {
      if (left.some((byte) => byte !== 0)) throw damaged('something follows its end')
      const next = await this.#source.next()
      if (next.done === true) return
      left = next.value
    }
  }

  async take(count: number): Promise<Buffer> {
    const chunks: Buffer[] = []
    let left = count
    while (left > 0) {
      const chunk = await this.some(left)
      chunks.push(chunk)
      left -= chunk.length
    }
    return Buffer.concat(chunks)
  }
}
