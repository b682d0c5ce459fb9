/**
 * The loop under load, over HTTP with real sessions, on a PostgreSQL of the machine's own packages and on the embedded one, with the floors
 * of the same run: report intake beside a bare handler and pgbench with the same rows, lists and the map, whole lifecycles at several
 * sizes, and bursts. Prints a table and writes the same as JSON.
 *
 * Usage: node bench/loop.ts [--database external|embedded|both] [--sizes 0,100000,1000000] [--parts intake,lifecycles,reads,bursts]
 *   [--seconds 2] [--windows 5] [--out figures.json] [--keep folder]; a kept folder holds the loaded city for the next run.
 */
import { mkdirSync, mkdtempSync, chmodSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openCity, type City } from './loop/city.ts'
import { findPostgres, startCluster, type Cluster } from './loop/cluster.ts'
import { growTo } from './loop/grow.ts'
import { measureIntake, type FloorPlace, type IntakeFigures } from './loop/intake.ts'
import { measureBursts, measureLifecycles, type BurstFigures, type LifecycleFigures } from './loop/lifecycle.ts'
import { machine, othersShare } from './loop/machine.ts'
import { printFigures } from './loop/print.ts'
import { startProgram, type Started } from './loop/program.ts'
import { measureReads, type ReadFigures } from './loop/reads.ts'
import { openDatabase, sql } from '../server/src/platform/db/database.ts'

export interface SizeFigures {
  readonly cases: number
  /** The share of the processors that others used before the windows. */
  readonly others: number
  readonly intake?: IntakeFigures
  readonly lifecycles?: LifecycleFigures
  readonly reads?: ReadFigures
  readonly bursts?: BurstFigures
}
export interface DatabaseFigures {
  readonly database: string
  readonly sizes: readonly SizeFigures[]
}

const { values } = parseArgs({
  options: {
    database: { type: 'string', default: 'both' },
    sizes: { type: 'string', default: '0,100000,1000000' },
    parts: { type: 'string', default: 'intake,lifecycles,reads,bursts' },
    seconds: { type: 'string', default: '2' },
    windows: { type: 'string', default: '5' },
    out: { type: 'string' },
    keep: { type: 'string' },
  },
})
const SIZES = values.sizes.split(',').map(Number)
const PARTS = new Set(values.parts.split(','))
const SECONDS = Number(values.seconds)
const WINDOWS = Number(values.windows)
const BURST_S = 10
const VALLEY_S = 30

const folder = values.keep === undefined ? mkdtempSync(join(tmpdir(), 'linli-bench-')) : resolve(values.keep)
mkdirSync(folder, { recursive: true })
chmodSync(folder, 0o711)
const found: DatabaseFigures[] = []
try {
  const bin = findPostgres()
  if (values.database !== 'embedded') {
    if (bin === undefined) throw new Error('no PostgreSQL with pgbench found; name its folder in LINLI_BENCH_PG, or measure --database embedded')
    found.push(await onExternal(bin))
  }
  if (values.database !== 'external') found.push(await onEmbedded())
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true })
}
const figures = { machine: machine(), seconds: SECONDS, windows: WINDOWS, databases: found }
printFigures(figures)
if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(figures, undefined, 2)}\n`)

async function onExternal(bin: string): Promise<DatabaseFigures> {
  const cluster = await startCluster(bin, join(folder, 'external'))
  try {
    const maintenance = openDatabase({ connectionString: cluster.url('postgres') }, 1)
    const there = await maintenance.pool.query(`select 1 from pg_database where datname = 'linli'`)
    if (there.rows.length === 0) await maintenance.pool.query(`create database linli template template0 encoding 'UTF8' locale 'C.UTF-8'`)
    await maintenance.pool.end()
    const program = await startProgram(join(folder, 'external', 'data'), cluster.url('linli'))
    const city = await openCity(program.url, cluster.url('linli'))
    return { database: cluster.version, sizes: await measure(program, city, { url: cluster.url('floor'), maintenanceUrl: cluster.url('postgres') }, cluster) }
  } finally {
    cluster.stop()
  }
}

async function onEmbedded(): Promise<DatabaseFigures> {
  const data = join(folder, 'embedded')
  const program = await startProgram(data, undefined)
  const host = join(realpathSync(data), 'socket')
  const at = (database: string) => `postgresql:///${database}?host=${encodeURIComponent(host)}&user=linli&port=5432`
  const city = await openCity(program.url, at('linli'))
  const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(city.db)
  return {
    database: `embedded PostgreSQL ${rows[0]?.version}`,
    sizes: await measure(program, city, { url: at('floor'), maintenanceUrl: at('postgres') }, undefined),
  }
}

async function measure(program: Started, city: City, place: FloorPlace, cluster: Cluster | undefined): Promise<SizeFigures[]> {
  const sizes: SizeFigures[] = []
  try {
    for (const size of SIZES) {
      const cases = await growTo(city, size)
      const others = await othersShare()
      const lifecycles = PARTS.has('lifecycles') || PARTS.has('bursts') ? await measureLifecycles(city, SECONDS, WINDOWS) : undefined
      sizes.push({
        cases,
        others,
        ...(PARTS.has('intake') ? { intake: await measureIntake(city, place, cluster, folder, SECONDS, WINDOWS) } : {}),
        ...(lifecycles === undefined ? {} : { lifecycles }),
        ...(PARTS.has('reads') ? { reads: await measureReads(city, SECONDS, WINDOWS) } : {}),
        ...(PARTS.has('bursts') && lifecycles !== undefined && size === SIZES.at(-1)
          ? { bursts: await measureBursts(city, lifecycles.lifecycles.perSecond, BURST_S, VALLEY_S) }
          : {}),
      })
      console.error(JSON.stringify(sizes.at(-1)))
    }
    return sizes
  } finally {
    await city.close()
    await program.stop()
  }
}
