import type { WorkCalendar } from './calendar.ts'
import type { ClockKind, Deadline } from './clock-kinds.ts'
import { countsFrom, deadlineAt, epochOf, fromUnits, positionAt, toUnits } from './count.ts'
import { TimeError } from './errors.ts'

export { CLOCK_KINDS, type ClockKind, type Deadline } from './clock-kinds.ts'

/**
 * When so much of a clock (hours or days, as its kind says) has passed since a start (Date or epoch ms). An amount of 0 is due
 * at the start. Throws CLOCK_AMOUNT_INVALID, CLOCK_INSTANT_INVALID, and CLOCK_OUT_OF_RANGE outside 2000 to 2100.
 */
export function dueAt(clock: ClockKind, amount: number, startAt: Date | number, calendar: WorkCalendar): Deadline {
  const start = epochOf(startAt)
  if (!Number.isFinite(amount) || amount < 0) throw new TimeError('CLOCK_AMOUNT_INVALID', { amount })
  if (amount === 0) return { dueAt: start, provisional: false }
  const deadline = deadlineAt(clock, countsFrom(clock, start, start, calendar) + toUnits(clock, amount), start, calendar)
  // Less than half a millisecond at night would be over at the closing before.
  return deadline.dueAt < start ? { dueAt: start, provisional: false } : deadline
}

/**
 * How much of a clock has passed between two instants (Date or epoch ms), in its hours or days; never below 0, so 0 when `to` is
 * earlier. It undoes `dueAt`, except where a natural day's end was moved on from a rest day.
 */
export function elapsed(clock: ClockKind, from: Date | number, to: Date | number, calendar: WorkCalendar): number {
  const start = epochOf(from)
  const end = epochOf(to)
  if (end <= start) return 0
  return fromUnits(clock, Math.max(0, positionAt(clock, end, calendar) - countsFrom(clock, start, start, calendar)))
}

/** How much of a clock is left until a deadline (Date or epoch ms), in its hours or days; below 0 by as much as it is overdue. */
export function remaining(clock: ClockKind, now: Date | number, deadline: Date | number, calendar: WorkCalendar): number {
  return fromUnits(clock, positionAt(clock, epochOf(deadline), calendar) - positionAt(clock, epochOf(now), calendar))
}
