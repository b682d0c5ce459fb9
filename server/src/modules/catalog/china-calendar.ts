import { workCalendar, type OfficeHours, type WorkCalendar } from '@linli/lib/time/calendar'
import { dayNumber, dayText, isoWeekday, type IsoWeekday } from '@linli/lib/time/day'
import notices from 'chinese-days/dist/chinese-days.json' with { type: 'json' }

const WEEKEND: readonly IsoWeekday[] = [6, 7]

/**
 * Days named in the notices for each year. The package's functions stay unused: they read a day as UTC and look it up by the time
 * zone of the process, so west of Greenwich they take the weekday before; and they call every weekday of an unknown year a workday.
 */
const REST: ReadonlySet<string> = new Set(Object.keys(notices.holidays))
const WORK: ReadonlySet<string> = new Set(Object.keys(notices.workdays))

export interface ChinaCalendarOptions {
  readonly id: string
  readonly version: string
  readonly firstYear: number
  readonly lastYear: number
  readonly officeHours: OfficeHours
  /** IANA name; Asia/Shanghai where absent. */
  readonly timeZone?: string
  /**
   * An earlier horizon than the last day of the last known year. The notice for a year may still turn last days of the year before
   * into rest or work (it did in December of 2006, 2007, 2011, 2018 and 2022), so a cautious city ends on 24 December.
   */
  readonly horizon?: string
  readonly naturalDayEndsOn?: 'anyDay' | 'workday'
}

/** None of the years asked for is published, or their order is wrong. */
export class CalendarYearsUnknown extends Error {
  readonly code = 'CALENDAR_YEARS_UNKNOWN'
  constructor() {
    super('CALENDAR_YEARS_UNKNOWN')
    this.name = 'CalendarYearsUnknown'
  }
}

/**
 * The working calendar of mainland China (工作日历) with public holidays and make-up workdays (调休) from the package chinese-days. It
 * ends with the last published year of the span, and deadlines beyond it are provisional. Throws CalendarYearsUnknown, and TimeError for wrong office hours or zone.
 */
export function chinaCalendar(options: ChinaCalendarOptions): WorkCalendar {
  const years = knownYears(options.firstYear, options.lastYear)
  const [first] = years
  const last = years.at(-1)
  if (first === undefined || last === undefined) throw new CalendarYearsUnknown()
  const lastKnown = `${last}-12-31`
  const horizon = options.horizon !== undefined && options.horizon < lastKnown ? options.horizon : lastKnown
  return workCalendar({
    id: options.id,
    version: options.version,
    timeZone: options.timeZone ?? 'Asia/Shanghai',
    officeHours: options.officeHours,
    weekend: WEEKEND,
    days: exceptions(`${first}-01-01`, horizon),
    knownFrom: `${first}-01-01`,
    horizon,
    ...(options.naturalDayEndsOn ? { naturalDayEndsOn: options.naturalDayEndsOn } : {}),
  })
}

/** The years of a span whose holidays are published, without a gap: nothing after the first unknown year counts. */
export function knownYears(firstYear: number, lastYear: number): number[] {
  const years: number[] = []
  for (let year = firstYear; year <= lastYear; year += 1) {
    if (isKnownYear(year)) years.push(year)
    else if (years.length > 0) break
  }
  return years
}

/** A known year names its New Year and its National Day. */
function isKnownYear(year: number): boolean {
  return REST.has(`${year}-01-01`) && REST.has(`${year}-10-01`)
}

function exceptions(from: string, to: string): Record<string, 'work' | 'rest'> {
  const days: Record<string, 'work' | 'rest'> = {}
  for (let number = dayNumber(from); number <= dayNumber(to); number += 1) {
    const day = dayText(number)
    const weekend = WEEKEND.includes(isoWeekday(number))
    if (weekend && WORK.has(day)) days[day] = 'work'
    if (!weekend && REST.has(day)) days[day] = 'rest'
  }
  return days
}

/** Chinese names of public holidays by day, for whoever explains a deadline (元旦, 春节 …). */
export const holidayNames: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(notices.holidays).map(([day, names]) => [day, names.split(',')[1] ?? names]),
)
