import type { Stage } from '@linli/contract/workflow'
import type { WorkCalendar } from '@linli/lib/time/calendar'
import { CLOCK_KINDS, dueAt, type ClockKind } from '@linli/lib/time/clocks'
import type { DeadlineSet } from './ports.ts'

interface Limit {
  readonly clock: string
  readonly amount: number
}
const STANDARD: Limit = { clock: 'workDay', amount: 3 }

/** When a stage is due (环节时限): the condition row's limit for handling, else the city's clock for the stage, counted by the calendar. */
export function stageLimit(stages: Readonly<Record<string, Limit>>, calendar: WorkCalendar, stage: Stage, startedAt: Date, limit: Limit | null): DeadlineSet {
  const { clock, amount } = limit ?? stages[stage] ?? STANDARD
  const due = dueAt(clockOf(clock), amount, startedAt, calendar)
  return { clock, amount, calendar: calendar.version, dueAt: new Date(due.dueAt), provisional: due.provisional }
}

function clockOf(name: string): ClockKind {
  const clock = CLOCK_KINDS.find((kind) => kind === name)
  if (!clock) throw new Error(`CLOCK_UNKNOWN ${name}`)
  return clock
}
