import { lastAnchor, anchorFileOf } from '../audit/anchor.ts'
import { listPending, type MigrationSource } from '../db/migrate.ts'
import type { Platform, Registration } from '../platform.ts'
import { measureDisk } from './disk.ts'
import { keep } from './kept.ts'
import { readLastBackup } from './last-backup.ts'
import { systemsOf } from './own-systems.ts'
import { countBlobs, countJobs, listApplied, listWaiting, readDatabase, readLedgers, type DatabaseFacts } from './queries.ts'
import { lookAtSystems } from './systems.ts'
import { warningsOf, type Operations } from './warnings.ts'

/** What the operations page asks of the modules. */
export interface OperationsPorts {
  readonly version: string
  readonly migrations: readonly MigrationSource[]
  /** The catalogue's edition in force. */
  edition(): number
  registrations(): readonly Registration[]
  tierOf(module: string): Operations['modules'][number]['tier']
  /** Deadlines that run, are due within the hour, and have passed unmarked, with the oldest of these. */
  timers(): Promise<{ running: number; dueWithinHour: number; passed: number; oldestPassedAt: Date | null }>
  /** Open cases that wait for nobody; undefined while nothing counts them. */
  orphans?(): Promise<number>
}

const SECOND = 1_000
const UNKNOWN_DATABASE: DatabaseFacts = { version: '', bytes: 0, used: 0, most: 0, oldestTransactionS: null, cacheHit: null, now: 0 }

