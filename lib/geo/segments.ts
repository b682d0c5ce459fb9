import Flatbush from 'flatbush'
import { orient } from './orient.ts'

/** One edge of a polygon: ring number, number within the ring, and its two ends in degrees. */
export interface Segment {
  ring: number
  edge: number
  x1: number
  y1: number
  x2: number
  y2: number
}

/** How two edges meet: through each other, at a point of one of them, or along a stretch. */
export type Meeting = 'cross' | 'touch' | 'along'

/** Below this many edges comparing all pairs is quicker than building an index. */
const SMALL = 24

function between(a: number, b: number, c: number): boolean {
  return (a <= c && c <= b) || (b <= c && c <= a)
}

function onSegment(s: Segment, x: number, y: number): boolean {
  return between(s.x1, s.x2, x) && between(s.y1, s.y2, y)
}

/** Returns how two segments meet, exactly, or undefined when they do not. */
export function meetingOf(p: Segment, q: Segment): Meeting | undefined {
  const a = orient(p.x1, p.y1, p.x2, p.y2, q.x1, q.y1)
  const b = orient(p.x1, p.y1, p.x2, p.y2, q.x2, q.y2)
  if (a === 0 && b === 0) {
    const upright = Math.abs(p.x1 - p.x2) < Math.abs(p.y1 - p.y2)
    const [p1, p2, q1, q2] = upright ? [p.y1, p.y2, q.y1, q.y2] : [p.x1, p.x2, q.x1, q.x2]
    const low = Math.max(Math.min(p1, p2), Math.min(q1, q2))
    const high = Math.min(Math.max(p1, p2), Math.max(q1, q2))
    if (low > high) return undefined
    return low === high ? 'touch' : 'along'
  }
  if (a > 0 && b > 0) return undefined
  if (a < 0 && b < 0) return undefined
  const c = orient(q.x1, q.y1, q.x2, q.y2, p.x1, p.y1)
  const d = orient(q.x1, q.y1, q.x2, q.y2, p.x2, p.y2)
  if (a !== 0 && b !== 0 && c !== 0 && d !== 0) return c > 0 === d > 0 ? undefined : 'cross'
  const touches =
    (a === 0 && onSegment(p, q.x1, q.y1)) ||
    (b === 0 && onSegment(p, q.x2, q.y2)) ||
    (c === 0 && onSegment(q, p.x1, p.y1)) ||
    (d === 0 && onSegment(q, p.x2, p.y2))
  return touches ? 'touch' : undefined
}

/** Returns where two segments meet: their crossing, or a shared end; good enough to show on a map. */
export function meetingPoint(p: Segment, q: Segment): [number, number] {
  if (onSegment(p, q.x1, q.y1) && orient(p.x1, p.y1, p.x2, p.y2, q.x1, q.y1) === 0) return [q.x1, q.y1]
  if (onSegment(p, q.x2, q.y2) && orient(p.x1, p.y1, p.x2, p.y2, q.x2, q.y2) === 0) return [q.x2, q.y2]
  if (onSegment(q, p.x1, p.y1) && orient(q.x1, q.y1, q.x2, q.y2, p.x1, p.y1) === 0) return [p.x1, p.y1]
  const dx = p.x2 - p.x1
  const dy = p.y2 - p.y1
  const ex = q.x2 - q.x1
  const ey = q.y2 - q.y1
  const share = ((q.x1 - p.x1) * ey - (q.y1 - p.y1) * ex) / (dx * ey - dy * ex)
  return Number.isFinite(share) ? [p.x1 + share * dx, p.y1 + share * dy] : [p.x2, p.y2]
}

/** Calls `visit` once for each pair of segments whose boxes meet, earlier one first. */
export function eachNearPair(segments: readonly Segment[], visit: (p: Segment, q: Segment) => void): void {
  if (segments.length <= SMALL) {
    segments.forEach((p, i) => {
      for (let k = i + 1; k < segments.length; k++) visit(p, segments[k]!)
    })
    return
  }
  const box = (s: Segment): [number, number, number, number] => [Math.min(s.x1, s.x2), Math.min(s.y1, s.y2), Math.max(s.x1, s.x2), Math.max(s.y1, s.y2)]
  const index = new Flatbush(segments.length)
  for (const segment of segments) index.add(...box(segment))
  index.finish()
  segments.forEach((p, i) => {
    for (const k of index.search(...box(p)).sort((a, b) => a - b)) if (k > i) visit(p, segments[k]!)
  })
}
