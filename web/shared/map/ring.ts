import type { Box } from './types.ts'

/** A corner: longitude and latitude in degrees (WGS84). */
export type Corner = readonly [number, number]
/** The corners of a simple polygon, the first not repeated at the end. */
export type Ring = readonly Corner[]
type Geometry = { readonly type: string; readonly coordinates: readonly unknown[] }

const isCorner = (value: unknown): value is Corner => Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number'

/** The one ring of a polygon without holes, or undefined for every other geometry: only such a one is edited by its corners. */
export function ringOf(geometry: Geometry): Ring | undefined {
  const [outer, ...holes] =
    geometry.type === 'MultiPolygon' && geometry.coordinates.length === 1 ? (geometry.coordinates[0] as unknown[]) : geometry.coordinates
  if (!['Polygon', 'MultiPolygon'].includes(geometry.type) || holes.length > 0 || !Array.isArray(outer) || !outer.every(isCorner)) return undefined
  if (geometry.type === 'MultiPolygon' && geometry.coordinates.length !== 1) return undefined
  const corners = outer.map(([lon, lat]): Corner => [lon, lat])
  const [first, last] = [corners[0], corners.at(-1)]
  return first && last && first[0] === last[0] && first[1] === last[1] ? corners.slice(0, -1) : corners
}

/** The polygon (GeoJSON, RFC 7946) that corners enclose. */
export function polygonOf(ring: Ring): { type: 'Polygon'; coordinates: [number, number][][] } {
  const corners = [...ring, ...ring.slice(0, 1)].map(([lon, lat]): [number, number] => [lon, lat])
  return { type: 'Polygon', coordinates: [corners] }
}

/** A corner moved, rounded to about a centimetre so that a boundary stays readable. */
export function moveCorner(ring: Ring, index: number, [lon, lat]: Corner): Ring {
  const round = (value: number) => Math.round(value * 1e7) / 1e7
  return ring.map((corner, place) => (place === index ? [round(lon), round(lat)] : corner))
}

/** A corner put in behind another. */
export function addCorner(ring: Ring, after: number, corner: Corner): Ring {
  return moveCorner([...ring.slice(0, after + 1), corner, ...ring.slice(after + 1)], after + 1, corner)
}

/** A corner taken out; three are the fewest that enclose anything. */
export function removeCorner(ring: Ring, index: number): Ring {
  return ring.length <= 3 ? ring : ring.filter((_corner, place) => place !== index)
}

/** The box around any geometry, or undefined where it has no corner. */
export function boxOf(geometry: Geometry): Box | undefined {
  const corners = (value: unknown): readonly Corner[] => (isCorner(value) ? [value] : Array.isArray(value) ? value.flatMap(corners) : [])
  const all = corners(geometry.coordinates)
  if (all.length === 0) return undefined
  const fold = (pick: (...values: number[]) => number, axis: 0 | 1) => all.reduce((kept, corner) => pick(kept, corner[axis]), all[0]?.[axis] ?? 0)
  return [fold(Math.min, 0), fold(Math.min, 1), fold(Math.max, 0), fold(Math.max, 1)]
}
