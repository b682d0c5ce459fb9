import { Temporal } from 'temporal-polyfill'
import { DAY_MS } from './day.ts'
import { TimeError } from './errors.ts'

/** A time zone over a span, as plain numbers: fast enough for one deadline per arriving message. */
export interface Zone {
  readonly timeZone: string
  /** When each offset begins, epoch ms, ascending; the first covers everything before the second. */
  readonly startsAt: readonly number[]
  /** Local minus UTC in ms from the same place in `startsAt` on. */
  readonly offsets: readonly number[]
}

/** Reads the offset changes of an IANA time zone between two instants (epoch ms); throws ZONE_UNKNOWN. */
export function readZone(timeZone: string, fromMs: number, toMs: number): Zone {
  let at = zonedAt(timeZone, fromMs)
  const startsAt = [Number.NEGATIVE_INFINITY]
  const offsets = [at.offsetNanoseconds / 1e6]
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (!next || next.epochMilliseconds > toMs) return { timeZone, startsAt, offsets }
    startsAt.push(next.epochMilliseconds)
    offsets.push(next.offsetNanoseconds / 1e6)
    at = next
  }
}

/** The local wall clock of an instant, both in ms since 1970-01-01T00:00. */
export function localMs(zone: Zone, epochMs: number): number {
  return epochMs + (zone.offsets[intervalAt(zone, epochMs)] ?? 0)
}

/**
 * The instant (epoch ms) of a local wall clock time (ms since 1970-01-01T00:00). A time that occurs twice means the
 * first; one that is skipped moves on by the gap (the `compatible` rule of RFC 5545).
 */
export function epochMs(zone: Zone, local: number): number {
  const last = intervalAt(zone, local + DAY_MS)
  for (let index = intervalAt(zone, local - DAY_MS); index <= last; index += 1) {
    const candidate = local - (zone.offsets[index] ?? 0)
    const endsAt = zone.startsAt[index + 1] ?? Number.POSITIVE_INFINITY
    // After the end of the one before and before the start of this one lies a gap: count it with the offset before.
    if (candidate < endsAt) return candidate >= (zone.startsAt[index] ?? 0) ? candidate : local - (zone.offsets[index - 1] ?? 0)
  }
  return local - (zone.offsets[last] ?? 0)
}

/** The local day of an instant (epoch ms), in days since 1970-01-01. */
export function localDay(zone: Zone, at: number): number {
  return Math.floor(localMs(zone, at) / DAY_MS)
}

/** When a local day begins, epoch ms. */
export function dayStart(zone: Zone, day: number): number {
  return epochMs(zone, day * DAY_MS)
}

function intervalAt(zone: Zone, at: number): number {
  let low = 0
  let high = zone.startsAt.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((zone.startsAt[middle] ?? 0) <= at) low = middle
    else high = middle - 1
  }
  return low
}

function zonedAt(timeZone: string, ms: number): Temporal.ZonedDateTime {
  try {
    return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone)
  } catch {
    throw new TimeError('ZONE_UNKNOWN', { timeZone })
  }
}
