import Flatbush from 'flatbush'
import type { LatticeRing } from './lattice.ts'

/** Distance in steps (about 20 cm) within which two vertices, or a vertex and an edge, are taken for the same. */
export const DEFAULT_SNAP_STEPS = 20

const MAX_PASSES = 4

/** What was moved to make neighbours share their vertices. */
export interface Woven {
  rings: LatticeRing[]
  /** Vertices moved onto a neighbouring vertex. */
  snapped: number
  /** Vertices put into an edge that they lay on. */
  inserted: number
}

/** Moves each vertex onto the first one met within `snap` steps of it. */
function snapVertices(rings: readonly LatticeRing[], snap: number): { rings: LatticeRing[]; moved: number } {
  const buckets = new Map<string, [number, number][]>()
  const size = Math.max(snap, 1)
  let moved = 0
  const representative = (x: number, y: number): [number, number] => {
    const bx = Math.floor(x / size)
    const by = Math.floor(y / size)
    let nearest: [number, number] | undefined
    let least = snap * snap
    for (let i = bx - 1; i <= bx + 1; i++) {
      for (let j = by - 1; j <= by + 1; j++) {
        for (const known of buckets.get(`${i},${j}`) ?? []) {
          const gap = (known[0] - x) ** 2 + (known[1] - y) ** 2
          if (gap < least || gap === 0) {
            least = gap
            nearest = known
          }
        }
      }
    }
    if (nearest) {
      if (least > 0) moved++
      return nearest
    }
    const made: [number, number] = [x, y]
    const key = `${bx},${by}`
    const bucket = buckets.get(key)
    if (bucket) bucket.push(made)
    else buckets.set(key, [made])
    return made
  }
  const result = rings.map(({ xs, ys }) => {
    const points = xs.map((x, i) => representative(x, ys[i]!))
    return tidy(
      points.map(([x]) => x),
      points.map(([, y]) => y),
    )
  })
  return { rings: result, moved }
}

/** Drops repeated neighbours and spikes (a, b, a) until none is left. */
function tidy(xs: readonly number[], ys: readonly number[]): LatticeRing {
  let points = xs.map((x, i): [number, number] => [x, ys[i]!])
  const same = (a: [number, number], b: [number, number]) => a[0] === b[0] && a[1] === b[1]
  for (let before = -1; before !== points.length && points.length > 2;) {
    before = points.length
    points = points.filter((point, i) => !same(point, points[(i + 1) % points.length]!))
    const spike = points.findIndex((_, i) => same(points[(i + points.length - 1) % points.length]!, points[(i + 1) % points.length]!))
    if (spike >= 0 && points.length > 2) points.splice(spike, 1)
  }
  return { xs: points.map(([x]) => x), ys: points.map(([, y]) => y) }
}

/** Puts every vertex that lies within `reach` steps of an edge, ends apart, into that edge. */
function insertVertices(rings: readonly LatticeRing[], reach: number): { rings: LatticeRing[]; inserted: number } {
  const vertices = new Map<string, [number, number]>()
  for (const { xs, ys } of rings) xs.forEach((x, i) => vertices.set(`${x},${ys[i]!}`, [x, ys[i]!]))
  const points = [...vertices.values()]
  const index = new Flatbush(Math.max(points.length, 1))
  for (const [x, y] of points) index.add(x, y)
  if (points.length === 0) index.add(0, 0)
  index.finish()
  let inserted = 0
  const result = rings.map(({ xs, ys }) => {
    const outX: number[] = []
    const outY: number[] = []
    for (let i = 0; i < xs.length; i++) {
      const j = (i + 1) % xs.length
      outX.push(xs[i]!)
      outY.push(ys[i]!)
      for (const [x, y] of onEdge(index, points, [xs[i]!, ys[i]!, xs[j]!, ys[j]!], reach)) {
        outX.push(x)
        outY.push(y)
        inserted++
      }
    }
    return tidy(outX, outY)
  })
  return { rings: result, inserted }
}

function onEdge(index: Flatbush, points: readonly [number, number][], [x1, y1, x2, y2]: [number, number, number, number], reach: number): [number, number][] {
  const dx = x2 - x1
  const dy = y2 - y1
  const length = Math.hypot(dx, dy)
  const hits = index.search(Math.min(x1, x2) - reach, Math.min(y1, y2) - reach, Math.max(x1, x2) + reach, Math.max(y1, y2) + reach)
  const found: { share: number; point: [number, number] }[] = []
  for (const hit of hits) {
    const point = points[hit]!
    const px = point[0] - x1
    const py = point[1] - y1
    const share = (px * dx + py * dy) / (length * length)
    const off = Math.abs(px * dy - py * dx) / length
    if (off <= reach && share * length > 0 && (1 - share) * length > 0) {
      if ((px !== 0 || py !== 0) && (point[0] !== x2 || point[1] !== y2)) found.push({ share, point })
    }
  }
  return found.sort((a, b) => a.share - b.share).map(({ point }) => point)
}

/**
 * Makes neighbouring rings share their vertices (接边): vertices within `snap` steps become one, and a vertex within
 * `snap` steps of an edge is put into that edge. Rings that differ by more keep their gap or overlap.
 */
export function weave(rings: readonly LatticeRing[], snap = DEFAULT_SNAP_STEPS): Woven {
  let { rings: current, moved } = snapVertices(rings, snap)
  let inserted = 0
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const next = insertVertices(current, snap)
    current = next.rings
    inserted += next.inserted
    if (next.inserted === 0) break
  }
  return { rings: current, snapped: moved, inserted }
}
