import type pg from 'pg'
import { StartError } from '../config.ts'

const OLDEST_VERSION = 150_000

/**
 * Refuses a database that Linli cannot work on, ours or that of DATABASE_URL, and makes the extension pg_trgm when missing.
 * Throws StartError DATABASE_TOO_OLD (below PostgreSQL 15), DATABASE_NOT_UTF8, DATABASE_NO_TRIGRAMS (pg_trgm cannot be had) or
 * DATABASE_LOCALE (pg_trgm sees no Chinese: the database was made with the locale C).
 */
export async function checkDatabase(client: Pick<pg.ClientBase, 'query'>): Promise<void> {
  const facts = await client.query<{ version: number; name: string; encoding: string }>(
    "select current_setting('server_version_num')::int as version, current_setting('server_version') as name, pg_encoding_to_char(encoding) as encoding from pg_database where datname = current_database()",
  )
  const { version = 0, name = 'unknown', encoding = 'unknown' } = facts.rows[0] ?? {}
  if (version < OLDEST_VERSION) throw new StartError('DATABASE_TOO_OLD', `The database is PostgreSQL ${name}; Linli needs 15 or later`)
  if (encoding !== 'UTF8')
    throw new StartError(
      'DATABASE_NOT_UTF8',
      `The database has the encoding ${encoding}; make one with: create database linli template template0 encoding 'UTF8' locale 'C.UTF-8'`,
    )
  await requireTrigrams(client)
}

async function requireTrigrams(client: Pick<pg.ClientBase, 'query'>): Promise<void> {
  try {
    // Asked first, because "if not exists" still demands the right to create.
    const found = await client.query("select 1 from pg_extension where extname = 'pg_trgm'")
    if (found.rows.length === 0) await client.query('create extension if not exists pg_trgm')
  } catch (error) {
    throw new StartError(
      'DATABASE_NO_TRIGRAMS',
      `The extension pg_trgm cannot be made (${error instanceof Error ? error.message : String(error)}); install PostgreSQL's contrib package, or let an administrator run: create extension pg_trgm`,
    )
  }
  const trigrams = await client.query<{ count: number }>("select cardinality(show_trgm('路灯')) as count")
  if ((trigrams.rows[0]?.count ?? 0) > 0) return
  throw new StartError(
    'DATABASE_LOCALE',
    "The database finds no Chinese trigrams, because its locale is C; make one with: create database linli template template0 encoding 'UTF8' locale 'C.UTF-8'",
  )
}
