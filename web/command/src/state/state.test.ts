import { jointEvent } from '@linli/contract/workflows/joint-event'
import { SIGNS, statesOf } from '@linli/web-shared/ui'
import { describe, expect, test, vi } from 'vitest'
import { isFiltered, NO_FILTERS, queryOf } from './filters.ts'
import { movePins, readMoved } from './moved.ts'
import { rangeOf } from './period.ts'
import { readRoute, writeRoute, type Route } from './route.ts'
import { throttled } from '@linli/web-shared/stream'

describe('the address', () => {
  test('of a case and of an area survives a round trip', () => {
    const routes: Route[] = [
      { kind: 'case', id: '01a20489-57ea-7003-824f-ec03ddec21d5' },
      { kind: 'area', code: '990101001000' },
      { kind: 'track', receipt: 'aB3_-0123456789012345678' },
      { kind: 'track', receipt: undefined },
      { kind: 'none' },
    ]
    for (const route of routes) expect(readRoute(writeRoute(route))).toEqual(route)
  })

  test('that means nothing leads nowhere', () => {
    for (const hash of ['', '#', '#/case/', '#/case/<script>', '#/else/1', '#/track/short', '#/track/']) expect(readRoute(hash)).toEqual({ kind: 'none' })
  })
})

describe('the filters', () => {
  test('every state of the workflow belongs to exactly one sign', () => {
    expect(SIGNS.flatMap(statesOf).toSorted()).toEqual(Object.keys(jointEvent.states).toSorted())
  })

  test('become the list’s query, and nothing when none is set', () => {
    expect(queryOf(NO_FILTERS)).toEqual({})
    expect(isFiltered({ ...NO_FILTERS, q: '  ' })).toBe(false)
    expect(queryOf({ ...NO_FILTERS, sign: 'handle', overdue: true, q: ' 路灯 ', area: { code: '990101', name: '云溪区' } })).toEqual({
      state: 'dispatched,handling,paused',
      overdue: 'true',
      q: '路灯',
      area: '990101',
    })
  })

  test('a period ends with the city’s own day', () => {
    const now = Date.parse('2026-11-22T18:30:05Z')
    expect(rangeOf('week', 'Asia/Shanghai', now)).toEqual({ from: '2026-11-16T16:00:00.000Z', to: '2026-11-23T16:00:00.000Z' })
  })
})

describe('a move that the stream tells', () => {
  const pin = { id: 'a', number: 'N1', state: 'filed', step: 'dispatch', overdue: false, lon: 1, lat: 2, matterName: null, at: 't0' }
  const event = { id: 'a', number: 'N1', seq: 3, lon: 1, lat: 2, matterName: 'm', state: 'dispatched', step: 'handle', overdue: true, at: 't1' }

  test('changes its pin, adds a new one, and leaves all alone without a state', () => {
    const pins = { rows: [pin], complete: true }
    const moved = readMoved(event)
    expect(moved && movePins(pins, [moved], 0).rows).toEqual([{ ...pin, state: 'dispatched', step: 'handle', overdue: true, matterName: 'm', at: 't1' }])
    expect(moved && movePins(pins, [{ ...moved, id: 'b' }], 0).rows).toHaveLength(2)
    expect(moved && movePins(pins, [{ ...moved, state: undefined }], 0)).toBe(pins)
  })

  test('is refused when it has another shape', () => {
    for (const strange of [null, 'x', {}, { id: 1 }]) expect(readMoved(strange)).toBeUndefined()
  })
})

test('a throttled call runs at once, and once more for all that came after', () => {
  vi.useFakeTimers()
  const run = vi.fn<() => void>()
  const call = throttled(run, 1_000)
  for (let time = 0; time < 5; time += 1) call()
  expect(run).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1_000)
  expect(run).toHaveBeenCalledTimes(2)
  vi.useRealTimers()
})
