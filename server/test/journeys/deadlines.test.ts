import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { markDue } from '../support/busy.ts'
import { caseIn, OWNER, playerAt, sendMove, standardCast, type Cast } from '../support/cast.ts'
import { clocksOf } from '../support/legal-moves.ts'
import { startAgain } from '../support/restart.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { until } from '../support/stream.ts'
import type { ReportAnswer } from '../support/world.ts'

const MINUTE = 60_000
interface Stage {
  readonly stage: string
  readonly dueAt: Date
  readonly clock: string
  readonly amount: number
  readonly stoppedAt: Date | null
  readonly overdueAt: Date | null
  readonly provisional: boolean
  readonly startedAt: Date
}

describe('deadlines on a clock that a test moves', () => {
  let server: TestServer
  let cast: Cast

  beforeAll(async () => {
    server = await startTestServer({ env: { LINLI_SESSION_IDLE_MINUTES: '1440', LINLI_SESSION_MAX_HOURS: '168' } })
    // Who holds a post today held it on the days that these tests go back to.
    await server.running.platform.pool.query(`update identity.holding set from_at = '2020-01-01'`)
    cast = await standardCast(server)
  })
  afterEach(() => {
    server.runtime.offsetMs = 0
  })
  afterAll(() => server.stop())

  const stagesOf = async (id: string) =>
    (
      await server.running.platform.pool.query<Stage>(
        `select stage, due_at as "dueAt", clock, amount, stopped_at as "stoppedAt", overdue_at as "overdueAt", provisional, started_at as "startedAt" from cases.deadline where case_id = $1 order by started_seq, stage`,
        [id],
      )
    ).rows
  const overdueLines = async (id: string) =>
    (
      await server.running.platform.pool.query<{ stage: string; at: Date }>(
        `select reason_code as stage, at from cases.entry where case_id = $1 and move = 'overdue' order by seq`,
        [id],
      )
    ).rows
  const rowOf = async (id: string) =>
    (
      await server.running.platform.pool.query<{ overdue: boolean; seq: number; due: Date | null }>(
        'select overdue, seq, due_at as due from cases."case" where id = $1',
        [id],
      )
    ).rows[0]
  /** Moves the clock to some minutes after the running stage is due (before it, where negative). */
  const moveTo = async (id: string, minutes: number) => {
    const running = (await stagesOf(id)).find((stage) => stage.stoppedAt === null)
    if (!running) throw new Error('no clock runs')
    server.runtime.moveTo(running.dueAt.getTime() + minutes * MINUTE)
  }
  const looks = async (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000))

  it('runs in the database exactly the clock of the state, also where rules filed, refused or dispatched in one breath', async () => {
    const worker = await playerAt(server, 'grid-990101001000-1')
    const administrator = await server.signIn('test-admin', 'a long test password')
    const { lon, lat } = server.point()
    const send = (body: Record<string, unknown>) =>
      administrator.send<ReportAnswer>(
        'POST',
        '/api/v1/reports',
        { channel: 'replay', text: '历史记录，井盖缺失', position: { lon, lat, crs: 'wgs84' }, ...body },
        { 'idempotency-key': randomUUID() },
      )
    const opened = [
      await server.report(),
      await server.report({ conditionRow: 1 }, worker),
      await server.report({ matter: 'local-guide-9903', conditionRow: undefined }),
      (await send({ matter: 'gbt30428-component-0101', conditionRow: 1 })).body,
    ]
    expect(opened.map((answer) => answer.case.state)).toEqual(['reported', 'filed', 'voided', 'dispatched'])
    for (const { case: one } of opened)
      expect(
        (await stagesOf(one.id)).filter((stage) => stage.stoppedAt === null).map((stage) => stage.stage),
        one.state,
      ).toEqual(clocksOf(one.state))
  })

  it('marks each stage once when its time has come: one line, one mark, in the list of what is late', async () => {
    const { id, seq } = await caseIn(server, cast, 'filed')
    await moveTo(id, -1)
    await looks(1.3)
    expect(await overdueLines(id)).toEqual([])
    expect(await rowOf(id)).toMatchObject({ overdue: false, seq })
    await moveTo(id, 1)
    await until(async () => (await rowOf(id))?.overdue === true, 'the dispatch stage is late')
    await looks(1.5)
    const [stage] = (await stagesOf(id)).filter((one) => one.stage === 'dispatch')
    const lines = await overdueLines(id)
    expect(lines).toEqual([{ stage: 'dispatch', at: stage?.overdueAt }])
    expect(stage?.overdueAt?.getTime()).toBeGreaterThanOrEqual(stage?.dueAt.getTime() ?? Infinity)
    expect(await rowOf(id)).toMatchObject({ overdue: true, seq: seq + 1 })
    const list = await cast.acceptor.send<{ rows: { id: string }[] }>('GET', '/api/v1/cases?overdue=true&limit=200', undefined, {
      'linli-purpose': 'supervise',
    })
    expect(list.body.rows.map((row) => row.id)).toContain(id)
    // The next stage is late in its own time; what was late stays on the ledger.
    expect((await sendMove(cast.dispatcher, id, seq + 1, { move: 'dispatch', owner: OWNER })).status).toBe(200)
    expect(await rowOf(id)).toMatchObject({ overdue: false })
    await moveTo(id, 1)
    await until(async () => (await rowOf(id))?.overdue === true, 'the handling stage is late')
    expect((await overdueLines(id)).map((line) => line.stage)).toEqual(['dispatch', 'handle'])
  })

  it.each(['closed', 'evaluated', 'voided'])('never marks anything in a %s case, however late it is', async (state) => {
    const { id, seq } = await caseIn(server, cast, state)
    expect((await stagesOf(id)).filter((stage) => stage.stoppedAt === null)).toEqual([])
    server.runtime.offsetMs = 40 * 24 * 60 * MINUTE
    await markDue(server.running)
    await looks(1.2)
    expect(await overdueLines(id)).toEqual([])
    expect(await rowOf(id)).toMatchObject({ overdue: false, seq, due: null })
  })

  it('marks everything although more is late than one look takes', async () => {
    const opened = await Promise.all(Array.from({ length: 130 }, () => server.report({ position: undefined })))
    const ids = opened.map((answer) => answer.case.id)
    server.runtime.offsetMs = 60 * MINUTE
    const count = async () =>
      Number(
        (await server.running.platform.pool.query<{ count: number }>(`select count(*) from cases.entry where move = 'overdue' and case_id = any($1)`, [ids]))
          .rows[0]?.count,
      )
    await until(async () => (await count()) === 130, 'all are marked', 15_000)
    await looks(1.2)
    expect(await count()).toBe(130)
  })

  it('marks once when two servers and two callers race for the same stages', async () => {
    const beside = await startAgain(server, 'beside')
    try {
      const ids = await Promise.all(Array.from({ length: 12 }, async () => (await caseIn(server, cast, 'reported')).id))
      server.runtime.offsetMs = 20 * MINUTE
      const marked = await Promise.all([server.running, beside.running, server.running, beside.running].map(markDue))
      expect(marked.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(12)
      await looks(1.5)
      for (const id of ids) {
        expect((await overdueLines(id)).map((line) => line.stage)).toEqual(['accept'])
        expect(await rowOf(id)).toMatchObject({ overdue: true, seq: 2 })
      }
    } finally {
      await beside.stop()
    }
  })

  it('Signalen: counts the handling limit of the chosen condition row over National Day 2026 with its make-up workdays', async () => {
    // 1 to 7 October 2026 are holidays; Saturday 10 October is worked (State Council notice for 2026).
    const at = (text: string) => Date.parse(`${text}+08:00`)
    const expected: readonly [row: number, clock: string, amount: number, dispatched: string, due: string][] = [
      [1, 'urgentHour', 2, '2026-09-30T17:00:00', '2026-09-30T19:00:00'],
      [2, 'workHour', 4, '2026-09-30T16:00:00', '2026-10-08T11:00:00'],
      [3, 'workDay', 2, '2026-09-30T16:00:00', '2026-10-09T16:00:00'],
      [4, 'workDay', 5, '2026-09-29T16:00:00', '2026-10-12T16:00:00'],
    ]
    for (const [row, clock, amount, dispatched, due] of expected) {
      server.runtime.moveTo(at(dispatched))
      const { case: opened } = await server.report({ conditionRow: row })
      await sendMove(cast.acceptor, opened.id, 1, { move: 'file', conditionRow: row })
      expect((await sendMove(cast.dispatcher, opened.id, 2, { move: 'dispatch', owner: OWNER })).status).toBe(200)
      const stage = (await stagesOf(opened.id)).find((one) => one.stage === 'handle')
      expect({ clock: stage?.clock, amount: stage?.amount, provisional: stage?.provisional }).toEqual({ clock, amount, provisional: false })
      expect(Math.abs((stage?.dueAt.getTime() ?? 0) - at(due)), `row ${row} due ${stage?.dueAt.toISOString()}`).toBeLessThan(5_000)
    }
  })

  it('marks once what came due while the program stood still, and nothing twice after another start', async () => {
    const late = await caseIn(server, cast, 'reported')
    const early = await caseIn(server, cast, 'handling')
    await server.running.stop()
    server.runtime.offsetMs = 16 * MINUTE
    for (let round = 0; round < 2; round++) {
      const again = await startAgain(server, 'same')
      await until(
        async () => (await again.running.platform.pool.query('select 1 from cases."case" where id = $1 and overdue', [late.id])).rowCount === 1,
        'the mark after a start',
      )
      await looks(1.2)
      const { rows } = await again.running.platform.pool.query<{ id: string; stage: string }>(
        `select case_id as id, reason_code as stage from cases.entry where move = 'overdue' and case_id = any($1)`,
        [[late.id, early.id]],
      )
      expect(rows).toEqual([{ id: late.id, stage: 'accept' }])
      await again.stop()
    }
  }, 40_000)
})
