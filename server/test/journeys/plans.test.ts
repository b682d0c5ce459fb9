import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Flight, type Statement } from '../../src/platform/db/flight.ts'
import { verifyLedger } from '../../src/modules/cases/index.ts'
import { loadCopies } from '../support/bulk-cases.ts'
import { caseIn, playerAt, standardCast, type Cast, type Player } from '../support/cast.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

/**
 * How many cases the city has. LINLI_PLAN_ROWS=1000000 asks the planner as it is; below 200,000 rows, where a scan may well be the cheapest,
 * it is told to take any index there is, so that what is found is a statement that no index serves.
 */
const ROWS = Number(process.env['LINLI_PLAN_ROWS'] ?? 6_000)
const HONEST = ROWS >= 200_000
const PURPOSE = { 'linli-purpose': 'handle-case' }

/** Tables that grow with the city. */
const BIG = new Set(['case', 'case_text', 'entry', 'entry_words', 'deadline', 'report', 'reporter', 'outbox', 'audit', 'read_log', 'idempotency', 'blob'])

/** What the other tables hold after as many cases; nothing of it is looked at but its amount. */
const FILL = [
  `insert into intake.reporter (district_id, report_id, name, contact) select district_id, id, '张三', '13800000000' from intake.report limit $1::int on conflict do nothing`,
  `insert into platform.audit (district_id, id, at, request_id, actor_kind, action, object_kind, object_id, outcome, sealed_seq, sealed_hash)
    select 1, gen_random_uuid(), now() - make_interval(secs => n), 'fill', 'system', 'fill', 'case', gen_random_uuid()::text, 'done', 1000000000 + n, '' from generate_series(1, $1::int) n`,
  `insert into platform.read_log (district_id, id, at, request_id, endpoint, purpose, object_kind, object_id, row_count, sealed_seq, sealed_hash)
    select 1, gen_random_uuid(), now() - make_interval(secs => n), 'fill', 'fill', 'fill', 'case', 'fill', 1, 1000000000 + n, '' from generate_series(1, $1::int) n`,
  `insert into platform.outbox (district_id, case_id, seq, topic, at, hash, payload, delivered, anchored)
    select 1, gen_random_uuid(), 1, 'fill', now() - make_interval(secs => n), '', '{}', true, true from generate_series(1, $1::int) n`,
  `insert into platform.idempotency (channel, client, key, body_digest, status, answer, at) select 'fill', 'fill', n::text, '', 201, '{}', now() from generate_series(1, $1::int) n`,
  `insert into platform.blob (district_id, id, sha256, media_type, bytes, owner, created_at, case_id)
    select 0, gen_random_uuid(), md5(n::text), 'image/png', 1, 'fill', now(), gen_random_uuid() from generate_series(1, $1::int) n`,
]

describe(`the plans of a city with ${ROWS} cases`, () => {
  let server: TestServer
  let cast: Cast
  const flights: (readonly Statement[])[] = []

  beforeAll(async () => {
    server = await startTestServer()
    cast = await standardCast(server)
    const { db, pool } = server.running.platform
    const samples = await Promise.all(['evaluated', 'closed', 'handling', 'reported'].map((state) => caseIn(server, cast, state)))
    const shares = [0.78, 0.2, 0.01, 0.01]
    await loadCopies(
      db,
      samples.map(({ id }, index) => ({ caseId: id, count: Math.ceil(ROWS * (shares[index] ?? 0)), days: index < 2 ? 1_000 : 0.01 })),
      1_000_000_001,
    )
    for (const statement of FILL) await pool.query(statement, [ROWS])
    await pool.query('vacuum analyze')
    const query = pg.Client.prototype.query
    vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...asked: Parameters<typeof query>) {
      const [first] = asked as unknown[]
      if (first instanceof Flight) flights.push(first.statements)
      return query.apply(this, asked)
    } as typeof query)
  }, 3_600_000)
  afterAll(async () => {
    vi.restoreAllMocks()
    await server?.stop()
  })

  it('rests on copies that the proof of the ledger finds intact', async () => {
    if (ROWS > 100_000) return
    const { findings, cases } = await verifyLedger(server.running.platform.db, [])
    expect(findings).toEqual([])
    expect(cases).toBeGreaterThan(ROWS)
  })

  it('read no table that grows with the city from end to end, whoever reports, moves, lists, searches or looks at the map', async () => {
    flights.length = 0
    await lifeOf(server, cast)
    await listsOf(
      server,
      await Promise.all(
        ['acceptor-1', 'water-990101-handler', 'grid-990101001000-1', 'transport-handler', 'gardens-990103-manager'].map((post) => playerAt(server, post)),
      ),
    )
    const asked = new Map(flights.flatMap((flight) => flight.map((statement) => [statement.text, { flight, statement }] as const)))
    expect(asked.size).toBeGreaterThan(30)
    expect(await scans(server, [...asked.values()])).toEqual([])
  }, 600_000)

  it('would find a scan if there were one', async () => {
    const text = 'select count(*) from cases.entry_words where salt = $1'
    const statement = { text, values: ['x'], name: undefined }
    expect(await scans(server, [{ flight: [statement], statement }])).toEqual([`entry_words: ${text}`])
  })
})

/** A case from its report to its end and everything that is read on the way; the pumps deliver and seal meanwhile. */
async function lifeOf(server: TestServer, cast: Cast): Promise<void> {
  const { id, receipt } = await caseIn(server, cast, 'evaluated')
  await server.report({ text: '王家巷路灯不亮', photos: [await server.photo()] })
  await server.detail(cast.acceptor, id)
  await cast.acceptor.send('GET', `/api/v1/cases/${id}/entries`, undefined, PURPOSE)
  await server.send('GET', `/api/v1/reports/${receipt}`)
  await expect.poll(async () => (await server.running.platform.pool.query('select 1 from platform.outbox where not delivered limit 1')).rows).toEqual([])
}

