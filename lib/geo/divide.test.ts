import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apportion } from './apportion.ts'
import { areaM2 } from './area.ts'
import { meshBoundaries, regionGeometry } from './city.ts'
import { reportCoverage } from './coverage.ts'
import { divideEqually, divideRegion } from './divide.ts'
import type { Areal, Position } from './geometry.ts'
import { polygonsOf } from './geometry.ts'
import { randomOf } from './oracle.testing.ts'
import { REAL_CITIES, readRealDistricts } from './real-boundaries.testing.ts'
import { checkBoundary } from './validate.ts'

const box = (west: number, south: number, side: number): Position[] => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
]

/** Divides each boundary into its count and returns the finished boundaries and their cells. */
function divideAll(boundaries: readonly Areal[], counts: readonly number[]) {
  const { mesh, regions } = meshBoundaries(boundaries)
  const divided = regions.map((region, i) => divideEqually(mesh, region, counts[i]!))
  return {
    parents: regions.map((region) => regionGeometry(mesh, region)),
    cells: divided.map((cells) => cells.map((cell) => regionGeometry(mesh, cell))),
  }
}

function expectSeamless(parent: Areal, cells: readonly Areal[]) {
  const named = cells.map((geometry, i) => ({ id: String(i), geometry }))
  expect(reportCoverage(parent, named)).toEqual({ exact: true, gaps: [], overlaps: [] })
  expect(cells.flatMap((cell) => checkBoundary(cell))).toEqual([])
}

/** Largest area over the median, and smallest. */
function spreadOf(cells: readonly Areal[]): { least: number; most: number } {
  const areas = cells.map(areaM2).sort((a, b) => a - b)
  const median = areas[areas.length >> 1]!
  return { least: areas[0]! / median, most: areas.at(-1)! / median }
}

const allOf = (geometries: readonly Areal[]): Areal => ({
  type: 'MultiPolygon',
  coordinates: geometries.flatMap((geometry) => polygonsOf(geometry)),
})

test('weights decide the shares of ground', () => {
  const { mesh, regions } = meshBoundaries([{ type: 'Polygon', coordinates: [box(117, 34, 0.1)] }])
  const weights = [1, 2, 3, 4]
  const cells = divideRegion(mesh, regions[0]!, weights).map((cell) => regionGeometry(mesh, cell))
  const whole = cells.map(areaM2).reduce((a, b) => a + b, 0)
  cells.forEach((cell, i) => expect(areaM2(cell) / whole).toBeCloseTo(weights[i]! / 10, 3))
})

test('any star-shaped ground is divided into fair valid cells without gap or overlap', () => {
  const radii = fc.array(fc.double({ min: 0.002, max: 0.1, noNaN: true }), { minLength: 5, maxLength: 60 })
  fc.assert(
    fc.property(radii, fc.integer({ min: 1, max: 60 }), (lengths, count) => {
      const ring = lengths.map((r, i) => {
        const angle = (2 * Math.PI * i) / lengths.length
        return [117 + r * Math.cos(angle), 34 + r * Math.sin(angle)]
      })
      const boundary: Areal = { type: 'Polygon', coordinates: [[...ring, ring[0]!]] }
      const { parents, cells } = divideAll([boundary], [count])
      expect(cells[0]).toHaveLength(count)
      expectSeamless(parents[0]!, cells[0]!)
      expect(cells[0]!.every(({ type }) => type === 'Polygon')).toBe(true)
    }),
    { seed: 6, numRuns: 100 },
  )
})

test('ground with an enclave is divided round it, and the enclave fills its hole', () => {
  const hole = box(117.04, 34.03, 0.02)
  const around: Areal = { type: 'Polygon', coordinates: [box(117, 34, 0.1), [...hole].reverse()] }
  const enclave: Areal = { type: 'Polygon', coordinates: [hole] }
  for (const count of [1, 2, 7, 50]) {
    const { parents, cells } = divideAll([around, enclave], [count, 5])
    expectSeamless(parents[0]!, cells[0]!)
    expectSeamless({ type: 'Polygon', coordinates: [box(117, 34, 0.1)] }, cells.flat())
    expect(spreadOf(cells[0]!).most).toBeLessThan(1.05)
  }
})

