import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areaM2, boxOf, EARTH_RADIUS_M, locate, pointInside } from './area.ts'
import type { Areal, Position } from './geometry.ts'
import { polygonsOf } from './geometry.ts'
import { REAL_CITIES, readRealDistricts } from './real-boundaries.testing.ts'

const polygon = (...coordinates: Position[][]): Areal => ({ type: 'Polygon', coordinates })
const square = (lon: number, lat: number, side: number): Position[] => [
  [lon, lat],
  [lon + side, lat],
  [lon + side, lat + side],
  [lon, lat + side],
  [lon, lat],
]

test('a box between meridians and parallels has the area of its zone', () => {
  const radians = Math.PI / 180
  const zone = EARTH_RADIUS_M ** 2 * radians * (Math.sin(35 * radians) - Math.sin(34 * radians))
  expect(areaM2(polygon(square(117, 34, 1))) / zone).toBeCloseTo(1, 12)
})

test('holes are taken off, parts are added, and the direction of rings does not matter', () => {
  const outer = square(117, 34, 1)
  const hole = square(117.25, 34.25, 0.5)
  const rest = areaM2(polygon(outer)) - areaM2(polygon(hole))
  expect(areaM2(polygon(outer, hole))).toBeCloseTo(rest, 3)
  expect(areaM2(polygon([...outer].reverse(), [...hole].reverse()))).toBeCloseTo(rest, 3)
  const twice: Areal = { type: 'MultiPolygon', coordinates: [[outer], [square(119, 34, 1)]] }
  expect(areaM2(twice) / areaM2(polygon(outer))).toBeCloseTo(2, 9)
})

test('a small cell keeps its digits', () => {
  const small = areaM2(polygon(square(117.123_456_7, 34.765_432_1, 1e-5)))
  expect(small / (1.111_95 ** 2 * Math.cos((34.765_437 * Math.PI) / 180))).toBeCloseTo(1, 4)
})

test('a horseshoe, whose centre lies outside, still gets a point inside', () => {
  const horseshoe = [
    [0, 0],
    [9, 0],
    [9, 9],
    [8, 9],
    [8, 1],
    [1, 1],
    [1, 9],
    [0, 9],
    [0, 0],
  ]
  const [lon = 0, lat = 0] = pointInside(polygon(horseshoe))
  expect(locate([horseshoe], lon, lat)).toBe(1)
})

test('any star-shaped ring gets a point strictly inside, within its box', () => {
  const radii = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 3, maxLength: 40 })
  fc.assert(
    fc.property(radii, (lengths) => {
      const ring = lengths.map((r, i) => {
        const angle = (2 * Math.PI * i) / lengths.length
        return [117 + r * Math.cos(angle), 34 + r * Math.sin(angle)]
      })
      const geometry = polygon([...ring, ring[0]!])
      const [lon = 0, lat = 0] = pointInside(geometry)
      expect(locate([[...ring, ring[0]!]], lon, lat)).toBe(1)
      const [west, south, east, north] = boxOf(geometry)
      expect(lon > west && lon < east && lat > south && lat < north).toBe(true)
    }),
    { seed: 9 },
  )
})

test('a vertex and the middle of an edge are on the border, not inside', () => {
  const ring = square(117, 34, 1)
  expect(locate([ring], 117, 34)).toBe(0)
  expect(locate([ring], 117.5, 34)).toBe(0)
  expect(locate([ring], 118, 34.5)).toBe(0)
  expect(locate([ring], 117.5, 34.5)).toBe(1)
  expect(locate([ring], 118.5, 34)).toBe(-1)
})

test('an empty geometry is refused', () => {
  const empty = expect.objectContaining({ code: 'GEO_GEOMETRY_EMPTY' })
  expect(() => boxOf({ type: 'MultiPolygon', coordinates: [] })).toThrow(empty)
  expect(() => pointInside(polygon([]))).toThrow(empty)
})

test.each(REAL_CITIES)('real districts of %s have a point inside', (city) => {
  for (const { geometry } of readRealDistricts(city) ?? []) {
    const [lon = 0, lat = 0] = pointInside(geometry)
    expect(polygonsOf(geometry).some((rings) => locate(rings, lon, lat) === 1)).toBe(true)
  }
})
