/** A minute as cron patterns look at it, in UTC; `dow` is 0 for Sunday. */
interface Minute {
  readonly min: number
  readonly hour: number
  readonly date: number
  readonly month: number
  readonly dow: number
}
export type CronMatch = (minute: Minute) => boolean

const MINUTE = 60_000
const HORIZON_MINUTES = 62 * 24 * 60

/** The first full minute after an instant that a cron pattern (UTC) matches; undefined where none does within 62 days. */
export function nextRun(match: CronMatch, after: Date): Date | undefined {
  const first = (Math.floor(after.getTime() / MINUTE) + 1) * MINUTE
  for (let step = 0; step < HORIZON_MINUTES; step++) {
    const at = new Date(first + step * MINUTE)
    if (match({ min: at.getUTCMinutes(), hour: at.getUTCHours(), date: at.getUTCDate(), month: at.getUTCMonth() + 1, dow: at.getUTCDay() })) return at
  }
  return undefined
}
