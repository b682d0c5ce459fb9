import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { collect } from './collect.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('events are handed over together, in order, none twice and none left', () => {
  const batches: (readonly number[])[] = []
  const events = collect<number>((batch) => void batches.push(batch))
  for (let n = 0; n < 100; n += 1) events.add(n)
  vi.advanceTimersByTime(200)
  events.add(100)
  vi.advanceTimersByTime(200)
  // So many came that the next hand-over waits longer.
  expect(batches).toHaveLength(1)
  vi.advanceTimersByTime(800)
  expect(batches.flat()).toEqual(Array.from({ length: 101 }, (_, n) => n))
  events.add(101)
  events.flush()
  vi.advanceTimersByTime(5_000)
  expect(batches.at(-1)).toEqual([101])
})

test('what waits when a screen is left is forgotten', () => {
  const take = vi.fn<() => void>()
  const events = collect<number>(take)
  events.add(1)
  events.stop()
  vi.advanceTimersByTime(5_000)
  expect(take).not.toHaveBeenCalled()
})
