import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeOrder, communityCode, gridCode, microGridCode, streetCode } from './codes.ts'
import { GeoError } from './errors.ts'
import type { Box } from './geometry.ts'

const cell = (west: number, north: number, width = 1, height = 1) => ({
  box: [west, north - height, west + width, north] as Box,
  point: [west + width / 2, north - height / 2],
})

test('cells of a regular grid are counted like text: west to east, then north to south', () => {
  const cells = [cell(0, 1), cell(2, 2), cell(0, 2), cell(1, 1), cell(1, 2), cell(2, 1)]
  expect(codeOrder(cells)).toEqual([2, 4, 1, 0, 3, 5])
})

test('cells that stand a little higher or lower stay in their row', () => {
  expect(codeOrder([cell(2, 10.2), cell(0, 10), cell(1, 10.1), cell(0.5, 8.9)])).toEqual([1, 2, 0, 3])
})

test('the order does not depend on the order given when no two points are equal', () => {
  const coordinate = fc.integer({ min: 0, max: 1000 })
  const cells = fc.uniqueArray(fc.tuple(coordinate, coordinate), {
    minLength: 1,
    maxLength: 40,
    selector: ([x, y]) => `${x},${y}`,
  })
  fc.assert(
    fc.property(cells, (corners) => {
      const placed = corners.map(([x, y]) => cell(x, y, 3, 3))
      const turned = [...placed].reverse()
      const once = codeOrder(placed).map((i) => placed[i])
      expect(codeOrder(turned).map((i) => turned[i])).toEqual(once)
    }),
    { seed: 5 },
  )
})

test('codes are 12, 12, 15 and 17 digits and each begins with its parent', () => {
  const street = streetCode('370402', 1)
  const community = communityCode(street, 12)
  const grid = gridCode(community, 3)
  expect([street, community, grid, microGridCode(grid, 4)]).toEqual(['370402001000', '370402001012', '370402001012003', '37040200101200304'])
})

test.each([
  ['the thousandth street', () => streetCode('370402', 1000)],
  ['the thousandth grid', () => gridCode('370402001012', 1000)],
  ['the hundredth single-person grid', () => microGridCode('370402001012003', 100)],
  ['grid number zero', () => gridCode('370402001012', 0)],
])('%s is refused as exhausted', (_name, make) => {
  expect(make).toThrow(expect.objectContaining({ code: 'GEO_CODE_EXHAUSTED' }))
})

test('a parent of the wrong length is refused as malformed', () => {
  expect(() => gridCode('3704', 1)).toThrow(GeoError)
  expect(() => communityCode('370402001', 1)).toThrow(expect.objectContaining({ code: 'GEO_CODE_MALFORMED' }))
})
