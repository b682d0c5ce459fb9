import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import type pg from 'pg'
import { createApp, migrationSources, type App } from './app.ts'
import { ANCHOR_BATCH, anchorKey, writeAnchor } from './platform/audit/anchor.ts'
import { writeAudit } from './platform/audit/audit.ts'
import { sealStreams } from './platform/audit/sealer.ts'
import { createBlobStore } from './platform/blobs/blobs.ts'
import { loadCity } from './platform/city.ts'
import { StartError, type Config } from './platform/config.ts'
import { openDataFolder, type DataFolder } from './platform/data-folder.ts'
import { checkDatabase } from './platform/db/check-database.ts'
import { one, openDatabase, sql, type Db } from './platform/db/database.ts'
import { startEmbedded, type EmbeddedDatabase } from './platform/db/embedded.ts'
import { migrate } from './platform/db/migrate.ts'
import { addPages } from './platform/http/pages.ts'
import { createHttp } from './platform/http/server.ts'
import { startJobs } from './platform/jobs.ts'
import type { Log } from './platform/log.ts'
import { createMetrics } from './platform/metrics.ts'
import { countUndelivered, purgeOutbox, relayOnce } from './platform/outbox.ts'
import type { Platform, Registration } from './platform/platform.ts'
import { startPump, type Pump } from './platform/pump.ts'
import { Realtime } from './platform/realtime.ts'
import { systemRuntime, type Runtime } from './platform/runtime.ts'

export const REPOSITORY = join(import.meta.dirname, '../..')
export const VERSION = (JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as { version: string }).version

export interface StartOptions {
  readonly config: Config
  readonly log: Log
  readonly runtime?: Runtime
  /** A database that is there already, as tests have; the data folder is still opened. */
  readonly connection?: pg.PoolConfig
  readonly onProgress?: (step: string) => void
}
export interface Running {
  readonly url: string
  readonly platform: Platform
  readonly app: App
  readonly anchorFile: string
  stop(): Promise<void>
}

/** Starts the whole program: data folder, database, migrations, city, HTTP, pumps and jobs. Throws StartError with a code for whatever stands in the way. */
export async function startServer(options: StartOptions): Promise<Running> {
  const { config, onProgress = () => undefined } = options
  const cityPackage = loadCity(config.LINLI_CITY, join(REPOSITORY, 'cities'))
  const data = await openDataFolder(config.LINLI_DATA)
  const opened: (() => Promise<unknown> | void)[] = [() => data.release()]
  const undo = async () => {
    for (const close of opened.splice(0).reverse()) await close()
  }
  try {
    const { connection, embedded } = await connect(options, data)
    if (embedded) opened.push(() => embedded.stop())
    const { db, pool } = openDatabase(connection, config.LINLI_DB_CONNECTIONS)
    opened.push(() => db.destroy())
    onProgress('migrate')
    const client = await pool.connect()
    await checkDatabase(client).finally(() => client.release())
    await migrate(pool, migrationSources(import.meta.dirname))
    const late: { relay?: Pump } = {}
    const platform = createPlatform(options, cityPackage, db, pool, data.folder('blobs'), () => late.relay?.wake())
    const app = createApp(platform, VERSION)
    onProgress('city')
    await app.open()
    onProgress('serve')
    return await serve(options, platform, app, data, opened, undo, late)
  } catch (error) {
    await undo()
    throw error
  }
}

async function connect(options: StartOptions, data: DataFolder): Promise<{ connection: pg.PoolConfig; embedded?: EmbeddedDatabase }> {
  if (options.connection) return { connection: options.connection }
  if (options.config.DATABASE_URL !== undefined) return { connection: { connectionString: options.config.DATABASE_URL } }
  const embedded = await startEmbedded({ dataFolder: data, log: options.log, onProgress: (step) => options.onProgress?.(`database.${step}`) })
  return { connection: embedded.connection, embedded }
}

function createPlatform(options: StartOptions, city: Platform['city'], db: Db, pool: pg.Pool, blobFolder: string, wake: () => void): Platform {
  const runtime = options.runtime ?? systemRuntime
  return {
    config: options.config,
    log: options.log,
    runtime,
    db,
    pool,
    city,
    metrics: createMetrics(),
    realtime: new Realtime(),
    blobs: createBlobStore(db, blobFolder, runtime, city.city.timeZone),
    transaction: async (work) => {
      const result = await db.transaction().execute(work)
      wake()
      return result
    },
  }
}

