import Flatbush from 'flatbush'
import { areaM2, pointInside } from './area.ts'
import type { Residue } from './chain.ts'
import { residueOf } from './chain.ts'
import type { Areal, Box, Position } from './geometry.ts'
import { latticePolygons, STEPS_PER_DEGREE } from './lattice.ts'
import { meshArea } from './mesh.ts'
import type { LatticePolygons } from './overlap.ts'
import { commonGround, interiorsMeet, uncovered } from './overlap.ts'
import { weave } from './weave.ts'

/** Ground of the parent that no cell covers: its area and a point inside it. */
export interface Gap {
  areaM2: number
  point: Position
}

/** Ground that two cells both cover. */
export interface Overlap {
  ids: [string, string]
  areaM2: number
  point: Position
}

/** How cells fill their parent (覆盖检查). */
export interface Coverage {
  /** True when every edge met its reverse: proof that there is neither gap nor overlap. Never without a parent. */
  exact: boolean
  gaps: Gap[]
  overlaps: Overlap[]
}

export interface CoverageCell {
  id: string
  geometry: Areal
}

function boxOfPolygons(polygons: LatticePolygons): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { xs, ys } of polygons.flat()) {
    for (let i = 0; i < xs.length; i++) {
      box[0] = Math.min(box[0], xs[i]!)
      box[1] = Math.min(box[1], ys[i]!)
      box[2] = Math.max(box[2], xs[i]!)
      box[3] = Math.max(box[3], ys[i]!)
    }
  }
  return box
}

/** Measures clipped pieces, leaving out those thinner than `reach` steps, which are rounding. */
function measure(pieces: [number, number][][][], reach: number): Gap[] {
  return pieces.flatMap((rings): Gap[] => {
    const [outer = []] = rings
    let twice = 0
    let round = 0
    for (let i = 0; i + 1 < outer.length; i++) {
      const [x0, y0] = outer[0]!
      const [x1, y1] = outer[i]!
      const [x2, y2] = outer[i + 1]!
      twice += (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
      round += Math.hypot(x2 - x1, y2 - y1)
    }
    if (Math.abs(twice) <= Math.max(reach, 0.5) * round) return []
    const degrees = rings.map((ring) => ring.map(([x, y]): Position => [x / STEPS_PER_DEGREE, y / STEPS_PER_DEGREE]))
    const geometry: Areal = { type: 'Polygon', coordinates: degrees }
    return [{ areaM2: areaM2(geometry), point: pointInside(geometry) }]
  })
}

function treeOf(boxes: readonly Box[]): Flatbush {
  const tree = new Flatbush(Math.max(boxes.length, 1))
  for (const box of boxes) tree.add(...box)
  if (boxes.length === 0) tree.add(0, 0)
  tree.finish()
  return tree
}

function overlapsOf(
  cells: readonly CoverageCell[],
  grounds: readonly LatticePolygons[],
  boxes: readonly Box[],
  tree: Flatbush,
  open: readonly boolean[],
  reach: number,
): Overlap[] {
  const overlaps: Overlap[] = []
  grounds.forEach((ground, i) => {
    if (!open[i]) return
    for (const k of tree.search(...boxes[i]!).sort((a, b) => a - b)) {
      // A pair of open cells is met twice: once is enough.
      if (k === i || (open[k] && k < i) || k >= grounds.length) continue
      if (!interiorsMeet(ground, grounds[k]!)) continue
      const ids: [string, string] = [cells[Math.min(i, k)]!.id, cells[Math.max(i, k)]!.id]
      const pieces = measure(commonGround(ground, grounds[k]!), reach)
      const [largest] = pieces.sort((a, b) => b.areaM2 - a.areaM2)
      const sum = pieces.reduce((total, piece) => total + piece.areaM2, 0)
      if (largest) overlaps.push({ ids, areaM2: sum, point: largest.point })
    }
  })
  return overlaps
}

/** Boxes round the left-over loops, those that meet made one. */
function windowsOf({ mesh, loops }: Residue): Box[] {
  let windows = loops.map((loop) => boxOfPolygons([[{ xs: loop.map((v) => mesh.xs[v]!), ys: loop.map((v) => mesh.ys[v]!) }]]))
  for (let before = -1; before !== windows.length;) {
    before = windows.length
    const merged: Box[] = []
    for (const box of windows) {
      const met = merged.find((other) => box[0] <= other[2] && other[0] <= box[2] && box[1] <= other[3] && other[1] <= box[3])
      if (!met) {
        merged.push(box)
        continue
      }
      met[0] = Math.min(met[0], box[0])
      met[1] = Math.min(met[1], box[1])
      met[2] = Math.max(met[2], box[2])
      met[3] = Math.max(met[3], box[3])
    }
    windows = merged
  }
  return windows
}

/** Holes in the union of cells that have no parent: left-over loops that run clockwise. */
function holesOf({ mesh, loops }: Residue, reach: number): Gap[] {
  const holes = loops.filter((loop) => meshArea(mesh, loop) < 0)
  const rings = holes.map((loop) => {
    const ring = loop.map((v): [number, number] => [mesh.xs[v]!, mesh.ys[v]!]).reverse()
    return [[...ring, ring[0]!]]
  })
  return measure(rings, reach)
}

/**
 * Reports where cells leave a gap in their parent or cover the same ground twice.
 *
 * Exact on the lattice for valid cells: edges must meet their reverse (see `residueOf`), so a clean city of 22,000
 * cells costs one pass; only where edges are left over is ground clipped and measured. A vertex within `reach` steps
 * (default one, 1.1 cm) of a left-over edge counts as on it. Without a parent only holes between cells are gaps.
 */
export function reportCoverage(parent: Areal | null, cells: readonly CoverageCell[], reach = 1): Coverage {
  const grounds = cells.map(({ geometry }) => latticePolygons(geometry))
  const parentGround = parent ? latticePolygons(parent) : []
  const rings = [...grounds, parentGround].map((ground) => ground.flat())
  const owner = rings.flatMap((ground, i) => ground.map(() => i))
  const sign = (i: number): 1 | -1 => (i === grounds.length ? -1 : 1)
  const flat = rings.flat()
  let residue = residueOf(flat.map((ring, r) => ({ ring, sign: sign(owner[r]!) })))
  if (residue.loops.length === 0) return { exact: true, gaps: [], overlaps: [] }
  const closed = residue
  const loose = weave(
    flat.filter((_, r) => closed.open[r]),
    reach,
  ).rings
  let taken = 0
  const woven = flat.map((ring, r) => (closed.open[r] ? loose[taken++]! : ring))
  residue = residueOf(woven.map((ring, r) => ({ ring, sign: sign(owner[r]!) })))
  if (residue.loops.length === 0) return { exact: true, gaps: [], overlaps: [] }

  const open = grounds.map(() => false)
  residue.open.forEach((left, r) => {
    if (left && owner[r]! < open.length) open[owner[r]!] = true
  })
  const boxes = grounds.map(boxOfPolygons)
  const tree = treeOf(boxes)
  const overlaps = overlapsOf(cells, grounds, boxes, tree, open, reach)
  const gaps = parent
    ? windowsOf(residue).flatMap((window) => {
        const near = tree.search(...window).filter((i) => i < grounds.length)
        return measure(
          uncovered(
            parentGround,
            window,
            near.map((i) => grounds[i]!),
          ),
          reach,
        )
      })
    : holesOf(residue, reach)
  return { exact: false, gaps, overlaps }
}
