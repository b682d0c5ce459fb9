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
    const found = (await exifr.parse(bytes, { pick: TAGS, gps: true, reviveValues: false })) as Record<string, unknown> | undefined
    const takenAt = instantOf(found?.['DateTimeOriginal'], found?.['OffsetTimeOriginal'], timeZone)
    const { longitude: lon, latitude: lat } = found ?? {}
    return { ...(takenAt === undefined ? {} : { takenAt }), ...(isWithin(lon, 180) && isWithin(lat, 90) ? { lon, lat } : {}) }
  } catch {
    return {}
  }
}

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
