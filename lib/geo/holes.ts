import { GeoError } from './errors.ts'
import type { Mesh } from './mesh.ts'
import { expandRing, splitEdge, vertexAt } from './mesh.ts'

interface Hit {
  edge: number
  x: number
}

/** Nearest edge of `ring` met by the ray that leaves (x, y) westward; edges through the ray's end count half-open. */
function hitWest(mesh: Mesh, ring: readonly number[], x: number, y: number): Hit | undefined {
  let best: Hit | undefined
  for (let i = 0; i < ring.length; i++) {
    const u = ring[i]!
    const v = ring[(i + 1) % ring.length]!
    const yu = mesh.ys[u]!
    const yv = mesh.ys[v]!
    // West of a hole lies ground, so the boundary met there runs downward with the ground on its left.
    if (!(yu > y && yv <= y)) continue
    const share = (y - yu) / (yv - yu)
    const at = Math.round(mesh.xs[u]! + share * (mesh.xs[v]! - mesh.xs[u]!))
    if (at < x && (!best || at > best.x)) best = { edge: i, x: at }
  }
  return best
}

/**
 * Joins a polygon's holes to its outer ring by slits, so that one ring walks all of its border.
 *
 * Each hole, west to east, is joined from its westernmost vertex straight west to the ring; where the slit meets an
 * edge the edge is split for every cell that shares it.
 */
export function openHoles(mesh: Mesh, rings: readonly number[][]): number[] {
  let [outer = []] = rings
  outer = expandRing(mesh, outer)
  const west = (ring: readonly number[]) =>
    ring.reduce((a, b) => {
      const order = mesh.xs[b]! - mesh.xs[a]! || mesh.ys[b]! - mesh.ys[a]!
      return order < 0 ? b : a
    })
  const holes = rings.slice(1).map((ring) => expandRing(mesh, ring))
  holes.sort((a, b) => mesh.xs[west(a)]! - mesh.xs[west(b)]!)
  for (const hole of holes) {
    const end = west(hole)
    const shared = outer.indexOf(end)
    const start = hole.indexOf(end)
    const round = [...hole.slice(start), ...hole.slice(0, start)]
    if (shared >= 0) {
      outer = [...outer.slice(0, shared), ...round, ...outer.slice(shared)]
      continue
    }
    const y = mesh.ys[end]!
    const hit = hitWest(mesh, outer, mesh.xs[end]!, y)
    if (!hit) throw new GeoError('GEO_DIVIDE_TOO_SMALL', { holes: holes.length })
    const u = outer[hit.edge]!
    const v = outer[(hit.edge + 1) % outer.length]!
    const w = vertexAt(mesh, hit.x, y)
    if (w !== u && w !== v) splitEdge(mesh, u, v, w)
    const before = outer.slice(0, hit.edge + 1)
    const after = outer.slice(hit.edge + 1)
    if (w === v) outer = [...before, w, ...round, end, ...after]
    else outer = [...before, w, ...round, end, w, ...after]
  }
  return outer
}
