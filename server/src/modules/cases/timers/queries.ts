import { one, sql, type Queryable } from '../../../platform/db/database.ts'

/** Deadlines as the people who keep the machine look at them. */
export interface Timers {
  readonly running: number
  readonly dueWithinHour: number
  /** Passed and not yet marked. */
  readonly passed: number
  readonly oldestPassedAt: Date | null
}

/** Counts the deadlines that run, answered by the index of running deadlines alone. */
export async function readTimers(db: Queryable, now: Date): Promise<Timers> {
  const found = await one<Timers>(
    db,
    sql`select count(*) as running, count(*) filter (where due_at > ${now} and due_at <= ${new Date(now.getTime() + 3_600_000)}) as "dueWithinHour",
      count(*) filter (where due_at <= ${now}) as passed, min(due_at) filter (where due_at <= ${now}) as "oldestPassedAt"
      from cases.deadline where stopped_at is null and overdue_at is null`,
  )
  return found ?? { running: 0, dueWithinHour: 0, passed: 0, oldestPassedAt: null }
}
