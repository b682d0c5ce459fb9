import fc from 'fast-check'
import gcoordModule from 'gcoord'
import { expect, test } from 'vitest'
import { fromWgs84, geometryFromWgs84, geometryToWgs84, toWgs84 } from './crs.ts'

// The package's types describe a default export that its CommonJS build does not have.
const gcoord = gcoordModule as unknown as (typeof gcoordModule)['default']

const mainland = fc.record({
  lon: fc.double({ min: 98, max: 119, noNaN: true }),
  lat: fc.double({ min: 24, max: 39, noNaN: true }),
})

test('a mainland position goes to GCJ-02 and back within 1e-9 degrees', () => {
  fc.assert(
    fc.property(mainland, ({ lon, lat }) => {
      const back = toWgs84(...fromWgs84(lon, lat, 'gcj02'), 'gcj02')
      expect(Math.abs(back[0] - lon)).toBeLessThan(1e-9)
      expect(Math.abs(back[1] - lat)).toBeLessThan(1e-9)
    }),
    { seed: 1, numRuns: 2000 },
  )
})

test('a GCJ-02 position goes to WGS84 and back within 1e-9 degrees', () => {
  fc.assert(
    fc.property(mainland, ({ lon, lat }) => {
      const back = fromWgs84(...toWgs84(lon, lat, 'gcj02'), 'gcj02')
      expect(Math.abs(back[0] - lon)).toBeLessThan(1e-9)
      expect(Math.abs(back[1] - lat)).toBeLessThan(1e-9)
    }),
    { seed: 2, numRuns: 2000 },
  )
})

test('the shift agrees with an independent implementation', () => {
  fc.assert(
    fc.property(mainland, ({ lon, lat }) => {
      const ours = fromWgs84(lon, lat, 'gcj02')
      const theirs = gcoord.transform([lon, lat], gcoord.WGS84, gcoord.GCJ02)
      expect(ours[0]).toBeCloseTo(theirs[0], 10)
      expect(ours[1]).toBeCloseTo(theirs[1], 10)
    }),
    { seed: 3, numRuns: 500 },
  )
})

test.each([
  ['London', -0.1276, 51.5072],
  ['Tokyo', 139.6917, 35.6895],
  ['Seoul', 126.978, 37.566],
  ['Taipei', 121.5654, 25.033],
  ['Hanoi', 105.834, 21.0278],
])('%s is not shifted', (_name, lon, lat) => {
  expect(fromWgs84(lon, lat, 'gcj02')).toEqual([lon, lat])
})

test('CGCS2000 is WGS84 to this program', () => {
  expect(toWgs84(117.3, 34.8, 'cgcs2000')).toEqual([117.3, 34.8])
  expect(fromWgs84(117.3, 34.8, 'cgcs2000')).toEqual([117.3, 34.8])
})

test('a whole multipolygon with a hole keeps its shape through both conversions', () => {
  const square = (lon: number, lat: number, side: number) => [
    [lon, lat],
    [lon + side, lat],
    [lon + side, lat + side],
    [lon, lat + side],
    [lon, lat],
  ]
  const geometry = {
    type: 'MultiPolygon' as const,
    coordinates: [[square(113, 23, 0.1), square(113.02, 23.02, 0.01)], [square(113.3, 23, 0.1)]],
  }
  const back = geometryToWgs84(geometryFromWgs84(geometry, 'gcj02'), 'gcj02')
  const flat = (g: { coordinates: unknown[] }) => g.coordinates.flat(3) as number[]
  expect(flat(back)).toHaveLength(flat(geometry).length)
  flat(back).forEach((value, i) => expect(value).toBeCloseTo(flat(geometry)[i]!, 9))
})
