import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, migrationSources } from './src/app.ts'
import { startDemoDriver } from './src/cli/demo-driver.ts'
import { createBlobStore } from './src/platform/blobs/blobs.ts'
import { loadCity } from './src/platform/city.ts'
import { readConfig } from './src/platform/config.ts'
import { openDataFolder } from './src/platform/data-folder.ts'
import { openDatabase, sql } from './src/platform/db/database.ts'
import { startEmbedded } from './src/platform/db/embedded.ts'
import { migrate } from './src/platform/db/migrate.ts'
import { createHttp } from './src/platform/http/server.ts'
import { createLog } from './src/platform/log.ts'
import { createMetrics } from './src/platform/metrics.ts'
import { Realtime } from './src/platform/realtime.ts'
import { systemRuntime } from './src/platform/runtime.ts'

const log = createLog('warn')
const dir = process.env.TRY_DATA ?? mkdtempSync(join(tmpdir(), 'linli-try-'))
const dataFolder = await openDataFolder(dir)
const pg = await startEmbedded({ dataFolder, log })
const { db, pool } = openDatabase(pg.connection, 8)
console.log('migrations', (await migrate(pool, migrationSources(join(import.meta.dirname, 'src')))).length)
const config = readConfig({ LINLI_DATA: dir, LINLI_ADMIN_LOGIN: 'boss', LINLI_ADMIN_PASSWORD: 'a-long-one-12345' })
const platform = {
  config, log, runtime: systemRuntime, db, pool, city: loadCity(process.env.TRY_CITY ?? 'demo', join(import.meta.dirname, '../cities')), metrics: createMetrics(), realtime: new Realtime(),
  blobs: createBlobStore(db, dataFolder.folder('blobs'), systemRuntime), transaction: <T>(work: (tx: any) => Promise<T>) => db.transaction().execute(work),
} as any
const app = createApp(platform, '0')
console.log(await app.open())
const http = await createHttp({ config, log, metrics: platform.metrics, findActor: async (token: string) => (await app.identity.findSession(token))?.actor, onRefusal: async (c: any) => { refused.set(c.endpoint.id + ' ' + c.code, (refused.get(c.endpoint.id + ' ' + c.code) ?? 0) + 1) } }, app.registrations.flatMap((r) => r.routes))
const refused = new Map<string, number>()
await http.listen({ port: 0, host: '127.0.0.1' })
const { port } = http.server.address() as any
const stop = new AbortController()
const t0 = Date.now()
const acts: any[] = []
const driver = startDemoDriver({ baseUrl: `http://127.0.0.1:${port}`, signal: stop.signal, seed: 1, log: { info: (f, m) => console.log(Date.now() - t0, m, JSON.stringify(f)), debug: (f: any, m) => { acts.push(f); if (f.kind === 'refused' || m.includes('waits')) console.log(Date.now() - t0, m, JSON.stringify(f)) } } })
const wait = Number(process.env.TRY_SECONDS ?? 60)
for (let i = 0; i < wait / 20; i++) {
  await new Promise((r) => setTimeout(r, 20_000))
  const { rows } = await sql<any>`select state, count(*)::int as n from cases."case" group by 1 order by 1`.execute(db)
  console.log(Date.now() - t0, acts.length, JSON.stringify(Object.fromEntries(rows.map((r: any) => [r.state, r.n]))))
}
const { rows } = await sql<any>`select move, count(*)::int as n from cases.entry group by 1 order by 2 desc`.execute(db)
console.log(JSON.stringify(Object.fromEntries(rows.map((r: any) => [r.move, r.n]))))
const r2 = await sql<any>`select reason_code, outcome, count(*)::int as n from intake.report group by 1,2 order by 3 desc`.execute(db)
console.log(JSON.stringify(r2.rows), Object.fromEntries(refused))
stop.abort(); await driver.finished
await http.close(); await db.destroy(); await pg.stop(); dataFolder.release()
