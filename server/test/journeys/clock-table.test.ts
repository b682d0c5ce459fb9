import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { verifyAll } from '../../src/cli/verify.ts'
import { markDue } from '../support/busy.ts'
import { caseIn, OWNER, playerAt, sendMove, standardCast, type Cast, type Player } from '../support/cast.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const DAY = 86_400_000
interface Line {
  readonly seq: number
  readonly move: string
}

/** What `cases/clock-table.test.ts` proves on the rules alone, here through the whole program (peers §1.19). */
describe('recorded failures of other engines, over HTTP', () => {
  let server: TestServer
  let cast: Cast

  beforeAll(async () => {
    server = await startTestServer({ env: { LINLI_SESSION_IDLE_MINUTES: '1440', LINLI_SESSION_MAX_HOURS: '168' } })
    cast = await standardCast(server)
  })
  afterEach(() => {
    server.runtime.offsetMs = 0
  })
  afterAll(() => server.stop())

  const rows = async <T extends object>(text: string, ...values: unknown[]) => (await server.running.platform.pool.query<T>(text, values)).rows
  const linesOf = (id: string) => rows<Line>('select seq, move from cases.entry where case_id = $1 order by seq', id)
  const eventsOf = (id: string) => rows<Line>(`select seq, payload ->> 'move' as move from platform.outbox where case_id = $1 order by seq`, id)
  const make = async (player: Player, id: string, move: string, input: Record<string, unknown> = {}) => {
    const answer = await server.move(player, id, move, input)
    if (answer.status !== 200) throw new Error(`${move}: ${JSON.stringify(answer.body)}`)
  }
  const answer = (receipt: string, fixed: boolean) =>
    server.send<{ code?: string; state?: string }>(
      'POST',
      `/api/v1/reports/${receipt}/answer`,
      { fixed, rating: fixed ? 'satisfied' : 'dissatisfied' },
      { 'idempotency-key': randomUUID() },
    )

  it('signals PR #1120: a new place and a new matter are one event each, and the case is routed once', async () => {
    const { case: one } = await server.report()
    await make(cast.acceptor, one.id, 'place', { position: { ...server.point(1), crs: 'wgs84' } })
    await make(cast.acceptor, one.id, 'file', { matter: 'gbt30428-event-0113', conditionRow: 1 })
    await make(cast.dispatcher, one.id, 'dispatch', { owner: OWNER })
    expect(await linesOf(one.id)).toEqual(['report', 'place', 'file', 'dispatch'].map((move, index) => ({ seq: index + 1, move })))
    expect(await eventsOf(one.id)).toEqual(await linesOf(one.id))
    // By rule in one breath: as many events as lines, and one dispatch.
    const administrator = await server.signIn('test-admin', 'a long test password')
    const { lon, lat } = server.point()
    const { body } = await administrator.send<{ case: { id: string } }>(
      'POST',
      '/api/v1/reports',
      { channel: 'replay', text: '井盖缺失', matter: 'gbt30428-component-0101', conditionRow: 1, position: { lon, lat, crs: 'wgs84' } },
      { 'idempotency-key': randomUUID() },
    )
    const moves = (await eventsOf(body.case.id)).map((line) => line.move)
    expect(moves).toEqual(['report', 'auto-file', 'auto-dispatch'])
    expect(await eventsOf(body.case.id)).toEqual(await linesOf(body.case.id))
    expect((await verifyAll(server.running.platform.db, undefined)).findings).toEqual([])
  })

  it('DIGIT: the page and the engine have one window; a direct call after it is refused, and staff cannot answer for a reporter', async () => {
    const { id, receipt } = await caseIn(server, cast, 'closed')
    const page = async () => (await server.send<{ answerUntil: string | null }>('GET', `/api/v1/reports/${receipt}`)).body.answerUntil
    const until = Date.parse((await page()) ?? '')
    server.runtime.moveTo(until + 60_000)
    expect(await page()).toBeNull()
    const before = await linesOf(id)
    for (const fixed of [true, false]) expect(await answer(receipt, fixed)).toMatchObject({ status: 403, body: { code: 'CASES_WINDOW_OVER' } })
    server.runtime.moveTo(until - 60_000)
    // Fourteen days on, everybody signs in anew.
    const manager = await playerAt(server, `${OWNER}-manager`)
    for (const move of ['not-fixed', 'rate']) expect((await sendMove(manager, id, before.length, { move })).body['code'], move).toBe('CASES_PARTY_NOT_ALLOWED')
    expect(await linesOf(id)).toEqual(before)
    expect(await answer(receipt, false)).toMatchObject({ status: 200, body: { state: 'dispatched' } })
  })

  it('fixmystreet #897: “not fixed” of whoever reported second reaches the unit that put the first one right, by name', async () => {
    const main = await caseIn(server, cast, 'handling')
    const second = await server.report({ text: '同一个井盖' })
    await make(cast.acceptor, second.case.id, 'link', { main: main.id })
    await make(cast.handler, main.id, 'handle', { note: '完成', evidence: [await server.photo(cast.handler)] })
    await make(cast.checker, main.id, 'check', { evidence: [await server.photo(cast.checker)] })
    await make(cast.closer, main.id, 'close', { closingConditionMet: true, publicReply: '已装新井盖' })
    await expect.poll(async () => (await server.detail(cast.acceptor, second.case.id)).case.state, { timeout: 10_000 }).toBe('closed')
    const track = await server.send<{ reply: { unitName: string; actedOn: string } | null; publicReply: string }>('GET', `/api/v1/reports/${second.receipt}`)
    const first = await server.detail(cast.manager, main.id)
    expect(track.body).toMatchObject({ publicReply: '已装新井盖', reply: { unitName: first.reply?.unitName, actedOn: first.reply?.actedOn } })
    expect((await answer(second.receipt, false)).body).toMatchObject({ state: 'dispatched' })
    const mine = await cast.manager.send<{ rows: { id: string }[] }>('GET', '/api/v1/cases?mine=true&limit=200', undefined, { 'linli-purpose': 'handle-case' })
    expect(mine.body.rows.map((row) => row.id)).toContain(second.case.id)
    await make(cast.manager, second.case.id, 'accept')
    expect((await verifyAll(server.running.platform.db, undefined)).findings).toEqual([])
  })

  it('puts a case beside another only where there is one: not beside itself, beside nothing, or beside one that is over', async () => {
    const { id, seq } = await caseIn(server, cast, 'reported')
    const over = await caseIn(server, cast, 'voided')
    for (const main of [id, randomUUID(), '01900000-0000-7000-8000-000000000000', over.id])
      expect((await sendMove(cast.acceptor, id, seq, { move: 'link', main })).body, main).toMatchObject({ code: 'CASES_LINK_NOT_ALLOWED' })
    expect(await linesOf(id)).toHaveLength(seq)
  })

  it('zammad #904, #3140: neither a linked case nor one that was taken up late is told of to the next level', async () => {
    const main = await caseIn(server, cast, 'reported')
    const linked = await caseIn(server, cast, 'filed')
    await make(cast.acceptor, linked.id, 'link', { main: main.id })
    const late = await caseIn(server, cast, 'dispatched')
    const { dueAt } = (await rows<{ dueAt: Date }>(`select due_at as "dueAt" from cases.deadline where case_id = $1 and stage = 'takeUp'`, late.id))[0] ?? {}
    server.runtime.moveTo(Number(dueAt) + 60_000)
    await markDue(server.running)
    const manager = await playerAt(server, `${OWNER}-manager`)
    const wasHandled = (await linesOf(late.id)).some((line) => line.move === 'overdue')
    expect(wasHandled).toBe(true)
    await make(manager, late.id, 'accept')
    const raises = async (id: string) => (await linesOf(id)).filter((line) => line.move === 'raise').length
    const before = await raises(late.id)
    await make(await playerAt(server, `${OWNER}-handler`), late.id, 'handle', {
      note: '完成',
      evidence: [await server.photo(await playerAt(server, `${OWNER}-handler`))],
    })
    server.runtime.offsetMs += 20 * DAY
    for (let look = 0; look < 4; look++) await markDue(server.running)
    expect(await raises(late.id)).toBe(before)
    expect((await linesOf(linked.id)).filter((line) => line.move === 'raise')).toEqual([])
    expect(
      (await rows<{ reason: string }>(`select reason_code as reason from cases.entry where case_id = $1 and move = 'overdue'`, linked.id)).map(
        (row) => row.reason,
      ),
    ).toEqual(['answer'])
    expect((await verifyAll(server.running.platform.db, undefined)).findings).toEqual([])
  })
})
