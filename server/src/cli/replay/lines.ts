/** One line of a file as bytes, without its end; `tooLong` has lost its bytes. */
export interface Line {
  /** From 1. */
  readonly number: number
  readonly bytes: Buffer
  readonly tooLong: boolean
}

/** A line beyond this is broken; it is read past without being held. */
const MOST_LINE_BYTES = 1024 * 1024

const LF = 0x0a
const CR = 0x0d
const BOM = Buffer.from([0xef, 0xbb, 0xbf])

/** Splits bytes at line ends (LF or CR LF), holding one line at a time; a byte order mark at the front is left out. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let held: Buffer[] = []
  let heldBytes = 0
  let tooLong = false
  let number = 0
  const hold = (part: Buffer) => {
    heldBytes += part.length
    tooLong ||= heldBytes > MOST_LINE_BYTES
    if (tooLong) held = []
    else held.push(part)
  }
  const take = (): Line => {
    number += 1
    const line = { number, bytes: trimmed(Buffer.concat(held), number === 1), tooLong }
    held = []
    heldBytes = 0
    tooLong = false
    return line
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
      hold(chunk.subarray(from, end))
      yield take()
      from = end + 1
    }
    if (from < chunk.length) hold(chunk.subarray(from))
  }
  if (heldBytes > 0) yield take()
}

function trimmed(bytes: Buffer, first: boolean): Buffer {
  const start = first && bytes.subarray(0, 3).equals(BOM) ? 3 : 0
  return bytes.subarray(start, bytes.at(-1) === CR ? -1 : undefined)
}
