import type { WorkCalendar } from '@linli/lib/time/calendar'
import type { Tx } from '../../platform/db/database.ts'
import type { Platform, Registration } from '../../platform/platform.ts'
import { Calendars } from './calendars.ts'
import { Editions } from './editions.ts'
import type { Condition, Matter } from './import/matter.ts'
import { overTimeRoutes } from './over-time-routes.ts'
import type { CatalogPorts } from './ports.ts'
import { catalogRoutes } from './routes.ts'
import { seedCatalog } from './seed.ts'

/** The door of `catalog`: matters, their condition rows, and the calendar they are counted by. */
export interface Catalog {
  readonly registration: Registration
  readonly edition: number
  /** Matters of the edition in force, by key. */
  matters(): readonly Matter[]
  findMatter(key: string, edition?: number): Matter | undefined
  findCondition(key: string, rowNo: number, edition?: number): { matter: Matter; condition: Condition; edition: number } | undefined
  /** The standard calendar of the city. */
  calendar(): WorkCalendar
  /** The calendar that a matter's limits are counted by, or that of one of its rows; the standard one where neither names another. */
  calendarOf(key: string | null, edition?: number | null, rowNo?: number | null): WorkCalendar
  refresh(): Promise<void>
  seed(tx: Tx): Promise<void>
}

export function createCatalog(platform: Platform, ports: CatalogPorts): Catalog {
  const editions = new Editions(platform.db)
  const calendars = new Calendars(platform.db, platform.city.city.code)
  return {
    registration: {
      name: 'catalog',
      routes: [...catalogRoutes(platform, editions, calendars), ...overTimeRoutes({ platform, editions, calendars, ports })],
      // A stop between the publishing of a calendar and the counting anew leaves deadlines provisional; this finds them.
      jobs: [{ name: 'catalog.recountProvisional', cron: '23 19 * * *', run: async () => void (await ports.recountProvisional()) }],
    },
    get edition() {
      return editions.current
    },
    matters: () => editions.matters(),
    findMatter: (key, edition) => editions.find(key, edition),
    findCondition: (key, rowNo, edition) => editions.findCondition(key, rowNo, edition),
    calendar: () => calendars.standard(),
    calendarOf: (key, edition, rowNo) => {
      const matter = key === null ? undefined : editions.find(key, edition ?? undefined)
      return calendars.of(
        matter,
        matter?.conditions.find((row) => row.rowNo === rowNo),
      )
    },
    refresh: async () => {
      await editions.refresh()
      await calendars.refresh()
    },
    seed: (tx) => seedCatalog(platform, tx),
  }
}
export type { CatalogPorts, Condition, Matter }
export { holidayNames } from './china-calendar.ts'
