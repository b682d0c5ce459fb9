import type { Platform, Registration } from '../../platform/platform.ts'
import type { DeskPorts } from './ports.ts'
import { Attendance } from './presence.ts'
import { deskRoutes } from './routes.ts'
import { claimEraser, receiptEraser, settleClaims } from './store.ts'

/** The door of `desk`: what belongs to somebody's work at a list, and not to the case. */
export function createDesk(platform: Platform, ports: DeskPorts): { readonly registration: Registration } {
  const attendance = new Attendance()
  const now = () => platform.runtime.now()
  return {
    registration: {
      name: 'desk',
      routes: deskRoutes({ platform, ports, attendance }),
      pumps: [
        { name: 'desk.claims', everyMs: 30_000, work: () => settleClaims(platform.db, new Date(now())) },
        { name: 'desk.presence', everyMs: 30_000, work: () => Promise.resolve(attendance.forget(now())) },
      ],
      erasers: [receiptEraser, claimEraser],
    },
  }
}
export type { DeskPorts }
