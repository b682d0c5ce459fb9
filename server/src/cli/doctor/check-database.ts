import { existsSync } from 'node:fs'
import { listPending, readApplied, refuseUnknown, type MigrationSource } from '../../platform/db/migrate.ts'
import { checkDatabase } from '../../platform/db/check-database.ts'
import { one, sql, type Db } from '../../platform/db/database.ts'
import { anchorFileOf, missingAnchors, readAnchors } from '../../platform/audit/anchor.ts'
import { countJobs, listWaiting, readLedgers } from '../../platform/operations/queries.ts'
import { LIMITS } from '../../platform/operations/warnings.ts'
import { readTimers } from '../../modules/cases/index.ts'
import type pg from 'pg'
import type { Store } from '../backup/store.ts'
import { found, well, type Finding } from './words.ts'

/** Version, encoding, Chinese trigrams and clock. `now` gives Unix milliseconds. */
export async function checkFitness(pool: pg.Pool, now: () => number): Promise<Finding[]> {
  const check = 'database'
  const client = await pool.connect()
  try {
    await checkDatabase(client)
    const before = now()
    const { rows } = await client.query<{ version: string; now: number }>(
      "select current_setting('server_version') as version, (extract(epoch from clock_timestamp()) * 1000)::float8 as now",
    )
    const aheadMs = Math.round((rows[0]?.now ?? 0) - (before + now()) / 2)
    const clock = Math.abs(aheadMs) > LIMITS.clockMs ? found('clock', 'CLOCK_SKEWED', `${aheadMs} ms`) : well('clock', `database ${aheadMs} ms ahead`)
    return [well(check, `PostgreSQL ${rows[0]?.version}, UTF-8, Chinese trigrams`), clock]
  } catch (error) {
    return [found(check, 'DATABASE_UNFIT', error instanceof Error ? error.message : String(error))]
  } finally {
    client.release()
  }
}

/** Whether program and database know the same migrations. */
export async function checkMigrations(pool: pg.Pool, sources: readonly MigrationSource[]): Promise<Finding[]> {
  const check = 'migrations'
  const applied = await readApplied(pool)
  try {
    refuseUnknown(applied, sources)
  } catch (error) {
    return [found(check, 'MIGRATIONS_FOREIGN', error instanceof Error ? error.message : String(error))]
  }
  const pending = await listPending(pool, sources)
  return [pending.length > 0 ? found(check, 'MIGRATIONS_PENDING', pending.join(', ')) : well(check, `${applied.length} applied`)]
}

/** The anchor file's own chain, its end against the database, and lines that wait for an anchor. */
export async function checkAnchors(db: Db, { config, dataFolder }: Store, now: number): Promise<Finding[]> {
  const check = 'anchors'
  const file = anchorFileOf(config, dataFolder)
  const { unanchored, unanchoredAt } = await readLedgers(db)
  const waits =
    unanchoredAt !== null && now - unanchoredAt.getTime() > LIMITS.anchorAgeS * 1000
      ? [found(check, 'ANCHOR_OLD', `${unanchored} lines, the oldest of ${unanchoredAt.toISOString()}`)]
      : []
  if (!existsSync(file)) {
    const known = await one<{ n: number }>(db, sql`select max((value ->> 'n')::int) as n from platform.setting where name like 'anchor:%'`)
    const missing = known?.n ?? 0
    return [missing > 0 ? found(check, 'ANCHOR_MISSING', `${file}: the database knows ${missing} anchors`) : well(check, 'none yet'), ...waits]
  }
  const anchors = readAnchors(file)
  const missing = await missingAnchors(db, anchors)
  const findings = [
    ...anchors.problems.slice(0, 5).map((problem) => found(check, 'ANCHOR_BROKEN', `${problem.code} at anchor ${problem.n}`)),
    ...(missing > 0 ? [found(check, 'ANCHOR_TAIL_MISSING', `${missing} anchors`)] : []),
    ...waits,
  ]
  return findings.length > 0 ? findings : [well(check, `${anchors.anchors.length} anchors, the newest of ${anchors.anchors.at(-1)?.at ?? '–'}`)]
}

/** What waits: deadlines, events, jobs, and cases that nobody will take up. */
export async function checkQueues(db: Db, now: number, orphans: ((db: Db) => Promise<number>) | undefined): Promise<Finding[]> {
  const timers = await readTimers(db, new Date(now))
  const waiting = await listWaiting(db)
  const failing = waiting.reduce((sum, row) => sum + row.failing, 0)
  const undelivered = waiting.reduce((sum, row) => sum + row.undelivered, 0)
  const oldest = waiting[0]?.oldestAt
  const findings: Finding[] = []
  findings.push(
    timers.oldestPassedAt !== null && now - timers.oldestPassedAt.getTime() > LIMITS.timerAgeS * 1000
      ? found('deadlines', 'TIMERS_LATE', `${timers.passed}, the oldest of ${timers.oldestPassedAt.toISOString()}`)
      : well('deadlines', `${timers.running} run, ${timers.passed} passed and unmarked`),
    oldest !== undefined && now - oldest.getTime() > LIMITS.relayAgeS * 1000
      ? found('events', 'EVENTS_WAIT', `${undelivered}, the oldest of ${oldest.toISOString()}`)
      : well('events', `${undelivered} undelivered`),
  )
  if (failing > 0) findings.push(found('events', 'EVENTS_FAIL', String(failing)))
  const worker = await one<{ there: boolean }>(db, sql`select to_regclass('graphile_worker.jobs') is not null as there`)
  const jobs = worker?.there === true ? await countJobs(db) : undefined
  if (jobs && jobs.givenUp > 0) findings.push(found('jobs', 'JOBS_GIVEN_UP', String(jobs.givenUp)))
  else findings.push(well('jobs', `${jobs?.waiting ?? 0} wait`))
  if (orphans) {
    const count = await orphans(db)
    findings.push(count > 0 ? found('cases', 'CASES_ORPHANED', String(count)) : well('cases', 'each open case waits for somebody'))
  }
  return findings
}
