import { describe, expect, it } from 'vitest'
import { MinuteLimiter } from './limiter.ts'

describe('the limit of a minute', () => {
  it('lets so many through, says how long to wait, and begins again', () => {
    const limiter = new MinuteLimiter()
    expect([1, 2, 3].map((n) => limiter.take('a', 2, n * 1_000))).toEqual([0, 0, 58])
    expect(limiter.take('b', 2, 3_000)).toBe(0)
    expect(limiter.take('a', 2, 60_999)).toBe(1)
    expect(limiter.take('a', 2, 61_000)).toBe(0)
  })

  it('forgets clients that are long gone', () => {
    const limiter = new MinuteLimiter()
    for (let client = 0; client < 25_000; client += 1) limiter.take(String(client), 1, client * 100)
    expect(limiter.take('0', 1, 2_500_000)).toBe(0)
  })
})
