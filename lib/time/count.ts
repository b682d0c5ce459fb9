import { isWorkday, type WorkCalendar } from './calendar.ts'
import type { ClockKind, Deadline } from './clock-kinds.ts'
import { DAY_MS, dayText, HOUR_MS } from './day.ts'
import { TimeError } from './errors.ts'
import { atOfficeMs, atWorkDayUnits, officeMsAt, officeTable, WORK_DAY_UNITS, workDayUnitsAt, type OfficeTable } from './office-table.ts'
import { dayStart, localDay, type Zone } from './zone.ts'

/** Days of 23, 24 and 25 hours have whole units to the millisecond, and all days until 2100 stay below 2^53. */
const NATURAL_DAY_UNITS = 23 * 24 * 25 * HOUR_MS

/**
 * Into how many whole units an hour or a day of each clock is cut. Clocks count in whole numbers, so that sums over any number of
 * pauses come out even; a number of hours or days made of units finds them again, also after a way through JSON.
 */
const UNITS: Readonly<Record<ClockKind, number>> = {
  urgentHour: HOUR_MS,
  urgentDay: DAY_MS,
  workHour: HOUR_MS,
  workDay: WORK_DAY_UNITS,
  naturalDay: NATURAL_DAY_UNITS,
}

/** An amount (hours or days, as the clock says) in the clock's whole units. */
export function toUnits(clock: ClockKind, amount: number): number {
  return Math.round(amount * UNITS[clock])
}

/** Whole units of a clock as its hours or days. */
export function fromUnits(clock: ClockKind, units: number): number {
  return units / UNITS[clock]
}

/** Where a clock stands at an instant (epoch ms), in its units since an origin of its own; throws CLOCK_OUT_OF_RANGE outside 2000 to 2100 for office time. */
export function positionAt(clock: ClockKind, at: number, calendar: WorkCalendar): number {
  switch (clock) {
    case 'urgentHour':
    case 'urgentDay':
      return at
    case 'workHour':
      return officeMsAt(officeTable(calendar), at)
    case 'workDay':
      return workDayUnitsAt(officeTable(calendar), at)
    case 'naturalDay':
      return localUnitsAt(officeTable(calendar).zone, at)
  }
}

/**
 * Where a clock begins to count that started at an instant and runs (again) from a later one (both epoch ms): there, but for
 * natural days not before the end of the day of the start, which is not counted (Civil Code art. 201).
 */
export function countsFrom(clock: ClockKind, startAt: number, runsFrom: number, calendar: WorkCalendar): number {
  const position = positionAt(clock, Math.max(startAt, runsFrom), calendar)
  if (clock !== 'naturalDay') return position
  return Math.max(position, (localDay(officeTable(calendar).zone, startAt) + 1) * NATURAL_DAY_UNITS)
}

/** The deadline at a position of a clock that runs from an instant (epoch ms); throws CLOCK_OUT_OF_RANGE outside 2000 to 2100. */
export function deadlineAt(clock: ClockKind, position: number, runsFrom: number, calendar: WorkCalendar): Deadline {
  switch (clock) {
    case 'urgentHour':
    case 'urgentDay':
      return { dueAt: position, provisional: false }
    case 'workHour': {
      const table = officeTable(calendar)
      return counted(table, runsFrom, atOfficeMs(table, position))
    }
    case 'workDay': {
      const table = officeTable(calendar)
      return counted(table, runsFrom, atWorkDayUnits(table, position))
    }
    case 'naturalDay':
      return naturalDeadline(position, calendar)
  }
}

/** The instant (epoch ms) at a position of the clock of natural days, before any moving on from a rest day. */
export function naturalInstant(position: number, calendar: WorkCalendar): number {
  return atLocalUnits(officeTable(calendar).zone, position)
}

/** An instant as whole epoch ms; throws CLOCK_INSTANT_INVALID. */
export function epochOf(at: Date | number): number {
  const ms = typeof at === 'number' ? at : at.getTime()
  if (!Number.isFinite(ms)) throw new TimeError('CLOCK_INSTANT_INVALID')
  return Math.trunc(ms)
}

function naturalDeadline(end: number, calendar: WorkCalendar): Deadline {
  const table = officeTable(calendar)
  const { zone } = table
  const due = atLocalUnits(zone, end)
  if (calendar.naturalDayEndsOn !== 'workday') return { dueAt: due, provisional: false }
  const lastDay = Math.ceil(end / NATURAL_DAY_UNITS) - 1
  if (isWorkday(calendar, dayText(lastDay))) return counted(table, due - 1, due)
  let next = lastDay + 1
  while (!isWorkday(calendar, dayText(next))) next += 1
  return counted(table, due - 1, dayStart(zone, next + 1))
}

/** A deadline that depends on which days are worked from its start to its end. */
function counted(table: OfficeTable, start: number, due: number): Deadline {
  return { dueAt: due, provisional: start < table.knownFrom || due > table.knownUntil }
}

/** Local days since 1970-01-01 in units, the last as its share of that day, which has 23 or 25 hours where the clocks change. */
function localUnitsAt(zone: Zone, at: number): number {
  const day = localDay(zone, at)
  const start = dayStart(zone, day)
  return day * NATURAL_DAY_UNITS + Math.round(((at - start) / (dayStart(zone, day + 1) - start)) * NATURAL_DAY_UNITS)
}

function atLocalUnits(zone: Zone, units: number): number {
  const day = Math.floor(units / NATURAL_DAY_UNITS)
  const start = dayStart(zone, day)
  return start + Math.round(((units - day * NATURAL_DAY_UNITS) / NATURAL_DAY_UNITS) * (dayStart(zone, day + 1) - start))
}
