import { existsSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { readConfig, StartError, type Config } from '../../platform/config.ts'
import { defaultDataFolder, openDataFolder } from '../../platform/data-folder.ts'
import { findEmbedded, startEmbedded } from '../../platform/db/embedded.ts'
import { createLog } from '../../platform/log.ts'
import { CommandError } from '../output.ts'

/** The data of this machine, whether the program runs on it or not. */
export interface Store {
  readonly config: Config
  /** Absolute path; may not exist where DATABASE_URL is set. */
  readonly dataFolder: string
  readonly connection: pg.ClientConfig
  /** True where another process, the program as a rule, holds the data folder. */
  readonly inUse: boolean
  close(): Promise<void>
}

/** Reaches the data: by DATABASE_URL, by the socket of the running program, or by starting the embedded database for as long as needed. */
export async function openStore(): Promise<Store> {
  const config = readConfig()
  const wanted = resolve(config.LINLI_DATA ?? defaultDataFolder(process.cwd(), process.getuid?.()))
  const folder = existsSync(wanted) ? realpathSync(wanted) : wanted
  if (config.DATABASE_URL !== undefined)
    return { config, dataFolder: folder, connection: { connectionString: config.DATABASE_URL }, inUse: false, close: async () => undefined }
  if (!existsSync(join(folder, 'postgres'))) throw new CommandError('DATABASE_MISSING', `There is no database in ${folder}; set LINLI_DATA or DATABASE_URL`)
  try {
    const data = await openDataFolder(folder, 0)
    const embedded = await startEmbedded({ dataFolder: data, log: createLog('error') }).catch((error: unknown) => {
      data.release()
      throw error
    })
    return {
      config,
      dataFolder: folder,
      connection: embedded.connection,
      inUse: false,
      close: async () => {
        await embedded.stop()
        data.release()
      },
    }
  } catch (error) {
    if (!(error instanceof StartError && error.code === 'DATA_FOLDER_IN_USE')) throw error
    const connection = findEmbedded(folder)
    if (!connection) throw new CommandError('DATABASE_NOT_REACHED', `${folder} is in use and its database does not run yet; try again in a moment`)
    return { config, dataFolder: folder, connection, inUse: true, close: async () => undefined }
  }
}

/** A connection without the limits of the program's pool; a named error where the database does not answer. */
export async function connectTo(connection: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client({ ...connection, options: '-c timezone=UTC -c jit=off -c extra_float_digits=1', application_name: 'linli-command' })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    throw new CommandError('DATABASE_NOT_REACHED', `The database does not answer (${error instanceof Error ? error.message : String(error)})`)
  }
}
