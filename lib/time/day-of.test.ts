import { expect, it } from 'vitest'
import { dayOf } from './day-of.ts'

it('is the day of the zone, up to its last millisecond and from its first', () => {
  const midnight = Date.parse('2026-11-22T16:00:00Z')
  for (const [at, shanghai, utc] of [
    [midnight - 1, '2026-11-22', '2026-11-22'],
    [midnight, '2026-11-23', '2026-11-22'],
    [midnight + 59_999, '2026-11-23', '2026-11-22'],
    [midnight - 1, '2026-11-22', '2026-11-22'],
  ] as const) {
    expect(dayOf('Asia/Shanghai', at)).toBe(shanghai)
    expect(dayOf('UTC', at)).toBe(utc)
  }
})

it('follows zones whose offset is no whole hour', () => {
  expect(dayOf('Asia/Kathmandu', Date.parse('2026-11-22T18:14:59.999Z'))).toBe('2026-11-22')
  expect(dayOf('Asia/Kathmandu', Date.parse('2026-11-22T18:15:00Z'))).toBe('2026-11-23')
})
