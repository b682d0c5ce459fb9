import { equalAreaHeight } from './area.ts'
import { leavesClear } from './chord-clear.ts'
import { STEPS_PER_DEGREE, toDegrees } from './lattice.ts'
import type { Mesh } from './mesh.ts'
import { findVertex } from './mesh.ts'

/** How much one unit of unfairness weighs against one unit of chord length over the root of the smaller area. */
const UNFAIRNESS_WEIGHT = 20

/** A chord shorter than this many steps would round to nothing. */
const MIN_CHORD_STEPS = 4

const BISECTIONS = 40

/** A cut keeps this many steps (about 50 cm) from the corners before and after it, where there is room. */
const MARGIN_STEPS = 50

/** Steps of latitude per unit of sin φ, but for the factor cos φ that longitude has lost. */
const STEPS_PER_UNIT_HEIGHT = (180 / Math.PI) * STEPS_PER_DEGREE

/** A straight cut along an axis through a ring: it leaves edges `first` and `second` (first < second) at two points. */
export interface Chord {
  first: number
  second: number
  /** Lattice points on those edges. */
  from: { x: number; y: number }
  to: { x: number; y: number }
  /** How many of the weights go to the side that starts after edge `first`. */
  take: number
}

/** A ring in equal-area coordinates: x in steps, h = sin φ above the first vertex; x × h is in square steps of latitude. */
interface Shape {
  xs: number[]
  ys: number[]
  hs: number[]
  /** terms[i] = area under the edges before vertex i. */
  terms: number[]
  total: number
  /** cos φ: length on the ground of a step of longitude, in steps of latitude. */
  squeeze: number
}

interface Crossing {
  edge: number
  at: number
  entering: boolean
}

/** A chord with its score: the lower, the better. */
interface Candidate {
  score: number
  chord: Chord
}

function shapeOf(mesh: Mesh, ring: readonly number[]): Shape {
  const xs = ring.map((vertex) => mesh.xs[vertex]!)
  const ys = ring.map((vertex) => mesh.ys[vertex]!)
  const base = equalAreaHeight(toDegrees(ys[0]!))
  const hs = ys.map((y) => (equalAreaHeight(toDegrees(y)) - base) * STEPS_PER_UNIT_HEIGHT)
  const terms = [0]
  for (let i = 0; i < ring.length; i++) {
    const j = (i + 1) % ring.length
    terms.push(terms[i]! + trapezoid(xs[i]! - xs[0]!, hs[i]!, xs[j]! - xs[0]!, hs[j]!))
  }
  const squeeze = Math.cos((toDegrees(ys[0]!) * Math.PI) / 180)
  return { xs, ys, hs, terms, total: terms[ring.length]!, squeeze }
}

function trapezoid(x1: number, h1: number, x2: number, h2: number): number {
  return ((x1 - x2) * (h1 + h2)) / 2
}

/** Where edge `i` meets the line at `c`: share of the way along it. */
function shareAlong(along: readonly number[], i: number, c: number): number {
  const u = along[i]!
  const v = along[(i + 1) % along.length]!
  return (c - u) / (v - u)
}

/** Share of the ring's area on the side that follows edge `first`, when cut at `c` through `first` and `second`. */
function shareAfter(shape: Shape, along: readonly number[], first: number, second: number, c: number): number {
  const { xs, hs, terms } = shape
  const n = xs.length
  const x0 = xs[0]!
  const s = shareAlong(along, first, c)
  const t = shareAlong(along, second, c)
  const first1 = (first + 1) % n
  const second1 = (second + 1) % n
  const ax = xs[first]! + s * (xs[first1]! - xs[first]!) - x0
  const ah = hs[first]! + s * (hs[first1]! - hs[first]!)
  const bx = xs[second]! + t * (xs[second1]! - xs[second]!) - x0
  const bh = hs[second]! + t * (hs[second1]! - hs[second]!)
  const area =
    trapezoid(ax, ah, xs[first1]! - x0, hs[first1]!) +
    (terms[second]! - terms[first + 1]!) +
    trapezoid(xs[second]! - x0, hs[second]!, bx, bh) +
    trapezoid(bx, bh, ax, ah)
  return area / shape.total
}

/** The share among `prefix` (ascending, 0 … 1) nearest to `wanted`, as its index between 1 and length − 2. */
function nearestPrefix(prefix: readonly number[], wanted: number): number {
  let low = 1
  let high = prefix.length - 2
  while (low < high) {
    const middle = (low + high) >> 1
    if (prefix[middle]! < wanted) low = middle + 1
    else high = middle
  }
  const below = low - 1
  return below >= 1 && wanted - prefix[below]! < prefix[low]! - wanted ? below : low
}

/**
 * Whole step between `low` and `high` at which the share comes nearest to `target`, away from both ends where there is
 * room: a cut a step beside a corner would leave a needle.
 */
function solve(share: (c: number) => number, low: number, high: number, target: number): number {
  const rising = share(high) >= share(low)
  const margin = Math.max(1, Math.min(MARGIN_STEPS, Math.floor((high - low) / 3)))
  let a = low + margin
  let b = high - margin
  for (let i = 0; i < BISECTIONS && b - a > 0.5; i++) {
    const middle = (a + b) / 2
    if (share(middle) < target === rising) a = middle
    else b = middle
  }
  return Math.min(high - margin, Math.max(low + margin, Math.round((a + b) / 2)))
}

