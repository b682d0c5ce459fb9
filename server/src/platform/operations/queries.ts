import { many, one, sql, type Db } from '../db/database.ts'

/** Events that wait, by district, oldest first. */
export const listWaiting = (db: Db) =>
  many<{ districtId: number; undelivered: number; failing: number; oldestAt: Date }>(
    db,
    sql`select district_id as "districtId", count(*) as undelivered, count(*) filter (where attempts > 0) as failing, min(at) as "oldestAt" from platform.outbox where not delivered group by 1 order by 4, 1`,
  )

interface Ledgers {
  audit: number
  reads: number
  unsealedAt: Date | null
  unanchored: number
  unanchoredAt: Date | null
}
const NO_LEDGERS: Ledgers = { audit: 0, reads: 0, unsealedAt: null, unanchored: 0, unanchoredAt: null }
/** What the sealer and the anchor have not come to yet; each count is answered by its partial index. */
export const readLedgers = async (db: Db): Promise<Ledgers> =>
  (await one<Ledgers>(
    db,
    sql`select audit.count as audit, reads.count as reads, least(audit.at, reads.at) as "unsealedAt", line.count as unanchored, line.at as "unanchoredAt"
      from (select count(*), min(at) as at from platform.audit where sealed_seq is null) as audit,
        (select count(*), min(at) as at from platform.read_log where sealed_seq is null) as reads,
        (select count(*), min(at) as at from platform.outbox where not anchored) as line`,
  )) ?? NO_LEDGERS

export const listApplied = (db: Db) =>
  many<{ module: string; name: string; appliedAt: Date }>(
    db,
    sql`select module, name, applied_at as "appliedAt" from platform.migration order by applied_at, module, name`,
  )

/** Jobs of the worker that wait, that failed and will be tried again, and that failed as often as allowed. */
export const countJobs = async (db: Db) =>
  (await one<{ waiting: number; failing: number; givenUp: number }>(
    db,
    sql`select count(*) filter (where last_error is null) as waiting, count(*) filter (where last_error is not null and attempts < max_attempts) as failing,
      count(*) filter (where attempts >= max_attempts and last_error is not null) as "givenUp" from graphile_worker.jobs`,
  )) ?? { waiting: 0, failing: 0, givenUp: 0 }

export const countBlobs = async (db: Db) =>
  (await one<{ files: number; bytes: number; unused: number }>(
    db,
    sql`select count(*) as files, coalesce(sum(bytes), 0) as bytes, coalesce(sum(unused), 0) as unused from (
      select max(bytes)::bigint as bytes, (bool_and(case_id is null))::int as unused from platform.blob group by sha256) as file`,
  )) ?? { files: 0, bytes: 0, unused: 0 }

export interface DatabaseFacts {
  version: string
  bytes: number
  used: number
  most: number
  oldestTransactionS: number | null
  cacheHit: number | null
  now: number
}
/** Size, sessions, longest open transaction and share of reads that memory answered, of our database alone; sessions are counted over the server. */
export const readDatabase = (db: Db) =>
  one<DatabaseFacts>(
    db,
    sql`select current_setting('server_version') as version, pg_database_size(current_database()) as bytes,
      (select count(*) from pg_stat_activity where backend_type = 'client backend') as used, current_setting('max_connections')::int as most,
      (select extract(epoch from max(clock_timestamp() - xact_start))::float8 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend') as "oldestTransactionS",
      (select (blks_hit::float8 / nullif(blks_hit + blks_read, 0)) from pg_stat_database where datname = current_database()) as "cacheHit",
      (extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
  )
