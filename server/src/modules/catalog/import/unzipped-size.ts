import { inflateRawSync } from 'node:zlib'
import { ImportFailure } from './problems.ts'

const DIRECTORY_END = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50

/**
 * Unpacks every entry of a zip archive once and counts the bytes, so that a small file that unpacks to gigabytes is refused
 * before a library takes all of it into memory. Throws FILE_TOO_LARGE above `most` bytes and FILE_MALFORMED.
 */
export function checkUnzippedSize(bytes: Uint8Array, most: number): void {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let left = most
  for (const packed of entries(archive)) left -= unpackedSize(packed, left, most)
}

interface Entry {
  readonly deflated: boolean
  readonly data: Buffer
}

function* entries(archive: Buffer): Generator<Entry> {
  try {
    const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
    if (end < 0 || archive.readUInt32LE(end) !== DIRECTORY_END) throw new RangeError('no directory')
    let at = archive.readUInt32LE(end + 16)
    for (let count = archive.readUInt16LE(end + 10); count > 0; count -= 1) {
      if (archive.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new RangeError('no entry')
      const local = archive.readUInt32LE(at + 42)
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
      yield { deflated: archive.readUInt16LE(at + 10) === 8, data: archive.subarray(start, start + archive.readUInt32LE(at + 20)) }
      at += 46 + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
    }
  } catch (error) {
    if (error instanceof RangeError) throw new ImportFailure('FILE_MALFORMED', { reason: 'ZIP' })
    throw error
  }
}

function unpackedSize(entry: Entry, left: number, most: number): number {
  if (!entry.deflated) return entry.data.length
  try {
    return inflateRawSync(entry.data, { maxOutputLength: Math.max(1, left) }).length
  } catch (error) {
    const tooLarge = error instanceof RangeError
    throw tooLarge ? new ImportFailure('FILE_TOO_LARGE', { most }) : new ImportFailure('FILE_MALFORMED', { reason: 'ZIP' })
  }
}
