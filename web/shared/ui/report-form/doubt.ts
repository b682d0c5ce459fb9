import type { ApiProblem } from '../../api/index.ts'
import type { Spot } from './draft.ts'

/** Two readings of one position between which the sender has to choose (坐标系存疑). */
export interface Doubt {
  readonly basis: 'city' | 'photo' | 'component'
  /** As it was sent. */
  readonly asSent: Spot
  /** The same numbers read as GCJ-02, in WGS84. */
  readonly asGcj02: Spot
  /** How far what speaks against it lies from each reading, in metres. */
  readonly metres: { readonly asSent: number; readonly asGcj02: number } | undefined
}

const BASES = ['city', 'photo', 'component'] as const

/** Reads the question out of a refusal; undefined where the refusal is another, or lacks a reading. */
export function doubtOf(problem: Pick<ApiProblem, 'code' | 'extra'>): Doubt | undefined {
  if (problem.code !== 'POSITION_SYSTEM_DOUBTFUL') return undefined
  const number = (name: string) => (typeof problem.extra[name] === 'number' ? problem.extra[name] : undefined)
  const spot = (name: string): Spot | undefined => {
    const [lon, lat] = [number(`${name}Lon`), number(`${name}Lat`)]
    return lon === undefined || lat === undefined ? undefined : { lon, lat }
  }
  const [asSent, asGcj02] = [spot('asWgs84'), spot('asGcj02')]
  if (!asSent || !asGcj02) return undefined
  const [one, other] = [number('metresWgs84'), number('metresGcj02')]
  return {
    basis: BASES.find((basis) => basis === problem.extra['basis']) ?? 'city',
    asSent,
    asGcj02,
    metres: one === undefined || other === undefined ? undefined : { asSent: one, asGcj02: other },
  }
}
