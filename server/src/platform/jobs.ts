import { Logger, parseCronItems, run, type Runner } from 'graphile-worker'
import type pg from 'pg'
import type { Log } from './log.ts'
import type { Activity } from './operations/activity.ts'
import type { Registration } from './platform.ts'

/** Runs the modules' jobs by their cron patterns; a restart or a second process changes nothing, because each job looks at tables and is idempotent. */
export async function startJobs(pool: pg.Pool, registrations: readonly Registration[], log: Log, activity: Activity): Promise<Runner> {
  const jobs = registrations.flatMap((registration) => registration.jobs ?? [])
  const items = parseCronItems(jobs.map((job) => ({ task: taskName(job.name), match: job.cron, options: { backfillPeriod: 0, maxAttempts: 3 } })))
  return run({
    pgPool: pool,
    noHandleSignals: true,
    concurrency: 2,
    logger: new Logger(() => (level, message) => (level === 'error' ? log.error({ message }, 'job') : log.debug({ message }, 'job'))),
    taskList: Object.fromEntries(
      jobs.map((job, index) => {
        const record = activity.job(job.name, job.cron, (minute) => items[index]?.match(minute) ?? false)
        return [taskName(job.name), () => record.track(() => job.run())]
      }),
    ),
    parsedCronItems: items,
  })
}

const taskName = (name: string) => name.replaceAll('.', ':')
