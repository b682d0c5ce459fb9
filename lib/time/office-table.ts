import { officePeriods, type WorkCalendar } from './calendar.ts'
import { dayNumber, dayText, MINUTE_MS, DAY_MS } from './day.ts'
import { TimeError } from './errors.ts'
import { dayStart, epochMs, readZone, type Zone } from './zone.ts'

const FIRST_DAY = dayNumber('2000-01-01')
const LAST_DAY = dayNumber('2100-12-31')

/**
 * A working day is cut into so many units. Office days of 3.5, 4, 7, 7.5, 8, 8.5, 9, 10, 12 and 24 hours have whole units to the
 * millisecond, others are at most half a unit off; and a century of working days stays below 2^53.
 */
export const WORK_DAY_UNITS = 2_570_400 * MINUTE_MS

/** Office time of a calendar from 2000 to 2100, summed once so that a deadline is two binary searches. */
export interface OfficeTable {
  readonly zone: Zone
  /** The span (epoch ms) in which the calendar knows every holiday. */
  readonly knownFrom: number
  readonly knownUntil: number
  /** Per office period: opening (epoch ms), office ms before it, and the place of its day in `dayBefore`. */
  readonly openAt: Float64Array
  readonly openBefore: Float64Array
  readonly openDay: Int32Array
  readonly closeAt: Float64Array
  /** Per working day, and once more at the end: office ms before it. */
  readonly dayBefore: Float64Array
}

const tables = new WeakMap<WorkCalendar, OfficeTable>()

/** The table of a calendar: built on first use (some 60 ms), remembered as long as that very value lives. */
export function officeTable(calendar: WorkCalendar): OfficeTable {
  let table = tables.get(calendar)
  if (!table) {
    table = buildTable(calendar)
    tables.set(calendar, table)
  }
  return table
}

/** Office ms from the start of the table to an instant (epoch ms); throws CLOCK_OUT_OF_RANGE outside 2000 to 2100. */
export function officeMsAt(table: OfficeTable, at: number): number {
  const index = periodAt(table, at)
  if (index < 0) return 0
  const open = table.openAt[index] ?? 0
  return (table.openBefore[index] ?? 0) + Math.min(at, table.closeAt[index] ?? 0) - open
}

/** The first instant (epoch ms) by which so many office ms have passed: a closing time rather than the next opening. */
export function atOfficeMs(table: OfficeTable, officeMs: number): number {
  if (officeMs < 0 || officeMs > (table.dayBefore.at(-1) ?? 0)) throw new TimeError('CLOCK_OUT_OF_RANGE', { officeMs })
  const index = Math.max(0, lastBelow(table.openBefore, officeMs))
  return (table.openAt[index] ?? 0) + officeMs - (table.openBefore[index] ?? 0)
}

/**
 * Working time in whole units of a working day from the start of the table to an instant (epoch ms), every millisecond of a day weighing
 * the same. A later instant of office time is always more, for a millisecond is 1785 units or more.
 */
export function workDayUnitsAt(table: OfficeTable, at: number): number {
  const index = periodAt(table, at)
  if (index < 0) return 0
  const day = table.openDay[index] ?? 0
  const before = table.dayBefore[day] ?? 0
  const share = (officeMsAt(table, at) - before) / ((table.dayBefore[day + 1] ?? 0) - before)
  return day * WORK_DAY_UNITS + Math.round(share * WORK_DAY_UNITS)
}

/** The first instant (epoch ms, to the nearest) by which so much working time in units has passed; throws CLOCK_OUT_OF_RANGE. */
export function atWorkDayUnits(table: OfficeTable, units: number): number {
  const day = Math.floor(units / WORK_DAY_UNITS)
  const before = table.dayBefore[day]
  const after = table.dayBefore[day + 1]
  if (before === undefined || after === undefined) throw new TimeError('CLOCK_OUT_OF_RANGE', { units })
  return atOfficeMs(table, before + Math.round(((units - day * WORK_DAY_UNITS) / WORK_DAY_UNITS) * (after - before)))
}

function buildTable(calendar: WorkCalendar): OfficeTable {
  const zone = readZone(calendar.timeZone, (FIRST_DAY - 2) * DAY_MS, (LAST_DAY + 2) * DAY_MS)
  const openAt: number[] = []
  const openBefore: number[] = []
  const openDay: number[] = []
  const closeAt: number[] = []
  const dayBefore: number[] = []
  let total = 0
  for (let day = FIRST_DAY; day <= LAST_DAY; day += 1) {
    const totalBefore = total
    for (const [start, end] of officePeriods(calendar, dayText(day))) {
      const opens = epochMs(zone, day * DAY_MS + start * MINUTE_MS)
      const closes = epochMs(zone, day * DAY_MS + end * MINUTE_MS)
      // A period that a clock change swallows whole does not exist on that day.
      if (closes <= opens) continue
      openAt.push(opens)
      openBefore.push(total)
      openDay.push(dayBefore.length)
      closeAt.push(closes)
      total += closes - opens
    }
    if (total > totalBefore) dayBefore.push(totalBefore)
  }
  return {
    zone,
    knownFrom: calendar.knownFrom === undefined ? Number.NEGATIVE_INFINITY : dayStart(zone, dayNumber(calendar.knownFrom)),
    knownUntil: dayStart(zone, dayNumber(calendar.horizon) + 1),
    openAt: Float64Array.from(openAt),
    openBefore: Float64Array.from(openBefore),
    openDay: Int32Array.from(openDay),
    closeAt: Float64Array.from(closeAt),
    dayBefore: Float64Array.from([...dayBefore, total]),
  }
}

/** The last period that opens at or before an instant, -1 before the first one. */
function periodAt(table: OfficeTable, at: number): number {
  if (at < dayStart(table.zone, FIRST_DAY) || at >= dayStart(table.zone, LAST_DAY + 1)) throw new TimeError('CLOCK_OUT_OF_RANGE', { at })
  return lastBelow(table.openAt, at + 1)
}

/** The last place whose value is below the bound, -1 when there is none; values ascend. */
function lastBelow(values: Float64Array, bound: number): number {
  let low = -1
  let high = values.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((values[middle] ?? 0) < bound) low = middle
    else high = middle - 1
  }
  return low
}
