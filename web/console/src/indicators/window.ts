import { dayStart } from '@linli/web-shared/i18n'
import { dayOf } from '../when.ts'

export const WINDOWS = ['today', 'week', 'month'] as const
export type WindowName = (typeof WINDOWS)[number]
const DAYS_BACK: Readonly<Record<WindowName, number>> = { today: 0, week: 6, month: 29 }

/** Whole days of the city, today included, as the list of cases takes them; `now` in milliseconds since 1970. */
export function windowOf(name: WindowName, timeZone: string, now: number): { readonly from: string; readonly to: string } {
  return { from: new Date(dayStart(timeZone, now, DAYS_BACK[name])).toISOString(), to: new Date(dayStart(timeZone, now, -1)).toISOString() }
}

/** A day of the city, `2026-11-22`, from its beginning to the next one’s. */
export function dayWindow(day: string, timeZone: string): { readonly from: string; readonly to: string } {
  const noon = Date.parse(`${day}T12:00:00Z`)
  return { from: new Date(dayStart(timeZone, noon, 0)).toISOString(), to: new Date(dayStart(timeZone, noon, -1)).toISOString() }
}

/** The days of a window, `2026-11-22`, the first first. */
export function daysOf({ from, to }: { readonly from: string; readonly to: string }, timeZone: string): string[] {
  const noon = Date.parse(from) + 12 * 3_600_000
  const count = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
  return Array.from({ length: count }, (_none, index) => dayOf(noon + index * 86_400_000, timeZone))
}