/** Makes the function that reports how the program is. What is cheap is measured at each call, the rest is kept for as long as it cost to learn. */
export function reporter(platform: Platform, ports: OperationsPorts): () => Promise<Operations> {
  const { runtime, db, pool, config, dataFolder, metrics, vitals, activity } = platform
  const { now } = runtime
  const startedAt = now()
  const disk = keep(600 * SECOND, now, () => measureDisk(dataFolder, new Set(['blobs'])))
  const blobs = keep(300 * SECOND, now, () => countBlobs(db))
  const timers = keep(5 * SECOND, now, () => ports.timers())
  const orphans = keep(60 * SECOND, now, async () => (ports.orphans ? ports.orphans() : undefined))
  const migrations = keep(60 * SECOND, now, async () => ({ applied: await listApplied(db), pending: await listPending(pool, ports.migrations) }))
  const database = keep(2 * SECOND, now, async () => {
    const facts = (await readDatabase(db)) ?? UNKNOWN_DATABASE
    return { ...facts, aheadMs: facts.now - now() }
  })
  const systems = keep(30 * SECOND, now, () => lookAtSystems(systemsOf(platform, ports.registrations()), now))
  const queues = keep(SECOND, now, async () => ({ waiting: await listWaiting(db), ledgers: await readLedgers(db), jobs: await countJobs(db) }))

  return async () => {
    const [use, files, due, lost, steps, facts, looks, queued] = await Promise.all([
      disk(),
      blobs(),
      timers(),
      orphans(),
      migrations(),
      database(),
      systems(),
      queues(),
    ])
    const at = now()
    const asOf = new Date(at).toISOString()
    const ageS = (instant: Date | null) => (instant === null ? null : Math.max(0, (at - instant.getTime()) / SECOND))
    const { waiting, ledgers, jobs } = queued.value
    const anchor = lastAnchor(anchorFileOf(config, dataFolder))?.anchor
    const backup = readLastBackup(dataFolder)
    const queuedAt = queued.at.toISOString()
    const report: Omit<Operations, 'warnings'> = {
      asOf,
      startedAt: new Date(startedAt).toISOString(),
      uptimeS: Math.max(0, (at - startedAt) / SECOND),
      versions: {
        program: ports.version,
        node: process.version,
        database: facts.value.version,
        city: platform.city.city.code,
        edition: ports.edition(),
        ledgerAlg: config.LINLI_LEDGER_ALG,
      },
      migrations: {
        asOf: steps.at.toISOString(),
        applied: steps.value.applied.map((row) => ({ ...row, appliedAt: row.appliedAt.toISOString() })),
        pending: steps.value.pending,
      },
      outbox: {
        asOf: queuedAt,
        undelivered: sum(waiting, (row) => row.undelivered),
        failing: sum(waiting, (row) => row.failing),
        oldestAgeS: ageS(waiting[0]?.oldestAt ?? null),
        districts: waiting.map((row) => ({ ...row, oldestAt: row.oldestAt.toISOString(), oldestAgeS: ageS(row.oldestAt) ?? 0 })),
      },
      sealing: { asOf: queuedAt, audit: ledgers.audit, reads: ledgers.reads, oldestAgeS: ageS(ledgers.unsealedAt) },
      anchor: {
        asOf: queuedAt,
        unanchored: ledgers.unanchored,
        oldestAgeS: ageS(ledgers.unanchoredAt),
        last: anchor ? { n: anchor.n, at: anchor.at, ageS: ageS(new Date(anchor.at)) ?? 0 } : null,
      },
      timers: {
        asOf: due.at.toISOString(),
        running: due.value.running,
        dueWithinHour: due.value.dueWithinHour,
        passed: due.value.passed,
        oldestPassedAt: due.value.oldestPassedAt?.toISOString() ?? null,
        oldestPassedAgeS: ageS(due.value.oldestPassedAt),
      },
      orphans: lost.value === undefined ? null : { asOf: lost.at.toISOString(), cases: lost.value },
      pumps: activity.pumps.map((pump) => pump.show()),
      jobs: activity.jobs.map((job) => job.show(new Date(at))),
      jobQueue: { asOf: queuedAt, ...jobs },
      disk: {
        asOf: use.at.toISOString(),
        folder: dataFolder,
        totalBytes: use.value.totalBytes,
        freeBytes: use.value.freeBytes,
        freeShare: use.value.totalBytes === 0 ? 0 : use.value.freeBytes / use.value.totalBytes,
        parts: [...use.value.parts, { name: 'blobs', bytes: files.value.bytes, files: files.value.files }],
      },
      blobs: { asOf: files.at.toISOString(), ...files.value },
      database: {
        asOf: facts.at.toISOString(),
        embedded: config.DATABASE_URL === undefined,
        bytes: facts.value.bytes,
        connectionsUsed: facts.value.used,
        connectionsMax: facts.value.most,
        pool: { open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount, max: config.LINLI_DB_CONNECTIONS },
        oldestTransactionS: facts.value.oldestTransactionS,
        cacheHit: facts.value.cacheHit,
        clockAheadMs: Math.round(facts.value.aheadMs),
      },
      streams: { asOf, open: platform.realtime.size },
      process: { asOf, pid: process.pid, memory: memoryNow(), eventLoop: vitals.loop.view() },
      requests: { asOf, ...metrics.requests.view() },
      shedding: {
        asOf,
        level: vitals.shedding.level,
        shed: vitals.shedding.shed,
        lastAt: vitals.shedding.lastAt === undefined ? null : new Date(vitals.shedding.lastAt).toISOString(),
      },
      backup: { asOf, last: backup ? { ...backup, ageS: ageS(new Date(backup.at)) ?? 0 } : null },
      modules: ports.registrations().map((module) => ({
        name: module.name,
        tier: ports.tierOf(module.name),
        endpoints: module.routes.length,
        pumps: module.pumps?.length ?? 0,
        jobs: module.jobs?.length ?? 0,
        reactions: module.reactions?.length ?? 0,
      })),
      systems: looks.value,
    }
    return { ...report, warnings: warningsOf(report) }
  }
}

const sum = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((total, row) => total + of(row), 0)

function memoryNow(): Operations['process']['memory'] {
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage()
  return { rssBytes: rss, heapUsedBytes: heapUsed, heapTotalBytes: heapTotal, externalBytes: external }
}
