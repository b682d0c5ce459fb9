import { boxOf } from './area.ts'
import { polygonsOf } from './geometry.ts'
import type { LookupUnit } from './lookup.ts'

/** Doubles of a city's size are whole multiples of 2^−60 degrees. */
const SCALE = 2 ** 60
const NEAR = 1e-9

/** A random source for tests: mulberry32, numbers in [0, 1). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const big = (degrees: number) => BigInt(degrees * SCALE)

/** Closed containment in whole numbers of any size: slow, and without a rounding step anywhere. */
function containsExactly({ geometry }: LookupUnit, lon: number, lat: number): boolean {
  const x = big(lon)
  const y = big(lat)
  let inside = false
  for (const ring of polygonsOf(geometry).flat()) {
    for (let i = 0; i + 1 < ring.length; i++) {
      const [x1, y1] = [big(ring[i]![0]!) - x, big(ring[i]![1]!) - y]
      const [x2, y2] = [big(ring[i + 1]![0]!) - x, big(ring[i + 1]![1]!) - y]
      const cross = x1 * y2 - y1 * x2
      if (cross === 0n && x1 * x2 <= 0n && y1 * y2 <= 0n) return true
      if (y1 > 0n !== y2 > 0n && cross > 0n === y2 > y1) inside = !inside
    }
  }
  return inside
}

function isNear({ geometry }: LookupUnit, lon: number, lat: number): boolean {
  return polygonsOf(geometry)
    .flat()
    .some((ring) =>
      ring.slice(1).some(([x2 = 0, y2 = 0], i) => {
        const [x1 = 0, y1 = 0] = ring[i]!
        const length = Math.hypot(x2 - x1, y2 - y1)
        const along = ((lon - x1) * (x2 - x1) + (lat - y1) * (y2 - y1)) / length
        const t = Math.min(1, Math.max(0, along / length))
        return Math.hypot(lon - x1 - t * (x2 - x1), lat - y1 - t * (y2 - y1)) <= NEAR
      }),
    )
}

/** The same question answered by scanning every unit of one kind: what `buildLookup` must agree with. */
export function bruteForce(units: readonly LookupUnit[]): (lon: number, lat: number) => number {
  const boxes = Float64Array.from(units.flatMap(({ geometry }) => boxOf(geometry)))
  const scan = (lon: number, lat: number, slack: number, holds: typeof isNear) => {
    let best = -1
    for (let i = 0; i < units.length; i++) {
      if (lon < boxes[4 * i]! - slack || lon > boxes[4 * i + 2]! + slack) continue
      if (lat < boxes[4 * i + 1]! - slack || lat > boxes[4 * i + 3]! + slack) continue
      if (best >= 0 && units[best]!.id < units[i]!.id) continue
      if (holds(units[i]!, lon, lat)) best = i
    }
    return best
  }
  return (lon, lat) => {
    const within = scan(lon, lat, 0, containsExactly)
    return within >= 0 ? within : scan(lon, lat, NEAR, isNear)
  }
}

/** Random positions over the units' extent, and vertices, middles and other points of borders, by turns. */
export function samplePoints(units: readonly LookupUnit[], count: number, random: () => number): [number, number][] {
  const boxes = units.map(({ geometry }) => boxOf(geometry))
  const west = Math.min(...boxes.map((box) => box[0]))
  const south = Math.min(...boxes.map((box) => box[1]))
  const east = Math.max(...boxes.map((box) => box[2]))
  const north = Math.max(...boxes.map((box) => box[3]))
  return Array.from({ length: count }, (_, i): [number, number] => {
    if (i % 2 === 0) return [west + random() * (east - west), south + random() * (north - south)]
    const rings = polygonsOf(units[Math.floor(random() * units.length)]!.geometry).flat()
    const ring = rings[Math.floor(random() * rings.length)]!
    const at = Math.floor(random() * (ring.length - 1))
    const [x1 = 0, y1 = 0] = ring[at]!
    const [x2 = 0, y2 = 0] = ring[at + 1]!
    const share = [0, 0.5, random()][((i - 1) / 2) % 3]!
    return [x1 + share * (x2 - x1), y1 + share * (y2 - y1)]
  })
}
