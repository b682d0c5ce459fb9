import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crossSign, orient } from './orient.ts'

const big = (x: number) => BigInt(x * 2 ** 70)
const sign = (n: bigint | number) => Number(n > 0) - Number(n < 0)

test('the sign equals that of exact arithmetic, next to the line as well', () => {
  const degrees = fc.double({ min: 20, max: 39, noNaN: true })
  fc.assert(
    fc.property(degrees, degrees, degrees, degrees, fc.double({ min: 0, max: 1, noNaN: true }), (ax, ay, bx, by, t) => {
      const cx = ax + t * (bx - ax)
      const cy = ay + t * (by - ay)
      const exact = (big(ax) - big(cx)) * (big(by) - big(cy)) - (big(ay) - big(cy)) * (big(bx) - big(cx))
      expect(sign(orient(ax, ay, bx, by, cx, cy))).toBe(sign(exact))
    }),
    { seed: 13, numRuns: 5000 },
  )
})

test('whole numbers far beyond 2^53 in their products are compared exactly', () => {
  const a = 3_000_000_001
  expect(sign(crossSign(a, a, a - 1, a + 1))).toBe(1)
  expect(crossSign(a, a - 1, a - 1, a)).toBe(0)
})
