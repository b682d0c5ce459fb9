import { join } from 'node:path'
import type pg from 'pg'
import { makeDatabase } from '../../../test/support/database.ts'
import { openDatabase, type Db } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'

export const PLATFORM_MIGRATIONS = { module: 'platform', folder: join(import.meta.dirname, '../migrations') }

export interface PlatformDatabase {
  readonly db: Db
  readonly pool: pg.Pool
  readonly connection: pg.PoolConfig
  drop(): Promise<void>
}

/** A database with the platform's tables and nothing in them, for tests that need no city. */
export async function openPlatformDatabase(): Promise<PlatformDatabase> {
  const database = await makeDatabase('template_platform', async (connection) => {
    const { pool } = openDatabase(connection, 2)
    await migrate(pool, [PLATFORM_MIGRATIONS])
    await pool.end()
  })
  const { db, pool } = openDatabase(database.connection, 8)
  return {
    db,
    pool,
    connection: database.connection,
    drop: async () => {
      await db.destroy()
      // Kysely ends only a pool that it has used.
      if (!pool.ended) await pool.end()
      await database.drop()
    },
  }
}
