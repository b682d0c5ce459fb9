import { GeoError } from './errors.ts'
import type { Ring } from './geometry.ts'
import { closedRing } from './lattice.ts'
import { crossSign } from './orient.ts'

/** Vertex numbers stay below this, so that two of them make one exact number as key of an edge. */
const MAX_VERTICES = 2 ** 26

/**
 * Vertices on the lattice and the splits of the edges between them (拓扑网), shared by all cells of a city.
 *
 * A cut that meets an edge is rounded to the lattice and noted here under the undirected edge. Whoever uses that
 * edge, in either direction and at any level, later walks through the same vertex: cells tile by construction.
 */
export interface Mesh {
  readonly xs: number[]
  readonly ys: number[]
  readonly numbers: Map<string, number>
  readonly splits: Map<number, number>
}

/** A piece of ground as rings of vertex numbers, interior on the left; slits are walked once in each direction. */
export type Region = number[][]

/** Makes a mesh without vertices. */
export function emptyMesh(): Mesh {
  return { xs: [], ys: [], numbers: new Map(), splits: new Map() }
}

/** Returns the number of the vertex at (x, y) in lattice steps, or undefined when none is there. */
export function findVertex(mesh: Mesh, x: number, y: number): number | undefined {
  return mesh.numbers.get(`${x},${y}`)
}

/** Returns the number of the vertex at (x, y) in lattice steps, new when none was there. */
export function vertexAt(mesh: Mesh, x: number, y: number): number {
  const key = `${x},${y}`
  const known = mesh.numbers.get(key)
  if (known !== undefined) return known
  const number = mesh.xs.length
  if (number >= MAX_VERTICES) throw new GeoError('GEO_COUNT_INVALID', { vertices: number })
  mesh.xs.push(x)
  mesh.ys.push(y)
  mesh.numbers.set(key, number)
  return number
}

function edgeKey(u: number, v: number): number {
  return u < v ? u * MAX_VERTICES + v : v * MAX_VERTICES + u
}

/** Notes that the edge between u and v goes through w from now on, for every cell that has it. */
export function splitEdge(mesh: Mesh, u: number, v: number, w: number): void {
  mesh.splits.set(edgeKey(u, v), w)
}

function walkEdge(mesh: Mesh, u: number, v: number, out: number[]): void {
  const w = mesh.splits.get(edgeKey(u, v))
  if (w === undefined) {
    out.push(u)
    return
  }
  walkEdge(mesh, u, w, out)
  walkEdge(mesh, w, v, out)
}

/** Returns the ring with every split of its edges written out. */
export function expandRing(mesh: Mesh, ring: readonly number[]): number[] {
  const out: number[] = []
  for (let i = 0; i < ring.length; i++) {
    walkEdge(mesh, ring[i]!, ring[(i + 1) % ring.length]!, out)
  }
  return out
}

/** Directed edges of a region with those walked in both directions (slits, seams between parts) taken out. */
function outlineEdges(rings: readonly number[][]): Map<number, number[]> {
  const open = new Set<number>()
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i++) {
      const u = ring[i]!
      const v = ring[(i + 1) % ring.length]!
      if (!open.delete(v * MAX_VERTICES + u)) open.add(u * MAX_VERTICES + v)
    }
  }
  const next = new Map<number, number[]>()
  for (const key of open) {
    const u = Math.floor(key / MAX_VERTICES)
    const v = key % MAX_VERTICES
    const known = next.get(u)
    if (known) known.push(v)
    else next.set(u, [v])
  }
  return next
}

/** Links directed edges to rings that visit no vertex twice, closing a ring whenever the walk meets itself. */
export function linkEdges(next: Map<number, number[]>): number[][] {
  const rings: number[][] = []
  for (const start of next.keys()) {
    const path: number[] = []
    const depth = new Map<number, number>()
    let at: number | undefined = start
    while (at !== undefined) {
      const seen = depth.get(at)
      if (seen === undefined) {
        depth.set(at, path.length)
        path.push(at)
      } else {
        const loop = path.splice(seen + 1)
        for (const vertex of loop) depth.delete(vertex)
        rings.push([at, ...loop])
      }
      at = next.get(at)?.pop()
    }
  }
  return rings
}

/** Twice the signed area of a ring of vertex numbers, in square steps. */
export function meshArea(mesh: Mesh, ring: readonly number[]): number {
  const { xs, ys } = mesh
  const x0 = xs[ring[0]!]!
  const y0 = ys[ring[0]!]!
  let sum = 0
  for (let i = 1; i + 1 < ring.length; i++) {
    const u = ring[i]!
    const v = ring[i + 1]!
    sum += (xs[u]! - x0) * (ys[v]! - y0) - (xs[v]! - x0) * (ys[u]! - y0)
  }
  return sum
}

/** Whether the ring winds round the vertex, the vertex not being on it. */
function encloses(mesh: Mesh, ring: readonly number[], vertex: number): boolean {
  const { xs, ys } = mesh
  const x = xs[vertex]!
  const y = ys[vertex]!
  let inside = false
  for (let i = 0; i < ring.length; i++) {
    const u = ring[i]!
    const v = ring[(i + 1) % ring.length]!
    if (ys[u]! > y !== ys[v]! > y) {
      const side = crossSign(xs[u]! - x, ys[v]! - y, ys[u]! - y, xs[v]! - x)
      if (side > 0 === ys[v]! > ys[u]!) inside = !inside
    }
  }
  return inside
}

/** Returns the polygons of a region as rings of vertex numbers, outer ring first, all splits written out. */
export function regionPolygons(mesh: Mesh, region: Region): number[][][] {
  const rings = linkEdges(outlineEdges(region.map((ring) => expandRing(mesh, ring))))
  const outers = rings.filter((ring) => meshArea(mesh, ring) > 0)
  const polygons = outers.map((outer) => [outer])
  for (const hole of rings) {
    if (meshArea(mesh, hole) >= 0) continue
    const probe = (outer: number[]) => hole.find((vertex) => !outer.includes(vertex))
    const owner = polygons
      .filter(([outer]) => {
        const vertex = probe(outer!)
        return vertex !== undefined && encloses(mesh, outer!, vertex)
      })
      .sort(([a], [b]) => meshArea(mesh, a!) - meshArea(mesh, b!))[0]
    owner?.push(hole)
  }
  return polygons
}

/** Returns the polygons of a region as closed GeoJSON rings in degrees. */
export function regionRings(mesh: Mesh, region: Region): Ring[][] {
  return regionPolygons(mesh, region).map((rings) =>
    rings.map((ring) =>
      closedRing(
        ring.map((vertex) => mesh.xs[vertex]!),
        ring.map((vertex) => mesh.ys[vertex]!),
      ),
    ),
  )
}
