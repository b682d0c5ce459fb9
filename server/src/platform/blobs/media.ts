/** What a file is, by its first bytes; a name or header is never believed. */
export type MediaType = 'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf'

/** The media type, or undefined for anything that is not accepted (a renamed program among them). */
export function sniff(bytes: Buffer): MediaType | undefined {
  if (bytes.length > 3 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg'
  if (bytes.length > 8 && bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'image/png'
  if (bytes.length > 12 && bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP') return 'image/webp'
  if (bytes.length > 5 && bytes.toString('latin1', 0, 5) === '%PDF-') return 'application/pdf'
  return undefined
}

/** The same picture without EXIF, XMP, comments and other hidden text; a PDF is left as it is. */
export function withoutMetadata(bytes: Buffer, type: MediaType): Buffer {
  if (type === 'image/jpeg') return strippedJpeg(bytes)
  if (type === 'image/png') return strippedPng(bytes)
  if (type === 'image/webp') return strippedWebp(bytes)
  return bytes
}

const START_OF_SCAN = 0xda
const END_OF_IMAGE = 0xd9

/**
 * Keeps every JPEG segment but APP1–APP13, APP15 and comments, up to the end of the image: phones put a film, or a second
 * photo with its own EXIF, behind it (ITU T.81 annex B).
 */
function strippedJpeg(bytes: Buffer): Buffer {
  const parts = [bytes.subarray(0, 2)]
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    // Any marker may be preceded by fill bytes.
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === END_OF_IMAGE) break
    const header = at + 2 + bytes.readUInt16BE(at + 2)
    const end = marker === START_OF_SCAN ? endOfScan(bytes, header) : header
    const hidden = (marker >= 0xe1 && marker <= 0xef && marker !== 0xee) || marker === 0xfe
    if (!hidden) parts.push(bytes.subarray(at, end))
    at = end
  }
  parts.push(Buffer.from([0xff, END_OF_IMAGE]))
  return Buffer.concat(parts)
}

/** Where the next marker stands behind coded data, in which 0xff is followed by 0 or by a restart marker. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return bytes.length
}

/** What a PNG needs to be drawn (PNG third edition §5.3, §11): everything else, also chunks that nobody knows, may hide something. */
const PNG_DRAWN = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'cICP', 'sBIT', 'pHYs', 'bKGD', 'acTL', 'fcTL', 'fdAT'])

function strippedPng(bytes: Buffer): Buffer {
  const parts = [bytes.subarray(0, 8)]
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + bytes.readUInt32BE(at)
    const name = bytes.toString('latin1', at + 4, at + 8)
    if (PNG_DRAWN.has(name)) parts.push(bytes.subarray(at, end))
    if (name === 'IEND') break
    at = end
  }
  return Buffer.concat(parts)
}

/** What a WebP needs to be drawn (RFC 9649 §2.7). */
const WEBP_DRAWN = new Set(['VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF'])

function strippedWebp(bytes: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = bytes.toString('latin1', at, at + 4)
    const size = bytes.readUInt32LE(at + 4)
    const end = at + 8 + size + (size % 2)
    if (name === 'VP8X') {
      // The header's flags announce a colour profile (32), EXIF (8) and XMP (4); they must go with the chunks.
      const header = Buffer.from(bytes.subarray(at, end))
      header[8] = (header[8] ?? 0) & ~0x2c
      parts.push(header)
    } else if (WEBP_DRAWN.has(name)) parts.push(bytes.subarray(at, end))
    at = end
  }
  const body = Buffer.concat(parts)
  const head = Buffer.from(bytes.subarray(0, 12))
  head.writeUInt32LE(body.length + 4, 4)
  return Buffer.concat([head, body])
}
