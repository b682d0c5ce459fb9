import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyLedger } from '../../src/modules/cases/index.ts'
import { openDatabase } from '../../src/platform/db/database.ts'
import { loadCopies } from '../support/bulk-cases.ts'
import { startAgain } from '../support/restart.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { until } from '../support/stream.ts'

/** LINLI_TIMERS=1000000 is the whole drill; a hundredth of them pass while the program is down. */
const PENDING = Number(process.env['LINLI_TIMERS'] ?? 3_000)
const MISSED = Math.ceil(PENDING / 100)
const DAYS = 10
const DAY_MS = 86_400_000
const WITHIN_MS = 60_000
/** At fewer rows a scan of the table is the better plan. */
const INDEX_PAYS = 100_000

describe(`${PENDING} deadlines run, and ${MISSED} of them pass while the program is down`, () => {
  let server: TestServer
  let again: Awaited<ReturnType<typeof startAgain>>
  let database: ReturnType<typeof openDatabase>
  let missed: { stage: string; case_id: string; due_at: Date }[]
  let plan = ''
  let tookMs = 0

  beforeAll(async () => {
    server = await startTestServer()
    // The one that is copied lies ahead, so that the copies lie between now and then.
    server.runtime.offsetMs = 2 * DAYS * DAY_MS
    const { case: opened } = await server.report()
    await server.running.stop()
    database = openDatabase(server.running.platform.pool.options, 2)
    await loadCopies(database.db, [{ caseId: opened.id, count: PENDING, days: DAYS }], 1_000_000_001)
    const running = 'from cases.deadline where stopped_at is null and overdue_at is null'
    const { rows } = await database.pool.query<{ stage: string; case_id: string; due_at: Date }>(
      `select stage, case_id, due_at ${running} order by due_at limit $1`,
      [MISSED],
    )
    missed = rows
    const last = missed.at(-1)?.due_at.getTime() ?? 0
    const explained = await database.pool.query<{ 'QUERY PLAN': string }>(
      `explain select district_id, case_id, stage ${running} and due_at <= '${new Date(last).toISOString()}' order by due_at limit 600`,
    )
    plan = explained.rows.map((row) => row['QUERY PLAN']).join('\n')
    server.runtime.moveTo(last)
    const began = performance.now()
    again = await startAgain(server, 'same')
    const startedMs = performance.now() - began
    const left = async () => {
      const passed = await database.pool.query<{ left: number }>(`select count(*) as left ${running} and due_at <= $1`, [new Date(last)])
      return passed.rows[0]?.left ?? 0
    }
    await until(async () => (await left()) === 0, 'every missed deadline is marked', WITHIN_MS)
    tookMs = performance.now() - began
    console.log(
      `${PENDING} running, ${MISSED} missed: the start took ${(startedMs / 1000).toFixed(1)} s, all were marked ${(tookMs / 1000).toFixed(1)} s after it was asked for`,
    )
  }, 600_000 + PENDING)
  afterAll(async () => {
    await again?.stop()
    if (database && !database.pool.ended) await database.pool.end()
    await server?.stop().catch(() => undefined)
  })

  it('marks each of them, exactly once, with one line of the ledger, one event and one audit line', async () => {
    expect(missed).toHaveLength(MISSED)
    const { rows } = await database.pool.query<{ entries: number; cases: number; events: number; audit: number; marked: number }>(
      `with missed as (select * from unnest($1::uuid[], $2::text[]) as m (case_id, stage)),
        line as (select entry.* from cases.entry join missed on missed.case_id = entry.case_id and entry.person_id is null and entry.seq > 1 and entry.reason_code = missed.stage)
      select (select count(*) from line) as entries, (select count(distinct case_id) from line) as cases,
        (select count(*) from line join platform.outbox on outbox.district_id = line.district_id and outbox.case_id = line.case_id and outbox.seq = line.seq) as events,
        (select count(*) from platform.audit join missed on request_id = 'clock:' || case_id || ':' || stage) as audit,
        (select count(*) from cases.deadline join missed using (case_id, stage) where overdue_at is not null) as marked`,
      [missed.map((row) => row.case_id), missed.map((row) => row.stage)],
    )
    expect(rows[0]).toEqual({ entries: MISSED, cases: MISSED, events: MISSED, audit: MISSED, marked: MISSED })
  }, 120_000)

  it('marks none before its time', async () => {
    const { rows } = await database.pool.query('select 1 from cases.deadline where overdue_at < due_at limit 1')
    expect(rows).toEqual([])
  }, 120_000)

  it('finds them by the index of running deadlines', () => {
    if (PENDING >= INDEX_PAYS) expect(plan).toMatch(/Index (Only )?Scan using deadline_running/)
    expect(plan).not.toBe('')
  })

  it.runIf(PENDING <= INDEX_PAYS)(
    'leaves a ledger that verify finds intact',
    async () => {
      await again.stop()
      expect((await verifyLedger(database.db, [])).findings).toEqual([])
    },
    120_000,
  )
})
