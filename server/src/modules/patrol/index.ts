import type { Tx } from '../../platform/db/database.ts'
import type { Platform, Registration } from '../../platform/platform.ts'
import type { GroundFollower } from '../places/index.ts'
import { assignmentFollower, dutyFollower } from './followers.ts'
import type { PatrolPorts } from './ports.ts'
import { Register } from './register.ts'
import { patrolRoutes } from './routes.ts'
import { seedPatrol } from './seed.ts'

/** The door of `patrol`: what grid workers do again and again, and how far it was carried out. */
export interface Patrol {
  readonly registration: Registration
  /** People at grids and their duties, which follow when grids change. */
  readonly followers: readonly GroundFollower[]
  refresh(): Promise<void>
  seed(tx: Tx, hasMatter: (key: string) => boolean): Promise<void>
}

export function createPatrol(platform: Platform, ports: PatrolPorts): Patrol {
  const register = new Register(platform, ports)
  const patrol = { platform, ports, register }
  return {
    registration: { name: 'patrol', routes: patrolRoutes(patrol) },
    followers: [assignmentFollower(patrol), dutyFollower(patrol)],
    refresh: () => register.refresh(),
    seed: (tx, hasMatter) => seedPatrol(platform, tx, hasMatter),
  }
}
export type { PatrolPorts }
