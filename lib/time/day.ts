import { TimeError } from './errors.ts'

/** Milliseconds in a day of 24 hours. */
export const DAY_MS = 86_400_000
/** Milliseconds in an hour. */
export const HOUR_MS = 3_600_000
/** Milliseconds in a minute. */
export const MINUTE_MS = 60_000

/** Monday is 1 and Sunday 7, as in ISO 8601. */
export type IsoWeekday = 1 | 2 | 3 | 4 | 5 | 6 | 7
export const ISO_WEEKDAYS: readonly IsoWeekday[] = [1, 2, 3, 4, 5, 6, 7]

/** A day 'YYYY-MM-DD' as the number of days since 1970-01-01; throws DAY_INVALID where there is no such day. */
export function dayNumber(day: string): number {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  if (!parts) throw new TimeError('DAY_INVALID', { day })
  const number = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) / DAY_MS
  // Date.UTC rolls 31 February over into March, so the way back shows whether the day exists.
  if (dayText(number) !== day) throw new TimeError('DAY_INVALID', { day })
  return number
}

/** The day 'YYYY-MM-DD' that lies this many days after 1970-01-01. */
export function dayText(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10)
}

/** The weekday of a day number, Monday 1 to Sunday 7. */
export function isoWeekday(number: number): IsoWeekday {
  // 1970-01-01 was a Thursday, the fourth day of its week.
  return (((((number + 3) % 7) + 7) % 7) + 1) as IsoWeekday
}
