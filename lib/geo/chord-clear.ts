import type { Segment } from './segments.ts'
import { meetingOf } from './segments.ts'

interface Point {
  x: number
  y: number
}

/** A ring on the lattice as the cut sees it. */
interface Outline {
  xs: readonly number[]
  ys: readonly number[]
}

function segment(a: Point, b: Point, edge: number): Segment {
  return { ring: 0, edge, x1: a.x, y1: a.y, x2: b.x, y2: b.y }
}

function boxesMeet(p: Segment, q: Segment): boolean {
  return (
    Math.max(p.x1, p.x2) >= Math.min(q.x1, q.x2) &&
    Math.max(q.x1, q.x2) >= Math.min(p.x1, p.x2) &&
    Math.max(p.y1, p.y2) >= Math.min(q.y1, q.y2) &&
    Math.max(q.y1, q.y2) >= Math.min(p.y1, p.y2)
  )
}

const endsAt = (s: Segment, x: number, y: number) => (s.x1 === x && s.y1 === y) || (s.x2 === x && s.y2 === y)

/**
 * Whether a cut rounded to the lattice leaves both sides valid: the chord meets no other edge, and the two edges that
 * it bends by up to half a step meet the rest of the ring at their old ends only.
 */
export function leavesClear(outline: Outline, first: number, second: number, from: Point, to: Point): boolean {
  const { xs, ys } = outline
  const n = xs.length
  const point = (i: number): Point => ({ x: xs[i % n]!, y: ys[i % n]! })
  const edgeAt = (i: number) => segment(point(i), point(i + 1), i)
  const cutEdges = [edgeAt(first), edgeAt(second)]
  // Each bent half with the end that it may share with its neighbours.
  const halves = [
    { half: segment(point(first), from, first), end: point(first) },
    { half: segment(from, point(first + 1), first), end: point(first + 1) },
    { half: segment(point(second), to, second), end: point(second) },
    { half: segment(to, point(second + 1), second), end: point(second + 1) },
  ]
  const chord = segment(from, to, -1)
  for (let i = 0; i < n; i++) {
    const edge = edgeAt(i)
    // A slit is walked both ways: the other way bends alike.
    const bends = (cut: Segment) => endsAt(edge, cut.x1, cut.y1) && endsAt(edge, cut.x2, cut.y2)
    if (!cutEdges.some(bends) && boxesMeet(chord, edge) && meetingOf(chord, edge)) return false
    for (const { half, end } of halves) {
      if (!boxesMeet(half, edge) || bends(half.edge === first ? cutEdges[0]! : cutEdges[1]!)) continue
      const meeting = meetingOf(half, edge)
      if (meeting && !(meeting === 'touch' && endsAt(edge, end.x, end.y))) return false
    }
  }
  return true
}
