import type { Platform } from '../../platform/platform.ts'
import type { FieldPorts } from './ports.ts'

/** What every part of the module needs. */
export interface Field {
  readonly platform: Platform
  readonly ports: FieldPorts
}
