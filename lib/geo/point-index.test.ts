import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cellOf, cellsIn, columnOf, curveOf, indexPoints, INDEX_LEVEL, rowOf, stretchOf } from './point-index.ts'

const step = fc.integer({ min: 0, max: 2 ** INDEX_LEVEL - 1 })
const points = fc.array(fc.tuple(fc.double({ min: 117, max: 118, noNaN: true }), fc.double({ min: 34, max: 35, noNaN: true })), { maxLength: 200 })
const indexOf = (list: readonly (readonly [number, number])[]) =>
  indexPoints(
    Float64Array.from(list, ([lon]) => lon),
    Float64Array.from(list, ([, lat]) => lat),
  )

describe('points along the curve', () => {
  test('a place on it stands for one cell, whichever', () => {
    fc.assert(
      fc.property(step, step, (column, row) => {
        expect(cellOf(curveOf(column, row))).toEqual({ column, row })
      }),
    )
  })

  test('degrees beyond the square are on its edge', () => {
    expect([columnOf(-180), columnOf(180), rowOf(90), rowOf(-90)]).toEqual([0, 2 ** INDEX_LEVEL - 1, 0, 2 ** INDEX_LEVEL - 1])
  })

  test('are sorted, and each is there once', () => {
    fc.assert(
      fc.property(points, (list) => {
        const { keys, rows } = indexOf(list)
        expect([...keys]).toEqual([...keys].toSorted((one, other) => one - other))
        expect([...rows].toSorted((one, other) => one - other)).toEqual(list.map((_, at) => at))
        for (const [at, row] of rows.entries()) expect(keys[at]).toBe(curveOf(columnOf(list[row]?.[0] ?? 0), rowOf(list[row]?.[1] ?? 0)))
      }),
    )
  })

  test.each([0, 5, 10, 14, 18])('of a tile of zoom %i are those that a look at each point finds, and its cells hold them all', (z) => {
    fc.assert(
      fc.property(points, (list) => {
        const index = indexOf(list)
        const tiles = Map.groupBy(list, ([lon, lat]) => `${columnOf(lon) >>> (INDEX_LEVEL - z)}/${rowOf(lat) >>> (INDEX_LEVEL - z)}`)
        for (const [key, held] of tiles) {
          const [x = 0, y = 0] = key.split('/').map(Number)
          const stretch = stretchOf(index, z, x, y)
          expect(stretch.to - stretch.from).toBe(held.length)
          const cells = [...cellsIn(index, stretch, Math.min(z + 6, INDEX_LEVEL))]
          expect(cells.reduce((sum, cell) => sum + cell.to - cell.from, 0)).toBe(held.length)
          expect(cells.map(({ from }) => from)).toEqual([stretch.from, ...cells.slice(0, -1).map(({ to }) => to)])
        }
      }),
      { numRuns: 40 },
    )
  })

  test('a crowded cell is one stretch', () => {
    const index = indexOf(Array.from({ length: 500 }, () => [117.5, 34.5] as const))
    expect([...cellsIn(index, { from: 0, to: 500 }, 16)]).toEqual([{ from: 0, to: 500 }])
  })
})
