import { dayStart } from '@linli/web-shared/i18n'
import type { Period } from './filters.ts'

const DAYS_BACK: Readonly<Record<Period, number>> = { today: 0, week: 6, month: 29 }
export const PERIODS: readonly Period[] = ['today', 'week', 'month']

/** A period of whole days in the city's time zone, today included; it ends with the day, so that the figures of one day share one question. */
export function rangeOf(period: Period, timeZone: string, now: number): { readonly from: string; readonly to: string } {
  return { from: new Date(dayStart(timeZone, now, DAYS_BACK[period])).toISOString(), to: new Date(dayStart(timeZone, now, -1)).toISOString() }
}
