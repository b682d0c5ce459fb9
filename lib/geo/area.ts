import { GeoError } from './errors.ts'
import type { Areal, Box, Position, Ring } from './geometry.ts'
import { polygonsOf } from './geometry.ts'
import { orient } from './orient.ts'

/** Mean radius of the Earth in metres (IUGG, R1 of GRS 80). */
export const EARTH_RADIUS_M = 6_371_008.8

const RADIANS = Math.PI / 180

/** The equal-area height of a latitude in degrees: sin φ. On (λ, sin φ) plane areas are areas on the sphere. */
export function equalAreaHeight(lat: number): number {
  return Math.sin(lat * RADIANS)
}

function ringArea(ring: Ring): number {
  const [origin] = ring
  if (!origin) return 0
  const [lon0 = 0, lat0 = 0] = origin
  const base = equalAreaHeight(lat0)
  let sum = 0
  for (let i = 0; i + 1 < ring.length; i++) {
    const [lon1 = 0, lat1 = 0] = ring[i]!
    const [lon2 = 0, lat2 = 0] = ring[i + 1]!
    // Taken from the first vertex, so that a small ring loses no digits to its distance from zero.
    const heights = equalAreaHeight(lat1) - base + equalAreaHeight(lat2) - base
    sum += (lon1 - lon0 - (lon2 - lon0)) * heights
  }
  return (sum * RADIANS * EARTH_RADIUS_M ** 2) / 2
}

/**
 * Returns the area in m² on the mean sphere, holes taken off (面积).
 *
 * Spherical excess by trapezoids on (λ, sin φ): Chamberlain & Duquette, JPL Publication 07-3 (2007); within
 * half a percent of the ellipsoid anywhere.
 */
export function areaM2(geometry: Areal): number {
  let sum = 0
  for (const rings of polygonsOf(geometry)) {
    rings.forEach((ring, i) => {
      sum += (i === 0 ? 1 : -1) * Math.abs(ringArea(ring))
    })
  }
  return sum
}

/** Returns [west, south, east, north] in degrees; refuses an empty geometry with GEO_GEOMETRY_EMPTY. */
export function boxOf(geometry: Areal): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity]
  for (const rings of polygonsOf(geometry)) {
    for (const [lon = 0, lat = 0] of rings[0] ?? []) {
      box[0] = Math.min(box[0], lon)
      box[1] = Math.min(box[1], lat)
      box[2] = Math.max(box[2], lon)
      box[3] = Math.max(box[3], lat)
    }
  }
  if (box[0] > box[2]) throw new GeoError('GEO_GEOMETRY_EMPTY')
  return box
}

/** Where a position lies: 1 inside, 0 exactly on a ring, -1 outside; even-odd over all rings, exact arithmetic. */
export function locate(rings: readonly Ring[], lon: number, lat: number): -1 | 0 | 1 {
  let inside = false
  for (const ring of rings) {
    for (let i = 0; i + 1 < ring.length; i++) {
      const [x1 = 0, y1 = 0] = ring[i]!
      const [x2 = 0, y2 = 0] = ring[i + 1]!
      if (y1 === lat && y2 === lat) {
        if (Math.min(x1, x2) <= lon && lon <= Math.max(x1, x2)) return 0
      } else if (y1 > lat !== y2 > lat) {
        const side = orient(x1, y1, x2, y2, lon, lat)
        if (side === 0) return 0
        if (side > 0 === y2 > y1) inside = !inside
      } else if ((y1 === lat && x1 === lon) || (y2 === lat && x2 === lon)) {
        return 0
      }
    }
  }
  return inside ? 1 : -1
}

/** Mid-point of the widest stretch of the parallel `lat` that lies inside, with its width; undefined when none. */
function widestInside(rings: readonly Ring[], lat: number): { lon: number; width: number } | undefined {
  const crossings: number[] = []
  for (const ring of rings) {
    for (let i = 0; i + 1 < ring.length; i++) {
      const [x1 = 0, y1 = 0] = ring[i]!
      const [x2 = 0, y2 = 0] = ring[i + 1]!
      if (y1 > lat !== y2 > lat) crossings.push(x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1))
    }
  }
  crossings.sort((a, b) => a - b)
  let best: { lon: number; width: number } | undefined
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const width = crossings[i + 1]! - crossings[i]!
    if (!best || width > best.width) best = { lon: crossings[i]! + width / 2, width }
  }
  return best
}

/** Area-weighted centre of the outer ring, plane in degrees: exact enough to place a label. */
function centreOf(ring: Ring): [number, number] {
  const [[lon0 = 0, lat0 = 0] = []] = ring
  let sum = 0
  let x = 0
  let y = 0
  for (let i = 0; i + 1 < ring.length; i++) {
    const x1 = ring[i]![0]! - lon0
    const y1 = ring[i]![1]! - lat0
    const x2 = ring[i + 1]![0]! - lon0
    const y2 = ring[i + 1]![1]! - lat0
    const cross = x1 * y2 - x2 * y1
    sum += cross
    x += (x1 + x2) * cross
    y += (y1 + y2) * cross
  }
  return sum === 0 ? [lon0, lat0] : [lon0 + x / (3 * sum), lat0 + y / (3 * sum)]
}

/** Returns a point strictly inside (代表点): the centre of the largest part where that is inside, else mid-way across it. */
export function pointInside(geometry: Areal): Position {
  let rings: Ring[] = []
  let largest = -1
  for (const candidate of polygonsOf(geometry)) {
    const area = candidate[0] ? Math.abs(ringArea(candidate[0])) : -1
    if (area > largest) {
      largest = area
      rings = candidate
    }
  }
  const [outer] = rings
  if (!outer || outer.length < 4) throw new GeoError('GEO_GEOMETRY_EMPTY')
  const [lon, lat] = centreOf(outer)
  if (locate(rings, lon, lat) === 1) return [lon, lat]

  // Between two neighbouring vertex latitudes every crossing is proper: try the gaps nearest the centre first.
  const latitudes = [...new Set(rings.flatMap((ring) => ring.map((position) => position[1]!)))]
  latitudes.sort((a, b) => a - b)
  const middles = latitudes.slice(1).map((top, i) => (top + latitudes[i]!) / 2)
  middles.sort((a, b) => Math.abs(a - lat) - Math.abs(b - lat))
  for (const middle of middles) {
    const stretch = widestInside(rings, middle)
    if (stretch && locate(rings, stretch.lon, middle) === 1) return [stretch.lon, middle]
  }
  throw new GeoError('GEO_GEOMETRY_EMPTY')
}
