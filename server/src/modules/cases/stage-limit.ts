import type { Stage } from '@linli/contract/workflow'
import type { WorkCalendar } from '@linli/lib/time/calendar'
import { CLOCK_KINDS, dueAt, type ClockKind } from '@linli/lib/time/clocks'
import { dueAfter, leftAt } from '@linli/lib/time/pause'
import type { Limit, RunningDeadline } from './model.ts'
import type { DeadlineSet } from './ports.ts'

const STANDARD: Limit = { clock: 'workDay', amount: 3 }

/** When a stage is due (环节时限): the condition row's limit for handling, else the city's clock for the stage, counted by the calendar. */
export function stageLimit(stages: Readonly<Record<string, Limit>>, calendar: WorkCalendar, stage: Stage, startedAt: Date, limit: Limit | null): DeadlineSet {
  const { clock, amount } = limit ?? stages[stage] ?? STANDARD
  const due = dueAt(clockOf(clock), amount, startedAt, calendar)
  return { clock, amount, calendar: calendar.version, dueAt: new Date(due.dueAt), provisional: due.provisional }
}

/** How much of a running clock is left at an instant, in its own unit; 0 or less where it has run out. */
export function stageLeft(calendar: WorkCalendar, deadline: RunningDeadline, at: Date): number {
  const last = deadline.left === undefined ? undefined : { left: deadline.left, resumedAt: deadline.startedAt }
  return leftAt(clockOf(deadline.clock), deadline.amount, firstStart(deadline), at, calendar, last)
}

/** When a clock that goes on with what was left is due; one that had run out keeps its old end. */
export function stageResumed(calendar: WorkCalendar, deadline: RunningDeadline & { readonly left: number }, at: Date): DeadlineSet {
  const { clock, amount, left } = deadline
  if (left <= 0) return { clock, amount, calendar: deadline.calendar, dueAt: new Date(deadline.dueAt), provisional: deadline.provisional }
  const due = dueAfter(clockOf(clock), left, at, calendar, firstStart(deadline))
  return { clock, amount, calendar: calendar.version, dueAt: new Date(due.dueAt), provisional: due.provisional }
}

const firstStart = (deadline: RunningDeadline) => new Date(deadline.since ?? deadline.startedAt)

/** The clock of that name; throws CLOCK_UNKNOWN. */
export function clockOf(name: string): ClockKind {
  const clock = CLOCK_KINDS.find((kind) => kind === name)
  if (!clock) throw new Error(`CLOCK_UNKNOWN ${name}`)
  return clock
}
