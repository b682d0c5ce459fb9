import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountDays } from './account-spans.ts'
import { CLOCK_KINDS, dueAt } from './clocks.ts'
import { toUnits } from './count.ts'
import { DAY_MS, dayNumber, HOUR_MS, MINUTE_MS } from './day.ts'
import { explainDeadline } from './explain.ts'
import { extendedDueAt, type Pause } from './pause.ts'
import { walkOn } from './testing/minute-walk.ts'
import { TOWNS, WALK_FROM, WALK_TO } from './testing/towns.ts'
import { workCalendar } from './calendar.ts'

describe.each(TOWNS)('on the calendar of $name', ({ calendar, walk }) => {
  const rolling = workCalendar({ ...calendar, naturalDayEndsOn: 'workday' })
  const clock = fc.constantFrom(...CLOCK_KINDS)
  const instant = fc.integer({ min: WALK_FROM + 2 * DAY_MS, max: WALK_TO - 150 * DAY_MS })
  const amount = fc.oneof(fc.integer({ min: 0, max: 15 }), fc.double({ min: 0.001, max: 15, noNaN: true }))
  const gap = fc.oneof(fc.integer({ min: 0, max: 8 * HOUR_MS }), fc.integer({ min: 0, max: 4 * DAY_MS }))
  const pauseLengths = fc.array(fc.tuple(gap, gap), { maxLength: 3 })

  it('the spans tile the time from start to deadline, and what they counted is the limit to the last unit', () => {
    fc.assert(
      fc.property(clock, amount, amount, instant, pauseLengths, fc.boolean(), (kind, limit, extension, start, lengths, rolls) => {
        const by = rolls ? rolling : calendar
        const pauses = pausesFrom(start, lengths)
        const due = extendedDueAt(kind, limit, extension, start, pauses, by).dueAt
        const spans = accountDays(kind, limit + extension, start, due, pauses, by, {}).flatMap((day) => day.spans)
        let at = start
        for (const span of spans) {
          expect(span.from).toBe(at)
          expect(span.to).toBeGreaterThan(span.from)
          expect(span.minutes).toBe((span.to - span.from) / MINUTE_MS)
          expect(span.counted || span.amount === 0).toBe(true)
          at = span.to
        }
        expect(at).toBe(due)
        expect(spans.reduce((sum, span) => sum + toUnits(kind, span.amount), 0)).toBe(toUnits(kind, limit + extension))
      }),
      { numRuns: 400 },
    )
  })

  it('each span counted what somebody counts who walks every minute of it', () => {
    fc.assert(
      fc.property(clock, amount, instant, pauseLengths, (kind, limit, start, lengths) => {
        const pauses = pausesFrom(start, lengths)
        const due = extendedDueAt(kind, limit, 0, start, pauses, calendar).dueAt
        const whole = walk.common * MINUTE_MS
        let walked = 0
        for (const span of accountDays(kind, limit, start, due, pauses, calendar, {}).flatMap((day) => day.spans)) {
          const { used } = walkOn(walk, kind, start, { until: span.to }, pauses)
          expect(span.counted).toBe(used > walked)
          // The last span may hold half a millisecond more or less, for a deadline is a whole one.
          expect(Math.abs(span.amount - (used - walked) / whole)).toBeLessThan(span.to === due ? 1e-6 : 1e-9)
          walked = used
        }
      }),
      { numRuns: 100 },
    )
  })

  it('the rows follow each other day by day, add up to the limit and say how long it was paused', () => {
    fc.assert(
      fc.property(clock, amount, instant, pauseLengths, fc.constantFrom(3, 10, 120), (kind, limit, start, lengths, maxRows) => {
        const pauses = pausesFrom(start, lengths)
        const account = explainDeadline(kind, limit, start, rolling, { pauses, maxRows })
        expect(account.rows.length).toBeLessThanOrEqual(maxRows)
        account.rows.forEach((row, index) => {
          expect(row.days).toBe(dayNumber(row.toDay) - dayNumber(row.fromDay) + 1)
          const next = account.rows[index + 1]
          if (next) expect(dayNumber(next.fromDay)).toBe(dayNumber(row.toDay) + 1)
        })
        expect(account.rows.reduce((sum, row) => sum + toUnits(kind, row.amount), 0)).toBe(toUnits(kind, limit))
        const paused = pauses.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(to, account.dueAt) - Math.max(from, start)), 0)
        expect(account.pausedMinutes).toBeCloseTo(paused / MINUTE_MS, 6)
        expect(account.unextendedDueAt).toBe(account.dueAt)
        if (pauses.length === 0) expect(account.dueAt).toBe(dueAt(kind, limit, start, rolling).dueAt)
      }),
      { numRuns: 200 },
    )
  })
})

function pausesFrom(start: number, lengths: readonly (readonly [number, number])[]): Pause[] {
  const pauses: Pause[] = []
  let at = start
  for (const [ran, stood] of lengths) {
    pauses.push([at + ran, at + ran + stood])
    at += ran + stood
  }
  return pauses
}
