import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caseIn, OWNER, playerAt, sendMove, standardCast, type Cast, type Player } from '../support/cast.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { Problem } from '../support/world.ts'

interface Near {
  readonly number: string
  readonly matterName: string | null
  readonly step: string
  readonly openedOn: string
  readonly metres: number
  readonly reporters: number
}
const PURPOSE = { 'linli-purpose': 'handle-case' }
const DAY = 86_400_000
const MATTER = 'gbt30428-component-0101'

describe('reports that may be the same event', { timeout: 60_000 }, () => {
  let server: TestServer
  let cast: Cast
  const here = (metresNorth = 0) => ({ lon: server.point().lon, lat: server.point().lat + metresNorth / 111_320, crs: 'wgs84' })
  const ask = <T = { rows: Near[] }>(body: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
    server.send<T & Problem>('POST', '/api/v1/similar-reports', { position: here(), text: '路口的井盖不见了', matter: MATTER, ...body }, headers)
  const numbers = async (body?: Record<string, unknown>) => (await ask(body)).body.rows.map((row) => row.number)

  beforeAll(async () => {
    server = await startTestServer({ env: { LINLI_SESSION_IDLE_MINUTES: '1440', LINLI_SESSION_MAX_HOURS: '168' } })
    cast = await standardCast(server)
  })
  afterAll(() => server.stop())

  it('are shown before sending by matter, step, day, rounded distance and count alone: no words, no person, no place, no id', async () => {
    const text = '家门口的井盖缺失，我是3号楼的王小明，电话13812341234'
    const report = await server.report({
      text,
      title: '王小明家门口',
      address: '凤凰社区3号楼',
      reporter: { name: '王小明', contact: '13812341234' },
      position: here(40),
    })
    const { status, body } = await ask()
    expect(status).toBe(200)
    expect(body.rows).toHaveLength(1)
    const [row] = body.rows
    expect(Object.keys(row ?? {}).toSorted()).toEqual(['matterName', 'metres', 'number', 'openedOn', 'reporters', 'step'])
    expect(row).toMatchObject({ number: report.case.number, step: 'report', reporters: 1 })
    expect(row?.openedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    // Rounded, so that asking from several sides does not find the doorstep.
    expect((row?.metres ?? 1) % 10).toBe(0)
    for (const secret of ['王小明', '1381', '3号楼', '凤凰', report.case.id, report.reportId, 'lon', '家门口'])
      expect(JSON.stringify(body), secret).not.toContain(secret)
  })

  it('count who reported the same event, and end with it', async () => {
    const main = await caseIn(server, cast, 'handling')
    const second = await server.report({ text: '井盖又不见了' })
    const { number } = (await server.detail(cast.acceptor, main.id)).case
    expect((await sendMove(cast.acceptor, second.case.id, 1, { move: 'link', main: main.id })).status).toBe(200)
    const shown = (await ask()).body.rows
    expect(shown.find((row) => row.number === number)).toMatchObject({ reporters: 2, step: 'handle' })
    expect(shown.some((row) => row.number === second.case.number)).toBe(false)
    for (const state of ['closed', 'voided']) {
      const over = await caseIn(server, cast, state)
      expect(await numbers()).not.toContain((await server.detail(cast.acceptor, over.id)).case.number)
    }
    expect((await numbers()).length).toBeLessThanOrEqual(5)
  })

  it('are near in place and in time, and none where there is no likeness', async () => {
    expect(await numbers({ position: here(2_000) })).toEqual([])
    server.runtime.offsetMs = 31 * DAY
    try {
      expect(await numbers()).toEqual([])
    } finally {
      server.runtime.offsetMs = 0
    }
    const far = (await ask({ position: here(200), text: '广告牌破损', matter: 'gbt30428-component-0217' })).body.rows
    expect(far).toEqual([])
  })

  it.each<[what: string, change: Record<string, unknown>, status: number, code: string]>([
    ['a place outside the city', { position: { lon: 116.397, lat: 39.909, crs: 'wgs84' } }, 422, 'POSITION_OUTSIDE_CITY'],
    ['latitude and longitude swapped', { position: { lon: 32.28082, lat: 77, crs: 'wgs84' } }, 422, 'POSITION_OUTSIDE_CITY'],
    ['a place nowhere on earth', { position: { lon: 500, lat: 0, crs: 'wgs84' } }, 400, 'INPUT_INVALID'],
    ['an unknown coordinate system', { position: { lon: 113, lat: 32, crs: 'bd09' } }, 400, 'INPUT_INVALID'],
    ['no place', { position: undefined }, 400, 'INPUT_INVALID'],
    ['words that are a number', { text: 5 }, 400, 'INPUT_INVALID'],
    ['too many words', { text: '井'.repeat(20_001) }, 400, 'INPUT_INVALID'],
    ['a NUL', { text: 'a\0b' }, 400, 'TEXT_NOT_ALLOWED'],
    ['a radius of its own', { metres: 100_000 }, 400, 'INPUT_INVALID'],
  ])('are not looked for with %s', async (_what, change, status, code) => {
    const answer = await ask(change)
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  it('are looked for from any system of coordinates, and by a matter that nobody knows as by none', async () => {
    const [nearest] = (await ask()).body.rows
    const { lon, lat } = server.point()
    const shifted = await ask({ position: { lon: lon + 0.0053, lat: lat - 0.0022, crs: 'gcj02' } })
    expect(shifted.status).toBe(200)
    expect((await ask({ matter: 'no-such-matter' })).status).toBe(200)
    expect((await ask({ matter: undefined })).body.rows.some((row) => row.number === nearest?.number)).toBe(true)
  })

  it('opencrvs #7215: an offline duplicate is proposed again when it arrives, to reporter and operator, and nothing merges by itself', async () => {
    const first = await server.report({ text: '花坛边的井盖碎了', position: here(900) })
    // Written down without a network, an hour before; when it arrives the other one is there already.
    const saidAt = new Date(server.runtime.now() - 3_600_000).toISOString()
    expect(await numbers({ position: here(905), text: '花坛旁边井盖碎了' })).toContain(first.case.number)
    const worker = await playerAt(server, 'acceptor-3')
    const late = await server.report({ text: '花坛旁边井盖碎了', position: here(905), saidAt }, worker)
    const similar = await cast.acceptor.send<{ rows: { case: { id: string }; metres: number; hours: number; words: number; score: number }[] }>(
      'GET',
      `/api/v1/cases/${late.case.id}/similar`,
      undefined,
      PURPOSE,
    )
    expect(similar.body.rows[0]).toMatchObject({ case: { id: first.case.id } })
    expect(similar.body.rows[0]?.metres).toBeLessThan(10)
    expect(similar.body.rows[0]?.words).toBeGreaterThan(0.4)
    for (const report of [first, late]) expect((await server.detail(cast.acceptor, report.case.id)).linkedTo).toBeNull()
  })

  it('are shown to an operator only where the operator may see them', async () => {
    const { rows: spots } = await server.running.platform.pool.query<{ lon: number; lat: number }>(
      `select lon, lat from places.area where grid_kind = 'single' and path like '%.990102.%' order by code limit 1`,
    )
    const position = { ...spots[0], crs: 'wgs84' }
    const mine = await server.report({ position })
    const hidden = await server.report({ position })
    await sendMove(cast.acceptor, mine.case.id, 1, { move: 'file', conditionRow: 1 })
    await sendMove(cast.dispatcher, mine.case.id, 2, { move: 'dispatch', owner: OWNER })
    const shown = async (who: Player) =>
      (await who.send<{ rows: { case: { id: string } }[] }>('GET', `/api/v1/cases/${mine.case.id}/similar`, undefined, PURPOSE)).body.rows.map(
        (row) => row.case.id,
      )
    expect(await shown(cast.acceptor)).toEqual([hidden.case.id])
    expect(await shown(cast.manager)).toEqual([])
    expect((await cast.manager.send('GET', `/api/v1/cases/${hidden.case.id}/similar`, undefined, PURPOSE)).status).toBe(404)
    expect((await cast.manager.send<Problem>('GET', `/api/v1/cases/${mine.case.id}/similar`)).body.code).toBe('PURPOSE_NOT_ALLOWED')
    const unplaced = await server.report({ position: undefined })
    const none = await cast.acceptor.send<{ rows: unknown[] }>('GET', `/api/v1/cases/${unplaced.case.id}/similar`, undefined, PURPOSE)
    expect(none).toMatchObject({ status: 200, body: { rows: [] } })
  })
})

describe('asking for similar reports too often', { timeout: 60_000 }, () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ env: { LINLI_REPORTS_PER_MINUTE: '4' } })
  })
  afterAll(() => server.stop())

  it('is a 429 for who has no account, that says when to come back, and writes nothing', async () => {
    const rows = async () => (await server.running.platform.pool.query(`select from cases."case"`)).rowCount
    const ask = () => server.send<Problem>('POST', '/api/v1/similar-reports', { position: { ...server.point(), crs: 'wgs84' }, text: randomUUID() })
    const answers = []
    for (let index = 0; index < 7; index += 1) answers.push(await ask())
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 429, 429, 429])
    expect(answers.at(-1)?.body.code).toBe('RATE_LIMITED')
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await rows()).toBe(0)
  })
})
