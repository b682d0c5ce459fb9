/** How long a claim lasts at most, in hours of office time. */
export const CLAIM_WORK_HOURS = 4
/** How far ahead “due soon” looks, in hours of office time. */
export const SOON_WORK_HOURS = 2
/** How many saved filters somebody may have. */
export const MOST_FILTERS = 50
/** A saved filter's count is exact up to here. */
export const EXACT_TO = 10_000
/** Somebody who has not been heard of for so long is not there any more, in milliseconds. */
export const FORGET_MS = 30_000

/** True where a time of day, `HH:MM` in the city, lies in quiet hours; they may go over midnight, and from equals to means the whole day. */
export function isQuiet(quiet: { readonly from: string; readonly to: string } | null, time: string): boolean {
  if (!quiet) return false
  return quiet.from < quiet.to ? time >= quiet.from && time < quiet.to : time >= quiet.from || time < quiet.to
}

/** The time of day of an instant (epoch ms) in a time zone, `HH:MM`. */
export function timeOf(timeZone: string, at: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
}
