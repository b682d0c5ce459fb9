/**
 * A desk's queue in a city of many cases: twenty saved filters and each pair of them that some case can fit, by a first page, by a page
 * somewhere in the middle and by their counts, asked over HTTP one after another by a post of the whole city. The yardstick of the same run
 * is the first page without a filter. Counts that say they are exact are compared with a recount in SQL of the same filter.
 *
 * Usage: node bench/queue.ts [--database embedded|external] [--size 20000] [--rounds 2] [--out figures.json] [--keep folder]; a kept folder
 * holds the loaded city, also that of bench/loop.ts.
 */
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { sql } from '../server/src/platform/db/database.ts'
import { cursorOf } from '../server/src/platform/http/cursor.ts'
import { both, writeFilter, type Filter } from '../web/console/src/queue/filter.ts'
import { list, openCity, type City } from './loop/city.ts'
import { findPostgres, startCluster } from './loop/cluster.ts'
import { growTo } from './loop/grow.ts'
import { HttpConnection } from './loop/http.ts'
import { machine, othersShare } from './loop/machine.ts'
import { startProgram } from './loop/program.ts'

const { values } = parseArgs({
  options: {
    database: { type: 'string', default: 'embedded' },
    size: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '2' },
    out: { type: 'string' },
    keep: { type: 'string' },
  },
})
const POST = 'acceptor-1'
const LIMIT = 50
const EXACT_TO = 10_000
const MATTER = 'gbt30428-component-0101'
const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString()

/** What people keep: by what waits, what is late, where, whose, what, how it stands, when it came. */
const SAVED: Readonly<Record<string, Filter>> = {
  mine: { mine: 'true' },
  'mine, due first': { mine: 'true', order: 'due' },
  late: { overdue: 'true' },
  'late, due first': { overdue: 'true', order: 'due' },
  'due first': { order: 'due' },
  reported: { state: 'reported' },
  'to be dispatched': { state: 'filed,verified' },
  'being handled': { state: 'dispatched,handling,paused' },
  'to be checked': { state: 'handled,checked' },
  closed: { state: 'closed' },
  evaluated: { state: 'evaluated' },
  'a district': { area: '990101' },
  'a street': { area: '990102001' },
  'a community': { area: '990103001001' },
  'a unit': { owner: 'water-990101' },
  'another unit': { owner: 'water-990102' },
  'no unit yet': { owner: 'none' },
  'a matter': { matter: MATTER },
  'this month': { from: day(30) },
  'a year ago': { from: day(400), to: day(365) },
}

