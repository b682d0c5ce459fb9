import type { Platform } from '../../platform/platform.ts'
import type { PatrolPorts } from './ports.ts'
import type { Register } from './register.ts'

/** What every command of the module needs. */
export interface Patrol {
  readonly platform: Platform
  readonly ports: PatrolPorts
  readonly register: Register
}
