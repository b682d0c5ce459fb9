import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workCalendar, type OfficeHours, type OfficePeriods, type WorkCalendar } from '@linli/lib/time/calendar'
import { ISO_WEEKDAYS, type IsoWeekday } from '@linli/lib/time/day'
import { StartError } from '../../platform/config.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Platform } from '../../platform/platform.ts'
import { chinaCalendar } from './china-calendar.ts'
import { writeEdition } from './commands/publish.ts'
import { importCatalogue } from './import/import-catalogue.ts'
import { insertCalendar } from './store.ts'

/** Publishes a city's own catalogue as its first edition, and its working calendar. */
export async function seedCatalog(platform: Platform, tx: Tx): Promise<void> {
  const { city, folder } = platform.city
  const read = await importCatalogue(readFileSync(join(folder, city.files.matters)), { scheme: 'local' })
  if (read.errors.length > 0)
    throw new StartError(
      'CITY_INVALID',
      `${city.files.matters}: ${read.errors
        .slice(0, 5)
        .map((problem) => `row ${problem.row} ${problem.code} ${problem.pointer}`)
        .join('; ')}`,
    )
  await writeEdition(platform, tx, read.matters, city.name, null)
  const publishedAt = new Date(platform.runtime.now())
  for (const calendar of cityCalendars(platform)) await insertCalendar(tx, { ...calendar, publishedAt, note: city.name, by: null })
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}

type Hours = readonly (readonly [string, string])[]
interface Described {
  readonly id: string
  readonly zh: string
  readonly en: string
  readonly region: 'CN' | 'none'
  readonly officeHours: Hours
  readonly byWeekday?: Readonly<Record<string, Hours>>
  readonly weekend?: readonly number[]
}
const periods = (hours: Hours): OfficePeriods => hours.map(([start, end]) => [minutesOf(start), minutesOf(end)] as const)

/** The working calendars that the city's data describes, the standard one first: its id is the code of the city. */
export function cityCalendars(platform: Platform): { readonly id: string; readonly zh: string; readonly en: string; readonly value: WorkCalendar }[] {
  const { city } = platform.city
  const standard: Described = { ...city.calendar, id: city.code, zh: '标准工作日历', en: 'Standard working calendar' }
  return [standard, ...(city.calendars ?? [])].map((described) => ({
    id: described.id,
    zh: described.zh,
    en: described.en,
    value: calendarOf(platform, described),
  }))
}

/** Region `none` has the weekly rule alone. */
function calendarOf(platform: Platform, { id, region, officeHours, byWeekday, weekend }: Described): WorkCalendar {
  const { timeZone, calendar } = platform.city.city
  const hours: OfficeHours = {
    standard: periods(officeHours),
    ...(byWeekday ? { byWeekday: Object.fromEntries(Object.entries(byWeekday).map(([day, each]) => [day, periods(each)])) } : {}),
  }
  const version = `${id}-${calendar.fromYear}-${calendar.toYear}`
  const base = { id, version, timeZone, officeHours: hours }
  const value =
    region === 'CN'
      ? chinaCalendar({ ...base, firstYear: calendar.fromYear, lastYear: calendar.toYear })
      : workCalendar({ ...base, weekend: WEEKEND, days: {}, horizon: `${calendar.toYear}-12-31` })
  return weekend === undefined ? value : workCalendar({ ...value, weekend: ISO_WEEKDAYS.filter((day) => weekend.includes(day)) })
}

const WEEKEND: readonly IsoWeekday[] = [6, 7]
