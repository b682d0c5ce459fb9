import { deflateSync } from 'node:zlib'

export interface ExifOf {
  readonly takenAt?: string
  readonly offset?: string
  readonly lon?: number
  readonly lat?: number
}

const ascii = (text: string) => Buffer.from(`${text}\0`, 'latin1')
const degrees = (value: number) => {
  const bytes = Buffer.alloc(24)
  const whole = Math.floor(Math.abs(value))
  const minutes = (Math.abs(value) - whole) * 60
  const parts = [whole, 1, Math.floor(minutes), 1, Math.round((minutes % 1) * 60 * 10_000), 10_000]
  for (const [index, part] of parts.entries()) bytes.writeUInt32BE(part, index * 4)
  return bytes
}

interface Field {
  readonly tag: number
  readonly type: 2 | 4 | 5
  readonly count: number
  readonly value: Buffer | number
}

/** One directory of TIFF fields with what does not fit into them behind it (TIFF 6.0 §2). */
function directory(fields: readonly Field[], at: number): Buffer {
  const head = Buffer.alloc(2 + fields.length * 12 + 4)
  head.writeUInt16BE(fields.length, 0)
  const tail: Buffer[] = []
  let behind = at + head.length
  for (const [index, field] of fields.entries()) {
    const place = 2 + index * 12
    head.writeUInt16BE(field.tag, place)
    head.writeUInt16BE(field.type, place + 2)
    head.writeUInt32BE(field.count, place + 4)
    if (typeof field.value === 'number') head.writeUInt32BE(field.value, place + 8)
    else if (field.value.length <= 4) field.value.copy(head, place + 8)
    else {
      head.writeUInt32BE(behind, place + 8)
      tail.push(field.value)
      behind += field.value.length
    }
  }
  return Buffer.concat([head, ...tail])
}

/** The APP1 segment that a camera writes: time, its offset, and the place. */
export function exifSegment({ takenAt, offset, lon, lat }: ExifOf): Buffer {
  const times = [
    ...(takenAt === undefined ? [] : [{ tag: 0x9003, type: 2, count: 20, value: ascii(takenAt) } as const]),
    ...(offset === undefined ? [] : [{ tag: 0x9011, type: 2, count: 7, value: ascii(offset) } as const]),
  ]
  const place: Field[] =
    lon === undefined || lat === undefined
      ? []
      : [
          { tag: 1, type: 2, count: 2, value: ascii(lat < 0 ? 'S' : 'N') },
          { tag: 2, type: 5, count: 3, value: degrees(lat) },
          { tag: 3, type: 2, count: 2, value: ascii(lon < 0 ? 'W' : 'E') },
          { tag: 4, type: 5, count: 3, value: degrees(lon) },
        ]
  const rootLength = 2 + 2 * 12 + 4
  const exif = directory(times, 8 + rootLength)
  const gps = directory(place, 8 + rootLength + exif.length)
  const root = directory(
    [
      { tag: 0x8769, type: 4, count: 1, value: 8 + rootLength },
      { tag: 0x8825, type: 4, count: 1, value: 8 + rootLength + exif.length },
    ],
    8,
  )
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8]), root, exif, gps])
  return jpegSegment(0xe1, body)
}

/** The EXIF of a camera without the marker of a JPEG, as PNG and WebP carry it. */
export const exifBlock = (facts: ExifOf): Buffer => exifSegment(facts).subarray(10)

/** A chunk of a PNG, without a valid checksum. */
export function pngChunk(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(body.length)
  return Buffer.concat([head, Buffer.from(name, 'latin1'), body, Buffer.alloc(4)])
}

/** The outline of a PNG with more chunks behind its header. */
export function pngWith(...chunks: readonly Buffer[]): Buffer {
  const head = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([head, pngChunk('IHDR', Buffer.alloc(13)), ...chunks, pngChunk('IDAT', Buffer.alloc(5)), pngChunk('IEND', Buffer.alloc(0))])
}

/** A chunk of a RIFF file. */
export function riffChunk(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(name, 0, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
}

/** The outline of a WebP with an extended header and more chunks behind its picture. */
export function webpWith(flags: number, ...chunks: readonly Buffer[]): Buffer {
  const header = riffChunk('VP8X', Buffer.from([flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
  return riffChunk('RIFF', Buffer.concat([Buffer.from('WEBP'), header, riffChunk('VP8 ', Buffer.from('picture')), ...chunks]))
}

/** A marker with its length and content. */
export function jpegSegment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

const CODED = Buffer.from([0xd2, 0xcf, 0xff, 0x00, 0x20, 0xff, 0xd0, 0x17])
const APP0 = jpegSegment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1'))
const FRAME = jpegSegment(0xc0, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0]))
const SCAN = jpegSegment(0xda, Buffer.from([1, 1, 0, 0, 63, 0]))
const END = Buffer.from([0xff, 0xd9])

/** The outline of a JPEG: what is asked for stands behind its first marker, before its end, or behind it. */
export function jpegWith({
  front = [],
  inside = [],
  behind = [],
}: { front?: readonly Buffer[]; inside?: readonly Buffer[]; behind?: readonly Buffer[] } = {}): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...front, APP0, FRAME, SCAN, CODED, ...inside, SCAN, CODED, END, ...behind])
}

/** A PDF that holds one empty page and as many bytes as asked for. */
export function pdfOf(bytes = 0): Buffer {
  return Buffer.concat([
    Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n', 'latin1'),
    deflateSync(Buffer.alloc(bytes)),
    Buffer.from('\n%%EOF\n', 'latin1'),
  ])
}
