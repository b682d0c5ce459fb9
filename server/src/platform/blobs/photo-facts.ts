import { epochMs, readZone } from '@linli/lib/time/zone'
import exifr from 'exifr'

/** Where and when a photo says it was taken; WGS84. */
export interface PhotoFacts {
  readonly takenAt?: Date
  readonly lon?: number
  readonly lat?: number
}

const TAGS = ['DateTimeOriginal', 'OffsetTimeOriginal', 'GPSLatitude', 'GPSLongitude', 'GPSLatitudeRef', 'GPSLongitudeRef']

/** Reads EXIF; a time without an offset is the wall clock of the city's zone, whatever zone the machine keeps. Broken EXIF is no reason to refuse a photo. */
export async function photoFacts(bytes: Buffer, timeZone: string): Promise<PhotoFacts> {
  try {
    const found = (await exifr.parse(exifOf(bytes), { pick: TAGS, gps: true, reviveValues: false })) as Record<string, unknown> | undefined
    const takenAt = instantOf(found?.['DateTimeOriginal'], found?.['OffsetTimeOriginal'], timeZone)
    const { longitude: lon, latitude: lat } = found ?? {}
    return { ...(takenAt === undefined ? {} : { takenAt }), ...(isWithin(lon, 180) && isWithin(lat, 90) ? { lon, lat } : {}) }
  } catch {
    return {}
  }
}

/** What the reader is given: of a WebP and a PNG, which it does not or not wholly know, the EXIF chunk alone (RFC 9649 §2.7.1.5; PNG third edition §11.3.2.6). */
function exifOf(bytes: Buffer): Buffer {
  if (bytes.toString('latin1', 0, 4) === 'RIFF') {
    for (let at = 12; at + 8 <= bytes.length; at += 8 + size(bytes.readUInt32LE(at + 4))) {
      if (bytes.toString('latin1', at, at + 4) !== 'EXIF') continue
      const exif = bytes.subarray(at + 8, at + 8 + bytes.readUInt32LE(at + 4))
      // Some writers put the JPEG marker's name in front.
      return exif.toString('latin1', 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif
    }
    return Buffer.alloc(0)
  }
  if (bytes.toString('latin1', 1, 4) === 'PNG') {
    for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at))
      if (bytes.toString('latin1', at + 4, at + 8) === 'eXIf') return bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at))
    return Buffer.alloc(0)
  }
  return bytes
}
const size = (bytes: number): number => bytes + (bytes % 2)

/** EXIF 2.32 §4.6.5: `YYYY:MM:DD HH:MM:SS`, and `±HH:MM` apart. */
function instantOf(time: unknown, offset: unknown, timeZone: string): Date | undefined {
  const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(String(time))
  if (!parts) return undefined
  const wall = `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}`
  const local = Date.parse(`${wall}Z`)
  if (Number.isNaN(local)) return undefined
  if (/^[+-]\d\d:\d\d$/.test(String(offset))) return new Date(`${wall}${String(offset)}`)
  return new Date(epochMs(readZone(timeZone, 0, Date.UTC(2100, 0, 1)), local))
}

function isWithin(value: unknown, limit: number): value is number {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= limit
}
