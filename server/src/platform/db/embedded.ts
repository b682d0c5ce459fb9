import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { DataFolder } from '../data-folder.ts'
import type { Log } from '../log.ts'
import { checkDatabase } from './check-database.ts'
import { installBinaries } from './embedded/binaries.ts'
import { prepareCluster, SUPERUSER } from './embedded/cluster.ts'
import { stopLeftOver } from './embedded/left-over.ts'
import { startServer } from './embedded/server-process.ts'
import { makePrivateFolder, requireReach, serverUser } from './embedded/server-user.ts'
import { makeSocketFolder, SOCKET_PORT } from './embedded/socket-folder.ts'

const DATABASE = 'linli'

/** What a first or a troubled start spends its time on. */
export type EmbeddedStep = 'stopLeftOver' | 'prepare' | 'start' | 'recover' | 'ready'

export interface EmbeddedOptions {
  /** Held open: its lock is what keeps a second supervisor away. */
  readonly dataFolder: DataFolder
  readonly log: Pick<Log, 'info' | 'warn'>
  readonly onProgress?: (step: EmbeddedStep) => void
  /** PostgreSQL settings over ours, for throw-away databases of tests. */
  readonly settings?: Readonly<Record<string, string>>
}

/** The running embedded PostgreSQL (内嵌数据库). */
export interface EmbeddedDatabase {
  /** For `pg`: a socket folder as host, no password (the folder's mode is the guard). */
  readonly connection: { readonly host: string; readonly port: number; readonly user: string; readonly database: string }
  /** Version of the package, such as "18.4.0". */
  readonly version: string
  /** Settles when the server ended, also when nobody asked it to. */
  readonly exited: Promise<void>
  /** Cuts sessions, flushes and ends the server; close pools first. */
  stop(): Promise<void>
}

/**
 * Starts our own PostgreSQL in the data folder and returns when the database `linli` is there and checked.
 * A server that an earlier, killed process left behind is stopped first. Throws StartError with a code for each refusal.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const { dataFolder, log, onProgress = () => undefined } = options
  const cluster = join(dataFolder.path, 'postgres')
  const logFolder = join(dataFolder.path, 'postgres-log')
  const user = serverUser(dataFolder.path, cluster)
  requireReach(dataFolder.path, user)
  if (await stopLeftOver(cluster)) {
    onProgress('stopLeftOver')
    log.warn({ cluster }, 'stopped a PostgreSQL that an earlier process left behind')
  }
  onProgress('prepare')
  const binaries = installBinaries(join(dataFolder.path, 'postgres-runtime'))
  await prepareCluster(cluster, binaries, user, options.settings ?? {})
  makePrivateFolder(logFolder, user)
  const connection = { host: makeSocketFolder(dataFolder.path, user), port: SOCKET_PORT, user: SUPERUSER, database: DATABASE }
  onProgress('start')
  const maintenance = { ...connection, database: 'postgres' }
  const server = await startServer(
    { program: binaries.postgres, cluster, socketFolder: connection.host, logFolder, port: SOCKET_PORT, user },
    maintenance,
    () => onProgress('recover'),
  )
  try {
    await makeDatabase(maintenance)
    await withClient(connection, checkDatabase)
  } catch (error) {
    await server.stop()
    throw error
  }
  onProgress('ready')
  log.info({ pid: server.pid, version: binaries.version, cluster }, 'PostgreSQL is ready')
  return { connection, version: binaries.version, exited: server.exited, stop: () => server.stop() }
}

/** How to reach the embedded database of a data folder while another process of ours runs it; undefined where none runs. */
export function findEmbedded(dataPath: string): EmbeddedDatabase['connection'] | undefined {
  const file = join(dataPath, 'postgres', 'postmaster.pid')
  if (!existsSync(file)) return undefined
  // Line 5 is the first socket folder (PostgreSQL, miscadmin.h LOCK_FILE_LINE_SOCKET_DIR).
  const host = readFileSync(file, 'utf8').split('\n')[4] ?? ''
  return host === '' ? undefined : { host, port: SOCKET_PORT, user: SUPERUSER, database: DATABASE }
}

async function makeDatabase(maintenance: pg.ClientConfig): Promise<void> {
  await withClient(maintenance, async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (found.rows.length === 0) await client.query(`create database ${DATABASE}`)
  })
}

async function withClient(config: pg.ClientConfig, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(config)
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
