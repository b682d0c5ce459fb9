import { DAY_MS, dayNumber } from '@linli/lib/time/day'
import { dayStart, readZone } from '@linli/lib/time/zone'

/** The instant at which a day 'YYYY-MM-DD' of a time zone is over: what stood then is the ground as of that day. Throws DAY_INVALID. */
export function endOfDay(timeZone: string, day: string): Date {
  const next = dayNumber(day) + 1
  return new Date(dayStart(readZone(timeZone, (next - 2) * DAY_MS, (next + 1) * DAY_MS), next))
}
