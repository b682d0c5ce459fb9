import { randomUUID } from 'node:crypto'
import { workflows } from '@linli/contract/workflows/all'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../../test/support/server.ts'
import { sql } from '../../platform/db/database.ts'
import { listPublicCases } from './public-requests.ts'
import { publicCases, type PublicCaseFilter } from './public-requests/queries.ts'

const CASES = 20_000
const domains = ['component', 'event']

describe('cases as anybody may read them', () => {
  let server: TestServer
  let numbers: string[]

  beforeAll(async () => {
    server = await startTestServer()
    const { case: first } = await server.report()
    const { pool } = server.running.platform
    await pool.query(
      `insert into cases."case" select (jsonb_populate_record(found, jsonb_build_object('id', gen_random_uuid(), 'district_id', n % 4, 'number', 'LL-20980101-' || n, 'opened_at', found.opened_at - (n - 100000) * interval '20 minutes',
         'matter_key', 'gbt30428-event-' || lpad((n % 40)::text, 4, '0'), 'state', case when n % 20 = 0 then 'reported' else 'closed' end))).*
       from cases."case" as found, generate_series(100001, ${100_000 + CASES}) as n where found.number = $1`,
      [first.number],
    )
    await pool.query(
      `insert into cases.entry_words (district_id, case_id, seq, salt, words) select district_id, id, line, '', case when line = 2 then '{"publicReply": "已办结"}' else '{}' end::jsonb
       from cases."case", generate_series(1, 5) as line where number <> $1`,
      [first.number],
    )
    await pool.query('analyze cases."case"')
    await pool.query('analyze cases.entry_words')
    numbers = [first.number, 'LL-20980101-100007', 'LL-20980101-100010', 'LL-20980101-1']
  })
  afterAll(() => server.stop())

  const span = { from: new Date(Date.now() - 300 * 86_400_000), before: new Date(Date.now() - 200 * 86_400_000) }
  const filters: Record<string, () => PublicCaseFilter> = {
    'by number': () => ({ domains, numbers, limit: 1_000 }),
    'the newest': () => ({ domains, from: new Date(Date.now() - 90 * 86_400_000), before: new Date(), limit: 1_000 }),
    'a span of time': () => ({ domains, ...span, limit: 1_000 }),
    'open ones': () => ({ domains, closed: false, ...span, limit: 1_000 }),
    'closed ones': () => ({ domains, closed: true, ...span, limit: 1_000 }),
    'filed ones after a case': () => ({ domains, filed: true, after: { at: span.before, id: randomUUID() }, limit: 50 }),
    'filed ones of an area': () => ({ domains, filed: true, areaPath: '990100.990101', limit: 50 }),
    'one matter': () => ({ domains, matterKeys: ['gbt30428-event-0007'], ...span, limit: 1_000 }),
  }

  it.each(Object.keys(filters))('are found through an index and without reading the whole table: %s', async (name) => {
    const query = publicCases(filters[name]?.() ?? { domains, limit: 1 })
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${query}`.execute(server.running.platform.db)
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).not.toMatch(/Seq Scan on "?case"?/)
    expect(plan).not.toMatch(/Seq Scan on entry_words/)
  })

  it('are found by number in whatever district they lie, newest first', async () => {
    const rows = await listPublicCases(server.running.platform.db, { domains, numbers, limit: 1_000 })
    expect(rows.map((row) => row.number)).toEqual(numbers.slice(0, 3))
    expect(await listPublicCases(server.running.platform.db, { domains: ['event'], numbers: [numbers[0] ?? ''], limit: 1_000 })).toEqual([])
  })

  it('count as closed in exactly the states in which a workflow has nothing left to do but evaluate', async () => {
    const ended = Object.values(workflows).flatMap((workflow) =>
      Object.entries(workflow.states).flatMap(([state, { step, final }]) => (final === true || step === 'evaluate' ? [state] : [])),
    )
    expect(new Set(ended)).toEqual(new Set(['closed', 'evaluated', 'voided']))
    const closed = await listPublicCases(server.running.platform.db, { domains, closed: true, limit: 10 })
    expect(closed.every((row) => row.closed)).toBe(true)
    const open = await listPublicCases(server.running.platform.db, { domains, closed: false, limit: 10 })
    expect(open.some((row) => row.closed)).toBe(false)
  })
})
