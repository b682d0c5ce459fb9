import type { Geom } from 'polyclip-ts'
import { difference, intersection } from 'polyclip-ts'
import type { Box } from './geometry.ts'
import type { LatticeRing } from './lattice.ts'
import { crossSign } from './orient.ts'

/** A polygon or several on the lattice: outer rings counter-clockwise, holes clockwise, outer first. */
export type LatticePolygons = LatticeRing[][]

/** Whether two segments cross at a point inside both, exactly. */
function crossProperly(a: LatticeRing, i: number, b: LatticeRing, k: number): boolean {
  const j = (i + 1) % a.xs.length
  const l = (k + 1) % b.xs.length
  const side = (r: LatticeRing, p: number, q: number, s: LatticeRing, t: number) =>
    crossSign(r.xs[p]! - s.xs[t]!, r.ys[q]! - s.ys[t]!, r.ys[p]! - s.ys[t]!, r.xs[q]! - s.xs[t]!)
  const s1 = side(a, i, j, b, k)
  const s2 = side(a, i, j, b, l)
  if (s1 > 0 === s2 > 0 || s1 === 0 || s2 === 0) return false
  const s3 = side(b, k, l, a, i)
  const s4 = side(b, k, l, a, j)
  return s3 !== 0 && s4 !== 0 && s3 > 0 !== s4 > 0
}

/** Where (x, y) lies: 1 inside, 0 on a border, −1 outside; halves of steps are exact too. */
function place(polygons: LatticePolygons, x: number, y: number): -1 | 0 | 1 {
  let inside = false
  for (const { xs, ys } of polygons.flat()) {
    for (let i = 0; i < xs.length; i++) {
      const j = (i + 1) % xs.length
      const dx1 = xs[i]! - x
      const dy1 = ys[i]! - y
      const dx2 = xs[j]! - x
      const dy2 = ys[j]! - y
      if (Math.min(dy1, dy2) > 0 || Math.max(dy1, dy2) < 0) continue
      const side = crossSign(dx1, dy2, dy1, dx2)
      if (side === 0 && Math.min(dx1, dx2) <= 0 && Math.max(dx1, dx2) >= 0) return 0
      if (dy1 > 0 !== dy2 > 0 && side > 0 === dy2 > dy1) inside = !inside
    }
  }
  return inside ? 1 : -1
}

/** Whether some vertex or middle of an edge of `a` lies strictly inside `b`. */
function reachesInto(a: LatticePolygons, b: LatticePolygons): boolean {
  return a.flat().some(({ xs, ys }) =>
    xs.some((x, i) => {
      const j = (i + 1) % xs.length
      return place(b, x, ys[i]!) === 1 || place(b, (x + xs[j]!) / 2, (ys[i]! + ys[j]!) / 2) === 1
    }),
  )
}

function sameRings(a: LatticePolygons, b: LatticePolygons): boolean {
  const text = (p: LatticePolygons) =>
    p
      .flat()
      .flatMap(({ xs, ys }) => xs.map((x, i) => `${x},${ys[i]!}`))
      .sort()
      .join(' ')
  return text(a) === text(b)
}

/** Whether two areas have ground in common, decided exactly and without building the common ground. */
export function interiorsMeet(a: LatticePolygons, b: LatticePolygons): boolean {
  for (const p of a.flat()) {
    for (const q of b.flat()) {
      for (let i = 0; i < p.xs.length; i++) {
        for (let k = 0; k < q.xs.length; k++) if (crossProperly(p, i, q, k)) return true
      }
    }
  }
  return reachesInto(a, b) || reachesInto(b, a) || sameRings(a, b)
}

const asGeom = (polygons: LatticePolygons): Geom => polygons.map((rings) => rings.map(({ xs, ys }) => xs.map((x, i): [number, number] => [x, ys[i]!])))

/** Returns the common ground of two areas as rings in lattice steps, not necessarily whole ones. */
export function commonGround(a: LatticePolygons, b: LatticePolygons): [number, number][][][] {
  return intersection(asGeom(a), asGeom(b))
}

/** Returns the part of `ground` inside `window` that none of `cells` covers, as rings in lattice steps. */
export function uncovered(ground: LatticePolygons, window: Box, cells: readonly LatticePolygons[]): [number, number][][][] {
  const [west, south, east, north] = window
  const frame = [{ xs: [west, east, east, west], ys: [south, south, north, north] }]
  const inWindow = intersection(asGeom(ground), asGeom([frame]))
  return inWindow.length === 0 ? [] : difference(inWindow, ...cells.map(asGeom))
}
