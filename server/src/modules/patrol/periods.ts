import { isWorkday, type WorkCalendar } from '@linli/lib/time/calendar'
import { DAY_MS, dayNumber, dayText, isoWeekday } from '@linli/lib/time/day'
import { dayStart, localDay, type Zone } from '@linli/lib/time/zone'
import type { FREQUENCIES } from '@linli/contract/endpoints/patrol'

export type Frequency = (typeof FREQUENCIES)[number]
/** What decides when an item is due. */
export interface Rhythm {
  readonly frequency: Frequency
  readonly days: 'workdays' | 'all'
  readonly graceDays: number
}
/** One period of an item (周期) with its instants in epoch ms: it may be done from `startsAt` to `dueAt`, and made good until `closesAt`. */
export interface Period {
  readonly key: string
  /** The day on which it is due, days since 1970-01-01. */
  readonly dueDay: number
  readonly startsAt: number
  readonly dueAt: number
  readonly closesAt: number
}
/** A city's days: its zone and its working calendar. */
export interface Days {
  readonly zone: Zone
  readonly calendar: WorkCalendar
}

interface Span {
  readonly key: string
  readonly first: number
  readonly last: number
}

/** The span of a frequency that a day (days since 1970-01-01) lies in; a call has none. */
function spanOf(frequency: Frequency, day: number): Span | undefined {
  const date = new Date(day * DAY_MS)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  const days = (from: number, to: number) => ({ first: Date.UTC(year, from, 1) / DAY_MS, last: Date.UTC(year, to, 1) / DAY_MS - 1 })
  switch (frequency) {
    case 'daily':
      return { key: dayText(day), first: day, last: day }
    case 'weekly': {
      const monday = day - isoWeekday(day) + 1
      return { key: weekKey(monday), first: monday, last: monday + 6 }
    }
    case 'monthly':
      return { key: dayText(day).slice(0, 7), ...days(month, month + 1) }
    case 'quarterly': {
      const quarter = Math.floor(month / 3)
      return { key: `${year}-Q${quarter + 1}`, ...days(quarter * 3, quarter * 3 + 3) }
    }
    case 'afterEvent':
      return undefined
  }
}

/** ISO 8601: the week belongs to the year of its Thursday. */
function weekKey(monday: number): string {
  const year = new Date((monday + 3) * DAY_MS).getUTCFullYear()
  const firstThursday = Date.UTC(year, 0, 4) / DAY_MS
  const week = Math.round((monday - (firstThursday - isoWeekday(firstThursday) + 1)) / 7) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}

/** A span as a period: due at the end of its last day, or of its last working day; undefined where none of its days is worked. */
function periodOf(rhythm: Rhythm, span: Span, { zone, calendar }: Days): Period | undefined {
  let dueDay = span.last
  if (rhythm.days === 'workdays') while (dueDay >= span.first && !isWorkday(calendar, dayText(dueDay))) dueDay -= 1
  if (dueDay < span.first) return undefined
  return {
    key: span.key,
    dueDay,
    startsAt: dayStart(zone, span.first),
    dueAt: dayStart(zone, dueDay + 1),
    closesAt: dayStart(zone, dueDay + 1 + rhythm.graceDays),
  }
}

/** The period that runs at an instant (epoch ms), and those before it that may still be made good; oldest first. */
export function livePeriods(rhythm: Rhythm, now: number, days: Days): Period[] {
  const live: Period[] = []
  let span = spanOf(rhythm.frequency, localDay(days.zone, now))
  // A month's last working day may lie before its end by a week of holidays, and grace is counted from it.
  for (let back = 0; span && back <= rhythm.graceDays + 1; back += 1) {
    const period = periodOf(rhythm, span, days)
    if (period && now < period.closesAt) live.unshift(period)
    span = spanOf(rhythm.frequency, span.first - 1)
  }
  return live
}

/** Periods that are due between two days (days since 1970-01-01, both counted), oldest first. */
export function periodsDue(rhythm: Rhythm, from: number, to: number, days: Days): Period[] {
  const due: Period[] = []
  let span = spanOf(rhythm.frequency, from)
  while (span && span.first <= to) {
    const period = periodOf(rhythm, span, days)
    if (period && period.dueDay >= from && period.dueDay <= to) due.push(period)
    span = spanOf(rhythm.frequency, span.last + 1)
  }
  return due
}

/** The period of a key such as 2026-W47; undefined where the item has no such period. */
export function findPeriod(rhythm: Rhythm, key: string, days: Days): Period | undefined {
  const day = dayIn(key)
  const span = day === undefined ? undefined : spanOf(rhythm.frequency, day)
  return span && span.key === key ? periodOf(rhythm, span, days) : undefined
}

/** Some day inside the period of a key. */
function dayIn(key: string): number | undefined {
  const week = /^(\d{4})-W(\d{2})$/.exec(key)
  if (week) {
    const fourth = Date.UTC(Number(week[1]), 0, 4) / DAY_MS
    return fourth - isoWeekday(fourth) + 1 + (Number(week[2]) - 1) * 7
  }
  const quarter = /^(\d{4})-Q([1-4])$/.exec(key)
  if (quarter) return Date.UTC(Number(quarter[1]), (Number(quarter[2]) - 1) * 3, 1) / DAY_MS
  const text = /^\d{4}-\d{2}$/.test(key) ? `${key}-01` : key
  try {
    return dayNumber(text)
  } catch {
    return undefined
  }
}
