import { Refusal } from '@linli/contract/errors'
import { isShifted, toWgs84, type Crs } from '@linli/lib/geo/crs'

interface Point {
  readonly lon: number
  readonly lat: number
}
export interface Witness extends Point {
  readonly kind: 'photo' | 'component'
}
export interface Doubt {
  /** What speaks for the other reading. */
  readonly basis: 'city' | Witness['kind']
  readonly asWgs84: Point
  /** The same numbers read as GCJ-02, in WGS84. */
  readonly asGcj02: Point
  /** How far the witness lies from each reading, in metres; absent where the city's border is all that speaks. */
  readonly metres?: { readonly wgs84: number; readonly gcj02: number }
}

/** A witness within this of one reading, and farther than that from the other, speaks for the first. */
const NEAR_M = 30
const FAR_M = 100
const METRES_PER_DEGREE = 111_320

/** Metres between two points of one city; flat, which errs by less than a metre over a few hundred. */
function metresBetween(one: Point, other: Point): number {
  const shrink = Math.cos(((one.lat + other.lat) * Math.PI) / 360)
  return Math.hypot((one.lon - other.lon) * METRES_PER_DEGREE * shrink, (one.lat - other.lat) * METRES_PER_DEGREE)
}

/**
 * Whether a position said to be WGS84 makes more sense as GCJ-02 (火星坐标): it lies outside the city and its other reading inside, or a
 * witness — where a photo was taken, where the named component stands — lies by the other reading. Undefined where nothing speaks against it.
 */
export function doubtOf(position: Point & { readonly crs: Crs }, witnesses: readonly Witness[], isInside: (point: Point) => boolean): Doubt | undefined {
  if (position.crs !== 'wgs84' || !isShifted(position.lon, position.lat)) return undefined
  const [lon, lat] = toWgs84(position.lon, position.lat, 'gcj02')
  const asWgs84 = { lon: position.lon, lat: position.lat }
  const asGcj02 = { lon, lat }
  if (!isInside(asWgs84) && isInside(asGcj02)) return { basis: 'city', asWgs84, asGcj02 }
  for (const witness of witnesses) {
    const metres = { wgs84: metresBetween(witness, asWgs84), gcj02: metresBetween(witness, asGcj02) }
    if (metres.gcj02 <= NEAR_M && metres.wgs84 > FAR_M && isInside(asGcj02)) return { basis: witness.kind, asWgs84, asGcj02, metres }
  }
  return undefined
}

/** Asks the sender instead of moving the position: throws POSITION_SYSTEM_DOUBTFUL with both readings in degrees of WGS84. */
export function refuseDoubt(doubt: Doubt | undefined): void {
  if (!doubt) return
  const { basis, asWgs84, asGcj02, metres } = doubt
  const degrees = (value: number) => Math.round(value * 1e7) / 1e7
  throw new Refusal('POSITION_SYSTEM_DOUBTFUL', [{ pointer: '/body/position/crs', code: 'POSITION_SYSTEM_DOUBTFUL', detail: basis }], {
    basis,
    asWgs84Lon: asWgs84.lon,
    asWgs84Lat: asWgs84.lat,
    asGcj02Lon: degrees(asGcj02.lon),
    asGcj02Lat: degrees(asGcj02.lat),
    ...(metres ? { metresWgs84: Math.round(metres.wgs84), metresGcj02: Math.round(metres.gcj02) } : {}),
  })
}
