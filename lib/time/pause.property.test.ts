import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLOCK_KINDS, dueAt } from './clocks.ts'
import { toUnits } from './count.ts'
import { DAY_MS, HOUR_MS } from './day.ts'
import { afterPauses, dueAfter, extendedDueAt, leftAt, type Pause, type Resumption } from './pause.ts'
import { walkOn } from './testing/minute-walk.ts'
import { TOWNS, WALK_FROM, WALK_TO } from './testing/towns.ts'

const RUNS = { numRuns: 400 }

describe.each(TOWNS)('on the calendar of $name', ({ calendar, walk }) => {
  const clock = fc.constantFrom(...CLOCK_KINDS)
  const instant = fc.integer({ min: WALK_FROM + 2 * DAY_MS, max: WALK_TO - 150 * DAY_MS })
  // 240ths are whole to every clock, so that the walk and the clocks can be compared to the millisecond.
  const amount = fc.integer({ min: 1, max: 10 * 240 }).map((parts) => parts / 240)
  const anyAmount = fc.oneof(amount, fc.double({ min: 0.01, max: 15, noNaN: true }))
  const gap = fc.oneof(fc.integer({ min: 0, max: 8 * HOUR_MS }), fc.integer({ min: 0, max: 5 * DAY_MS }))
  const gaps = fc.array(gap, { minLength: 2, maxLength: 6 })

  it('a limit with pauses ends where somebody stops who walks every minute', () => {
    fc.assert(
      fc.property(clock, amount, instant, gaps, (kind, limit, start, lengths) => {
        const pauses = pausesFrom(start, lengths)
        const walked = walkOn(walk, kind, start, { limit: Math.round(limit * walk.common * 60_000) }, pauses)
        expect(Math.abs(afterPauses(kind, limit, start, pauses, calendar).dueAt - walked.at)).toBeLessThanOrEqual(1)
      }),
      RUNS,
    )
  })

  it('hundreds of short pauses end where the walk does, without drift', () => {
    const short = fc.integer({ min: 0, max: 2 * HOUR_MS })
    fc.assert(
      fc.property(clock, amount, instant, fc.array(short, { minLength: 300, maxLength: 500 }), (kind, limit, start, lengths) => {
        const pauses = pausesFrom(start, lengths)
        const walked = walkOn(walk, kind, start, { limit: Math.round(limit * walk.common * 60_000) }, pauses)
        expect(Math.abs(afterPauses(kind, limit, start, pauses, calendar).dueAt - walked.at)).toBeLessThanOrEqual(1)
      }),
      { numRuns: 20 },
    )
  })

  it('what is left and what was walked is the limit', () => {
    fc.assert(
      fc.property(clock, amount, instant, gap, (kind, limit, start, ran) => {
        const left = leftAt(kind, limit, start, start + ran, calendar)
        const { used } = walkOn(walk, kind, start, { until: start + ran })
        expect(left + used / (walk.common * 60_000)).toBeCloseTo(limit, 9)
        expect(left <= 0).toBe(start + ran >= dueAt(kind, limit, start, calendar).dueAt)
      }),
      RUNS,
    )
  })

  it('nothing is left at the deadline and something a millisecond before', () => {
    fc.assert(
      fc.property(clock, anyAmount, instant, (kind, limit, start) => {
        const { dueAt: due } = dueAt(kind, limit, start, calendar)
        expect(leftAt(kind, limit, start, due, calendar)).toBeLessThanOrEqual(0)
        expect(leftAt(kind, limit, start, due - 1, calendar)).toBeGreaterThan(0)
      }),
      RUNS,
    )
  })

  it('a pause of no length changes nothing, to the millisecond', () => {
    fc.assert(
      fc.property(clock, anyAmount, instant, gap, (kind, limit, start, ran) => {
        const due = dueAt(kind, limit, start, calendar)
        fc.pre(start + ran < due.dueAt)
        const left = leftAt(kind, limit, start, start + ran, calendar)
        expect(dueAfter(kind, left, start + ran, calendar, start).dueAt).toBe(due.dueAt)
        expect(afterPauses(kind, limit, start, [[start + ran, start + ran]], calendar).dueAt).toBe(due.dueAt)
      }),
      RUNS,
    )
  })

  it('a pause cut in two changes nothing, to the millisecond', () => {
    fc.assert(
      fc.property(clock, anyAmount, instant, gap, gap, fc.double({ min: 0, max: 1, noNaN: true }), (kind, limit, start, ran, stood, share) => {
        const [from, to] = [start + ran, start + ran + stood]
        const middle = from + Math.round(stood * share)
        const whole = afterPauses(kind, limit, start, [[from, to]], calendar)
        expect(
          afterPauses(
            kind,
            limit,
            start,
            [
              [from, middle],
              [middle, to],
            ],
            calendar,
          ),
        ).toEqual(whole)
      }),
      RUNS,
    )
  })

  it('a pause while a clock does not count changes nothing, to the millisecond', () => {
    fc.assert(
      fc.property(clock, anyAmount, instant, gap, gap, (kind, limit, start, ran, stood) => {
        const [from, to] = [start + ran, start + ran + stood]
        fc.pre(walkOn(walk, kind, start, { until: from }).used === walkOn(walk, kind, start, { until: to }).used)
        expect(afterPauses(kind, limit, start, [[from, to]], calendar).dueAt).toBe(dueAt(kind, limit, start, calendar).dueAt)
      }),
      RUNS,
    )
  })

  it('hundreds of pauses neither lengthen nor shorten, also by way of JSON', () => {
    fc.assert(
      fc.property(
        clock,
        anyAmount,
        instant,
        fc.array(fc.integer({ min: 0, max: HOUR_MS }), { minLength: 200, maxLength: 300 }),
        (kind, limit, start, steps) => {
          const due = dueAt(kind, limit, start, calendar).dueAt
          let last: Resumption | undefined
          let at = start
          for (const step of steps) {
            at += step
            if (at >= due) break
            last = JSON.parse(JSON.stringify({ left: leftAt(kind, limit, start, at, calendar, last), resumedAt: at })) as Resumption
            expect(dueAfter(kind, last.left, at, calendar, start).dueAt).toBe(due)
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  it('a longer pause, a longer limit and a longer extension are never due earlier', () => {
    fc.assert(
      fc.property(clock, anyAmount, anyAmount, anyAmount, instant, gaps, gap, (kind, limit, extension, more, start, lengths, longer) => {
        const pauses = pausesFrom(start, lengths)
        const { dueAt: plain } = afterPauses(kind, limit, start, pauses, calendar)
        const { dueAt: extended } = extendedDueAt(kind, limit, extension, start, pauses, calendar)
        expect(plain).toBeGreaterThanOrEqual(dueAt(kind, limit, start, calendar).dueAt)
        expect(extended).toBeGreaterThan(plain)
        expect(extendedDueAt(kind, limit, extension + more, start, pauses, calendar).dueAt).toBeGreaterThan(extended)
        const [first, last] = [pauses.slice(0, -1), pauses.at(-1) ?? [start, start]]
        expect(afterPauses(kind, limit, start, [...first, [last[0], last[1] + longer]], calendar).dueAt).toBeGreaterThanOrEqual(plain)
      }),
      RUNS,
    )
  })

  it('more time given on the way is as much as more time from the start', () => {
    fc.assert(
      fc.property(clock, amount, amount, instant, gap, (kind, limit, extension, start, ran) => {
        const at = start + ran
        fc.pre(at < dueAt(kind, limit, start, calendar).dueAt)
        const left = leftAt(kind, limit, start, at, calendar) + extension
        expect(dueAfter(kind, left, at, calendar, start).dueAt).toBe(extendedDueAt(kind, limit, extension, start, [], calendar).dueAt)
        expect(toUnits(kind, leftAt(kind, limit + extension, start, at, calendar))).toBe(toUnits(kind, left))
      }),
      RUNS,
    )
  })
})

/** Pauses out of lengths of running and standing still by turns. */
function pausesFrom(start: number, lengths: readonly number[]): Pause[] {
  const pauses: Pause[] = []
  let at = start
  for (let index = 0; index + 1 < lengths.length; index += 2) {
    const from = at + (lengths[index] ?? 0)
    at = from + (lengths[index + 1] ?? 0)
    pauses.push([from, at])
  }
  return pauses
}
