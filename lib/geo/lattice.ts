import type { Areal, Position, Ring } from './geometry.ts'
import { polygonsOf } from './geometry.ts'

/** Steps per degree: one step is about 1.1 cm of latitude, finer than any survey this program receives. */
export const STEPS_PER_DEGREE = 10_000_000

/** Rounds degrees to whole lattice steps. */
export function toSteps(degrees: number): number {
  return Math.round(degrees * STEPS_PER_DEGREE)
}

/** Returns the double nearest to a lattice coordinate, so that equal steps always give equal degrees. */
export function toDegrees(steps: number): number {
  return steps / STEPS_PER_DEGREE
}

/** An open ring on the lattice: vertex i is (xs[i], ys[i]) in steps, no vertex repeated at the end. */
export interface LatticeRing {
  xs: number[]
  ys: number[]
}

/** Twice the signed area in square steps, relative to the first vertex; positive when counter-clockwise. */
export function doubleArea(ring: LatticeRing): number {
  const { xs, ys } = ring
  const x0 = xs[0] ?? 0
  const y0 = ys[0] ?? 0
  let sum = 0
  for (let i = 1; i + 1 < xs.length; i++) {
    sum += (xs[i]! - x0) * (ys[i + 1]! - y0) - (xs[i + 1]! - x0) * (ys[i]! - y0)
  }
  return sum
}

/** Puts a GeoJSON ring on the lattice: open, without repeated neighbours, turned counter-clockwise or (holes) clockwise. */
export function latticeRing(ring: Ring, counterClockwise: boolean): LatticeRing {
  const xs: number[] = []
  const ys: number[] = []
  for (const position of ring) {
    const x = toSteps(position[0] ?? Number.NaN)
    const y = toSteps(position[1] ?? Number.NaN)
    const last = xs.length - 1
    if (last >= 0 && xs[last] === x && ys[last] === y) continue
    xs.push(x)
    ys.push(y)
  }
  while (xs.length > 1 && xs[0] === xs.at(-1) && ys[0] === ys.at(-1)) {
    xs.pop()
    ys.pop()
  }
  const result = { xs, ys }
  if (doubleArea(result) > 0 !== counterClockwise) {
    xs.reverse()
    ys.reverse()
  }
  return result
}

/** Puts every polygon of a geometry on the lattice, outer ring counter-clockwise first, then its holes clockwise. */
export function latticePolygons(geometry: Areal): LatticeRing[][] {
  return polygonsOf(geometry).map((rings) => rings.map((ring, i) => latticeRing(ring, i === 0)))
}

/** Writes lattice vertices as a closed GeoJSON ring in degrees. */
export function closedRing(xs: readonly number[], ys: readonly number[]): Ring {
  const ring: Ring = xs.map((x, i): Position => [toDegrees(x), toDegrees(ys[i]!)])
  const [first] = ring
  if (first) ring.push([...first])
  return ring
}
