import type { WorkCalendar } from '@linli/lib/time/calendar'
import { workCalendar } from '@linli/lib/time/calendar'
import type { Tx } from '../../platform/db/database.ts'
import type { Platform, Registration } from '../../platform/platform.ts'
import { Editions } from './editions.ts'
import type { Condition, Matter } from './import/matter.ts'
import { catalogRoutes } from './routes.ts'
import { seedCatalog } from './seed.ts'
import { findCalendar } from './store.ts'

/** The door of `catalog`: matters, their condition rows, and the calendar they are counted by. */
export interface Catalog {
  readonly registration: Registration
  readonly edition: number
  findMatter(key: string, edition?: number): Matter | undefined
  findCondition(key: string, rowNo: number, edition?: number): { matter: Matter; condition: Condition; edition: number } | undefined
  calendar(): WorkCalendar
  refresh(): Promise<void>
  seed(tx: Tx): Promise<void>
}

export function createCatalog(platform: Platform): Catalog {
  const editions = new Editions(platform.db)
  let calendar: WorkCalendar | undefined
  return {
    registration: { name: 'catalog', routes: catalogRoutes(platform, editions) },
    get edition() {
      return editions.current
    },
    findMatter: (key, edition) => editions.find(key, edition),
    findCondition: (key, rowNo, edition) => editions.findCondition(key, rowNo, edition),
    calendar: () => {
      if (!calendar) throw new Error('CALENDAR_NOT_READ')
      return calendar
    },
    refresh: async () => {
      await editions.refresh()
      const stored = await findCalendar(platform.db)
      if (stored) calendar = workCalendar(stored)
    },
    seed: (tx) => seedCatalog(platform, tx),
  }
}
export type { Condition, Matter }
