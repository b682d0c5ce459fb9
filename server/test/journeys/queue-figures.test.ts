import type { AnswerOf } from '@linli/contract/endpoint'
import type { insight } from '@linli/contract/endpoints/reach'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caseIn, playerAt, standardCast, type Player } from '../support/cast.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { Problem } from '../support/world.ts'

type Breakdown = AnswerOf<typeof insight.breakdown>
type Row = Breakdown['rows'][number]
const DAY = 86_400_000

describe('the six views of what people report', () => {
  let server: TestServer
  let supervisor: Player
  let window: { from: string; to: string }
  const rows = async <R extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
    (await server.running.platform.pool.query<R>(text, values)).rows
  const ask = async (by: string, more: Record<string, string> = {}, person = supervisor) =>
    person.send<Breakdown & Problem>('GET', `/api/v1/indicators/breakdown?${new URLSearchParams({ by, ...window, ...more }).toString()}`)
  const count = async (filter: Record<string, string>, person = supervisor) =>
    (await person.send<{ count: number }>('GET', `/api/v1/case-count?${new URLSearchParams(filter).toString()}`)).body.count

  beforeAll(async () => {
    server = await startTestServer()
    const cast = await standardCast(server)
    supervisor = await playerAt(server, 'supervisor-1')
    for (const state of ['reported', 'filed', 'handling', 'closed', 'voided', 'reported', 'reported']) await caseIn(server, cast, state)
    for (let index = 1; index < 6; index += 1)
      await server.report({ position: { ...server.point(index), crs: 'wgs84' }, text: '树枝压住电线', matter: undefined, conditionRow: undefined })
    const midnight = new Date(server.runtime.now() + 8 * 3_600_000).setUTCHours(0, 0, 0, 0) - 8 * 3_600_000
    window = { from: new Date(midnight - 6 * DAY).toISOString(), to: new Date(midnight + DAY).toISOString() }
    // Some of them came in the window before, as if they had been reported a week ago.
    await rows(`update cases."case" set opened_at = opened_at - interval '7 days' where id in (select id from cases."case" order by id limit 4)`)
  })
  afterAll(() => server.stop())

  it.each([
    ['matter', `coalesce(matter_key, 'none')`, (row: Row) => row.matter],
    ['day', `to_char(opened_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`, (row: Row) => row.day],
    ['area', `split_part(area_path, '.', 2)`, (row: Row) => row.area],
  ] as const)('count by %s what an independent recount counts', async (by, column, key) => {
    const { body, status } = await ask(by)
    expect(status).toBe(200)
    const told = await rows<{ key: string; count: string }>(
      `select ${column} as key, count(*) as count from cases."case" where opened_at >= $1 and opened_at < $2 group by 1 order by 2 desc, 1`,
      [window.from, window.to],
    )
    const shown = body.rows.filter((row) => row.count > 0).map((row) => [key(row), row.count])
    expect(new Map(shown as [string, number][])).toEqual(new Map(told.map((row) => [row.key, Number(row.count)])))
    expect(body.total.count).toBe(told.reduce((sum, row) => sum + Number(row.count), 0))
    const [earlier] = await rows<{ count: string }>(`select count(*) as count from cases."case" where opened_at >= $1 and opened_at < $2`, [
      body.beforeFrom,
      window.from,
    ])
    expect(body.total.before).toBe(Number(earlier?.count))
    expect(body.rows.reduce((sum, row) => sum + row.before, 0)).toBe(Number(earlier?.count))
    expect(body.total.before).toBe(4)
    expect(body.complete).toBe(true)
  })

  it('open with each number just the cases that it counts', async () => {
    for (const by of ['matter', 'area', 'frequent'] as const) {
      const { body } = await ask(by)
      expect(body.rows.length, by).toBeGreaterThan(0)
      for (const row of body.rows) {
        const filter = { ...(row.matter === null ? {} : { matter: row.matter }), ...(row.area === null ? {} : { area: row.area }) }
        expect(await count({ ...window, ...filter }), JSON.stringify(row)).toBe(row.count)
        expect(await count({ ...window, ...filter, overdue: 'true' })).toBe(row.overdue)
        expect(await count({ from: body.beforeFrom, to: body.from, ...filter })).toBe(row.before)
      }
    }
  })

  it('call frequent what came three times or more in one community', async () => {
    const { body } = await ask('frequent')
    const told = await rows<{ count: string }>(
      `select count(*) as count from cases."case" where opened_at >= $1 and opened_at < $2 group by coalesce(matter_key, 'none'), (string_to_array(area_path, '.'))[4] having count(*) >= 3 order by 1 desc`,
      [window.from, window.to],
    )
    expect(body.rows.map((row) => row.count)).toEqual(told.map((row) => Number(row.count)))
  })

  it('hold to the scope of the post and to the area asked for', async () => {
    const manager = await playerAt(server, 'gardens-990103-manager')
    expect((await ask('matter', {}, manager)).status).toBe(200)
    const whole = (await ask('matter')).body.total.count
    const parts = await Promise.all(((await ask('area')).body.rows ?? []).map((row) => ask('matter', { parent: row.area ?? '' })))
    expect(parts.reduce((sum, { body }) => sum + body.total.count, 0)).toBe(whole)
    expect((await ask('matter', { parent: '000000' })).status).toBe(404)
    expect((await ask('matter', {}, await playerAt(server, 'security-administrator'))).status).toBe(403)
  })

  it.each([
    ['a window that ends before it begins', { from: '2026-11-20T00:00:00Z', to: '2026-11-01T00:00:00Z' }],
    ['a window of centuries', { from: '1026-11-20T00:00:00Z', to: '2026-11-01T00:00:00Z' }],
    ['no window', { from: '', to: '' }],
    ['a view that is none', { by: 'person' }],
  ])('refuse %s', async (_what, more) => {
    expect((await ask('matter', more)).status).toBe(400)
  })
})