test('an island large enough gets cells of its own and a small one joins the nearest cell', () => {
  const archipelago: Areal = {
    type: 'MultiPolygon',
    coordinates: [[box(117, 34, 0.1)], [box(117.2, 34, 0.05)], [box(117.15, 34.05, 0.002)]],
  }
  const { parents, cells } = divideAll([archipelago], [25])
  expectSeamless(parents[0]!, cells[0]!)
  expect(cells[0]!.filter(({ type }) => type === 'MultiPolygon')).toHaveLength(1)
})

test('many islands, each too small for a cell, share cells fairly', () => {
  const islands = Array.from({ length: 90 }, (_, i) => [box(117.2 + (i % 10) * 0.01, 34 + Math.floor(i / 10) * 0.01, 0.003)])
  const archipelago: Areal = { type: 'MultiPolygon', coordinates: [[box(117, 34, 0.1)], ...islands] }
  const { parents, cells } = divideAll([archipelago], [60])
  expectSeamless(parents[0]!, cells[0]!)
  expect(spreadOf(cells[0]!).most).toBeLessThan(1.3)
})

test('neighbours that differ by a few centimetres or lack a vertex are joined first', () => {
  const random = randomOf(11)
  const wobble = () => Math.round(random() * 16 - 8) / 1e7
  const border = Array.from({ length: 30 }, (_, i) => [117.1 + 0.01 * Math.sin(i), 34 + i / 290])
  const west = [[117, 34], ...border, [117, 34.1], [117, 34]]
  const moved = border.map(([x = 0, y = 0]) => [x + wobble(), y + wobble()])
  const east = [...moved.slice(0, 12), ...moved.slice(13), [117.2, 34.1], [117.2, 34]]
  const straight = [border[11]!, border[13]!].map(([x = 0, y = 0]) => [x, y])
  const middle = [(straight[0]![0]! + straight[1]![0]!) / 2, (straight[0]![1]! + straight[1]![1]!) / 2]
  west[13] = middle
  const districts: Areal[] = [
    { type: 'Polygon', coordinates: [west] },
    { type: 'Polygon', coordinates: [[...east, east[0]!]] },
  ]
  const { mesh, regions, snapped, inserted } = meshBoundaries(districts)
  expect(snapped).toBeGreaterThan(20)
  expect(inserted).toBe(1)
  const parents = regions.map((region) => regionGeometry(mesh, region))
  const cells = regions.flatMap((region) => divideEqually(mesh, region, 40))
  expectSeamless(
    allOf(regions.map((region) => regionGeometry(mesh, region))),
    cells.map((cell) => regionGeometry(mesh, cell)),
  )
  expect(
    reportCoverage(
      null,
      parents.map((geometry, i) => ({ id: String(i), geometry })),
    ),
  ).toMatchObject({ gaps: [], overlaps: [] })
})

test('the same ground is always divided alike', () => {
  const boundary: Areal = { type: 'Polygon', coordinates: [box(117, 34, 0.1)] }
  expect(divideAll([boundary], [99])).toEqual(divideAll([boundary], [99]))
})

test('no cells, broken weights and ground smaller than the lattice are refused', () => {
  const { mesh, regions } = meshBoundaries([{ type: 'Polygon', coordinates: [box(117, 34, 4e-7)] }], 0)
  const refusal = (code: string) => expect.objectContaining({ code })
  expect(() => divideEqually(mesh, regions[0]!, 0)).toThrow(refusal('GEO_COUNT_INVALID'))
  expect(() => divideRegion(mesh, regions[0]!, [1, 0])).toThrow(refusal('GEO_COUNT_INVALID'))
  expect(() => divideEqually(mesh, regions[0]!, 50)).toThrow(refusal('GEO_DIVIDE_TOO_SMALL'))
})

describe.each(REAL_CITIES)('real districts of %s', (city) => {
  const districts = readRealDistricts(city)

  test.skipIf(!districts).each([500, 22_000])(
    'are divided into %i fair cells without gap or overlap',
    (total) => {
      const boundaries = districts!.map(({ geometry }) => geometry)
      const { parents, cells } = divideAll(boundaries, apportion(total, boundaries.map(areaM2), 1))
      expect(cells.flat()).toHaveLength(total)
      expectSeamless(allOf(parents), cells.flat())
      const { least, most } = spreadOf(cells.flat())
      // Only parts that are not joined to the rest (高明 has one) may hold a cell of another size.
      expect(least).toBeGreaterThan(0.85)
      expect(most).toBeLessThan(1.5)
    },
    60_000,
  )
})
