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
  random: (bytes) => drawn(bytes),
}

const POOL_BYTES = 4_096
let pool = Buffer.alloc(0)

/** A few bytes cost the generator as much as some thousand, so they are drawn from a pool; each byte is handed out once and then forgotten. */
function drawn(bytes: number): Uint8Array {
  if (bytes > POOL_BYTES) return randomBytes(bytes)
  if (pool.length < bytes) pool = randomBytes(POOL_BYTES)
  const taken = Buffer.from(pool.subarray(0, bytes))
  pool.fill(0, 0, bytes)
  pool = pool.subarray(bytes)
  return taken
}

/** A new UUIDv7 that carries the district's ordinal. */
export function newId(runtime: Runtime, districtId: number): string {
  return makeId(runtime.now(), districtId, runtime.random(8))
}
