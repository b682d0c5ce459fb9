import { warnings as catalogue, WARNING_LEVELS } from '@linli/contract/warnings'
import { describe, expect, it } from 'vitest'
import { LIMITS, warningsOf, type Operations } from './warnings.ts'

const AT = '2026-11-22T00:00:00.000Z'
const idle = { runs: 1, failures: 0, failuresInARow: 0, lastStartedAt: AT, lastEndedAt: AT, lastMs: 1, lastError: null, lastErrorAt: null }

/** A program with nothing to warn of. */
const WELL: Omit<Operations, 'warnings'> = {
  asOf: AT,
  startedAt: AT,
  uptimeS: 1,
  versions: { program: '0', node: '24', database: '18', city: 'demo', edition: 1, ledgerAlg: 'sha256' },
  migrations: { asOf: AT, applied: [], pending: [] },
  outbox: { asOf: AT, undelivered: 0, failing: 0, oldestAgeS: null, districts: [] },
  sealing: { asOf: AT, audit: 0, reads: 0, oldestAgeS: null },
  anchor: { asOf: AT, unanchored: 0, oldestAgeS: null, last: null },
  timers: { asOf: AT, running: 0, dueWithinHour: 0, passed: 0, oldestPassedAt: null, oldestPassedAgeS: null },
  orphans: { asOf: AT, cases: 0 },
  pumps: [{ name: 'platform.relay', everyMs: 1, state: 'waiting', done: 0, ...idle }],
  jobs: [{ name: 'platform.anchor', cron: '* * * * *', state: 'done', nextAt: AT, ...idle }],
  jobQueue: { asOf: AT, waiting: 0, failing: 0, givenUp: 0 },
  disk: { asOf: AT, folder: '/data', totalBytes: 100, freeBytes: 50, freeShare: 0.5, parts: [] },
  blobs: { asOf: AT, files: 0, bytes: 0, unused: 0 },
  database: {
    asOf: AT,
    embedded: true,
    bytes: 1,
    connectionsUsed: 1,
    connectionsMax: 100,
    pool: { open: 1, idle: 1, waiting: 0, max: 16 },
    oldestTransactionS: null,
    cacheHit: 1,
    clockAheadMs: 0,
  },
  streams: { asOf: AT, open: 0 },
  process: {
    asOf: AT,
    pid: 1,
    memory: { rssBytes: 1, heapUsedBytes: 1, heapTotalBytes: 1, externalBytes: 1 },
    eventLoop: { windowS: 1, meanMs: 0, p99Ms: 0, maxMs: 0, utilisation: 0 },
  },
  requests: { asOf: AT, windowS: 60, perMinute: 1000, errorsPerMinute: 0, errorRate: 0, inFlight: 0 },
  shedding: { asOf: AT, level: 0, shed: 0, lastAt: null },
  backup: { asOf: AT, last: { at: AT, ageS: 3600, file: 'linli.tar.gz', bytes: 1, encrypted: true, kind: 'written' } },
  modules: [],
  systems: [{ key: 'database', kind: 'part', zh: '数据库', en: 'Database', state: 'up', address: null, detail: null, checkedAt: AT, dependsOn: [] }],
}
const [pump] = WELL.pumps
const [job] = WELL.jobs
const [system] = WELL.systems
if (!pump || !job || !system || !WELL.backup.last) throw new Error('the program lacks a part')

