import { epochMs, readZone, type Zone } from '@linli/lib/time/zone'

/** A time format as a pattern and the part that each of its groups is. */
interface Parsed {
  readonly pattern: RegExp
  readonly tokens: readonly string[]
}

const TOKENS: Readonly<Record<string, string>> = {
  YYYY: '(\\d{4})',
  MM: '(\\d{2})',
  M: '(\\d{1,2})',
  DD: '(\\d{2})',
  D: '(\\d{1,2})',
  HH: '(\\d{2})',
  H: '(\\d{1,2})',
  hh: '(\\d{2})',
  h: '(\\d{1,2})',
  mm: '(\\d{2})',
  ss: '(\\d{2})',
  A: '([AaPp][Mm])',
}
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/

/** Formats that a file's times are tried against when nobody names one; the month first where both orders fit. */
export const KNOWN_FORMATS = [
  'MM/DD/YYYY hh:mm:ss A',
  'M/D/YYYY h:mm:ss A',
  'M/D/YYYY H:mm:ss',
  'M/D/YYYY H:mm',
  'D/M/YYYY H:mm:ss',
  'D/M/YYYY H:mm',
  'YYYY/M/D H:mm:ss',
  'YYYY/M/D H:mm',
  'YYYY-M-D H:mm:ss',
  'M/D/YYYY',
  'D/M/YYYY',
  'YYYY/M/D',
] as const

/**
 * A reader of times in a format of YYYY MM M DD D HH H hh h mm ss A (ISO 8601 without one), local times read in an IANA time zone. It
 * returns an instant as RFC 3339 in UTC, or undefined where the text is none. Throws TimeError ZONE_UNKNOWN.
 */
export function timeReader(format: string | undefined, timeZone: string): (text: string) => string | undefined {
  const zone = readZone(timeZone, Date.UTC(1970, 0, 1), Date.UTC(2100, 0, 1))
  const parsed = format === undefined ? undefined : parseFormat(format)
  return (text) => {
    const ms = parsed ? readFormatted(text.trim(), parsed, zone) : readIso(text.trim(), zone)
    return ms === undefined ? undefined : new Date(ms).toISOString()
  }
}

function parseFormat(format: string): Parsed {
  const tokens: string[] = []
  const source = format.replaceAll(/YYYY|MM|M|DD|D|HH|H|hh|h|mm|ss|A|[^A-Za-z\d\s]|\s+/g, (part) => {
    const group = TOKENS[part]
    if (group === undefined) return /\s/.test(part) ? '\\s+' : `\\${part}`
    tokens.push(part[0] ?? '')
    return group
  })
  return { pattern: new RegExp(`^${source}$`), tokens }
}

function readFormatted(text: string, { pattern, tokens }: Parsed, zone: Zone): number | undefined {
  const found = pattern.exec(text)
  if (!found) return undefined
  const part = (token: string, standard: number): number => {
    const index = tokens.indexOf(token)
    return index < 0 ? standard : Number(found[index + 1])
  }
  const half = found[tokens.indexOf('A') + 1]?.toLowerCase()
  const twelve = part('h', 12)
  if (tokens.includes('h') && (twelve < 1 || twelve > 12)) return undefined
  const hour = tokens.includes('h') ? (twelve % 12) + (tokens.includes('A') && half === 'pm' ? 12 : 0) : part('H', 0)
  return localInstant([part('Y', 1970), part('M', 1), part('D', 1), hour, part('m', 0), part('s', 0)], zone)
}

function readIso(text: string, zone: Zone): number | undefined {
  const found = ISO.exec(text)
  if (!found) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map((digits) => Number(digits ?? 0))
  const offset = found[7]
  if (offset === undefined) return localInstant([year, month, day, hour, minute, second], zone)
  const ms = Date.parse(text.replace(' ', 'T'))
  return Number.isNaN(ms) ? undefined : ms
}

/** The instant of a local date and time; undefined where there is no such day or time, such as 31 February. */
function localInstant([year, month, day, hour, minute, second]: readonly [number, number, number, number, number, number], zone: Zone): number | undefined {
  const local = Date.UTC(year, month - 1, day, hour, minute, second)
  const back = new Date(local)
  const same = back.getUTCMonth() === month - 1 && back.getUTCDate() === day && back.getUTCHours() === hour && back.getUTCMinutes() === minute && second < 60
  return same ? epochMs(zone, local) : undefined
}
