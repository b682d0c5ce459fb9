import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workCalendar, type OfficePeriods, type WorkCalendar } from '@linli/lib/time/calendar'
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
  await insertCalendar(tx, cityCalendar(platform), new Date(platform.runtime.now()))
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}

/** The working calendar that the city's data describes; `none` has the weekly rule alone. */
export function cityCalendar(platform: Platform): WorkCalendar {
  const { code, timeZone, calendar } = platform.city.city
  const standard: OfficePeriods = calendar.officeHours.map(([start, end]) => [minutesOf(start), minutesOf(end)] as const)
  const version = `${code}-${calendar.fromYear}-${calendar.toYear}`
  if (calendar.region === 'CN')
    return chinaCalendar({ id: code, version, firstYear: calendar.fromYear, lastYear: calendar.toYear, officeHours: { standard }, timeZone })
  return workCalendar({ id: code, version, timeZone, officeHours: { standard }, weekend: [6, 7], days: {}, horizon: `${calendar.toYear}-12-31` })
}
