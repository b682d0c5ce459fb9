import { describe, expect, it } from 'vitest'
import { workCalendar } from './calendar.ts'
import { dueAt, type ClockKind } from './clocks.ts'
import { HOUR_MS } from './day.ts'
import { afterPauses, dueAfter, extendedDueAt, leftAt, type Pause } from './pause.ts'
import { mainland, SPLIT_DAY } from './testing/mainland.ts'

const calendar = mainland()
const at = (local: string): number => Date.parse(`${local}+08:00`)
const local = (ms: number): string => new Date(ms + 8 * HOUR_MS).toISOString().slice(0, 16)
const pauses = (...spans: [string, string][]): Pause[] => spans.map(([from, to]) => [at(from), at(to)])

describe('a pause', () => {
  it.each<[what: string, clock: ClockKind, amount: number, start: string, pause: [string, string], left: number, due: string]>([
    ['moves hours that run on by its length', 'urgentHour', 2, '2026-11-20T23:00', ['2026-11-20T23:30', '2026-11-21T08:00'], 1.5, '2026-11-21T09:30'],
    ['moves urgent days by its length', 'urgentDay', 1, '2026-11-20T09:00', ['2026-11-20T21:00', '2026-11-22T21:00'], 0.5, '2026-11-23T09:00'],
    ['keeps what is left of office hours', 'workHour', 4, '2026-11-20T09:00', ['2026-11-20T11:00', '2026-11-25T14:00'], 2, '2026-11-25T16:00'],
    [
      'keeps what is left of working days as a share of the day',
      'workDay',
      3,
      '2026-11-20T08:30',
      ['2026-11-20T13:45', '2026-11-26T08:30'],
      2.5,
      '2026-11-30T13:45',
    ],
    ['changes nothing over a weekend', 'workDay', 1, '2026-11-20T09:00', ['2026-11-20T18:00', '2026-11-23T08:30'], 0.06666666666666667, '2026-11-23T09:00'],
    ['changes nothing at noon', 'workHour', 2, '2026-11-20T11:00', ['2026-11-20T12:00', '2026-11-20T13:30'], 1, '2026-11-20T14:30'],
    ['keeps what is left of natural days', 'naturalDay', 3, '2026-11-20T09:00', ['2026-11-22T12:00', '2026-11-24T12:00'], 1.5, '2026-11-26T00:00'],
    [
      'changes nothing on the day a limit in natural days began',
      'naturalDay',
      1,
      '2026-11-20T09:00',
      ['2026-11-20T10:00', '2026-11-20T23:00'],
      1,
      '2026-11-22T00:00',
    ],
    [
      'begins natural days when it ends if they had not begun',
      'naturalDay',
      1,
      '2026-11-20T09:00',
      ['2026-11-20T10:00', '2026-11-25T15:00'],
      1,
      '2026-11-26T15:00',
    ],
  ])('%s: %s %d', (_, clock, amount, start, [from, to], left, due) => {
    expect(leftAt(clock, amount, at(start), at(from), calendar)).toBe(left)
    expect(local(dueAfter(clock, left, at(to), calendar, at(start)).dueAt)).toBe(due)
    expect(local(afterPauses(clock, amount, at(start), pauses([from, to]), calendar).dueAt)).toBe(due)
  })

  it('after the deadline leaves it where it was', () => {
    expect(leftAt('workHour', 1, at('2026-11-20T11:00'), at('2026-11-20T12:00'), calendar)).toBe(0)
    expect(leftAt('workHour', 1, at('2026-11-20T11:00'), at('2026-11-20T14:00'), calendar)).toBe(-0.5)
    expect(local(afterPauses('workHour', 1, at('2026-11-20T11:00'), pauses(['2026-11-20T12:00', '2026-11-25T12:00']), calendar).dueAt)).toBe('2026-11-20T12:00')
  })

  it('before the start counts from the start, and what was not begun is left whole', () => {
    const before = pauses(['2026-11-19T09:00', '2026-11-19T10:00'], ['2026-11-20T08:00', '2026-11-20T10:00'])
    expect(local(afterPauses('workHour', 1, at('2026-11-20T09:00'), before, calendar).dueAt)).toBe('2026-11-20T11:00')
    expect(leftAt('workHour', 1, at('2026-11-20T09:00'), at('2026-11-19T09:00'), calendar)).toBe(1)
  })

  it('does not take the day that a moved end still gave', () => {
    const rolling = mainland(SPLIT_DAY, { naturalDayEndsOn: 'workday' })
    const from = at('2026-11-20T09:00')
    expect(local(dueAt('naturalDay', 1, from, rolling).dueAt)).toBe('2026-11-24T00:00')
    const left = leftAt('naturalDay', 1, from, at('2026-11-22T12:00'), rolling)
    expect(left).toBe(1.5)
    expect(local(dueAfter('naturalDay', left, at('2026-11-22T12:00'), rolling, from).dueAt)).toBe('2026-11-24T00:00')
    expect(local(dueAfter('naturalDay', left, at('2026-11-24T12:00'), rolling, from).dueAt)).toBe('2026-11-26T00:00')
    expect(leftAt('naturalDay', 1, from, at('2026-11-24T12:00'), rolling)).toBe(-0.5)
  })

  it('that ends beyond the known years makes a deadline provisional', () => {
    expect(dueAfter('workDay', 1, at('2026-12-30T09:00'), calendar, at('2026-12-01T09:00')).provisional).toBe(false)
    expect(dueAfter('workDay', 1, at('2027-01-04T09:00'), calendar, at('2026-12-01T09:00')).provisional).toBe(true)
    expect(dueAfter('urgentDay', 1, at('2027-01-04T09:00'), calendar, at('2026-12-01T09:00')).provisional).toBe(false)
  })

  it('takes a Date as it takes epoch milliseconds', () => {
    const start = at('2026-11-20T09:00')
    const resumedAt = at('2026-11-23T09:00')
    expect(leftAt('workDay', 3, new Date(start), new Date(resumedAt), calendar)).toBe(leftAt('workDay', 3, start, resumedAt, calendar))
    const last = { left: 2, resumedAt: new Date(resumedAt) }
    expect(leftAt('workDay', 3, new Date(start), at('2026-11-23T13:30'), calendar, last)).toBe(
      leftAt('workDay', 3, start, at('2026-11-23T13:30'), calendar, { left: 2, resumedAt }),
    )
    expect(dueAfter('workDay', 2, new Date(resumedAt), calendar, new Date(start))).toEqual(dueAfter('workDay', 2, resumedAt, calendar, start))
  })

  it.each<[code: string, act: () => unknown]>([
    ['CLOCK_AMOUNT_INVALID', () => leftAt('workDay', -1, 0, 0, calendar)],
    ['CLOCK_AMOUNT_INVALID', () => leftAt('urgentHour', 1, 0, 0, calendar, { left: Number.NaN, resumedAt: 0 })],
    ['CLOCK_AMOUNT_INVALID', () => dueAfter('urgentHour', Number.POSITIVE_INFINITY, 0, calendar, 0)],
    ['CLOCK_AMOUNT_INVALID', () => extendedDueAt('urgentHour', 1, -1, 0, [], calendar)],
    ['CLOCK_INSTANT_INVALID', () => leftAt('urgentHour', 1, 0, Number.NaN, calendar)],
    ['CLOCK_INSTANT_INVALID', () => dueAfter('urgentHour', 1, new Date('x'), calendar, 0)],
    ['CLOCK_OUT_OF_RANGE', () => dueAfter('workHour', -1_000_000, at('2026-11-20T09:00'), calendar, at('2026-11-20T09:00'))],
    ['CLOCK_PAUSES_INVALID', () => afterPauses('urgentHour', 1, 0, [[5, 4]], calendar)],
    [
      'CLOCK_PAUSES_INVALID',
      () =>
        afterPauses(
          'urgentHour',
          1,
          0,
          [
            [0, 4],
            [3, 5],
          ],
          calendar,
        ),
    ],
    ['CLOCK_PAUSES_INVALID', () => afterPauses('urgentHour', 1, 0, [[Number.NaN, 5]], calendar)],
  ])('is refused with %s where it makes no sense', (code, act) => {
    expect(act).toThrow(expect.objectContaining({ code }))
  })
})

describe('calendars of different matters', () => {
  it('count beside each other, each by its own office hours', () => {
    const start = at('2026-11-20T16:00')
    const duty = workCalendar({ ...calendar, version: '2026 duty', officeHours: { standard: [[0, 1440]] }, weekend: [] })
    const once = [dueAt('workHour', 4, start, calendar).dueAt, dueAt('workHour', 4, start, duty).dueAt]
    expect(once.map(local)).toEqual(['2026-11-23T11:00', '2026-11-20T20:00'])
    expect([dueAt('workHour', 4, start, calendar).dueAt, dueAt('workHour', 4, start, duty).dueAt]).toEqual(once)
    const left = leftAt('workHour', 4, start, at('2026-11-20T17:00'), calendar)
    expect(left).toBe(3)
    expect(local(dueAfter('workHour', left, at('2026-11-20T20:00'), duty, start).dueAt)).toBe('2026-11-20T23:00')
  })
})
