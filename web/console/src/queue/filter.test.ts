import { expect, test } from 'vitest'
import { both, keptOf, readFilter, sameFilter, writeFilter } from './filter.ts'

test('a filter survives its address, and what nobody knows is left out', () => {
  const filter = readFilter({ mine: 'true', order: 'due', area: '990101', q: '井盖', later: 'x', overdue: 'maybe' })
  expect(filter).toEqual({ mine: 'true', order: 'due', area: '990101', q: '井盖' })
  expect(readFilter(writeFilter(filter))).toEqual(filter)
})

test('the words searched for are not kept', () => {
  expect(keptOf({ q: '王某某', mine: 'true' })).toEqual({ mine: 'true' })
})

test('two filters are the same in whatever order they were put together', () => {
  expect(sameFilter({ mine: 'true', track: 'hard' }, { track: 'hard', mine: 'true' })).toBe(true)
  expect(sameFilter({ mine: 'true' }, { mine: 'true', track: 'hard' })).toBe(false)
})

test('two filters at once keep what lies in both, and say so where nothing can', () => {
  expect(both({ mine: 'true' }, { overdue: 'true' })).toEqual({ mine: 'true', overdue: 'true' })
  expect(both({ state: 'reported,filed' }, { state: 'filed,handling' })).toEqual({ state: 'filed' })
  expect(both({ state: 'reported' }, { state: 'handling' })).toBeUndefined()
  expect(both({ area: '990101' }, { area: '990102' })).toBeUndefined()
  expect(both({ from: '2026-11-01T00:00:00Z', to: '2026-11-20T00:00:00Z' }, { from: '2026-11-10T00:00:00Z' })).toEqual({
    from: '2026-11-10T00:00:00Z',
    to: '2026-11-20T00:00:00Z',
  })
  expect(both({ to: '2026-11-01T00:00:00Z' }, { from: '2026-11-10T00:00:00Z' })).toBeUndefined()
  expect(both({ order: 'due' }, { order: 'newest', mine: 'true' })).toEqual({ order: 'due', mine: 'true' })
})