function sameEdge(ring: readonly number[], i: number, j: number): boolean {
  const n = ring.length
  return ring[i] === ring[(j + 1) % n] && ring[j] === ring[(i + 1) % n]
}

/** Crossings of the active edges with the line at `c`, in order along it; of a slit's two sides the leaving one first. */
function crossingsAt(active: readonly number[], along: readonly number[], across: readonly number[], upright: boolean, c: number): Crossing[] {
  const n = along.length
  const crossings = active.map((edge): Crossing => {
    const next = (edge + 1) % n
    const share = shareAlong(along, edge, c)
    return {
      edge,
      at: across[edge]! + share * (across[next]! - across[edge]!),
      entering: Number(along[next]) > Number(along[edge]) === upright,
    }
  })
  return crossings.sort((p, q) => p.at - q.at || Number(p.entering) - Number(q.entering))
}

/** Whether a crossing keeps its distance from the next one outside the chord, so that rounding cannot swap them. */
function keepsClear(ring: readonly number[], a: Crossing | undefined, b: Crossing | undefined): boolean {
  return !a || !b || Math.abs(a.at - b.at) >= MIN_CHORD_STEPS || sameEdge(ring, a.edge, b.edge)
}

/** The best chord of each stretch between neighbouring corners, along meridians (`upright`) or parallels. */
function candidatesAlong(ring: readonly number[], shape: Shape, prefix: readonly number[], upright: boolean): Candidate[] {
  const along = upright ? shape.xs : shape.ys
  const across = upright ? shape.ys : shape.xs
  const scale = upright ? 1 : shape.squeeze
  const n = ring.length
  const low = (edge: number) => Math.min(along[edge]!, along[(edge + 1) % n]!)
  const high = (edge: number) => Math.max(along[edge]!, along[(edge + 1) % n]!)
  const byLow = along.map((_, edge) => edge).sort((a, b) => low(a) - low(b) || a - b)
  const stops = [...new Set(along)].sort((a, b) => a - b)
  const candidates: Candidate[] = []
  let active: number[] = []
  let waiting = 0

  for (let s = 0; s + 1 < stops.length; s++) {
    const from = stops[s]!
    const to = stops[s + 1]!
    active = active.filter((edge) => high(edge) > from)
    while (waiting < n && low(byLow[waiting]!) <= from) {
      const edge = byLow[waiting++]!
      if (high(edge) > from) active.push(edge)
    }
    if (to - from < 2) continue
    const crossings = crossingsAt(active, along, across, upright, (from + to) / 2)
    for (let k = 0; k + 1 < crossings.length; k++) {
      const enter = crossings[k]!
      const leave = crossings[k + 1]!
      if (!enter.entering || leave.entering || leave.at - enter.at < MIN_CHORD_STEPS) continue
      const first = Math.min(enter.edge, leave.edge)
      const second = Math.max(enter.edge, leave.edge)
      const share = (c: number) => shareAfter(shape, along, first, second, c)
      const ends = [share(from), share(to)]
      const least = Math.min(...ends)
      const most = Math.max(...ends)
      const take = nearestPrefix(prefix, Math.min(most, Math.max(least, 0.5)))
      const target = prefix[take]!
      const c = solve(share, from, to, target)
      const got = share(c)
      const unfairness = Math.max(Math.abs(got / target - 1), Math.abs((1 - got) / (1 - target) - 1))
      const at = (edge: number) => {
        const next = (edge + 1) % n
        const t = shareAlong(along, edge, c)
        return Math.round(across[edge]! + t * (across[next]! - across[edge]!))
      }
      const length = Math.abs(at(enter.edge) - at(leave.edge)) * scale
      const smaller = Math.min(got, 1 - got) * shape.total
      if (!(smaller > 0)) continue
      const score = length / Math.sqrt(smaller) + UNFAIRNESS_WEIGHT * unfairness
      if (length < MIN_CHORD_STEPS) continue
      if (!keepsClear(ring, crossings[k - 1], enter) || !keepsClear(ring, leave, crossings[k + 2])) continue
      const point = (edge: number) => (upright ? { x: c, y: at(edge) } : { x: at(edge), y: c })
      const chord = { first, second, from: point(first), to: point(second), take }
      candidates.push({ score, chord })
    }
  }
  return candidates
}

/**
 * Finds the cut along a meridian or parallel that best divides a ring (expanded, interior on the left) so that a
 * prefix of `weights` lies on one side: fair first, then short against the smaller side; undefined when it is too small.
 */
export function bestChord(mesh: Mesh, ring: readonly number[], weights: readonly number[]): Chord | undefined {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const prefix = [0]
  for (const weight of weights) prefix.push(prefix.at(-1)! + weight / total)
  const shape = shapeOf(mesh, ring)
  const candidates = [...candidatesAlong(ring, shape, prefix, true), ...candidatesAlong(ring, shape, prefix, false)].sort((a, b) => a.score - b.score)
  const isTaken = ({ x, y }: { x: number; y: number }) => findVertex(mesh, x, y) !== undefined
  return candidates.find(({ chord: { first, second, from, to } }) => !isTaken(from) && !isTaken(to) && leavesClear(shape, first, second, from, to))?.chord
}