/** What is wrong, and the figures one step short of it. */
const CASES: [code: keyof typeof catalogue, wrong: Partial<typeof WELL>, almost: Partial<typeof WELL>][] = [
  ['RELAY_LAGS', { outbox: { ...WELL.outbox, undelivered: 3, oldestAgeS: 61 } }, { outbox: { ...WELL.outbox, undelivered: 3, oldestAgeS: LIMITS.relayAgeS } }],
  ['REACTIONS_FAIL', { outbox: { ...WELL.outbox, failing: 1 } }, {}],
  ['SEALING_LAGS', { sealing: { ...WELL.sealing, audit: 1, oldestAgeS: 61 } }, { sealing: { ...WELL.sealing, audit: 1, oldestAgeS: 60 } }],
  ['ANCHOR_OLD', { anchor: { ...WELL.anchor, unanchored: 1, oldestAgeS: 301 } }, { anchor: { ...WELL.anchor, unanchored: 1, oldestAgeS: 300 } }],
  ['TIMERS_LATE', { timers: { ...WELL.timers, passed: 1, oldestPassedAgeS: 61 } }, { timers: { ...WELL.timers, passed: 1, oldestPassedAgeS: 60 } }],
  ['CASES_ORPHANED', { orphans: { asOf: AT, cases: 1 } }, { orphans: null }],
  ['PUMP_FAILS', { pumps: [{ ...pump, failuresInARow: 5, lastError: 'away' }] }, { pumps: [{ ...pump, failuresInARow: 4 }] }],
  ['JOB_FAILED', { jobs: [{ ...job, failuresInARow: 1, lastError: 'away' }] }, { jobs: [{ ...job, failures: 1 }] }],
  ['DISK_LOW', { disk: { ...WELL.disk, freeShare: 0.099 } }, { disk: { ...WELL.disk, freeShare: 0.1 } }],
  ['DISK_ALMOST_FULL', { disk: { ...WELL.disk, freeShare: 0.029 } }, {}],
  ['BACKUP_MISSING', { backup: { asOf: AT, last: null } }, {}],
  [
    'BACKUP_OLD',
    { backup: { asOf: AT, last: { ...WELL.backup.last, ageS: 26 * 3600 + 1 } } },
    { backup: { asOf: AT, last: { ...WELL.backup.last, ageS: 26 * 3600 } } },
  ],
  ['MIGRATIONS_PENDING', { migrations: { ...WELL.migrations, pending: ['cases/0009-x.sql'] } }, {}],
  ['CONNECTIONS_SCARCE', { database: { ...WELL.database, connectionsUsed: 81 } }, { database: { ...WELL.database, connectionsUsed: 80 } }],
  ['TRANSACTION_LONG', { database: { ...WELL.database, oldestTransactionS: 301 } }, { database: { ...WELL.database, oldestTransactionS: 300 } }],
  ['CLOCK_SKEWED', { database: { ...WELL.database, clockAheadMs: -2001 } }, { database: { ...WELL.database, clockAheadMs: 2000 } }],
  [
    'LOOP_SLOW',
    { process: { ...WELL.process, eventLoop: { ...WELL.process.eventLoop, p99Ms: 201 } } },
    { process: { ...WELL.process, eventLoop: { ...WELL.process.eventLoop, maxMs: 900, p99Ms: 200 } } },
  ],
  [
    'REQUESTS_FAIL',
    { requests: { ...WELL.requests, errorsPerMinute: 20, errorRate: 0.02 } },
    { requests: { ...WELL.requests, perMinute: 4, errorsPerMinute: 4, errorRate: 1 } },
  ],
  ['LOAD_SHED', { shedding: { ...WELL.shedding, level: 1 } }, { shedding: { ...WELL.shedding, shed: 9 } }],
  ['SYSTEM_DOWN', { systems: [{ ...system, state: 'down', detail: 'refused' }] }, { systems: [{ ...system, state: 'unknown' }] }],
]

describe('warnings', () => {
  it('are none where all is well', () => {
    expect(warningsOf(WELL)).toEqual([])
  })

  it.each(CASES)('%s is given beyond its limit and not before', (code, wrong, almost) => {
    const given = warningsOf({ ...WELL, ...wrong })
    expect(given.map((warning) => warning.code)).toEqual([code])
    expect(warningsOf({ ...WELL, ...almost })).toEqual([])
    for (const text of [given[0]?.zh, given[0]?.en, given[0]?.doZh, given[0]?.doEn]) {
      expect(text).not.toBe('')
      expect(text).not.toMatch(/\{\d\}/)
    }
  })

  it('has a case here for every one of the catalogue', () => {
    expect(CASES.map(([code]) => code).toSorted()).toEqual(Object.keys(catalogue).toSorted())
  })

  it('come worst first', () => {
    const all = warningsOf(Object.assign({ ...WELL }, ...CASES.map(([, wrong]) => wrong)))
    const ranks = all.map((warning) => WARNING_LEVELS.toReversed().indexOf(warning.level))
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
  })

  it('name whom they speak of and carry the figures', () => {
    const [warning] = warningsOf({ ...WELL, pumps: [{ ...pump, failuresInARow: 7, lastError: 'database is away', lastErrorAt: AT }] })
    expect(warning).toMatchObject({ subject: 'platform.relay', en: 'A pump has failed 7 times in a row: database is away', asOf: AT })
  })
})
