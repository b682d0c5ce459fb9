import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { StartError } from '../config.ts'

/** One module's folder of forward-only SQL files, applied in file order. */
export interface MigrationSource {
  readonly module: string
  readonly folder: string
}
interface Migration {
  readonly module: string
  readonly name: string
  readonly sql: string
  readonly digest: string
}

const LOCK = 7_262_001

/**
 * Applies what is missing, each file in its own transaction, under one advisory lock; with `only`, no other than these `module/name`.
 * Throws StartError DATABASE_NEWER when the database knows files that this program does not, DATABASE_CHANGED when an applied file was edited.
 */
export async function migrate(pool: pg.Pool, sources: readonly MigrationSource[], only?: ReadonlySet<string>): Promise<string[]> {
  const known = sources.flatMap(readMigrations)
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query('create schema if not exists platform')
    await client.query(
      'create table if not exists platform.migration (module text not null, name text not null, digest text not null, applied_at timestamptz not null default now(), primary key (module, name))',
    )
    const applied = new Map(
      (await client.query<{ module: string; name: string; digest: string }>('select module, name, digest from platform.migration')).rows.map((row) => [
        `${row.module}/${row.name}`,
        row.digest,
      ]),
    )
    refuseForeign(applied, known)
    const done: string[] = []
    for (const migration of known) {
      if (applied.has(`${migration.module}/${migration.name}`) || only?.has(`${migration.module}/${migration.name}`) === false) continue
      await apply(client, migration)
      done.push(`${migration.module}/${migration.name}`)
    }
    return done
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => undefined)
    client.release()
  }
}

/** Throws StartError DATABASE_NEWER where a list of applied files has one that this program lacks, DATABASE_CHANGED where one has another digest. */
export function refuseUnknown(
  applied: readonly { readonly module: string; readonly name: string; readonly digest: string }[],
  sources: readonly MigrationSource[],
): void {
  refuseForeign(new Map(applied.map((row) => [`${row.module}/${row.name}`, row.digest])), sources.flatMap(readMigrations))
}

/** The files that the database has had, with their digests. */
export async function readApplied(pool: pg.Pool): Promise<{ module: string; name: string; digest: string }[]> {
  return (
    await pool.query<{ module: string; name: string; digest: string }>('select module, name, digest from platform.migration order by applied_at, module, name')
  ).rows
}

/** `module/name` of the files that the database does not know yet. */
export async function listPending(pool: pg.Pool, sources: readonly MigrationSource[]): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>("select module || '/' || name as name from platform.migration")
  const applied = new Set(rows.map((row) => row.name))
  return sources
    .flatMap(readMigrations)
    .map((migration) => `${migration.module}/${migration.name}`)
    .filter((name) => !applied.has(name))
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.sql)
    await client.query('insert into platform.migration (module, name, digest) values ($1, $2, $3)', [migration.module, migration.name, migration.digest])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new StartError('MIGRATION_FAILED', `${migration.module}/${migration.name}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function readMigrations(source: MigrationSource): Migration[] {
  return readdirSync(source.folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(source.folder, name), 'utf8')
      return { module: source.module, name, sql, digest: createHash('sha256').update(sql).digest('hex') }
    })
}

function refuseForeign(applied: ReadonlyMap<string, string>, known: readonly Migration[]): void {
  const names = new Map(known.map((migration) => [`${migration.module}/${migration.name}`, migration.digest]))
  for (const [name, digest] of applied) {
    const ours = names.get(name)
    if (ours === undefined)
      throw new StartError('DATABASE_NEWER', `The database was used by a newer Linli (it has ${name}); start that version, or restore a backup`)
    if (ours !== digest) throw new StartError('DATABASE_CHANGED', `${name} was changed after it was applied; migrations only go forward`)
  }
}
