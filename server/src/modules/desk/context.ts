import type { Platform } from '../../platform/platform.ts'
import type { PersonActor } from '../../platform/rights/actor.ts'
import type { DeskPorts, SeenCase } from './ports.ts'
import type { Attendance } from './presence.ts'

/** What the desk's commands share. */
export interface Context {
  readonly platform: Platform
  readonly ports: DeskPorts
  readonly attendance: Attendance
}
/** Who acts, in which request. */
export interface Deed {
  readonly actor: PersonActor
  readonly requestId: string
}
export const nowOf = ({ platform }: Context): Date => new Date(platform.runtime.now())

/** Tells everybody who may see a case to look again who is on it; the event names nobody. */
export function announce({ platform }: Context, found: SeenCase): void {
  platform.realtime.mention({
    districtId: found.districtId,
    caseId: found.id,
    seq: 0,
    topic: 'case.attended',
    at: new Date(platform.runtime.now()),
    hash: '',
    payload: { id: found.id, areaPath: found.areaPath, involved: [...found.involved] },
  })
}
