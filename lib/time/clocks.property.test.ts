import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WorkCalendar } from './calendar.ts'
import { CLOCK_KINDS, dueAt, elapsed, remaining } from './clocks.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from './day.ts'
import { mainland, SPLIT_DAY } from './testing/mainland.ts'
import { countMinutes, firstMinute } from './testing/minute-count.ts'

const FROM = Date.UTC(2023, 11, 31)
const TO = Date.UTC(2027, 0, 2)

const calendars: Record<string, WorkCalendar> = {
  'mainland China with 调休': mainland(),
  'a short Friday and long Saturday duty': mainland({ ...SPLIT_DAY, byWeekday: { 5: [[510, 725]], 6: [[0, 1440]] } }),
  'New York with clock changes, open at night': mainland(
    {
      standard: [
        [0, 210],
        [600, 1440],
      ],
    },
    { timeZone: 'America/New_York', weekend: [3], days: {} },
  ),
}

describe.each(Object.entries(calendars))('on the calendar of %s', (_, calendar) => {
  const count = countMinutes(calendar, FROM, TO)
  const start = fc.integer({ min: 24 * 60, max: 1000 * 24 * 60 }).map((minute) => FROM + minute * MINUTE_MS)
  const instant = fc.integer({ min: FROM + DAY_MS, max: TO - 90 * DAY_MS })
  const clock = fc.constantFrom(...CLOCK_KINDS)
  const amount = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0.01, max: 40, noNaN: true }))

  it('office hours end on the minute that a minute-by-minute count finds', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 6000 }), (at, minutes) => {
        expect(dueAt('workHour', minutes / 60, at, calendar).dueAt).toBe(firstMinute(count, count.minutes, at, minutes))
      }),
    )
  })

  it('working days end within the minute that a minute-by-minute count finds', () => {
    fc.assert(
      fc.property(
        start,
        fc.integer({ min: 1, max: 80 }).map((quarters) => quarters / 4),
        (at, days) => {
          const counted = firstMinute(count, count.days, at, days) ?? 0
          const { dueAt: due } = dueAt('workDay', days, at, calendar)
          expect(due).toBeLessThanOrEqual(counted)
          expect(due).toBeGreaterThan(counted - MINUTE_MS)
        },
      ),
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
    )
  })

  it('a later start or a larger limit is never due earlier, and time never passes backwards', () => {
    fc.assert(
      fc.property(
        clock,
        amount,
        fc.double({ min: 0, max: 5, noNaN: true }),
        instant,
        fc.integer({ min: 0, max: 100 * HOUR_MS }),
        (kind, limit, more, at, later) => {
          const first = dueAt(kind, limit, at, calendar).dueAt
          expect(dueAt(kind, limit, at + later, calendar).dueAt).toBeGreaterThanOrEqual(first)
          expect(dueAt(kind, limit + more, at, calendar).dueAt).toBeGreaterThanOrEqual(first)
          expect(elapsed(kind, at, at + later + HOUR_MS, calendar)).toBeGreaterThanOrEqual(elapsed(kind, at, at + later, calendar))
        },
      ),
    )
  })
})
