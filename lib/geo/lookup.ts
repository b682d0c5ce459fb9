import Flatbush from 'flatbush'
import { boxOf } from './area.ts'
import type { Areal } from './geometry.ts'
import { polygonsOf } from './geometry.ts'
import { crossSign } from './orient.ts'

/**
 * A position that no unit contains but that lies this near (degrees, 0.1 mm) to a border counts as on it: the middle
 * of a border, computed in doubles, may fall a hair outside the city.
 */
const BORDER_TOLERANCE = 1e-9

/** A unit of the area tree as lookup needs it; `id` decides who gets a shared border, so give the code. */
export interface LookupUnit {
  id: string
  kind: string
  geometry: Areal
}

/** Which unit a position lies in (落格). */
export interface Lookup {
  /**
   * Returns the index, in the list given, of the unit of `kind` whose closed extent contains the WGS84 position, or
   * -1. On a shared border or corner the unit with the smallest id (by code unit) wins; the city's own border is in.
   */
  find(lon: number, lat: number, kind: string): number
  /** Returns the unit of every kind that contains the position, at most one per kind, in order of first appearance. */
  findAll(lon: number, lat: number): number[]
}

/** The units of one kind, in order of id: number n of the tree is number n of `units`. */
interface Layer {
  units: Int32Array
  /** Rings of unit n are ringStarts[unitRings[n]] … ringStarts[unitRings[n + 1]], as indexes of `coordinates`. */
  unitRings: Int32Array
  ringStarts: Int32Array
  /** x and y by turns, each ring closed. */
  coordinates: Float64Array
  tree: Flatbush
}

function layerOf(units: readonly LookupUnit[], members: number[]): Layer {
  members.sort((a, b) => (units[a]!.id < units[b]!.id ? -1 : units[a]!.id > units[b]!.id ? 1 : a - b))
  const unitRings = [0]
  const ringStarts = [0]
  const coordinates: number[] = []
  const tree = new Flatbush(members.length)
  for (const member of members) {
    const { geometry } = units[member]!
    for (const ring of polygonsOf(geometry).flat()) {
      for (const [lon = Number.NaN, lat = Number.NaN] of ring) coordinates.push(lon, lat)
      ringStarts.push(coordinates.length)
    }
    unitRings.push(ringStarts.length - 1)
    tree.add(...boxOf(geometry))
  }
  tree.finish()
  return {
    units: Int32Array.from(members),
    unitRings: Int32Array.from(unitRings),
    ringStarts: Int32Array.from(ringStarts),
    coordinates: Float64Array.from(coordinates),
    tree,
  }
}

/** Whether the closed extent of unit n contains the position: even-odd over all rings, exact, borders included. */
function contains(layer: Layer, n: number, x: number, y: number): boolean {
  const { coordinates, ringStarts, unitRings } = layer
  let inside = false
  const lastRing = unitRings[n + 1]!
  for (let ring = unitRings[n]!; ring < lastRing; ring++) {
    const start = ringStarts[ring]!
    const end = ringStarts[ring + 1]!
    let dx1 = coordinates[start]! - x
    let dy1 = coordinates[start + 1]! - y
    for (let i = start + 2; i < end; i += 2) {
      const dx2 = coordinates[i]! - x
      const dy2 = coordinates[i + 1]! - y
      if (dy1 > 0 !== dy2 > 0) {
        // Only an edge with ends on both sides of the position's meridian needs the exact test.
        if (dx1 > 0 && dx2 > 0) inside = !inside
        else if (dx1 >= 0 || dx2 >= 0) {
          const side = crossSign(dx1, dy2, dy1, dx2)
          if (side === 0) return true
          if (side > 0 === dy2 > dy1) inside = !inside
        }
      } else if (dy2 === 0 && (dx2 === 0 || (dy1 === 0 && dx1 < 0 !== dx2 < 0))) {
        return true
      }
      dx1 = dx2
      dy1 = dy2
    }
  }
  return inside
}

/** Whether some edge of unit n passes within the border tolerance of the position. */
function passesNear(layer: Layer, n: number, x: number, y: number): boolean {
  const { coordinates, ringStarts, unitRings } = layer
  for (let ring = unitRings[n]!; ring < unitRings[n + 1]!; ring++) {
    for (let i = ringStarts[ring]! + 2; i < ringStarts[ring + 1]!; i += 2) {
      const dx = coordinates[i]! - coordinates[i - 2]!
      const dy = coordinates[i + 1]! - coordinates[i - 1]!
      const px = x - coordinates[i - 2]!
      const py = y - coordinates[i - 1]!
      const length = dx * dx + dy * dy
      const share = length > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / length)) : 0
      if (Math.hypot(px - share * dx, py - share * dy) <= BORDER_TOLERANCE) return true
    }
  }
  return false
}

/** Makes the search of one layer; the callback is made once, so a search allocates only the tree's two short lists. */
function finder(layer: Layer): (lon: number, lat: number) => number {
  let x = 0
  let y = 0
  let best = -1
  const visit = (n: number): boolean => {
    if ((best < 0 || n < best) && contains(layer, n, x, y)) best = n
    return false
  }
  const visitNear = (n: number): boolean => {
    if ((best < 0 || n < best) && passesNear(layer, n, x, y)) best = n
    return false
  }
  const { tree, units } = layer
  return (lon, lat) => {
    x = lon
    y = lat
    best = -1
    tree.search(lon, lat, lon, lat, visit)
    if (best < 0) {
      const t = BORDER_TOLERANCE
      tree.search(lon - t, lat - t, lon + t, lat + t, visitNear)
    }
    return best < 0 ? -1 : units[best]!
  }
}

/**
 * Builds the in-memory index over all units: per kind a packed R-tree of boxes, then an exact test on the doubles
 * given (no rounding), so that of units that share their vertices exactly one answers for any position.
 */
export function buildLookup(units: readonly LookupUnit[]): Lookup {
  const members = new Map<string, number[]>()
  units.forEach(({ kind }, i) => {
    const known = members.get(kind)
    if (known) known.push(i)
    else members.set(kind, [i])
  })
  const finders = new Map([...members].map(([kind, list]) => [kind, finder(layerOf(units, list))]))
  return {
    find: (lon, lat, kind) => finders.get(kind)?.(lon, lat) ?? -1,
    findAll: (lon, lat) => [...finders.values()].map((find) => find(lon, lat)).filter((i) => i >= 0),
  }
}
