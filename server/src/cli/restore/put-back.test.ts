import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDatabase } from '../../../test/support/database.ts'
import { readConfig } from '../../platform/config.ts'
import { openDatabase } from '../../platform/db/database.ts'
import { migrate, type MigrationSource } from '../../platform/db/migrate.ts'
import { PLATFORM_MIGRATIONS } from '../../platform/testing/platform-database.ts'
import { ArchiveWriter } from '../backup/archive-writer.ts'
import { checkArchive } from '../backup/check-archive.ts'
import type { Manifest } from '../backup/manifest.ts'
import { connectTo } from '../backup/store.ts'
import { listTables } from '../backup/tables.ts'
import { beginSnapshot, writeBackup } from '../backup/take-backup.ts'
import { Progress } from '../output.ts'
import { putBack } from './put-back.ts'
import type { Target } from './target.ts'

const folder = mkdtempSync(join(tmpdir(), 'linli-put-back-'))
const closers: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close()
  rmSync(folder, { recursive: true, force: true })
})

/** A module whose first migration leaves a row, a sequence, a foreign key against the order of names, and a trigger that refuses inserts later. */
const FIRST = `create schema extra; create table extra.parent (id bigserial primary key, name text not null);
  create table extra.a_child (parent_id bigint not null references extra.parent, primary key (parent_id));
  insert into extra.parent (name) values ('made by the migration');
  create function extra.refuse() returns trigger language plpgsql as $$ begin raise exception 'closed'; end $$;`
const SECOND = "alter table extra.parent add column shout text; update extra.parent set shout = upper(name) || '!';"

function sources(name: string, ...files: string[]): MigrationSource[] {
  const own = join(folder, name)
  mkdirSync(own)
  for (const [index, sql] of files.entries()) writeFileSync(join(own, `000${index + 1}-step.sql`), sql)
  return [PLATFORM_MIGRATIONS, { module: 'extra', folder: own }]
}

async function emptyDatabase(): Promise<{ pool: pg.Pool; db: Target['db']; connection: pg.PoolConfig }> {
  const { connection, drop } = await makeDatabase('template_empty', async () => undefined)
  const { db, pool } = openDatabase(connection, 2)
  closers.push(async () => {
    await db.destroy()
    if (!pool.ended) await pool.end()
    await drop()
  })
  return { pool, db, connection }
}

async function target(name: string): Promise<Target> {
  const path = join(folder, name)
  mkdirSync(path)
  const place = (part: string) => {
    mkdirSync(join(path, part), { recursive: true })
    return join(path, part)
  }
  return {
    ...(await emptyDatabase()),
    data: { path, folder: place, release: () => undefined },
    anchorFile: join(path, 'anchor.jsonl'),
    complete: () => undefined,
    close: async () => undefined,
    abandon: async () => undefined,
  }
}

describe('a backup of an older program', () => {
  const file = join(folder, 'backup')
  const old = sources('old', FIRST)
  let manifest: Manifest

  beforeAll(async () => {
    const { pool, connection } = await emptyDatabase()
    await migrate(pool, old)
    await pool.query("insert into extra.parent (name) values ('lamp'), ('drain')")
    await pool.query('insert into extra.a_child select id from extra.parent')
    await pool.query('create trigger closed before insert or update on extra.parent for each row execute function extra.refuse()')
    const data = join(folder, 'data')
    mkdirSync(join(data, 'keys'), { recursive: true })
    writeFileSync(join(data, 'keys', 'anchor-key.pem'), 'a key')
    const client = await connectTo(connection)
    await beginSnapshot(client)
    const plan = { tables: await listTables(client), blobs: [] }
    const archive = await ArchiveWriter.create(file, undefined, 0)
    const store = { config: readConfig({}), dataFolder: data, connection, inUse: false, close: async () => undefined }
    await writeBackup(client, store, plan, archive, '0', new Progress('backup', 0))
    await archive.finish()
    await client.end()
    manifest = (await checkArchive(file, undefined)).manifest
  })

  it('goes in as it was and is then brought forward, with its sequences', async () => {
    const place = await target('newer')
    const migrated = await putBack(file, undefined, manifest, place, sources('new', FIRST, SECOND))
    expect(migrated).toEqual(['extra/0002-step.sql'])
    const { rows } = await place.pool.query('select id, name, shout from extra.parent order by id')
    expect(rows).toEqual([
      { id: 1, name: 'made by the migration', shout: 'MADE BY THE MIGRATION!' },
      { id: 2, name: 'lamp', shout: 'LAMP!' },
      { id: 3, name: 'drain', shout: 'DRAIN!' },
    ])
    const next = await place.pool.query("insert into extra.parent (name) values ('new') returning id")
    expect(next.rows).toEqual([{ id: 4 }])
    expect(readFileSync(join(place.data.path, 'keys', 'anchor-key.pem'), 'utf8')).toBe('a key')
  })

  it('is refused by a program that lacks one of its migrations, or has another under its name, before anything is made', async () => {
    const place = await target('older')
    await expect(putBack(file, undefined, manifest, place, [PLATFORM_MIGRATIONS])).rejects.toMatchObject({ code: 'DATABASE_NEWER' })
    await expect(putBack(file, undefined, manifest, place, sources('changed', `${FIRST}\n`))).rejects.toMatchObject({ code: 'DATABASE_CHANGED' })
    const { rows } = await place.pool.query("select 1 from pg_namespace where nspname in ('platform', 'extra')")
    expect(rows).toEqual([])
  })

  it('leaves no row behind where the counts differ from the manifest', async () => {
    const place = await target('short')
    const wrong = { ...manifest, tables: manifest.tables.map((table) => (table.name === 'parent' ? { ...table, rows: 9 } : table)) }
    await expect(putBack(file, undefined, wrong, place, old)).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' })
    expect((await place.pool.query('select name from extra.parent')).rows).toEqual([{ name: 'made by the migration' }])
  })
})
