import { expect, test } from 'vitest'
import { changeOf, linesOf, rangeOf } from './scale.ts'

const points = (...values: (number | null)[]) => values.map((value, index) => ({ label: String(index), value }))

test('shares go from nothing to all, counts from nothing to the largest', () => {
  expect(rangeOf(points(0.2, 0.4), true)).toEqual([0, 1])
  expect(rangeOf(points(3, null, 12), false)).toEqual([0, 12])
  expect(rangeOf(points(null, 0), false)).toEqual([0, 1])
})

test('a line breaks where nothing was measured: a gap is no zero', () => {
  expect(linesOf(points(0, 1, null, 1), [0, 1], 30, 10)).toEqual([
    [
      { x: 0, y: 10 },
      { x: 10, y: 0 },
    ],
    [{ x: 30, y: 0 }],
  ])
  expect(linesOf(points(null), [0, 1], 30, 10)).toEqual([])
})

test('a change is told only between two measured values', () => {
  expect(changeOf(points(1, null, 3))).toBe(2)
  expect(changeOf(points(null, 3))).toBeUndefined()
})