async function serve(
  options: StartOptions,
  platform: Platform,
  app: App,
  data: DataFolder,
  opened: (() => Promise<unknown> | void)[],
  undo: () => Promise<void>,
  late: { relay?: Pump },
): Promise<Running> {
  const { config, log } = options
  const anchorFile = config.LINLI_ANCHOR_FILE ?? join(data.path, 'anchor.jsonl')
  const key = anchorKey(data.folder('keys'))
  const anchor = async () => {
    await sealStreams(platform.db, config.LINLI_LEDGER_ALG)
    // Only a full batch has more behind it; what arrives meanwhile waits for the next minute.
    while ((await writeAnchor(platform.db, anchorFile, key, platform.runtime.now)) === ANCHOR_BATCH);
  }
  const registrations: Registration[] = [
    ...app.registrations,
    {
      name: 'anchor',
      routes: [],
      jobs: [
        { name: 'platform.anchor', cron: '* * * * *', run: anchor },
        {
          name: 'platform.purgeOutbox',
          cron: '*/10 * * * *',
          run: () => purgeOutbox(platform.db),
        },
      ],
    },
  ]
  const http = await createHttp(
    {
      config,
      log,
      metrics: platform.metrics,
      findActor: async (token) => (await app.identity.findSession(token))?.actor,
      onRefusal: (refusal) =>
        writeAudit(platform.db, platform.runtime, {
          districtId: 0,
          requestId: refusal.requestId,
          actor: refusal.actor,
          action: refusal.endpoint.id,
          outcome: refusal.code === 'INTERNAL' ? 'failed' : 'refused',
          errorCode: refusal.code,
          ...(refusal.objectId === undefined ? {} : { objectKind: 'case', objectId: refusal.objectId }),
        }),
    },
    registrations.flatMap((registration) => registration.routes),
  )
  await addPages(http, {
    version: VERSION,
    webFolder: join(REPOSITORY, 'web/command/dist'),
    metrics: platform.metrics,
    readiness: async () => ((await one(platform.db, sql`select 1 as ok`).catch(() => undefined)) ? [] : ['database']),
    beforeMetrics: async () => {
      platform.metrics.streams.set(platform.realtime.size)
      platform.metrics.undelivered.set(await countUndelivered(platform.db))
    },
  })
  const url = await listen(http, config)
  opened.push(
    () => http.close(),
    () => platform.realtime.close(),
  )
  const pumps = startPumps(platform, registrations, config, log)
  if (pumps[0]) late.relay = pumps[0]
  opened.push(() => Promise.all(pumps.map((pump) => pump.stop())))
  const jobs = await startJobs(platform.pool, registrations, log)
  opened.push(() => jobs.stop())
  return {
    url,
    platform,
    app,
    anchorFile,
    stop: async () => {
      await anchor().catch((error: unknown) => log.error({ error: String(error) }, 'last anchor could not be written'))
      await undo()
    },
  }
}

function startPumps(platform: Platform, registrations: readonly Registration[], config: Config, log: Log): Pump[] {
  const reactions = registrations.flatMap((registration) => registration.reactions ?? [])
  return [
    startPump('platform.relay', 250, log, () => relayOnce(platform.db, reactions, (event) => platform.realtime.publish(event), log)),
    startPump('platform.sealer', 500, log, () => sealStreams(platform.db, config.LINLI_LEDGER_ALG)),
    ...registrations.flatMap((registration) => registration.pumps ?? []).map((pump) => startPump(pump.name, pump.everyMs, log, pump.work)),
  ]
}

async function listen(http: Awaited<ReturnType<typeof createHttp>>, config: Config): Promise<string> {
  try {
    await http.listen({ host: config.HOST, port: config.PORT })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE') throw new StartError('PORT_IN_USE', `Port ${config.PORT} is taken; stop the other program or set PORT to another number`)
    if (code === 'EACCES') throw new StartError('PORT_NOT_ALLOWED', `Port ${config.PORT} needs more rights; set PORT to 1024 or higher`)
    throw error
  }
  const { port } = http.server.address() as AddressInfo
  return `http://${config.HOST === '0.0.0.0' ? '127.0.0.1' : config.HOST}:${port}`
}
