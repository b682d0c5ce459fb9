import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { createApp, migrationSources, type App } from './app.ts'
import { ANCHOR_BATCH, anchorFileOf, anchorKey, writeAnchor } from './platform/audit/anchor.ts'
import { writeAudit } from './platform/audit/audit.ts'
import { sealStreams } from './platform/audit/sealer.ts'
import { createBlobStore } from './platform/blobs/blobs.ts'
import { loadCity } from './platform/city.ts'
import { mapHostsOf, StartError, type Config } from './platform/config.ts'
import { openDataFolder, refuseUnfinishedRestore, type DataFolder } from './platform/data-folder.ts'
import { checkDatabase } from './platform/db/check-database.ts'
import { one, openDatabase, sql, type Db } from './platform/db/database.ts'
import { startEmbedded, type EmbeddedDatabase } from './platform/db/embedded.ts'
import { migrate } from './platform/db/migrate.ts'
import { drain } from './platform/http/drain.ts'
import { addHtmlPages } from './platform/http/html-routes.ts'
import { addPages } from './platform/http/pages.ts'
import { createHttp } from './platform/http/server.ts'
import { Shedding } from './platform/http/shedding.ts'
import { startJobs } from './platform/jobs.ts'
import type { Log } from './platform/log.ts'
import { createMetrics } from './platform/metrics.ts'
import { Activity } from './platform/operations/activity.ts'
import { LoopWatch } from './platform/operations/loop-watch.ts'
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
  /** Is not ready any more, answers what is under way, finishes pumps and jobs, writes the last anchor and closes everything. */
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
    refuseUnfinishedRestore(data.path)
    const { connection, embedded } = await connect(options, data)
    if (embedded) opened.push(() => embedded.stop())
    const { db, pool } = openDatabase(connection, config.LINLI_DB_CONNECTIONS)
    opened.push(() => db.destroy())
    onProgress('migrate')
    const client = await pool.connect()
    await checkDatabase(client).finally(() => client.release())
    await migrate(pool, migrationSources(import.meta.dirname))
    const late: { relay?: Pump } = {}
    const platform = createPlatform(options, cityPackage, db, pool, data, () => late.relay?.wake())
    opened.push(() => {
      platform.vitals.loop.stop()
      platform.vitals.shedding.stop()
    })
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

function createPlatform(options: StartOptions, city: Platform['city'], db: Db, pool: pg.Pool, data: DataFolder, wake: () => void): Platform {
  const { config, log, runtime = systemRuntime } = options
  const limits = { loopMs: config.LINLI_SHED_LOOP_MS, waiting: config.LINLI_SHED_WAITING }
  return {
    config,
    log,
    runtime,
    db,
    pool,
    city,
    metrics: createMetrics(),
    realtime: new Realtime(),
    blobs: createBlobStore(db, data.folder('blobs'), runtime, city.city.timeZone),
    dataFolder: data.path,
    activity: new Activity(runtime.now),
    vitals: { loop: new LoopWatch(), shedding: new Shedding(limits, () => pool.waitingCount, log, runtime.now) },
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
  const anchorFile = anchorFileOf(config, data.path)
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
  let stopping = false
  const http = await createHttp(
    {
      config,
      log,
      metrics: platform.metrics,
      shedding: platform.vitals.shedding,
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
  for (const { pages } of registrations) if (pages) await addHtmlPages(http, { config, log }, pages)
  await addPages(http, {
    version: VERSION,
    web: {
      '/': join(REPOSITORY, 'web/command/dist'),
      '/console/': join(REPOSITORY, 'web/console/dist'),
      '/field/': join(REPOSITORY, 'web/field/dist'),
      '/r/assets/': join(REPOSITORY, 'web/resident/dist'),
    },
    mapHosts: mapHostsOf(config),
    metrics: platform.metrics,
    readiness: async () => (stopping ? ['stopping'] : (await one(platform.db, sql`select 1 as ok`).catch(() => undefined)) ? [] : ['database']),
    beforeMetrics: async () => {
      platform.metrics.streams.set(platform.realtime.size)
      platform.metrics.undelivered.set(await countUndelivered(platform.db))
      platform.metrics.shedLevel.set(platform.vitals.shedding.level)
    },
  })
  const url = await listen(http, config)
  opened.push(
    () => anchor().catch((error: unknown) => log.error({ error: String(error) }, 'last anchor could not be written')),
    () => drain(http, () => platform.metrics.requests.inFlight, 0),
    () => platform.realtime.close(),
  )
  const pumps = startPumps(platform, registrations, config, log)
  if (pumps[0]) late.relay = pumps[0]
  opened.push(() => Promise.all(pumps.map((pump) => pump.stop())))
  const jobs = await startJobs(platform.pool, registrations, log, platform.activity)
  opened.push(() => jobs.stop())
  return {
    url,
    platform,
    app,
    anchorFile,
    stop: async () => {
      stopping = true
      log.info({ graceS: config.LINLI_STOP_GRACE_S, inFlight: platform.metrics.requests.inFlight }, 'stopping')
      await sleep(config.LINLI_STOP_DELAY_S * 1000)
      const drained = drain(http, () => platform.metrics.requests.inFlight, config.LINLI_STOP_GRACE_S * 1000)
      platform.realtime.close()
      const cut = await drained
      if (cut > 0) log.warn({ cut }, 'requests were cut because they outlasted LINLI_STOP_GRACE_S')
      await undo()
    },
  }
}

function startPumps(platform: Platform, registrations: readonly Registration[], config: Config, log: Log): Pump[] {
  const start = (name: string, everyMs: number, work: () => Promise<number>) => startPump(name, everyMs, log, work, platform.activity.pump(name, everyMs))
  const reactions = registrations.flatMap((registration) => registration.reactions ?? [])
  return [
    start('platform.relay', 250, () => relayOnce(platform.db, reactions, (event) => platform.realtime.publish(event), log)),
    start('platform.sealer', 500, () => sealStreams(platform.db, config.LINLI_LEDGER_ALG)),
    ...registrations.flatMap((registration) => registration.pumps ?? []).map((pump) => start(pump.name, pump.everyMs, pump.work)),
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
