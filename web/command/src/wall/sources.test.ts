import { expect, test } from 'vitest'
import { freshnessOf } from './sources.ts'

const source = { name: 'stream', heardAt: 1_000, silentMs: 45_000, cut: false } as const

test('a source is fresh until it was silent too long, or is known to be cut', () => {
  expect(freshnessOf(source, 46_000)).toBe('fresh')
  expect(freshnessOf(source, 46_001)).toBe('stale')
  expect(freshnessOf({ ...source, cut: true }, 1_000)).toBe('stale')
  expect(freshnessOf({ ...source, heardAt: 0 }, 1_000)).toBe('never')
})
