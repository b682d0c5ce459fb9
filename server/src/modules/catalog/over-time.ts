import type { Platform } from '../../platform/platform.ts'
import type { Calendars } from './calendars.ts'
import type { Editions } from './editions.ts'
import type { CatalogPorts } from './ports.ts'

/** What changes of editions and calendars need to know. */
export interface OverTime {
  readonly platform: Platform
  readonly editions: Editions
  readonly calendars: Calendars
  readonly ports: CatalogPorts
}
