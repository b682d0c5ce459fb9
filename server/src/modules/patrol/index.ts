import type { Tx } from '../../platform/db/database.ts'
import type { Platform, Registration } from '../../platform/platform.ts'
import type { GroundFollower } from '../places/index.ts'
import type { PersonActor } from '../../platform/rights/actor.ts'
import { coverageOf, type Asked } from './coverage.ts'
import { patrolField, type PatrolField } from './field-view.ts'
import { assignmentFollower, dutyFollower } from './followers.ts'
import type { PatrolPorts } from './ports.ts'
import { entryEraser, positionEraser } from './privacy/store.ts'
import { Register } from './register.ts'
import { patrolRoutes } from './routes.ts'
import { seedPatrol } from './seed.ts'

/** The door of `patrol`: what grid workers do again and again, and how far it was carried out. */
export interface Patrol {
  readonly registration: Registration
  /** People at grids and their duties, which follow when grids change. */
  readonly followers: readonly GroundFollower[]
  /** How far duties were carried out below an area, for periods due between two days; NOT_FOUND outside the caller's scope. */
  coverage(actor: PersonActor, asked: Asked): ReturnType<typeof coverageOf>
  /** What telephones in the field ask of rounds. */
  readonly field: PatrolField
  refresh(): Promise<void>
  seed(tx: Tx, hasMatter: (key: string) => boolean): Promise<void>
}

export function createPatrol(platform: Platform, ports: PatrolPorts): Patrol {
  const register = new Register(platform, ports)
  const patrol = { platform, ports, register }
  return {
    registration: { name: 'patrol', routes: patrolRoutes(patrol), erasers: [positionEraser, entryEraser(() => platform.runtime.now())] },
    followers: [assignmentFollower(patrol), dutyFollower(patrol)],
    coverage: (actor, asked) => coverageOf(patrol, actor, asked),
    field: patrolField(patrol),
    refresh: () => register.refresh(),
    seed: (tx, hasMatter) => seedPatrol(platform, tx, hasMatter),
  }
}
export type { PatrolPorts }
