import { describe, expect, it } from 'vitest'
import { demoBorders } from './demo.ts'
import { drawDistricts, type BorderNetwork, type Point } from './network.ts'
import { zaozhuangBorders } from './zaozhuang.ts'

const KM_PER_DEGREE = 111.19

/** Signed area in km², positive for an anticlockwise ring; the plane is good enough for a city. */
function areaKm2(ring: readonly Point[]): number {
  const [first] = ring
  if (!first) return 0
  const squash = Math.cos((first[1] * Math.PI) / 180)
  let twice = 0
  ring.forEach((here, index) => {
    const next = ring[index + 1]
    if (next) twice += here[0] * next[1] - next[0] * here[1]
  })
  return (twice / 2) * KM_PER_DEGREE ** 2 * squash
}

const edgesOf = (ring: readonly Point[]): [Point, Point][] => ring.slice(1).map((to, index) => [ring[index] ?? to, to])

/** Edges of one ring that cross each other away from their ends. */
function crossings(ring: readonly Point[]): number {
  const side = (a: Point, b: Point, c: Point) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
  const edges = edgesOf(ring)
  let found = 0
  edges.forEach(([a, b], index) => {
    for (const [c, d] of edges.slice(index + 1)) if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) found += 1
  })
  return found
}

const cases: [name: string, network: BorderNetwork, sizesKm2: Record<string, number>][] = [
  ['demo', demoBorders, { 990101: 99, 990102: 99, 990103: 99 }],
  ['zaozhuang', zaozhuangBorders, { 370402: 375, 370403: 507, 370404: 637, 370405: 539, 370406: 1018, 370481: 1485 }],
]

describe.each(cases)('the districts of %s', (_name, network, sizes) => {
  const districts = drawDistricts(network)

  it('are closed anticlockwise rings of a few hundred points that never cross themselves', () => {
    for (const ring of districts.values()) {
      expect(ring[0]).toEqual(ring.at(-1))
      expect(ring.length).toBeGreaterThan(100)
      expect(ring.length).toBeLessThan(400)
      expect(new Set(ring.map(String)).size).toBe(ring.length - 1)
      expect(areaKm2(ring)).toBeGreaterThan(0)
      expect(crossings(ring)).toBe(0)
    }
  })

  it('leave no gap and no overlap: every inner edge is walked once each way, and what remains is one outer ring', () => {
    const edges = new Set([...districts.values()].flatMap((ring) => edgesOf(ring).map(String)))
    const outer = new Map(
      [...districts.values()].flatMap((ring) =>
        edgesOf(ring)
          .filter(([from, to]) => !edges.has(String([to, from])))
          .map(([from, to]) => [String(from), to]),
      ),
    )
    const [start] = outer.keys()
    let at = start ?? ''
    let steps = 0
    do {
      at = String(outer.get(at))
      steps += 1
    } while (at !== start && steps <= outer.size)
    expect(steps).toBe(outer.size)
    expect(edges.size).toBe([...districts.values()].reduce((sum, ring) => sum + ring.length - 1, 0))
  })

  it('are about as large as they should be', () => {
    for (const [code, ring] of districts) {
      const size = sizes[code] ?? 0
      expect(Math.abs(areaKm2(ring) / size - 1), code).toBeLessThan(0.15)
    }
  })
})

it('a network that does not close is refused', () => {
  const corners = { a: [0, 0], b: [1, 0], c: [1, 1] } as const
  const arc = { roughness: 0, halvings: 0 }
  const network: BorderNetwork = {
    seed: 1,
    corners,
    arcs: { ab: { from: 'a', to: 'b', ...arc }, bc: { from: 'b', to: 'c', ...arc } },
    districts: { open: ['ab', 'bc'] },
  }
  expect(() => drawDistricts(network)).toThrow('RING_OPEN')
})
