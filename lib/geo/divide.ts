import { apportion } from './apportion.ts'
import type { Chord } from './chord.ts'
import { bestChord } from './chord.ts'
import { GeoError } from './errors.ts'
import { toDegrees } from './lattice.ts'
import type { Mesh, Region } from './mesh.ts'
import { expandRing, meshArea, splitEdge, vertexAt } from './mesh.ts'

/** A part with less than this share of the lightest weight's ground is no cell of its own but joins the nearest. */
const OWN_CELL_SHARE = 0.5

function cut(mesh: Mesh, ring: readonly number[], chord: Chord): [number[], number[]] {
  const next = (i: number) => ring[(i + 1) % ring.length]!
  const a = vertexAt(mesh, chord.from.x, chord.from.y)
  const b = vertexAt(mesh, chord.to.x, chord.to.y)
  splitEdge(mesh, ring[chord.first]!, next(chord.first), a)
  splitEdge(mesh, ring[chord.second]!, next(chord.second), b)
  const after = [a, ...ring.slice(chord.first + 1, chord.second + 1), b]
  const rest = [b, ...ring.slice(chord.second + 1), ...ring.slice(0, chord.first + 1), a]
  return [after, rest]
}

function divideRing(mesh: Mesh, ring: readonly number[], weights: readonly number[]): Region[] {
  if (weights.length === 1) return [[[...ring]]]
  const expanded = expandRing(mesh, ring)
  const chord = bestChord(mesh, expanded, weights)
  if (!chord) throw new GeoError('GEO_DIVIDE_TOO_SMALL', { cells: weights.length })
  const [after, rest] = cut(mesh, expanded, chord)
  return [...divideRing(mesh, after, weights.slice(0, chord.take)), ...divideRing(mesh, rest, weights.slice(chord.take))]
}

/** Square of the smallest distance between vertices of two pieces, longitude shortened by cos φ. */
function distance(mesh: Mesh, a: Region, b: Region, squeeze: number): number {
  let best = Infinity
  for (const u of a.flat()) {
    for (const v of b.flat()) {
      const dx = (mesh.xs[u]! - mesh.xs[v]!) * squeeze
      const dy = mesh.ys[u]! - mesh.ys[v]!
      best = Math.min(best, dx * dx + dy * dy)
    }
  }
  return best
}

function joinNearest(mesh: Mesh, cells: Region[], part: number[]): void {
  const squeeze = Math.cos((toDegrees(mesh.ys[part[0]!]!) * Math.PI) / 180)
  let nearest: Region | undefined
  let least = Infinity
  for (const cell of cells) {
    const gap = distance(mesh, cell, [part], squeeze)
    if (gap < least) {
      least = gap
      nearest = cell
    }
  }
  nearest?.push(part)
}

/** Groups parts that are each too small for a cell into `count` cells, halving the list along its longer axis. */
function groupParts(mesh: Mesh, parts: readonly number[][], count: number): Region[] {
  if (count === 1) return [[...parts]]
  const centres = parts.map((ring) => ({ ring, x: mesh.xs[ring[0]!]!, y: mesh.ys[ring[0]!]! }))
  const xs = centres.map(({ x }) => x)
  const ys = centres.map(({ y }) => y)
  const wide = Math.max(...xs) - Math.min(...xs) >= Math.max(...ys) - Math.min(...ys)
  const sorted = centres.sort((a, b) => (wide ? a.x - b.x || a.y - b.y : a.y - b.y || a.x - b.x)).map(({ ring }) => ring)
  const lower = count >> 1
  const ground = sorted.reduce((sum, ring) => sum + meshArea(mesh, ring), 0)
  let end = 0
  for (let sum = 0; end < sorted.length - (count - lower); end++) {
    sum += meshArea(mesh, sorted[end]!) / 2
    if (end >= lower && sum > (ground * lower) / count) break
    sum += meshArea(mesh, sorted[end]!) / 2
  }
  return [...groupParts(mesh, sorted.slice(0, end), lower), ...groupParts(mesh, sorted.slice(end), count - lower)]
}

/**
 * Divides ground of several parts: large ones get cells of their own; small ones share cells among themselves where
 * together they make up cells, and otherwise join the nearest.
 */
function divideParts(mesh: Mesh, region: Region, weights: readonly number[]): Region[] {
  const area = (ring: number[]) => meshArea(mesh, ring)
  const byArea = [...region].sort((a, b) => area(b) - area(a))
  const ground = byArea.reduce((sum, ring) => sum + area(ring), 0)
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const threshold = (OWN_CELL_SHARE * Math.min(...weights) * ground) / all
  const main = byArea.filter((ring, i) => i === 0 || (i < weights.length && area(ring) >= threshold))
  const small = byArea.slice(main.length)
  const smallGround = small.reduce((sum, ring) => sum + area(ring), 0)
  const wanted = Math.round((weights.length * smallGround) / ground)
  const grouped = Math.min(wanted, weights.length - main.length, small.length)
  const counts = apportion(weights.length - grouped, main.map(area), 1)
  const cells: Region[] = []
  let taken = 0
  main.forEach((ring, i) => {
    const end = taken + counts[i]!
    cells.push(...divideRing(mesh, ring, weights.slice(taken, end)))
    taken = end
  })
  if (grouped > 0) return [...cells, ...groupParts(mesh, small, grouped)]
  for (const part of small) joinNearest(mesh, cells, part)
  return cells
}

/**
 * Divides a region into one cell per weight, cell i having the i-th share of its area (划分), seamlessly.
 *
 * Recursive bisection along meridians and parallels; every cell of a one-part region is one simple polygon. The mesh
 * remembers each point on a shared edge, so that neighbours divided before or later join without gap or overlap.
 * Refuses weights that are not positive (GEO_COUNT_INVALID) and ground too small to cut (GEO_DIVIDE_TOO_SMALL).
 */
export function divideRegion(mesh: Mesh, region: Region, weights: readonly number[]): Region[] {
  if (weights.length === 0 || !weights.every((weight) => weight > 0 && Number.isFinite(weight))) {
    throw new GeoError('GEO_COUNT_INVALID', { cells: weights.length })
  }
  if (weights.length === 1) return [region]
  const [only] = region
  return only && region.length === 1 ? divideRing(mesh, only, weights) : divideParts(mesh, region, weights)
}

/** Divides a region into `count` cells of equal area; see `divideRegion`. */
export function divideEqually(mesh: Mesh, region: Region, count: number): Region[] {
  if (!Number.isInteger(count) || count < 1) throw new GeoError('GEO_COUNT_INVALID', { count })
  return divideRegion(
    mesh,
    region,
    Array.from({ length: count }, () => 1),
  )
}
