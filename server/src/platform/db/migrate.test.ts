import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openPlatformDatabase, PLATFORM_MIGRATIONS, type PlatformDatabase } from '../testing/platform-database.ts'
import { openDatabase } from './database.ts'
import { migrate } from './migrate.ts'

describe('migrations', () => {
  let database: PlatformDatabase
  let folder: string
  const source = () => [PLATFORM_MIGRATIONS, { module: 'trial', folder }]
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text)
  const tables = async () =>
    (await database.pool.query<{ name: string }>("select table_name as name from information_schema.tables where table_schema = 'trial' order by 1")).rows.map(
      (row) => row.name,
    )

  beforeAll(async () => {
    database = await openPlatformDatabase()
  })
  beforeEach(async () => {
    await database.pool.query("drop schema if exists trial cascade; delete from platform.migration where module = 'trial'")
    folder = mkdtempSync(join(tmpdir(), 'linli-migrations-'))
    put('0001-create-trial.sql', 'create schema trial; create table trial.one (n int)')
    return () => rmSync(folder, { recursive: true, force: true })
  })
  afterAll(() => database.drop())

  it('are applied once, in the order of their names', async () => {
    put('0002-add-two.sql', 'create table trial.two as select * from trial.one')
    put('notes.txt', 'no migration')
    expect(await migrate(database.pool, source())).toEqual(['trial/0001-create-trial.sql', 'trial/0002-add-two.sql'])
    expect(await migrate(database.pool, source())).toEqual([])
    put('0003-add-three.sql', 'create table trial.three (n int)')
    expect(await migrate(database.pool, source())).toEqual(['trial/0003-add-three.sql'])
    expect(await tables()).toEqual(['one', 'three', 'two'])
  })

  it('that fail leave nothing of themselves, name the file, and keep those before', async () => {
    put('0002-half.sql', 'create table trial.half (n int); select nonsense')
    put('0003-never.sql', 'create table trial.never (n int)')
    await expect(migrate(database.pool, source())).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringMatching(/trial\/0002-half\.sql: .*nonsense/) as string,
    })
    expect(await tables()).toEqual(['one'])
    put('0002-half.sql', 'create table trial.half (n int)')
    expect(await migrate(database.pool, source())).toEqual(['trial/0002-half.sql', 'trial/0003-never.sql'])
  })

  it('refuse a database that a newer program used, before they change anything', async () => {
    await migrate(database.pool, source())
    await database.pool.query("insert into platform.migration (module, name, digest) values ('trial', '0009-from-the-future.sql', 'd')")
    put('0002-add-two.sql', 'create table trial.two (n int)')
    await expect(migrate(database.pool, source())).rejects.toMatchObject({
      code: 'DATABASE_NEWER',
      message: expect.stringContaining('trial/0009-from-the-future.sql') as string,
    })
    expect(await tables()).toEqual(['one'])
  })

  it('refuse a file that was edited after it was applied', async () => {
    await migrate(database.pool, source())
    put('0001-create-trial.sql', 'create schema trial; create table trial.one (n bigint)')
    await expect(migrate(database.pool, source())).rejects.toMatchObject({
      code: 'DATABASE_CHANGED',
      message: expect.stringContaining('0001-create-trial.sql') as string,
    })
  })

  it('started by several processes at once are applied by one of them', async () => {
    put('0002-slow.sql', 'create table trial.slow (n int); select pg_sleep(0.2)')
    const pools: pg.Pool[] = [1, 2, 3].map(() => openDatabase(database.connection, 2).pool)
    const done = await Promise.all(pools.map((pool) => migrate(pool, source())))
    await Promise.all(pools.map((pool) => pool.end()))
    expect(done.map((names) => names.length).toSorted((one, other) => one - other)).toEqual([0, 0, 2])
    expect(await tables()).toEqual(['one', 'slow'])
  })

  it('give their lock back, also when they fail', async () => {
    put('0002-broken.sql', 'nonsense')
    await expect(migrate(database.pool, source())).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    const { rows } = await database.pool.query(
      "select 1 from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
    )
    expect(rows).toEqual([])
  })
})
