import type { Platform, Registration } from '../../platform/platform.ts'
import type { FieldPorts } from './ports.ts'
import { positionEraser } from './privacy/store.ts'
import { fieldRoutes } from './routes.ts'
import { endOverdue } from './store.ts'

/** The door of `field`: the telephones of grid workers. */
export function createField(platform: Platform, ports: FieldPorts): { readonly registration: Registration } {
  const field = { platform, ports }
  return {
    registration: {
      name: 'field',
      routes: fieldRoutes(field),
      erasers: [positionEraser],
      pumps: [{ name: 'field.endShifts', everyMs: 60_000, work: () => endOverdue(platform.db, new Date(platform.runtime.now()), null) }],
    },
  }
}
export type { FieldPorts }