const LISTS = [
  '',
  'mine=true',
  'overdue=true',
  'state=reported',
  'state=handling,handled',
  'state=closed&matter=gbt30428-component-0101',
  'owner=water-990101',
  'area=990101001',
  'q=井盖',
  'q=不存在的词语',
  'q=LL-20261122-000001',
  'q=000001',
  `from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z`,
  'order=due',
  'order=due&mine=true',
  'order=due&overdue=true',
  'order=due&state=handling,handled&area=990101001',
  'order=due&owner=water-990101',
  'owner=none',
  'matter=none',
]
async function listsOf(server: TestServer, players: readonly Player[]): Promise<void> {
  for (const player of players) {
    for (const query of LISTS) {
      const { status } = await player.send('GET', `/api/v1/cases?limit=20&${query}`, undefined, PURPOSE)
      expect(status, `${player.post} ${query}`).toBe(200)
    }
    const { body } = await player.send<{ next: string | null }>('GET', '/api/v1/cases?limit=1', undefined, PURPOSE)
    if (body.next !== null) await player.send('GET', `/api/v1/cases?limit=20&cursor=${body.next}`, undefined, PURPOSE)
    await deskOf(player)
    const { lon, lat } = server.point()
    await player.send('GET', `/api/v1/case-pins?bbox=${lon - 0.01},${lat - 0.01},${lon + 0.01},${lat + 0.01}`)
  }
}

/** What a desk asks besides: alerts, saved filters with their counts, claims, who is here, what a move would do. */
async function deskOf(player: Player): Promise<void> {
  const { body } = await player.send<{ rows: { id: string; seq: number }[]; next: string | null }>('GET', '/api/v1/cases?limit=5&order=due', undefined, PURPOSE)
  if (body.next !== null) await player.send('GET', `/api/v1/cases?limit=5&order=due&cursor=${body.next}`, undefined, PURPOSE)
  const saved = { mine: { mine: 'true' }, late: { overdue: 'true' }, due: { order: 'due' }, open: { state: 'reported,filed' }, none: { owner: 'none' } }
  for (const [name, filter] of Object.entries(saved))
    await player.send('POST', '/api/v1/saved-filters', { name, filter, shared: false }, { 'idempotency-key': `${player.post} ${name}` })
  for (const path of ['/api/v1/saved-filters', '/api/v1/saved-filter-counts', '/api/v1/alerts']) expect((await player.send('GET', path)).status, path).toBe(200)
  const ids = body.rows.map(({ id }) => id)
  if (ids[0] === undefined) return
  expect((await player.send('GET', `/api/v1/claims?ids=${ids.join(',')}`)).status).toBe(200)
  expect((await player.send('POST', '/api/v1/move-previews', { ids, move: { move: 'note', note: '备注' } })).status).toBe(200)
  await player.send('POST', `/api/v1/cases/${ids[0]}/claim`, {})
  expect((await player.send('POST', `/api/v1/cases/${ids[0]}/presence`, { here: true, screen: randomUUID() })).status).toBe(200)
  await player.send('POST', '/api/v1/alerts/seen', { asOf: '2026-01-01T00:00:00Z', cases: body.rows.map(({ id, seq }) => ({ id, seq })) })
}

interface Node {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly Plans?: readonly Node[]
}
interface Asked {
  readonly flight: readonly Statement[]
  readonly statement: Statement
}

/** Statements whose plan reads a big table from end to end, with the table; a prepared one also by the plan that is good for any values. */
async function scans(server: TestServer, asked: readonly Asked[]): Promise<string[]> {
  const client = await server.running.platform.pool.connect()
  try {
    const { rows } = await client.query<{ name: string }>('select relname as name from pg_class join pg_index on indexrelid = oid where indpred is not null')
    const partial = new Set(rows.map((row) => row.name))
    const found: string[] = []
    for (const one of asked) {
      const read = (await plansOf(client, one)).flatMap((plan) => readWhole(plan, partial, false))
      if (read.length > 0) found.push(`${[...new Set(read)].join(', ')}: ${one.statement.text}`)
    }
    return found
  } finally {
    client.release(true)
  }
}

async function plansOf(client: pg.PoolClient, { flight, statement }: Asked): Promise<Node[]> {
  if (!/^\s*(select|with|insert|update|delete)/i.test(statement.text)) return []
  await client.query('begin')
  if (!HONEST) await client.query('set local enable_seqscan = off')
  for (const { text } of flight) if (text.includes('set_config')) await client.query(text)
  const answers = [await client.query(`explain (format json) ${statement.text}`, [...statement.values])]
  if (statement.name !== undefined) answers.push(await client.query(`explain (format json, generic_plan) ${statement.text}`))
  await client.query('rollback')
  return answers.map(({ rows }) => (rows[0] as { 'QUERY PLAN': [{ Plan: Node }] })['QUERY PLAN'][0].Plan)
}

/** Tables read whole, by themselves or through an index of all their rows; a walk along an index that a limit ends is not whole. */
function readWhole(node: Node, partial: ReadonlySet<string>, limited: boolean): string[] {
  const kind = node['Node Type']
  const table = node['Relation Name'] ?? node['Index Name']?.replace(/_[a-z]+$/, '') ?? ''
  const index = node['Index Name']
  const whole = kind === 'Seq Scan' || (index !== undefined && node['Index Cond'] === undefined && !limited && !partial.has(index))
  return [...(whole && BIG.has(table) ? [table] : []), ...(node.Plans ?? []).flatMap((inner) => readWhole(inner, partial, limited || kind === 'Limit'))]
}
