import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apportion, spread } from './apportion.ts'

test('the total is exact, every part gets its minimum and nobody is a whole thing off without one', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(weights, fc.integer({ min: 0, max: 3 }), fc.nat(5000), (areas, least, extra) => {
      const total = least * areas.length + extra
      const counts = apportion(total, areas, least)
      expect(counts.reduce((a, b) => a + b, 0)).toBe(total)
      expect(Math.min(...counts)).toBeGreaterThanOrEqual(least)
      const sum = areas.reduce((a, b) => a + b, 0)
      if (least === 0) {
        counts.forEach((n, i) => expect(Math.abs(n - (total * areas[i]!) / sum)).toBeLessThan(1))
      }
    }),
    { seed: 10 },
  )
})

test('each part may have a minimum of its own', () => {
  expect(apportion(10, [1, 1, 8], [3, 2, 1])).toEqual([3, 2, 5])
})

test('a total below the minima and weights that sum to nothing are refused', () => {
  const invalid = expect.objectContaining({ code: 'GEO_COUNT_INVALID' })
  expect(() => apportion(2, [1, 1, 1], 1)).toThrow(invalid)
  expect(() => apportion(2, [0, 0])).toThrow(invalid)
  expect(() => apportion(1.5, [1])).toThrow(invalid)
})

test('spreading is exact and no part differs from another by more than one', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.integer({ min: 1, max: 200 }), (total, parts) => {
      const counts = spread(total, parts)
      expect(counts.reduce((a, b) => a + b, 0)).toBe(total)
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
    }),
    { seed: 12 },
  )
})
