import type { Cases } from '../cases/index.ts'
import type { Catalog } from '../catalog/index.ts'
import type { Intake } from '../intake/index.ts'
import type { Places } from '../places/index.ts'

/** The modules below on which the residents' pages stand. */
export interface ResidentParts {
  readonly intake: Intake
  readonly cases: Cases
  readonly places: Places
  readonly catalog: Catalog
  unitName(code: string): string | undefined
}
