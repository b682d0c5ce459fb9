import { expect, test } from 'vitest'
import { areaM2 } from './area.ts'
import { meshBoundaries, regionGeometry } from './city.ts'
import { reportCoverage } from './coverage.ts'
import { divideEqually } from './divide.ts'
import type { Areal } from './geometry.ts'

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

const parent = box(117, 34, 117.1, 34.1)

function tiled(count: number): { id: string; geometry: Areal }[] {
  const { mesh, regions } = meshBoundaries([parent])
  const cells = divideEqually(mesh, regions[0]!, count)
  return cells.map((cell, i) => ({ id: `c${i}`, geometry: regionGeometry(mesh, cell) }))
}

test('cells made by division fill their parent exactly', () => {
  expect(reportCoverage(parent, tiled(37))).toEqual({ exact: true, gaps: [], overlaps: [] })
})

test('a missing cell is a gap of exactly its area, with a point inside', () => {
  const cells = tiled(37)
  const [missing] = cells.splice(20, 1)
  const { gaps, overlaps } = reportCoverage(parent, cells)
  expect(overlaps).toEqual([])
  expect(gaps).toHaveLength(1)
  expect(gaps[0]!.areaM2 / areaM2(missing!.geometry)).toBeCloseTo(1, 9)
})

test('a cell given twice overlaps itself by exactly its area', () => {
  const cells = tiled(12)
  const { gaps, overlaps } = reportCoverage(parent, [...cells, { ...cells[5]!, id: 'again' }])
  expect(gaps).toEqual([])
  expect(overlaps).toHaveLength(1)
  expect(overlaps[0]!.ids).toEqual(['c5', 'again'])
  expect(overlaps[0]!.areaM2 / areaM2(cells[5]!.geometry)).toBeCloseTo(1, 9)
})

test('a cell that reaches a metre too far overlaps its neighbour by that strip', () => {
  const cells = [
    { id: 'west', geometry: box(117, 34, 117.050_01, 34.1) },
    { id: 'east', geometry: box(117.05, 34, 117.1, 34.1) },
  ]
  const { gaps, overlaps } = reportCoverage(parent, cells)
  expect(gaps).toEqual([])
  expect(overlaps.map(({ ids }) => ids)).toEqual([['west', 'east']])
  expect(overlaps[0]!.areaM2 / areaM2(box(117.05, 34, 117.050_01, 34.1))).toBeCloseTo(1, 3)
})

test('a strip of one metre that nobody covers is found between two cells of different vertices', () => {
  const cells = [
    { id: 'west', geometry: box(117, 34, 117.05, 34.1) },
    { id: 'south-east', geometry: box(117.050_01, 34, 117.1, 34.04) },
    { id: 'north-east', geometry: box(117.050_01, 34.04, 117.1, 34.1) },
  ]
  const { gaps, overlaps } = reportCoverage(parent, cells)
  expect(overlaps).toEqual([])
  expect(gaps).toHaveLength(1)
  expect(gaps[0]!.areaM2 / areaM2(box(117.05, 34, 117.050_01, 34.1))).toBeCloseTo(1, 3)
})

test('a neighbour that lacks a vertex on a straight border leaves no gap', () => {
  const cells = [
    { id: 'west', geometry: box(117, 34, 117.05, 34.1) },
    { id: 'south-east', geometry: box(117.05, 34, 117.1, 34.04) },
    { id: 'north-east', geometry: box(117.05, 34.04, 117.1, 34.1) },
  ]
  expect(reportCoverage(parent, cells)).toEqual({ exact: true, gaps: [], overlaps: [] })
})

test('without a parent a hole between cells is a gap', () => {
  const cells = [
    { id: 'south', geometry: box(117, 34, 117.3, 34.1) },
    { id: 'north', geometry: box(117, 34.2, 117.3, 34.3) },
    { id: 'west', geometry: box(117, 34.1, 117.1, 34.2) },
    { id: 'east', geometry: box(117.2, 34.1, 117.3, 34.2) },
  ]
  const { gaps, overlaps } = reportCoverage(null, cells)
  expect(overlaps).toEqual([])
  expect(gaps).toHaveLength(1)
  expect(gaps[0]!.areaM2 / areaM2(box(117.1, 34.1, 117.2, 34.2))).toBeCloseTo(1, 9)
})
