import { isWorkday, type WorkCalendar } from './calendar.ts'
import { DAY_MS, dayText, HOUR_MS } from './day.ts'
import { TimeError } from './errors.ts'
import { atOfficeMs, atWorkDays, officeMsAt, officeTable, workDaysAt, type OfficeTable } from './office-table.ts'
import { dayStart, localDay, type Zone } from './zone.ts'

/**
 * The five clocks (五种时限) of a city's catalogue:
 * - `urgentHour` 紧急工作时: hours that run on, through nights and holidays;
 * - `urgentDay` 紧急工作日: the same in days of 24 hours;
 * - `workHour` 工作时 (小时): hours of office time;
 * - `workDay` 工作日 (天): working days. Each is one whatever its length, and the hour of the start is kept as a share of
 *   that day's office time: with equal days, n days are n standard office days. Time before an opening counts from it,
 *   and a whole day that began at the opening is over at the closing of the same day;
 * - `naturalDay` 自然日: calendar days. The day of the start is not counted and the last one ends at 24:00 local time
 *   (Civil Code art. 201 to 203); a calendar may move the end on from a rest day with `naturalDayEndsOn`.
 * Fractions are allowed: half a natural day is over at noon of the next day.
 */
export const CLOCK_KINDS = ['urgentHour', 'urgentDay', 'workHour', 'workDay', 'naturalDay'] as const
export type ClockKind = (typeof CLOCK_KINDS)[number]

export interface Deadline {
  /** Epoch ms. */
  readonly dueAt: number
  /** It counts days that the calendar does not know yet, so it is to be recomputed when they are published. */
  readonly provisional: boolean
}

/**
 * When so much of a clock (hours or days, as its kind says) has passed since a start (Date or epoch ms). An amount of 0 is due
 * at the start. Throws CLOCK_AMOUNT_INVALID, CLOCK_INSTANT_INVALID, and CLOCK_OUT_OF_RANGE outside 2000 to 2100.
 */
export function dueAt(clock: ClockKind, amount: number, startAt: Date | number, calendar: WorkCalendar): Deadline {
  const start = instant(startAt)
  if (!Number.isFinite(amount) || amount < 0) throw new TimeError('CLOCK_AMOUNT_INVALID', { amount })
  if (amount === 0) return { dueAt: start, provisional: false }
  switch (clock) {
    case 'urgentHour':
      return { dueAt: start + Math.round(amount * HOUR_MS), provisional: false }
    case 'urgentDay':
      return { dueAt: start + Math.round(amount * DAY_MS), provisional: false }
    case 'workHour': {
      const table = officeTable(calendar)
      return counted(table, start, atOfficeMs(table, officeMsAt(table, start) + Math.round(amount * HOUR_MS)))
    }
    case 'workDay': {
      const table = officeTable(calendar)
      return counted(table, start, atWorkDays(table, workDaysAt(table, start) + amount))
    }
    case 'naturalDay':
      return naturalDeadline(amount, start, calendar)
  }
}

/**
 * How much of a clock has passed between two instants (Date or epoch ms), in its hours or days; never below 0, so 0 when `to` is
 * earlier. It undoes `dueAt`, except where a natural day's end was moved on from a rest day.
 */
export function elapsed(clock: ClockKind, from: Date | number, to: Date | number, calendar: WorkCalendar): number {
  const start = instant(from)
  const end = instant(to)
  if (end <= start) return 0
  if (clock !== 'naturalDay') return between(clock, start, end, calendar)
  const { zone } = officeTable(calendar)
  return Math.max(0, localDaysAt(zone, end) - localDay(zone, start) - 1)
}

/** How much of a clock is left until a deadline (Date or epoch ms), in its hours or days; below 0 by as much as it is overdue. */
export function remaining(clock: ClockKind, now: Date | number, deadline: Date | number, calendar: WorkCalendar): number {
  const at = instant(now)
  const due = instant(deadline)
  return at <= due ? between(clock, at, due, calendar) : -between(clock, due, at, calendar)
}

function between(clock: ClockKind, start: number, end: number, calendar: WorkCalendar): number {
  switch (clock) {
    case 'urgentHour':
      return (end - start) / HOUR_MS
    case 'urgentDay':
      return (end - start) / DAY_MS
    case 'workHour': {
      const table = officeTable(calendar)
      return (officeMsAt(table, end) - officeMsAt(table, start)) / HOUR_MS
    }
    case 'workDay': {
      const table = officeTable(calendar)
      return workDaysAt(table, end) - workDaysAt(table, start)
    }
    case 'naturalDay': {
      const { zone } = officeTable(calendar)
      return localDaysAt(zone, end) - localDaysAt(zone, start)
    }
  }
}

function naturalDeadline(amount: number, start: number, calendar: WorkCalendar): Deadline {
  const table = officeTable(calendar)
  const { zone } = table
  const end = localDay(zone, start) + 1 + amount
  const due = atLocalDays(zone, end)
  if (calendar.naturalDayEndsOn !== 'workday') return { dueAt: due, provisional: false }
  const lastDay = Math.ceil(end) - 1
  if (isWorkday(calendar, dayText(lastDay))) return counted(table, due - 1, due)
  let next = lastDay + 1
  while (!isWorkday(calendar, dayText(next))) next += 1
  return counted(table, due - 1, dayStart(zone, next + 1))
}

/** A deadline that depends on which days are worked from its start to its end. */
function counted(table: OfficeTable, start: number, due: number): Deadline {
  return { dueAt: due, provisional: start < table.knownFrom || due > table.knownUntil }
}

/** Local days since 1970-01-01, the last as its share of that day, which has 23 or 25 hours where the clocks change. */
function localDaysAt(zone: Zone, at: number): number {
  const day = localDay(zone, at)
  const start = dayStart(zone, day)
  return day + (at - start) / (dayStart(zone, day + 1) - start)
}

function atLocalDays(zone: Zone, days: number): number {
  const day = Math.floor(days)
  const start = dayStart(zone, day)
  return start + Math.round((days - day) * (dayStart(zone, day + 1) - start))
}

function instant(at: Date | number): number {
  const ms = typeof at === 'number' ? at : at.getTime()
  if (!Number.isFinite(ms)) throw new TimeError('CLOCK_INSTANT_INVALID')
  return Math.trunc(ms)
}
