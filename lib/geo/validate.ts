import { locate } from './area.ts'
import type { Ring } from './geometry.ts'
import type { Meeting, Segment } from './segments.ts'
import { eachNearPair, meetingOf, meetingPoint } from './segments.ts'

/** What can be wrong with a boundary. */
export type BoundaryProblemCode =
  | 'BOUNDARY_WRONG_TYPE'
  | 'BOUNDARY_EMPTY'
  | 'BOUNDARY_OUT_OF_RANGE'
  | 'BOUNDARY_SWAPPED_AXES'
  | 'BOUNDARY_TOO_FEW_POINTS'
  | 'BOUNDARY_RING_OPEN'
  | 'BOUNDARY_SELF_INTERSECTS'
  | 'BOUNDARY_HOLE_OUTSIDE'
  | 'BOUNDARY_PARTS_OVERLAP'

/** One thing wrong: where in the geometry (JSON pointer) and with what values; words belong to the screen. */
export interface BoundaryProblem {
  code: BoundaryProblemCode
  path: string
  data: Record<string, number | string | number[]>
}

/** China's extent, generously: [west, south, east, north]; here to guess at swapped axes only. */
const CHINA = [73, 3, 136, 54] as const

/** After this many crossings of one polygon the rest says nothing new. */
const MAX_CROSSINGS = 20

interface PlacedRing {
  ring: Ring
  path: string
}

function inChina(lon: number, lat: number): boolean {
  return lon >= CHINA[0] && lon <= CHINA[2] && lat >= CHINA[1] && lat <= CHINA[3]
}

function isPosition(value: unknown): value is number[] {
  return Array.isArray(value) && value.length >= 2 && value.every((n) => typeof n === 'number' && Number.isFinite(n))
}

/** Checks one ring by itself and returns whether its edges are worth comparing. */
function checkRing(value: unknown, path: string, problems: BoundaryProblem[]): value is Ring {
  if (!Array.isArray(value) || !value.every(isPosition)) {
    problems.push({ code: 'BOUNDARY_WRONG_TYPE', path, data: {} })
    return false
  }
  const ring: Ring = value
  if (ring.length === 0) {
    problems.push({ code: 'BOUNDARY_EMPTY', path, data: {} })
    return false
  }
  if (!checkRange(ring, path, problems)) return false
  const [first] = ring
  const last = ring.at(-1)
  const closed = first![0] === last![0] && first![1] === last![1]
  const distinct = new Set(ring.map(([lon, lat]) => `${lon},${lat}`)).size
  if (ring.length < 4 || distinct < 3) {
    problems.push({ code: 'BOUNDARY_TOO_FEW_POINTS', path, data: { points: distinct } })
    return false
  }
  if (!closed) {
    problems.push({ code: 'BOUNDARY_RING_OPEN', path, data: { first: first!, last: last! } })
    return false
  }
  return true
}

function checkRange(ring: Ring, path: string, problems: BoundaryProblem[]): boolean {
  const swapped = ring.filter(([lon = 0, lat = 0]) => {
    const impossible = Math.abs(lat) > 90 && Math.abs(lon) <= 90 && Math.abs(lat) <= 180
    return impossible || (!inChina(lon, lat) && inChina(lat, lon))
  })
  if (swapped.length === ring.length) {
    const example = swapped[0]!
    problems.push({ code: 'BOUNDARY_SWAPPED_AXES', path, data: { example } })
    return false
  }
  const far = ring.findIndex(([lon = 0, lat = 0]) => Math.abs(lon) > 180 || Math.abs(lat) > 90)
  if (far < 0) return true
  const data = { position: ring[far]! }
  problems.push({ code: 'BOUNDARY_OUT_OF_RANGE', path: `${path}/${far}`, data })
  return false
}

/** Edges of all rings of a polygon, those of no length left out. */
function segmentsOf(rings: readonly PlacedRing[]): { segments: Segment[]; counts: number[] } {
  const segments: Segment[] = []
  const counts = rings.map(({ ring }, number) => {
    let edge = 0
    for (let i = 0; i + 1 < ring.length; i++) {
      const [x1 = 0, y1 = 0] = ring[i]!
      const [x2 = 0, y2 = 0] = ring[i + 1]!
      if (x1 !== x2 || y1 !== y2) segments.push({ ring: number, edge: edge++, x1, y1, x2, y2 })
    }
    return edge
  })
  return { segments, counts }
}

