import { dayNumber, ISO_WEEKDAYS, isoWeekday, type IsoWeekday } from './day.ts'
import { TimeError } from './errors.ts'
import { readZone } from './zone.ts'

/** Office periods of one day: [start, end) in minutes after local midnight, ascending, 0 to 1440. */
export type OfficePeriods = readonly (readonly [start: number, end: number])[]

/** Office hours (办公时间): the standard day, and weekdays that differ from it. */
export interface OfficeHours {
  readonly standard: OfficePeriods
  readonly byWeekday?: Readonly<Partial<Record<IsoWeekday, OfficePeriods>>>
}

/** A working calendar (工作日历): what the clocks of a city count by. Plain data; build it with `workCalendar`. */
export interface WorkCalendar {
  readonly id: string
  readonly version: string
  /** IANA name. */
  readonly timeZone: string
  readonly officeHours: OfficeHours
  readonly weekend: readonly IsoWeekday[]
  /** Days that break the weekly rule: public holidays (rest) and make-up workdays (调休, work), by 'YYYY-MM-DD'. */
  readonly days: Readonly<Record<string, 'work' | 'rest'>>
  /** First day, 'YYYY-MM-DD', for which `days` is complete; absent means since ever. */
  readonly knownFrom?: string
  /** Last day, 'YYYY-MM-DD', for which `days` is complete; the weekly rule is a guess after it. */
  readonly horizon: string
  /**
   * Where a limit in natural days may end. `anyDay` (absent: the same) takes the last day as it falls; `workday` moves
   * on from a rest day to the next workday, as Civil Code art. 203 says of periods in law.
   */
  readonly naturalDayEndsOn?: 'anyDay' | 'workday'
}

/**
 * Checks a calendar and returns a frozen copy, so that no later change can disagree with what the clocks precomputed.
 * Throws TimeError with a code CALENDAR_*, DAY_INVALID or ZONE_UNKNOWN.
 */
export function workCalendar(input: WorkCalendar): WorkCalendar {
  if (input.id.trim() === '' || input.version.trim() === '') throw new TimeError('CALENDAR_ID_EMPTY')
  readZone(input.timeZone, 0, 0)
  checkWeekend(input.weekend)
  checkPeriods(input.officeHours.standard, 0)
  for (const weekday of ISO_WEEKDAYS) {
    const periods = input.officeHours.byWeekday?.[weekday]
    if (periods) checkPeriods(periods, weekday)
  }
  checkDays(input)
  return deepFreeze(structuredClone(input))
}

/** Whether people work on that day, 'YYYY-MM-DD': the named days first, then the weekly rule; throws DAY_INVALID. */
export function isWorkday(calendar: WorkCalendar, day: string): boolean {
  const weekday = isoWeekday(dayNumber(day))
  const kind = Object.hasOwn(calendar.days, day) ? calendar.days[day] : undefined
  return kind === undefined ? !calendar.weekend.includes(weekday) : kind === 'work'
}

/** Office periods of a day, 'YYYY-MM-DD'; none on a rest day. A make-up workday follows its own weekday's hours if any are set. */
export function officePeriods(calendar: WorkCalendar, day: string): OfficePeriods {
  if (!isWorkday(calendar, day)) return []
  return calendar.officeHours.byWeekday?.[isoWeekday(dayNumber(day))] ?? calendar.officeHours.standard
}

function checkWeekend(weekend: readonly number[]): void {
  const valid = weekend.every((day) => ISO_WEEKDAYS.some((weekday) => weekday === day))
  if (!valid || new Set(weekend).size !== weekend.length || weekend.length === 7) {
    throw new TimeError('CALENDAR_WEEKEND_INVALID', { weekend: weekend.join() })
  }
}

function checkPeriods(periods: OfficePeriods, weekday: number): void {
  if (periods.length === 0) throw new TimeError('CALENDAR_OFFICE_HOURS_EMPTY', { weekday })
  let previousEnd = 0
  for (const [start, end] of periods) {
    const whole = Number.isInteger(start) && Number.isInteger(end)
    if (!whole || start < 0 || end > 1440 || start >= end) throw new TimeError('CALENDAR_OFFICE_HOURS_INVALID', { weekday, start, end })
    if (start < previousEnd) throw new TimeError('CALENDAR_OFFICE_HOURS_OVERLAP', { weekday, start, end })
    previousEnd = end
  }
}

function checkDays(input: WorkCalendar): void {
  const horizon = dayNumber(input.horizon)
  const knownFrom = input.knownFrom === undefined ? Number.NEGATIVE_INFINITY : dayNumber(input.knownFrom)
  if (horizon < knownFrom) throw new TimeError('CALENDAR_HORIZON_INVALID', { horizon: input.horizon })
  for (const [day, kind] of Object.entries(input.days)) {
    const number = dayNumber(day)
    if (kind !== 'work' && kind !== 'rest') throw new TimeError('CALENDAR_DAY_KIND_INVALID', { day })
    if (number > horizon || number < knownFrom) throw new TimeError('CALENDAR_DAY_BEYOND_HORIZON', { day })
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) deepFreeze(inner)
    Object.freeze(value)
  }
  return value
}
