import { describe, expect, it } from 'vitest'
import { dueAt, elapsed, remaining, type ClockKind } from './clocks.ts'
import { HOUR_MS } from './day.ts'
import { mainland, SPLIT_DAY } from './testing/mainland.ts'

const calendar = mainland()
const at = (local: string): number => Date.parse(`${local}+08:00`)
const due = (clock: ClockKind, amount: number, start: string, by = calendar): string =>
  new Date(dueAt(clock, amount, at(start), by).dueAt + 8 * HOUR_MS).toISOString().slice(0, 16)

describe('the five clocks in mainland China', () => {
  it.each<[what: string, clock: ClockKind, amount: number, start: string, end: string]>([
    ['runs through the night of a holiday', 'urgentHour', 2, '2026-02-16T23:30', '2026-02-17T01:30'],
    ['counts nights and holidays', 'urgentDay', 1, '2026-02-16T23:30', '2026-02-17T23:30'],
    ['stops on Friday evening and goes on on Monday', 'workHour', 4, '2026-11-20T16:00', '2026-11-23T11:00'],
    ['pauses at noon', 'workHour', 2, '2026-11-20T11:00', '2026-11-20T14:30'],
    ['is over at a closing, not at the next opening', 'workHour', 1, '2026-11-20T11:00', '2026-11-20T12:00'],
    ['counts from the next opening', 'workHour', 1, '2026-11-21T03:00', '2026-11-23T09:30'],
    ['keeps the hour', 'workDay', 1, '2026-11-20T09:00', '2026-11-23T09:00'],
    ['is over at the closing when it began at the opening', 'workDay', 1, '2026-11-20T08:30', '2026-11-20T17:30'],
    ['gives what came at night the whole next working day', 'workDay', 1, '2026-11-20T20:00', '2026-11-23T17:30'],
    ['takes a make-up Saturday for a working day', 'workDay', 1, '2026-02-13T10:00', '2026-02-14T10:00'],
    ['passes over the Spring Festival', 'workDay', 1, '2026-02-14T10:00', '2026-02-24T10:00'],
    ['takes half of the office day', 'workDay', 0.5, '2026-11-20T08:30', '2026-11-20T13:45'],
    ['adds up thirds without a slip over the night', 'workDay', 2 / 3, '2026-11-20T11:00', '2026-11-20T17:30'],
    ['leaves out the day of the start and ends at 24:00', 'naturalDay', 1, '2026-11-20T09:00', '2026-11-22T00:00'],
    ['counts rest days', 'naturalDay', 15, '2026-11-20T23:59', '2026-12-06T00:00'],
    ['ends half a day at noon', 'naturalDay', 0.5, '2026-11-20T09:00', '2026-11-21T12:00'],
  ])('one that %s: %s %d', (_, clock, amount, start, end) => {
    expect(due(clock, amount, start)).toBe(end)
  })

  it('counts a short Friday as one working day and keeps the share of it', () => {
    const shortFriday = mainland({ ...SPLIT_DAY, byWeekday: { 5: [[510, 720]] } })
    expect(due('workDay', 1, '2026-11-19T08:30', shortFriday)).toBe('2026-11-19T17:30')
    expect(due('workDay', 2, '2026-11-19T08:30', shortFriday)).toBe('2026-11-20T12:00')
    expect(due('workDay', 1, '2026-11-19T12:15', shortFriday)).toBe('2026-11-20T10:08')
  })

  it('moves natural days on from a rest day where the calendar says so', () => {
    const rolling = mainland(SPLIT_DAY, { naturalDayEndsOn: 'workday' })
    expect(due('naturalDay', 1, '2026-11-20T09:00', rolling)).toBe('2026-11-24T00:00')
    expect(due('naturalDay', 3, '2026-11-20T09:00', rolling)).toBe('2026-11-24T00:00')
    expect(due('naturalDay', 4, '2026-11-20T09:00', rolling)).toBe('2026-11-25T00:00')
  })

  it('calls a deadline provisional when it needs days that the calendar does not know', () => {
    const provisional = (clock: ClockKind, amount: number, start: string): boolean => dueAt(clock, amount, at(start), calendar).provisional
    expect(provisional('workDay', 1, '2026-12-31T08:30')).toBe(false)
    expect(provisional('workDay', 1, '2026-12-31T08:31')).toBe(true)
    expect(provisional('workHour', 8, '2026-12-31T15:00')).toBe(true)
    expect(provisional('workDay', 1, '2023-12-29T10:00')).toBe(true)
    expect(provisional('urgentDay', 3, '2026-12-31T15:00')).toBe(false)
    expect(provisional('naturalDay', 3, '2026-12-31T15:00')).toBe(false)
    expect(dueAt('naturalDay', 3, at('2026-12-31T15:00'), mainland(SPLIT_DAY, { naturalDayEndsOn: 'workday' })).provisional).toBe(true)
  })

  it('tells what has passed, what is left and how much it is overdue', () => {
    expect(elapsed('workHour', at('2026-11-20T16:00'), at('2026-11-23T09:30'), calendar)).toBe(2.5)
    expect(elapsed('workHour', at('2026-11-23T09:30'), at('2026-11-20T16:00'), calendar)).toBe(0)
    expect(elapsed('naturalDay', at('2026-11-20T16:00'), at('2026-11-20T23:00'), calendar)).toBe(0)
    expect(remaining('workHour', at('2026-11-20T16:00'), at('2026-11-23T09:30'), calendar)).toBe(2.5)
    expect(remaining('workHour', at('2026-11-23T09:30'), at('2026-11-20T16:00'), calendar)).toBe(-2.5)
    expect(remaining('naturalDay', at('2026-11-20T12:00'), at('2026-11-22T00:00'), calendar)).toBe(1.5)
  })

  it('takes a Date as it takes epoch milliseconds, and is due at once for nothing', () => {
    const start = new Date(at('2026-11-21T03:00'))
    expect(dueAt('workDay', 2, start, calendar)).toEqual(dueAt('workDay', 2, start.getTime(), calendar))
    expect(dueAt('workDay', 0, start, calendar)).toEqual({ dueAt: start.getTime(), provisional: false })
  })

  it.each<[string, number, number]>([
    ['CLOCK_AMOUNT_INVALID', -1, 0],
    ['CLOCK_AMOUNT_INVALID', Number.NaN, 0],
    ['CLOCK_INSTANT_INVALID', 1, Number.NaN],
    ['CLOCK_OUT_OF_RANGE', 1, Date.UTC(1999, 0, 1)],
    ['CLOCK_OUT_OF_RANGE', 1, Date.UTC(2101, 0, 2)],
    ['CLOCK_OUT_OF_RANGE', 10_000_000, Date.UTC(2026, 0, 1)],
  ])('refuses with %s: %d from %d', (code, amount, start) => {
    for (const clock of ['workHour', 'workDay'] as const) {
      expect(() => dueAt(clock, amount, start, calendar)).toThrow(expect.objectContaining({ code }))
    }
  })
})
