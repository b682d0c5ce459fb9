import { Type } from '@sinclair/typebox'
import { closed, Count, endpoint, Instant, Nullable } from '../endpoint.ts'
import { WARNING_LEVELS } from '../warnings.ts'

const Text = Type.String()
const Bytes = Type.Number({ minimum: 0, description: 'bytes' })
const Seconds = Type.Number({ minimum: 0, description: 'seconds' })
const Milliseconds = Type.Number({ minimum: 0, description: 'milliseconds' })
const Share = Type.Number({ minimum: 0, maximum: 1 })
const oneOf = <const T extends string>(values: readonly T[]) => Type.Union(values.map((value) => Type.Literal(value)))

/** Work that comes again by itself; counts are since this process started. */
const Runs = {
  runs: Count,
  failures: Count,
  failuresInARow: Count,
  lastStartedAt: Nullable(Instant),
  lastEndedAt: Nullable(Instant),
  lastMs: Nullable(Milliseconds),
  lastError: Nullable(Text),
  lastErrorAt: Nullable(Instant),
}

const Warning = closed({
  /** A key of `warnings` in contract/warnings.ts. */
  code: Text,
  level: oneOf(WARNING_LEVELS),
  /** Of which pump, job, system or district it speaks; null where of the whole. */
  subject: Nullable(Text),
  zh: Text,
  en: Text,
  doZh: Text,
  doEn: Text,
  asOf: Instant,
})

const System = closed({
  key: Text,
  /** `part` runs with the program, `outside` is somebody else's. */
  kind: oneOf(['part', 'outside']),
  zh: Text,
  en: Text,
  /** `off`: not configured; `unknown`: configured and not yet looked at. */
  state: oneOf(['up', 'degraded', 'down', 'off', 'unknown']),
  /** Host, file or version; never a secret. */
  address: Nullable(Text),
  /** What was seen, where something is wrong. */
  detail: Nullable(Text),
  checkedAt: Nullable(Instant),
  /** Keys of the systems that this one cannot work without. */
  dependsOn: Type.Array(Text),
})

/** What the people who keep the machine look at (运行监控): each part says as of when it is. */
export const operations = {
  get: endpoint({
    id: 'operations.get',
    method: 'GET',
    path: '/api/v1/operations',
    permission: 'platform.operate',
    purposes: [],
    status: 200,
    summary:
      'How the program is: warnings first, then versions, queues, timers, pumps, jobs, disk, database, requests, last backup, modules and the systems it stands on, each as of an instant.',
    answer: closed({
      asOf: Instant,
      startedAt: Instant,
      uptimeS: Seconds,
      warnings: Type.Array(Warning),
      versions: closed({ program: Text, node: Text, database: Text, city: Text, edition: Count, ledgerAlg: Text }),
      migrations: closed({
        asOf: Instant,
        applied: Type.Array(closed({ module: Text, name: Text, appliedAt: Instant })),
        /** `module/name` of files that this program has and the database does not know. */
        pending: Type.Array(Text),
      }),
      outbox: closed({
        asOf: Instant,
        undelivered: Count,
        /** Events whose reaction failed and that wait for another try. */
        failing: Count,
        oldestAgeS: Nullable(Seconds),
        districts: Type.Array(closed({ districtId: Count, undelivered: Count, failing: Count, oldestAt: Instant, oldestAgeS: Seconds })),
      }),
      sealing: closed({ asOf: Instant, audit: Count, reads: Count, oldestAgeS: Nullable(Seconds) }),
      anchor: closed({
        asOf: Instant,
        /** Ledger lines that no anchor covers yet. */
        unanchored: Count,
        oldestAgeS: Nullable(Seconds),
        /** The newest line of the anchor file; null where there is none. */
        last: Nullable(closed({ n: Count, at: Instant, ageS: Seconds })),
      }),
      timers: closed({
        asOf: Instant,
        running: Count,
        dueWithinHour: Count,
        /** Passed and not yet marked. */
        passed: Count,
        oldestPassedAt: Nullable(Instant),
        oldestPassedAgeS: Nullable(Seconds),
      }),
      /** Open cases that wait for nobody; null while nothing counts them. */
      orphans: Nullable(closed({ asOf: Instant, cases: Count })),
      pumps: Type.Array(
        closed({
          name: Text,
          everyMs: Milliseconds,
          state: oneOf(['running', 'waiting', 'stopped']),
          /** How many pieces of work it has done. */
          done: Count,
          ...Runs,
        }),
      ),
      jobs: Type.Array(closed({ name: Text, cron: Text, state: oneOf(['never', 'running', 'done', 'failed']), nextAt: Nullable(Instant), ...Runs })),
      jobQueue: closed({
        asOf: Instant,
        waiting: Count,
        /** Failed and to be tried again. */
        failing: Count,
        /** Failed as often as allowed. */
        givenUp: Count,
      }),
      disk: closed({
        asOf: Instant,
        folder: Text,
        totalBytes: Bytes,
        freeBytes: Bytes,
        freeShare: Share,
        /** What lies in the data folder, by its first level. */
        parts: Type.Array(closed({ name: Text, bytes: Bytes, files: Count })),
      }),
      blobs: closed({
        asOf: Instant,
        files: Count,
        bytes: Bytes,
        /** Uploaded and tied to no case. */
        unused: Count,
      }),
      database: closed({
        asOf: Instant,
        embedded: Type.Boolean(),
        bytes: Bytes,
        connectionsUsed: Count,
        connectionsMax: Count,
        pool: closed({ open: Count, idle: Count, waiting: Count, max: Count }),
        oldestTransactionS: Nullable(Seconds),
        cacheHit: Nullable(Share),
        /** The database's clock minus the program's. */
        clockAheadMs: Type.Number({ description: 'milliseconds, negative where the database is behind' }),
      }),
      streams: closed({ asOf: Instant, open: Count }),
      process: closed({
        asOf: Instant,
        pid: Count,
        memory: closed({ rssBytes: Bytes, heapUsedBytes: Bytes, heapTotalBytes: Bytes, externalBytes: Bytes }),
        /** Delay of the event loop beyond what was asked, over the last `windowS` seconds. */
        eventLoop: closed({ windowS: Seconds, meanMs: Milliseconds, p99Ms: Milliseconds, maxMs: Milliseconds, utilisation: Share }),
      }),
      requests: closed({
        asOf: Instant,
        windowS: Seconds,
        perMinute: Type.Number({ minimum: 0 }),
        /** Answers of 500 and above, without those that were shed. */
        errorsPerMinute: Type.Number({ minimum: 0 }),
        errorRate: Nullable(Share),
        inFlight: Count,
      }),
      shedding: closed({
        asOf: Instant,
        /** 0: everything is served; 1: exports and lists are refused; 2: all but health, sign-in and reports; 3: all but health. */
        level: Type.Integer({ minimum: 0, maximum: 3 }),
        shed: Count,
        lastAt: Nullable(Instant),
      }),
      backup: closed({
        asOf: Instant,
        last: Nullable(closed({ at: Instant, ageS: Seconds, file: Text, bytes: Bytes, encrypted: Type.Boolean(), kind: oneOf(['written', 'restored']) })),
      }),
      modules: Type.Array(
        closed({ name: Text, tier: oneOf(['platform', 'ground', 'work', 'reach']), endpoints: Count, pumps: Count, jobs: Count, reactions: Count }),
      ),
      systems: Type.Array(System),
    }),
    errors: [],
  }),
}