interface Asked {
  readonly what: string
  readonly ms: number
}
const folder = values.keep === undefined ? mkdtempSync(join(tmpdir(), 'linli-bench-')) : resolve(values.keep)
mkdirSync(folder, { recursive: true })
chmodSync(folder, 0o711)
const bin = values.database === 'external' ? findPostgres() : undefined
if (values.database === 'external' && bin === undefined) throw new Error('no PostgreSQL found; name its folder in LINLI_BENCH_PG')
const cluster = bin === undefined ? undefined : await startCluster(bin, join(folder, 'external'))
const data = cluster ? join(folder, 'external', 'data') : join(folder, 'embedded')
const program = await startProgram(data, cluster?.url('linli'))
const socket = () => `postgresql:///linli?host=${encodeURIComponent(join(realpathSync(data), 'socket'))}&user=linli&port=5432`
const city = await openCity(program.url, cluster?.url('linli') ?? socket())
try {
  const cases = await growTo(city, Number(values.size))
  const figures = { machine: machine(), cases, others: await othersShare(), ...(await measure(city, Number(values.rounds))) }
  console.log(`${cases} cases, ${figures.filters} filters and pairs; others use ${(figures.others * 100).toFixed(0)} % of the processors`)
  console.table(figures.windows)
  console.log('slowest:', figures.slowest.map(({ what, ms }) => `${ms.toFixed(0)} ms ${what}`).join(' · '))
  console.log(`counts recounted in SQL: ${figures.recounted}, different: ${figures.different.length === 0 ? 'none' : figures.different.join('; ')}`)
  if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(figures, undefined, 2)}\n`)
  if (figures.different.length > 0) process.exitCode = 1
} finally {
  await city.close()
  await program.stop()
  cluster?.stop()
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true })
}

/** Each filter alone, and each two of them that can be laid over each other. */
function filtersAndPairs(): readonly (readonly [name: string, filter: Filter])[] {
  const alone = Object.entries(SAVED)
  const pairs = alone.flatMap(([name, filter], index) =>
    alone.slice(index + 1).flatMap(([other, with_]): (readonly [string, Filter])[] => {
      const joined = both(filter, with_)
      return joined ? [[`${name} + ${other}`, joined]] : []
    }),
  )
  return [...alone, ...pairs]
}

async function measure(where: City, rounds: number) {
  const filters = filtersAndPairs()
  const connection = await HttpConnection.open(where.url)
  const kinds: Record<'firstPage' | 'laterPage' | 'count' | 'yardstick', Asked[]> = { firstPage: [], laterPage: [], count: [], yardstick: [] }
  const different: string[] = []
  let recounted = 0
  const ask = async (kind: keyof typeof kinds, what: string, path: string, query: Record<string, string>) => {
    const asked = { ...(await list(where, POST, '')), path: `${path}?${new URLSearchParams(query).toString()}` }
    const began = performance.now()
    const { status, body } = await connection.ask(asked)
    kinds[kind].push({ what: `${what} (${kind})`, ms: performance.now() - began })
    if (status !== 200) throw new Error(`${asked.path} answered ${status} ${body}`)
    return JSON.parse(body.toString()) as { count?: number }
  }
  for (let round = 0; round < rounds; round++)
    for (const [name, filter] of filters) {
      const query = writeFilter(filter)
      await ask('yardstick', 'no filter', '/api/v1/cases', { limit: String(LIMIT) })
      await ask('firstPage', name, '/api/v1/cases', { ...query, limit: String(LIMIT) })
      await ask('laterPage', name, '/api/v1/cases', { ...query, limit: String(LIMIT), cursor: await somewhere(where, filter) })
      const { count = 0 } = await ask('count', name, '/api/v1/case-count', { ...query, upTo: String(EXACT_TO) })
      if (round > 0 || count > EXACT_TO || !isPlain(filter)) continue
      recounted += 1
      const told = await recount(where, filter)
      if (told !== count) different.push(`${name}: ${count} instead of ${told}`)
    }
  connection.close()
  const pages = [...kinds.firstPage, ...kinds.laterPage]
  return {
    filters: filters.length,
    windows: Object.fromEntries(Object.entries({ ...kinds, pages }).map(([kind, asked]) => [kind, shares(asked)])),
    slowest: [...pages, ...kinds.count].toSorted((one, other) => other.ms - one.ms).slice(0, 8),
    recounted,
    different,
  }
}

/** A cursor that points behind some case, whichever it is: as if somebody had come there page by page. */
async function somewhere({ db }: City, { order }: Filter): Promise<string> {
  const { rows } =
    order === 'due'
      ? await sql<{
          at: Date
          id: string
        }>`select due_at as at, id from cases."case" where due_at is not null and state not in ('closed', 'evaluated', 'voided') order by random() limit 1`.execute(
          db,
        )
      : await sql<{ at: Date; id: string }>`select opened_at as at, id from cases."case" tablesample bernoulli (1) limit 1`.execute(db)
  const [row] = rows
  return row ? cursorOf(row.at, row.id) : cursorOf(new Date(), '00000000-0000-7000-8000-000000000000')
}

/** What waits for a post depends on its rights, which the recount does not know. */
function isPlain({ mine }: Filter): boolean {
  return mine === undefined
}

async function recount({ db }: City, filter: Filter): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from cases."case" where
    (${filter.state ?? null}::text is null or state = any(string_to_array(${filter.state ?? ''}, ',')))
    and (${filter.overdue ?? null}::text is null or overdue)
    and (${filter.order === 'due'}::boolean is false or (due_at is not null and state not in ('closed', 'evaluated', 'voided')))
    and (${filter.area ?? null}::text is null or ${filter.area ?? ''} = any(string_to_array(area_path, '.')))
    and (${filter.owner ?? null}::text is null or (${filter.owner ?? ''} = 'none' and owner_unit is null and state not in ('closed', 'evaluated', 'voided')) or owner_unit = ${filter.owner ?? ''})
    and (${filter.matter ?? null}::text is null or matter_key = ${filter.matter ?? ''})
    and (${filter.from ?? null}::timestamptz is null or opened_at >= ${filter.from ?? null}::timestamptz)
    and (${filter.to ?? null}::timestamptz is null or opened_at < ${filter.to ?? null}::timestamptz)`.execute(db)
  return rows[0]?.count ?? 0
}

function shares(asked: readonly Asked[]) {
  const sorted = asked.map(({ ms }) => ms).toSorted((one, other) => one - other)
  const at = (share: number) => Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1))
  return { asked: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}
