import { officePeriods, type WorkCalendar } from '../calendar.ts'
import { DAY_MS, dayText, HOUR_MS, MINUTE_MS } from '../day.ts'

/** Office time counted minute by minute with the platform's own clock arithmetic: slow, and too simple to be wrong. */
export interface MinuteCount {
  readonly from: number
  /** Office minutes before each minute of the span. */
  readonly minutes: Uint32Array
  /** Working days before each minute of the span, every office minute of a day weighing the same. */
  readonly days: Float64Array
}

/** Counts a span; both ends are epoch ms on a whole UTC hour. */
export function countMinutes(calendar: WorkCalendar, from: number, to: number): MinuteCount {
  const length = (to - from) / MINUTE_MS
  const dayOf = new Int32Array(length).fill(-1)
  const perDay = new Map<number, number>()
  const localHours = new Intl.DateTimeFormat('sv-SE', { timeZone: calendar.timeZone, dateStyle: 'short', timeStyle: 'medium' })
  for (let hour = from; hour < to; hour += HOUR_MS) {
    const local = Date.parse(`${localHours.format(hour).replace(' ', 'T')}Z`)
    const day = Math.floor(local / DAY_MS)
    const periods = officePeriods(calendar, dayText(day))
    const first = (local - day * DAY_MS) / MINUTE_MS
    for (let minute = first; minute < first + 60; minute += 1) {
      if (!periods.some(([start, end]) => start <= minute && minute < end)) continue
      dayOf[(hour - from) / MINUTE_MS + minute - first] = day
      perDay.set(day, (perDay.get(day) ?? 0) + 1)
    }
  }
  const minutes = new Uint32Array(length + 1)
  const days = new Float64Array(length + 1)
  for (let index = 0; index < length; index += 1) {
    const day = dayOf[index] ?? -1
    minutes[index + 1] = (minutes[index] ?? 0) + (day < 0 ? 0 : 1)
    days[index + 1] = (days[index] ?? 0) + (day < 0 ? 0 : 1 / (perDay.get(day) ?? 1))
  }
  return { from, minutes, days }
}

/** The first minute (epoch ms) by which a sum has grown by so much since the start, or undefined after the span. */
export function firstMinute(count: MinuteCount, sums: Uint32Array | Float64Array, start: number, amount: number): number | undefined {
  const first = (start - count.from) / MINUTE_MS
  const wanted = (sums[first] ?? 0) + amount - 1e-7
  const index = sums.findIndex((sum, minute) => minute >= first && sum >= wanted)
  return index < 0 ? undefined : count.from + index * MINUTE_MS
}
