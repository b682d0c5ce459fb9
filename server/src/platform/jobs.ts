import { Logger, parseCronItems, run, type Runner } from 'graphile-worker'
import type pg from 'pg'
import type { Log } from './log.ts'
import type { Registration } from './platform.ts'

/** Runs the modules' jobs by their cron patterns; a restart or a second process changes nothing, because each job looks at tables and is idempotent. */
export async function startJobs(pool: pg.Pool, registrations: readonly Registration[], log: Log): Promise<Runner> {
  const jobs = registrations.flatMap((registration) => registration.jobs ?? [])
  return run({
    pgPool: pool,
    noHandleSignals: true,
    concurrency: 2,
    logger: new Logger(() => (level, message) => (level === 'error' ? log.error({ message }, 'job') : log.debug({ message }, 'job'))),
    taskList: Object.fromEntries(jobs.map((job) => [taskName(job.name), () => job.run()])),
    parsedCronItems: parseCronItems(jobs.map((job) => ({ task: taskName(job.name), match: job.cron, options: { backfillPeriod: 0, maxAttempts: 3 } }))),
  })
}

const taskName = (name: string) => name.replaceAll('.', ':')
