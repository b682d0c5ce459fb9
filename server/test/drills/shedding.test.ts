import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../support/server.ts'
import { until } from '../support/stream.ts'
import type { Answer, Person, Problem } from '../support/world.ts'

const CONNECTIONS = 4
const LIMIT = 10

describe('more work than the database takes', () => {
  let server: TestServer
  let acceptor: Person
  let freed: () => Promise<void>

  /** Takes every connection of the pool, so that whatever asks the database waits. */
  async function holdAll(): Promise<() => Promise<void>> {
    const { pool } = server.running.platform
    const taking: Promise<{ release(): void }>[] = []
    // The worker listens on one of its own, so the pool is empty when one more is not given.
    for (let given = true; given;) {
      const next = pool.connect()
      taking.push(next)
      given = await Promise.race([next.then(() => true), sleep(300, false)])
    }
    return async () => void taking.splice(0).map((client) => client.then((each) => each.release()))
  }
  const level = () => server.running.platform.vitals.shedding.level
  const list = (language = 'zh-CN') =>
    acceptor.send<Problem>('GET', '/api/v1/cases', undefined, { 'linli-purpose': 'handle-case', 'accept-language': language })
  const wait = (count: number): Promise<unknown>[] => Array.from({ length: count }, () => server.running.platform.pool.query('select 1'))

  beforeAll(async () => {
    server = await startTestServer({ env: { LINLI_DB_CONNECTIONS: String(CONNECTIONS), LINLI_SHED_WAITING: String(LIMIT), LINLI_SHED_LOOP_MS: '60000' } })
    acceptor = await server.demoPerson('file')
  })
  afterAll(() => server.stop())

  it('refuses lists with words in both languages and when to come again, while reports are taken and written', async () => {
    freed = await holdAll()
    const waiting = wait(LIMIT)
    const report = server.send<{ case: { id: string } }>(
      'POST',
      '/api/v1/reports',
      { channel: 'web', text: '路灯不亮', position: { ...server.point(), crs: 'wgs84' } },
      { 'idempotency-key': randomUUID() },
    )
    await until(() => level() === 1, 'the program sheds')
    const refused = await list()
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([503, 'OVERLOADED', '2'])
    expect(refused.headers.get('content-type')).toContain('application/problem+json')
    expect(refused.body.extra).toMatchObject({ retryAfterS: 2, zh: expect.stringContaining('系统繁忙'), en: expect.stringContaining('busy') })
    expect((await list('en')).body).toMatchObject({ title: 'The program is busy and did not take this request on' })
    expect((await server.send('GET', '/healthz')).status).toBe(200)
    await freed()
    await Promise.all(waiting)
    expect((await report).status).toBe(201)
  })

  it('refuses a move before anything of it is begun, and nothing of a move that it let in', async () => {
    await until(() => level() === 0, 'the pressure is over')
    const { case: opened } = await server.report()
    const before = await server.detail(acceptor, opened.id)
    const move = () =>
      acceptor.send<Problem>('POST', `/api/v1/cases/${opened.id}/moves`, { move: 'file', conditionRow: 1 }, { 'if-match': String(before.case.seq) })
    freed = await holdAll()
    const letIn = move()
    const waiting = wait(2 * LIMIT)
    await until(() => level() === 2, 'work is refused too')
    const refused = await move()
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([503, 'OVERLOADED', '4'])
    await freed()
    await Promise.all(waiting)
    expect((await letIn).status).toBe(200)
    await until(() => level() === 0, 'the pressure is over')
    const after = await server.detail(acceptor, opened.id)
    expect(after.case.seq).toBe(before.case.seq + 1)
  })

  it('counts what it refused, on the operations page and in the metrics, and writes no audit line for it', async () => {
    const operator = await server.signIn('test-admin', 'a long test password')
    const { body }: Answer<{ shedding: { shed: number; lastAt: string | null }; requests: { errorRate: number } }> = await operator.send(
      'GET',
      '/api/v1/operations',
    )
    expect(body.shedding.shed).toBe(3)
    expect(body.shedding.lastAt).not.toBeNull()
    expect(body.requests.errorRate).toBe(0)
    const metrics = await fetch(`${server.running.url}/metrics`).then((response) => response.text())
    expect(metrics).toContain('linli_shed_total{endpoint="cases.list"} 2')
    expect(metrics).toContain('linli_shed_level 0')
    const { rows } = await server.running.platform.pool.query("select 1 from platform.audit where error_code = 'OVERLOADED'")
    expect(rows).toEqual([])
  })
})
