import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { WorkCalendar } from '../calendar.ts'
import { CLOCK_KINDS, dueAt, elapsed, remaining } from '../clocks.ts'
import { DAY_MS, dayNumber, HOUR_MS, MINUTE_MS } from '../day.ts'
import { dayStart, epochMs } from '../zone.ts'
import { officeTable } from '../office-table.ts'
import { endOfWorkedDay, walkOn, type Walk } from './minute-walk.ts'

/** Where clocks of all kinds were once wrong: at openings and closings, at noon, around midnight, at the turn of a year and of the clocks. */
function instants(calendar: WorkCalendar, from: number, to: number): fc.Arbitrary<number> {
  const { zone } = officeTable(calendar)
  const days = Math.floor((to - from) / DAY_MS) - 1
  const edges = [0, ...calendar.officeHours.standard.flat(), ...Object.values(calendar.officeHours.byWeekday ?? {}).flat(2)]
  const nearby = fc.constantFrom(0, 1, -1, 1000, -1000, MINUTE_MS, -MINUTE_MS)
  const ofDay = (day: number, minute: number) => epochMs(zone, (Math.floor(from / DAY_MS) + 1 + day) * DAY_MS + minute * MINUTE_MS)
  const turns = [...['2024', '2025', '2026'].map((year) => dayStart(zone, dayNumber(`${year}-01-01`))), ...zone.startsAt.filter((at) => at > from + DAY_MS)]
  return fc.oneof(
    fc.integer({ min: from + DAY_MS, max: to }),
    fc.tuple(fc.integer({ min: 0, max: days - 1 }), fc.constantFrom(...edges), nearby).map(([day, minute, more]) => ofDay(day, minute) + more),
    fc
      .tuple(fc.constantFrom(...turns.filter((at) => at > from + 2 * DAY_MS && at < to)), fc.integer({ min: -2 * DAY_MS, max: DAY_MS }))
      .map(([at, more]) => Math.min(to, at + more)),
  )
}

/** Declares what holds for the five clocks by a calendar, compared with a walk over every minute; limits reach at most 160 days past `to`. */
export function clocksAgreeWithTheWalk(calendar: WorkCalendar, walk: Walk, from: number, to: number, numRuns: number): void {
  const clock = fc.constantFrom(...CLOCK_KINDS)
  const instant = instants(calendar, from, to)
  // 240ths of an hour or a day are whole to every clock and to the walk, so both can be compared to the millisecond.
  const parts = fc.oneof(
    fc.constantFrom(1, 2, 5, 15).map((whole) => whole * 240),
    fc.integer({ min: 1, max: 20 * 240 }),
  )
  const amount = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.double({ min: 0.01, max: 20, noNaN: true }))
  const whole = walk.common * MINUTE_MS

  it('a limit is over where the walk has used it up', () => {
    fc.assert(
      fc.property(clock, parts, instant, (kind, limit, start) => {
        const walked = walkOn(walk, kind, start, { limit: (limit / 240) * whole })
        const due = dueAt(kind, limit / 240, start, calendar).dueAt
        // Days of unlike length are cut into shares; halves of a millisecond may be rounded either way.
        const apart = Math.abs(due - walked.at)
        // Half a millisecond before an opening is the closing of the day before: then no office time may lie between the two.
        const worked = kind === 'workDay' && apart > 1 ? elapsed('workHour', Math.min(due, walked.at), Math.max(due, walked.at), calendar) * 3_600_000 : apart
        expect(worked).toBeLessThanOrEqual(kind === 'workDay' || kind === 'naturalDay' ? 1 : 0)
      }),
      { numRuns },
    )
  })

  it('natural days that may not end on a rest day end with the next worked day', () => {
    const rolling = { ...calendar, naturalDayEndsOn: 'workday' as const }
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), instant, (days, start) => {
        const walked = walkOn(walk, 'naturalDay', start, { limit: days * whole })
        expect(dueAt('naturalDay', days, start, rolling).dueAt).toBe(endOfWorkedDay(walk, walked.at))
      }),
      { numRuns: Math.ceil(numRuns / 10) },
    )
  })

  it('what has passed and what is left is what the walk has used', () => {
    fc.assert(
      fc.property(clock, instant, fc.integer({ min: 0, max: 20 * DAY_MS }), (kind, start, length) => {
        const used = walkOn(walk, kind, start, { until: start + length }).used / whole
        expect(elapsed(kind, start, start + length, calendar)).toBeCloseTo(used, 9)
        if (kind === 'naturalDay') return
        expect(remaining(kind, start, start + length, calendar)).toBeCloseTo(used, 9)
        expect(remaining(kind, start + length, start, calendar)).toBeCloseTo(-used, 9)
      }),
      { numRuns },
    )
  })

  it('what has passed at a deadline is the limit, for every clock', () => {
    fc.assert(
      fc.property(clock, amount, instant, (kind, limit, at) => {
        const { dueAt: due } = dueAt(kind, limit, at, calendar)
        expect(elapsed(kind, at, due, calendar)).toBeCloseTo(limit, 5)
        expect(due).toBeGreaterThan(at)
        if (kind !== 'naturalDay') expect(remaining(kind, at, due, calendar)).toBeCloseTo(limit, 5)
      }),
      { numRuns },
    )
  })

  it('a later start or a larger limit is never due earlier, and time never passes backwards', () => {
    const more = fc.double({ min: 0, max: 5, noNaN: true })
    fc.assert(
      fc.property(clock, amount, more, instant, fc.integer({ min: 0, max: 100 * HOUR_MS }), (kind, limit, extra, at, later) => {
        const first = dueAt(kind, limit, at, calendar).dueAt
        expect(dueAt(kind, limit, at + later, calendar).dueAt).toBeGreaterThanOrEqual(first)
        expect(dueAt(kind, limit + extra, at, calendar).dueAt).toBeGreaterThanOrEqual(first)
        expect(elapsed(kind, at, at + later + HOUR_MS, calendar)).toBeGreaterThanOrEqual(elapsed(kind, at, at + later, calendar))
      }),
      { numRuns },
    )
  })
}
