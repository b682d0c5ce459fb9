import { workCalendar, type OfficeHours, type WorkCalendar } from '../calendar.ts'

// Weekdays off and make-up workdays (调休), as the State Council's notices for these years set them.
const WEEKDAYS_OFF = {
  2024: '01-01 02-12 02-13 02-14 02-15 02-16 04-04 04-05 05-01 05-02 05-03 06-10 09-16 09-17 10-01 10-02 10-03 10-04 10-07',
  2025: '01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01 10-02 10-03 10-06 10-07 10-08',
  2026: '01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 10-02 10-05 10-06 10-07',
}
const MAKE_UP_DAYS = {
  2024: '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12',
  2025: '01-26 02-08 04-27 09-28 10-11',
  2026: '01-04 02-14 02-28 05-09 09-20 10-10',
}

/** Half past eight to twelve and half past one to half past five: seven and a half hours. */
export const SPLIT_DAY: OfficeHours = {
  standard: [
    [510, 720],
    [810, 1050],
  ],
}

/** A calendar of mainland China that knows 2024 to 2026, for tests. */
export function mainland(officeHours: OfficeHours = SPLIT_DAY, more: Partial<WorkCalendar> = {}): WorkCalendar {
  const days = Object.fromEntries([...named(WEEKDAYS_OFF, 'rest'), ...named(MAKE_UP_DAYS, 'work')])
  return workCalendar({
    id: 'mainland',
    version: '2026',
    timeZone: 'Asia/Shanghai',
    officeHours,
    weekend: [6, 7],
    days,
    knownFrom: '2024-01-01',
    horizon: '2026-12-31',
    ...more,
  })
}

function named(years: Readonly<Record<string, string>>, kind: 'work' | 'rest'): [string, 'work' | 'rest'][] {
  return Object.entries(years).flatMap(([year, days]) => days.split(' ').map((day): [string, 'work' | 'rest'] => [`${year}-${day}`, kind]))
}
