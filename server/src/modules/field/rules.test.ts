import { describe, expect, it } from 'vitest'
import { countsAt, isInside, LONGEST_SHIFT_MS, rounded } from './rules.ts'

const NOW = Date.parse('2026-11-18T10:00:00Z')
const MINUTE = 60_000

describe('the time of a shift', () => {
  it('is that of the telephone, never ahead of now', () => {
    expect(countsAt(NOW - 90 * MINUTE, NOW)).toBe(NOW - 90 * MINUTE)
    expect(countsAt(NOW + 2 * MINUTE, NOW)).toBe(NOW)
  })

  it('is refused where a clock runs far ahead or a shift would have ended by itself', () => {
    expect(countsAt(NOW + 6 * MINUTE, NOW)).toBeUndefined()
    expect(countsAt(NOW - LONGEST_SHIFT_MS - 1, NOW)).toBeUndefined()
  })
})

describe('a position', () => {
  const shift = { startedAt: NOW - 60 * MINUTE, endsAt: NOW + 60 * MINUTE, endedAt: null }

  it('belongs to the shift from its beginning to its end, and to nothing beside it', () => {
    expect([-61, -60, 0, 4, 6].map((minutes) => isInside(shift, NOW + minutes * MINUTE, NOW))).toEqual([false, true, true, true, false])
    expect(isInside({ ...shift, endedAt: NOW - 30 * MINUTE }, NOW - 20 * MINUTE, NOW)).toBe(false)
    expect(isInside({ ...shift, endsAt: NOW - 30 * MINUTE }, NOW - 20 * MINUTE, NOW)).toBe(false)
  })

  it('is kept to about ten metres', () => {
    expect([rounded(113.0062719), rounded(-32.28085)]).toEqual([113.0063, -32.2808])
  })
})