/** Whether a meeting is lawful: neighbours share their end, and different rings may touch at a point. */
function isAllowed(p: Segment, q: Segment, meeting: Meeting, counts: readonly number[]): boolean {
  if (meeting !== 'touch') return false
  if (p.ring !== q.ring) return true
  const gap = Math.abs(p.edge - q.edge)
  return gap === 1 || gap === counts[p.ring]! - 1
}

function checkCrossings(rings: readonly PlacedRing[], firstPart: readonly number[], problems: BoundaryProblem[]): boolean {
  const { segments, counts } = segmentsOf(rings)
  let found = 0
  eachNearPair(segments, (p, q) => {
    if (found >= MAX_CROSSINGS) return
    const meeting = meetingOf(p, q)
    if (!meeting || isAllowed(p, q, meeting, counts)) return
    found++
    const { path } = rings[p.ring]!
    const same = firstPart[p.ring] === firstPart[q.ring]
    problems.push({
      code: same ? 'BOUNDARY_SELF_INTERSECTS' : 'BOUNDARY_PARTS_OVERLAP',
      path,
      data: {
        kind: meeting,
        point: meetingPoint(p, q),
        otherPath: rings[q.ring]!.path,
        first: [p.x1, p.y1, p.x2, p.y2],
        second: [q.x1, q.y1, q.x2, q.y2],
      },
    })
  })
  return found === 0
}

/** Side of `outer` on which a ring lies that does not cross it: by its first vertex off the border. */
function sideOf(outer: Ring, ring: Ring): -1 | 0 | 1 {
  for (const [lon = 0, lat = 0] of ring) {
    const side = locate([outer], lon, lat)
    if (side !== 0) return side
  }
  return 0
}

function checkNesting(parts: readonly PlacedRing[][], problems: BoundaryProblem[]): void {
  parts.forEach(([outer, ...holes], i) => {
    for (const hole of holes) {
      if (sideOf(outer!.ring, hole.ring) < 0) {
        problems.push({ code: 'BOUNDARY_HOLE_OUTSIDE', path: hole.path, data: {} })
      }
    }
    for (const other of parts.slice(0, i)) {
      const inside = (inner: PlacedRing, around: readonly PlacedRing[]) =>
        sideOf(around[0]!.ring, inner.ring) > 0 && !around.slice(1).some((hole) => sideOf(hole.ring, inner.ring) >= 0)
      if (inside(outer!, other) || inside(other[0]!, parts[i]!)) {
        const data = { otherPath: other[0]!.path }
        problems.push({ code: 'BOUNDARY_PARTS_OVERLAP', path: outer!.path, data })
      }
    }
  })
}

/**
 * Lists what is wrong with a boundary (边界校验), exactly: an empty list is a valid Polygon or MultiPolygon.
 *
 * Rules of RFC 7946 §3.1.6 and OGC 06-103r4 §6.1.11: rings closed, at least three distinct points, no ring meeting
 * itself or another but at single points of different rings, holes inside, parts apart. Swapped axes are a guess:
 * every position impossible as given, or outside China as given and inside when turned round.
 */
export function checkBoundary(geometry: unknown): BoundaryProblem[] {
  const problems: BoundaryProblem[] = []
  const given = (geometry ?? {}) as { type?: unknown; coordinates?: unknown }
  const { type, coordinates } = given
  if ((type !== 'Polygon' && type !== 'MultiPolygon') || !Array.isArray(coordinates)) {
    const data = { type: typeof type === 'string' ? type : typeof type }
    return [{ code: 'BOUNDARY_WRONG_TYPE', path: '', data }]
  }
  const polygons: unknown[] = type === 'Polygon' ? [coordinates] : coordinates
  if (polygons.length === 0) {
    return [{ code: 'BOUNDARY_EMPTY', path: '/coordinates', data: {} }]
  }
  const parts = polygons.map((rings, i) => {
    const base = type === 'Polygon' ? '/coordinates' : `/coordinates/${i}`
    if (!Array.isArray(rings)) {
      problems.push({ code: 'BOUNDARY_WRONG_TYPE', path: base, data: {} })
      return []
    }
    if (rings.length === 0) problems.push({ code: 'BOUNDARY_EMPTY', path: base, data: {} })
    return rings.flatMap((ring: unknown, r): PlacedRing[] => {
      const path = `${base}/${r}`
      return checkRing(ring, path, problems) ? [{ ring, path }] : []
    })
  })
  if (problems.length > 0) return problems
  const partOf = parts.flatMap((rings, i) => rings.map(() => i))
  if (checkCrossings(parts.flat(), partOf, problems)) checkNesting(parts, problems)
  return problems
}
