import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type pg from 'pg'
import { anchorFileOf } from '../../platform/audit/anchor.ts'
import { readConfig } from '../../platform/config.ts'
import { openDataFolder, RESTORE_MARK, type DataFolder } from '../../platform/data-folder.ts'
import { openDatabase, type Db } from '../../platform/db/database.ts'
import { startEmbedded } from '../../platform/db/embedded.ts'
import { createLog } from '../../platform/log.ts'
import { connectTo } from '../backup/store.ts'
import { listTables } from '../backup/tables.ts'
import { CommandError } from '../output.ts'

/** An empty data folder and an empty database, held until `close`. */
export interface Target {
  readonly data: DataFolder
  readonly anchorFile: string
  readonly connection: pg.PoolConfig
  readonly db: Db
  readonly pool: pg.Pool
  /** Takes the mark away: from now on the program may start here. */
  complete(): void
  close(): Promise<void>
  /** Closes and leaves folder and database as empty as they were found. */
  abandon(): Promise<void>
}

/** Opens the place to restore into; throws DATA_FOLDER_NOT_EMPTY, ANCHOR_FILE_EXISTS or DATABASE_NOT_EMPTY by name where something is there already. */
export async function openTarget(): Promise<Target> {
  const config = readConfig()
  const data = await openDataFolder(config.LINLI_DATA)
  const closers: (() => Promise<unknown> | void)[] = [() => data.release()]
  const close = async () => {
    for (const each of closers.splice(0).reverse()) await each()
  }
  try {
    const there = readdirSync(data.path).filter((name) => name !== 'lock')
    if (there.length > 0)
      throw new CommandError(
        'DATA_FOLDER_NOT_EMPTY',
        `${data.path} holds ${there.slice(0, 5).join(', ')}; set LINLI_DATA to a folder that is empty or not there`,
      )
    const anchorFile = resolve(anchorFileOf(config, data.path))
    if (existsSync(anchorFile)) throw new CommandError('ANCHOR_FILE_EXISTS', `${anchorFile} is there already; move it away, it is not overwritten`)
    const schemas = config.DATABASE_URL === undefined ? [] : await requireEmptyDatabase({ connectionString: config.DATABASE_URL })
    const mark = join(data.path, RESTORE_MARK)
    writeFileSync(mark, '', { mode: 0o600 })
    let connection: pg.PoolConfig = { connectionString: config.DATABASE_URL }
    if (config.DATABASE_URL === undefined) {
      const embedded = await startEmbedded({ dataFolder: data, log: createLog('error') })
      closers.push(() => embedded.stop())
      connection = embedded.connection
    }
    const { db, pool } = openDatabase(connection, 2)
    closers.push(async () => {
      await db.destroy()
      if (!pool.ended) await pool.end()
    })
    return {
      data,
      anchorFile,
      connection,
      db,
      pool,
      complete: () => rmSync(mark),
      close,
      abandon: async () => {
        if (config.DATABASE_URL !== undefined) await dropOthers(pool, schemas)
        rmSync(anchorFile, { force: true })
        await close()
        for (const name of readdirSync(data.path)) rmSync(join(data.path, name), { recursive: true, force: true })
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

const SCHEMAS = "select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'"

async function dropOthers(pool: pg.Pool, before: readonly string[]): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(SCHEMAS)
  for (const { name } of rows.filter((row) => !before.includes(row.name))) await pool.query(`drop schema "${name.replaceAll('"', '""')}" cascade`)
}

/** Returns the schemas that are there. */
async function requireEmptyDatabase(connection: pg.ClientConfig): Promise<string[]> {
  const client = await connectTo(connection)
  try {
    const tables = await listTables(client)
    if (tables.length === 0) return (await client.query<{ name: string }>(SCHEMAS)).rows.map((row) => row.name)
    const names = tables.slice(0, 5).map((table) => `${table.schema}.${table.name}`)
    throw new CommandError('DATABASE_NOT_EMPTY', `The database of DATABASE_URL has tables already (${names.join(', ')}); name an empty one`)
  } finally {
    await client.end()
  }
}
