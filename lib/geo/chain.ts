import type { LatticeRing } from './lattice.ts'
import type { Mesh } from './mesh.ts'
import { emptyMesh, linkEdges, vertexAt } from './mesh.ts'

/** A ring with the sign it counts with: +1 for a cell, −1 for the parent that the cells must fill. */
export interface SignedRing {
  ring: LatticeRing
  sign: 1 | -1
}

/**
 * What is left of a sum of rings after every edge has met its reverse.
 *
 * The sum of the borders of the cells equals the border of the parent exactly when every point that lies on no
 * border is in as many cells as parents: nothing left means no gap and no overlap, without any rounding.
 */
export interface Residue {
  mesh: Mesh
  /** For each ring given: whether one of its edges was left over. */
  open: boolean[]
  /** The left-over edges linked to rings of vertex numbers. */
  loops: number[][]
}

/** Adds up signed rings as a chain of directed edges and returns what does not cancel. */
export function residueOf(rings: readonly SignedRing[]): Residue {
  const mesh = emptyMesh()
  const numbered = rings.map(({ ring }) => ring.xs.map((x, i) => vertexAt(mesh, x, ring.ys[i]!)))
  const size = mesh.xs.length
  const sums = new Map<number, number>()
  const key = (u: number, v: number) => (u < v ? u * size + v : v * size + u)
  const eachEdge = (ring: readonly number[], visit: (u: number, v: number) => void) => {
    for (let i = 0; i < ring.length; i++) visit(ring[i]!, ring[(i + 1) % ring.length]!)
  }
  numbered.forEach((ring, r) => {
    const { sign } = rings[r]!
    eachEdge(ring, (u, v) => {
      const k = key(u, v)
      const sum = (sums.get(k) ?? 0) + (u < v ? sign : -sign)
      if (sum === 0) sums.delete(k)
      else sums.set(k, sum)
    })
  })
  const open = numbered.map((ring) => {
    let left = false
    eachEdge(ring, (u, v) => {
      left ||= sums.has(key(u, v))
    })
    return left
  })
  const next = new Map<number, number[]>()
  for (const [k, sum] of sums) {
    const low = Math.floor(k / size)
    const high = k % size
    const [from, to] = sum > 0 ? [low, high] : [high, low]
    const known = next.get(from) ?? []
    for (let n = 0; n < Math.abs(sum); n++) known.push(to)
    next.set(from, known)
  }
  return { mesh, open, loops: linkEdges(next) }
}
