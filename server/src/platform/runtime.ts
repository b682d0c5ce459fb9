import { randomBytes } from 'node:crypto'
import { makeId } from '@linli/lib/ids'

/** Clock and randomness, handed in so that a scenario or a test can hold them still. */
export interface Runtime {
  /** Unix time in milliseconds. */
  now(): number
  random(bytes: number): Uint8Array
}

export const systemRuntime: Runtime = {
  now: () => Date.now(),
  random: (bytes) => randomBytes(bytes),
}

/** A new UUIDv7 that carries the district's ordinal. */
export function newId(runtime: Runtime, districtId: number): string {
  return makeId(runtime.now(), districtId, runtime.random(8))
}
