import type { AnswerOf } from '@linli/contract/endpoint'
import type { operations } from '@linli/contract/endpoints/operations'
import { warnings as words, type WarningCode } from '@linli/contract/warnings'

export type Operations = AnswerOf<typeof operations.get>
type Warning = Operations['warnings'][number]
type Facts = Omit<Operations, 'warnings'>

/** The limits beyond which somebody must look (告警阈值). */
export const LIMITS = {
  relayAgeS: 60,
  sealingAgeS: 60,
  anchorAgeS: 300,
  timerAgeS: 60,
  pumpFailures: 5,
  diskShare: 0.1,
  diskShareCritical: 0.03,
  backupAgeS: 26 * 3600,
  connectionsShare: 0.8,
  transactionS: 300,
  clockMs: 2_000,
  loopMs: 200,
  errorRate: 0.01,
  /** Fewer answers in a minute say nothing about a rate. */
  errorsAtLeast: 5,
} as const

const ORDER = { critical: 0, warning: 1, notice: 2 } as const

/** What is wrong, worst first, with words in both languages and what to do. */
export function warningsOf(facts: Facts): Warning[] {
  const found: Warning[] = []
  const add = (code: WarningCode, asOf: string, subject: string | null, ...figures: (string | number)[]) => {
    const { level, zh, en, doZh, doEn } = words[code]
    const filled = (text: string) => text.replaceAll(/\{(\d)\}/g, (_match, index: string) => String(figures[Number(index)] ?? ''))
    found.push({ code, level, subject, zh: filled(zh), en: filled(en), doZh, doEn, asOf })
  }
  queues(facts, add)
  work(facts, add)
  machine(facts, add)
  return found.toSorted((a, b) => ORDER[a.level] - ORDER[b.level])
}

type Add = (code: WarningCode, asOf: string, subject: string | null, ...figures: (string | number)[]) => void

function queues({ outbox, sealing, anchor, timers, orphans }: Facts, add: Add): void {
  if ((outbox.oldestAgeS ?? 0) > LIMITS.relayAgeS) {
    const late = outbox.districts.filter((district) => district.oldestAgeS > LIMITS.relayAgeS).map((district) => district.districtId)
    add('RELAY_LAGS', outbox.asOf, late.join(', '), Math.round(outbox.oldestAgeS ?? 0), outbox.undelivered)
  }
  if (outbox.failing > 0) add('REACTIONS_FAIL', outbox.asOf, null, outbox.failing)
  if ((sealing.oldestAgeS ?? 0) > LIMITS.sealingAgeS)
    add('SEALING_LAGS', sealing.asOf, null, Math.round(sealing.oldestAgeS ?? 0), sealing.audit + sealing.reads)
  if ((anchor.oldestAgeS ?? 0) > LIMITS.anchorAgeS) add('ANCHOR_OLD', anchor.asOf, null, Math.round(anchor.oldestAgeS ?? 0))
  if ((timers.oldestPassedAgeS ?? 0) > LIMITS.timerAgeS) add('TIMERS_LATE', timers.asOf, null, Math.round(timers.oldestPassedAgeS ?? 0), timers.passed)
  if (orphans && orphans.cases > 0) add('CASES_ORPHANED', orphans.asOf, null, orphans.cases)
}

function work({ asOf, pumps, jobs, systems, migrations, backup }: Facts, add: Add): void {
  for (const pump of pumps)
    if (pump.failuresInARow >= LIMITS.pumpFailures) add('PUMP_FAILS', pump.lastErrorAt ?? asOf, pump.name, pump.failuresInARow, pump.lastError ?? '')
  for (const job of jobs) if (job.failuresInARow > 0) add('JOB_FAILED', job.lastErrorAt ?? asOf, job.name, job.lastError ?? '')
  for (const system of systems)
    if (system.state === 'down') add('SYSTEM_DOWN', system.checkedAt ?? asOf, system.key, system.detail === null ? system.en : `${system.en}, ${system.detail}`)
  if (migrations.pending.length > 0) add('MIGRATIONS_PENDING', migrations.asOf, migrations.pending.join(', '), migrations.pending.length)
  if (backup.last === null) add('BACKUP_MISSING', backup.asOf, null)
  else if (backup.last.ageS > LIMITS.backupAgeS) add('BACKUP_OLD', backup.asOf, backup.last.file, Math.floor(backup.last.ageS / 3600))
}

function machine({ disk, database, process, requests, shedding }: Facts, add: Add): void {
  if (disk.freeShare < LIMITS.diskShare) {
    const code = disk.freeShare < LIMITS.diskShareCritical ? 'DISK_ALMOST_FULL' : 'DISK_LOW'
    add(code, disk.asOf, disk.folder, Math.floor(disk.freeShare * 100), `${(disk.freeBytes / 1e9).toFixed(1)} GB`)
  }
  if (database.connectionsUsed > database.connectionsMax * LIMITS.connectionsShare)
    add('CONNECTIONS_SCARCE', database.asOf, null, database.connectionsUsed, database.connectionsMax)
  if ((database.oldestTransactionS ?? 0) > LIMITS.transactionS) add('TRANSACTION_LONG', database.asOf, null, Math.round(database.oldestTransactionS ?? 0))
  if (Math.abs(database.clockAheadMs) > LIMITS.clockMs) add('CLOCK_SKEWED', database.asOf, null, Math.round(Math.abs(database.clockAheadMs)))
  if (process.eventLoop.p99Ms > LIMITS.loopMs) add('LOOP_SLOW', process.asOf, null, Math.round(process.eventLoop.p99Ms))
  if ((requests.errorRate ?? 0) > LIMITS.errorRate && requests.errorsPerMinute >= LIMITS.errorsAtLeast)
    add('REQUESTS_FAIL', requests.asOf, null, Math.round((requests.errorRate ?? 0) * 100))
  if (shedding.level > 0) add('LOAD_SHED', shedding.asOf, null, shedding.level)
}
