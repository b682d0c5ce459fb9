import { expect, test } from 'vitest'
import { meshBoundaries, regionGeometry } from './city.ts'
import { divideEqually } from './divide.ts'
import type { Areal } from './geometry.ts'
import type { LookupUnit } from './lookup.ts'
import { buildLookup } from './lookup.ts'
import { bruteForce, randomOf, samplePoints } from './oracle.testing.ts'
import { readRealDistricts } from './real-boundaries.testing.ts'

const box = (west: number, south: number, east: number, north: number): Areal => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
})

const quarters: LookupUnit[] = [
  { id: 'd', kind: 'grid', geometry: box(117, 34, 117.5, 34.5) },
  { id: 'c', kind: 'grid', geometry: box(117.5, 34, 118, 34.5) },
  { id: 'b', kind: 'grid', geometry: box(117, 34.5, 117.5, 35) },
  { id: 'a', kind: 'grid', geometry: box(117.5, 34.5, 118, 35) },
  { id: 'z', kind: 'district', geometry: box(117, 34, 118, 35) },
]

function cellsOf(districts: readonly Areal[], each: number): LookupUnit[] {
  const { mesh, regions } = meshBoundaries(districts)
  return regions
    .flatMap((region) => divideEqually(mesh, region, each))
    .map((cell, i) => ({
      id: String(i).padStart(6, '0'),
      kind: 'grid',
      geometry: regionGeometry(mesh, cell),
    }))
}

test('a position on a shared border or corner belongs to the smallest id, whatever the order given', () => {
  for (const units of [quarters, [...quarters].reverse()]) {
    const { find } = buildLookup(units)
    const id = (lon: number, lat: number) => units[find(lon, lat, 'grid')]?.id
    expect(id(117.2, 34.2)).toBe('d')
    expect(id(117.5, 34.2)).toBe('c')
    expect(id(117.2, 34.5)).toBe('b')
    expect(id(117.5, 34.5)).toBe('a')
  }
})

test('the outer border belongs to the city, and beyond it nothing is found', () => {
  const { find } = buildLookup(quarters)
  expect(find(117, 34.2, 'grid')).toBe(0)
  expect(find(118, 35, 'grid')).toBe(3)
  expect(find(118.000_001, 35, 'grid')).toBe(-1)
  expect(find(117.2, 34.2, 'street')).toBe(-1)
})

test('every kind answers once when all are asked', () => {
  const { findAll } = buildLookup(quarters)
  expect(findAll(117.5, 34.5)).toEqual([3, 4])
  expect(findAll(119, 34.5)).toEqual([])
})

test('a hole belongs to nobody but its border does', () => {
  const hole = [
    [117.4, 34.4],
    [117.4, 34.6],
    [117.6, 34.6],
    [117.6, 34.4],
    [117.4, 34.4],
  ]
  const outer = (box(117, 34, 118, 35).coordinates as number[][][])[0]!
  const { find } = buildLookup([{ id: 'a', kind: 'grid', geometry: { type: 'Polygon', coordinates: [outer, hole] } }])
  expect(find(117.5, 34.5, 'grid')).toBe(-1)
  expect(find(117.4, 34.5, 'grid')).toBe(0)
  expect(find(117.3, 34.5, 'grid')).toBe(0)
})

test('the lookup equals an exact scan of all cells of a made city', () => {
  const cells = cellsOf([box(117, 34, 117.3, 34.3), box(117.3, 34, 117.5, 34.3)], 400)
  const { find } = buildLookup(cells)
  const oracle = bruteForce(cells)
  const points = samplePoints(cells, 20_000, randomOf(7))
  const wrong = points.filter(([lon, lat]) => find(lon, lat, 'grid') !== oracle(lon, lat))
  expect(wrong).toEqual([])
  expect(points.every(([lon, lat]) => find(lon, lat, 'grid') >= 0)).toBe(true)
})

const real = readRealDistricts('370400')

test.skipIf(!real)(
  'the lookup equals an exact scan over 22,000 cells of a real city',
  () => {
    const cells = cellsOf(
      real!.map(({ geometry }) => geometry),
      3667,
    )
    const { find } = buildLookup(cells)
    const oracle = bruteForce(cells)
    const points = samplePoints(cells, 20_000, randomOf(8))
    const wrong = points.filter(([lon, lat]) => find(lon, lat, 'grid') !== oracle(lon, lat))
    expect(wrong).toEqual([])
    const border = points.filter((_, i) => i % 2 === 1)
    expect(border.every(([lon, lat]) => find(lon, lat, 'grid') >= 0)).toBe(true)
  },
  60_000,
)
