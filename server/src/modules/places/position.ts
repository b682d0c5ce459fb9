import { Refusal } from '@linli/contract/errors'
import { toWgs84, type Crs } from '@linli/lib/geo/crs'
import type { Atlas } from './atlas.ts'
import type { Located } from './model.ts'

export interface PositionIn {
  readonly lon: number
  readonly lat: number
  readonly crs: Crs
}
export interface Placed {
  readonly lon: number
  readonly lat: number
  readonly located: Located
}

/** Converts a position at the edge and locates it; POSITION_SWAPPED where the two exchanged would lie in the city, else POSITION_OUTSIDE_CITY. */
export function place(atlas: Atlas, position: PositionIn, pointer: string): Placed {
  const [lon, lat] = toWgs84(position.lon, position.lat, position.crs)
  const located = Math.abs(lat) <= 90 ? atlas.locate(lon, lat) : undefined
  if (located) return { lon, lat, located }
  const swapped = Math.abs(position.lon) <= 90 ? toWgs84(position.lat, position.lon, position.crs) : undefined
  if (swapped && atlas.locate(swapped[0], swapped[1])) throw new Refusal('POSITION_SWAPPED', [{ pointer, code: 'POSITION_SWAPPED' }])
  throw new Refusal('POSITION_OUTSIDE_CITY', [{ pointer, code: 'POSITION_OUTSIDE_CITY' }])
}
