import type { WorkCalendar } from './calendar.ts'
import type { ClockKind, Deadline } from './clock-kinds.ts'
import { dueAt } from './clocks.ts'
import { countsFrom, deadlineAt, epochOf, fromUnits, positionAt, toUnits } from './count.ts'
import { TimeError } from './errors.ts'

/** What the last resumption (恢复计时) of a paused clock went on with. */
export interface Resumption {
  /** As `leftAt` gave it when the clock was paused. */
  readonly left: number
  readonly resumedAt: Date | number
}

/** A pause (暂停计时) from one instant to another, epoch ms. */
export type Pause = readonly [from: number, to: number]

/**
 * How much of a limit is left at an instant, to be kept while the clock is paused (暂停计时). In the clock's own unit, as the amount is:
 * hours for `urgentHour` and `workHour`, days of 24 hours for `urgentDay`, working days (the last as its share of that day's office
 * time) for `workDay`, local days for `naturalDay`. The number is a whole count of the clock's smallest units over a constant, so that
 * it comes back the same from JSON and any number of pauses adds up without drift. 0 or less means that the deadline has passed:
 * below 0 by how much. A deadline that has passed stays where it was, whatever is paused afterwards.
 *
 * `amount` and `startAt` are always those the limit began with; `last` is the last resumption if the clock was paused before. The day of
 * the start does not count for `naturalDay` (Civil Code art. 201), so a pause within it changes nothing; where the end was
 * moved on from a rest day, the days it was moved over are left as well once they are reached. Throws as `dueAt`.
 */
export function leftAt(clock: ClockKind, amount: number, startAt: Date | number, at: Date | number, calendar: WorkCalendar, last?: Resumption): number {
  const start = epochOf(startAt)
  const now = epochOf(at)
  const runsFrom = last ? epochOf(last.resumedAt) : start
  const left = last ? last.left : amount
  if (!Number.isFinite(left) || !Number.isFinite(amount) || amount < 0) throw new TimeError('CLOCK_AMOUNT_INVALID', { amount, left })
  const from = countsFrom(clock, start, runsFrom, calendar)
  const end = from + toUnits(clock, left)
  const { dueAt: due } = deadlineAt(clock, end, runsFrom, calendar)
  const position = Math.max(from, positionAt(clock, now, calendar))
  // Past its own end a limit in natural days may still run to the end of the next workday.
  const until = clock === 'naturalDay' && position >= end ? positionAt(clock, due, calendar) : end
  return fromUnits(clock, now >= due ? Math.min(0, until - position) : until - position)
}

/**
 * The deadline of a clock that is resumed (恢复计时) at an instant with so much left, as `leftAt` gave it; `startAt` is when the limit
 * began. Resumed at the instant of the pause, it is the deadline from before. With 0 or less left it lies before the resumption, so
 * whoever resumes keeps the old deadline instead. Throws CLOCK_AMOUNT_INVALID, CLOCK_INSTANT_INVALID, CLOCK_OUT_OF_RANGE.
 */
export function dueAfter(clock: ClockKind, left: number, resumeAt: Date | number, calendar: WorkCalendar, startAt: Date | number): Deadline {
  if (!Number.isFinite(left)) throw new TimeError('CLOCK_AMOUNT_INVALID', { left })
  const resumed = epochOf(resumeAt)
  return deadlineAt(clock, countsFrom(clock, epochOf(startAt), resumed, calendar) + toUnits(clock, left), resumed, calendar)
}

/**
 * The deadline of a limit that stood still during some pauses, given in order and without overlap (a pause may touch the next). A pause
 * before the start counts from the start; one that begins when the limit is over changes nothing. Throws CLOCK_PAUSES_INVALID, and as `dueAt`.
 */
export function afterPauses(clock: ClockKind, amount: number, startAt: Date | number, pauses: readonly Pause[], calendar: WorkCalendar): Deadline {
  const start = epochOf(startAt)
  let deadline = dueAt(clock, amount, start, calendar)
  let last: Resumption | undefined
  let previousEnd = Number.NEGATIVE_INFINITY
  for (const [from, to] of pauses) {
    if (!(previousEnd <= from && from <= to)) throw new TimeError('CLOCK_PAUSES_INVALID', { from, to })
    previousEnd = to
    if (to <= start || from >= deadline.dueAt) continue
    last = { left: leftAt(clock, amount, start, Math.max(start, from), calendar, last), resumedAt: to }
    deadline = dueAfter(clock, last.left, to, calendar, start)
  }
  return deadline
}

/**
 * The deadline of a limit that was extended (延期) by so much more of the same clock: that of the sum from the same start, with the
 * same pauses. Throws CLOCK_AMOUNT_INVALID for less than nothing, and as `afterPauses`.
 */
export function extendedDueAt(
  clock: ClockKind,
  amount: number,
  extension: number,
  startAt: Date | number,
  pauses: readonly Pause[],
  calendar: WorkCalendar,
): Deadline {
  if (!Number.isFinite(extension) || extension < 0) throw new TimeError('CLOCK_AMOUNT_INVALID', { amount: extension })
  return afterPauses(clock, amount + extension, startAt, pauses, calendar)
}
