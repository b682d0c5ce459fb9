import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkBoundary } from './validate.ts'

const codes = (geometry: unknown) => checkBoundary(geometry).map(({ code }) => code)
const polygon = (...coordinates: number[][][]) => ({ type: 'Polygon', coordinates })
const square = (lon: number, lat: number, side: number) => [
  [lon, lat],
  [lon + side, lat],
  [lon + side, lat + side],
  [lon, lat + side],
  [lon, lat],
]

test('a square with a hole is valid', () => {
  expect(checkBoundary(polygon(square(117, 34, 1), square(117.25, 34.25, 0.5)))).toEqual([])
})

test('a hole that touches the outer ring at one point is valid', () => {
  const hole = [
    [117, 34.5],
    [117.5, 34.25],
    [117.5, 34.75],
    [117, 34.5],
  ]
  expect(checkBoundary(polygon(square(117, 34, 1), hole))).toEqual([])
})

test('a bow tie names the crossing point and both edges', () => {
  const bow = [
    [117, 34],
    [118, 35],
    [118, 34],
    [117, 35],
    [117, 34],
  ]
  const [problem, ...rest] = checkBoundary(polygon(bow))
  expect(rest).toEqual([])
  expect(problem).toMatchObject({
    code: 'BOUNDARY_SELF_INTERSECTS',
    path: '/coordinates/0',
    data: { kind: 'cross', point: [117.5, 34.5], first: [117, 34, 118, 35], second: [118, 34, 117, 35] },
  })
})

test('a ring that touches itself or runs back along itself is refused', () => {
  const pinch = [
    [117, 34],
    [118, 34],
    [117.5, 34.5],
    [118, 35],
    [117, 35],
    [117.5, 34.5],
    [117, 34],
  ]
  expect(codes(polygon(pinch))).toContain('BOUNDARY_SELF_INTERSECTS')
  const spike = [
    [117, 34],
    [118, 34],
    [118, 35],
    [118, 34.5],
    [117, 35],
    [117, 34],
  ]
  expect(codes(polygon(spike))).toContain('BOUNDARY_SELF_INTERSECTS')
})

test.each([
  ['an open ring', polygon(square(117, 34, 1).slice(0, 4)), 'BOUNDARY_RING_OPEN'],
  [
    'too few points',
    polygon([
      [117, 34],
      [118, 34],
      [117, 34],
    ]),
    'BOUNDARY_TOO_FEW_POINTS',
  ],
  [
    'a repeated point',
    polygon([
      [117, 34],
      [118, 34],
      [118, 34],
      [117, 34],
    ]),
    'BOUNDARY_TOO_FEW_POINTS',
  ],
  ['a latitude beyond the pole', polygon(square(117, 89.5, 1)), 'BOUNDARY_OUT_OF_RANGE'],
  ['latitude written first', polygon(square(34, 117, 1)), 'BOUNDARY_SWAPPED_AXES'],
  ['latitude written first in Ürümqi', polygon(square(43.8, 87.6, 0.1)), 'BOUNDARY_SWAPPED_AXES'],
  ['no ring', polygon(), 'BOUNDARY_EMPTY'],
  ['no polygon', { type: 'MultiPolygon', coordinates: [] }, 'BOUNDARY_EMPTY'],
  ['an empty ring', polygon([]), 'BOUNDARY_EMPTY'],
  ['a point', { type: 'Point', coordinates: [117, 34] }, 'BOUNDARY_WRONG_TYPE'],
  ['nothing', null, 'BOUNDARY_WRONG_TYPE'],
  ['text for a number', polygon([['117', 34]] as unknown as number[][]), 'BOUNDARY_WRONG_TYPE'],
  ['a hole outside', polygon(square(117, 34, 1), square(119, 34, 0.5)), 'BOUNDARY_HOLE_OUTSIDE'],
  ['a part inside another', { type: 'MultiPolygon', coordinates: [[square(117, 34, 1)], [square(117.2, 34.2, 0.1)]] }, 'BOUNDARY_PARTS_OVERLAP'],
  ['parts that cross', { type: 'MultiPolygon', coordinates: [[square(117, 34, 1)], [square(117.5, 34.5, 1)]] }, 'BOUNDARY_PARTS_OVERLAP'],
])('%s is refused by its own code', (_name, geometry, code) => {
  expect(codes(geometry)).toContain(code)
})

test('an island in the hole of another part is valid', () => {
  const parts = [[square(117, 34, 1), square(117.25, 34.25, 0.5)], [square(117.4, 34.4, 0.1)]]
  expect(checkBoundary({ type: 'MultiPolygon', coordinates: parts })).toEqual([])
})

test('any star-shaped ring is valid, and swapping two far vertices makes it cross', () => {
  const radii = fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 8, maxLength: 80 })
  fc.assert(
    fc.property(radii, (lengths) => {
      const ring = lengths.map((r, i) => {
        const angle = (2 * Math.PI * i) / lengths.length
        return [117 + r * Math.cos(angle), 34 + r * Math.sin(angle)]
      })
      expect(checkBoundary(polygon([...ring, ring[0]!]))).toEqual([])
      const half = ring.length >> 1
      ;[ring[1], ring[half + 1]] = [ring[half + 1]!, ring[1]!]
      expect(codes(polygon([...ring, ring[0]!]))).toContain('BOUNDARY_SELF_INTERSECTS')
    }),
    { seed: 4, numRuns: 200 },
  )
})

test('twenty thousand sound polygons have no problem', () => {
  const ring = Array.from({ length: 12 }, (_, i) => {
    const angle = (2 * Math.PI * i) / 12
    return [117 + 0.01 * Math.cos(angle), 34 + 0.01 * Math.sin(angle)]
  })
  const geometry = polygon([...ring, ring[0]!])
  let problems = 0
  for (let i = 0; i < 20_000; i++) problems += checkBoundary(geometry).length
  expect(problems).toBe(0)
})
