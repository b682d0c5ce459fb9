import { randomUUID } from 'node:crypto'
import type { AnswerOf } from '@linli/contract/endpoint'
import type { field } from '@linli/contract/endpoints/field'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { positionEraser } from '../../src/modules/field/privacy/store.ts'
import { runEraser } from '../../src/platform/privacy/retention.ts'
import { caseIn, playerAt, standardCast, type Cast, type Player } from '../support/cast.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { Person, Problem } from '../support/world.ts'

type Answer = AnswerOf<typeof field.bundle>
type Bundle = NonNullable<Answer['bundle']>
type Shift = AnswerOf<typeof field.beginShift>
type Roster = AnswerOf<typeof field.roster>

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const STREET = '990102002000'

describe('A33 the telephones of grid workers', () => {
  let server: TestServer
  let worker: Player
  let colleague: Player
  let supervisor: Player
  let cast: Cast
  const key = () => ({ 'idempotency-key': randomUUID() })
  const iso = (ms = server.runtime.now()) => new Date(ms).toISOString()
  const bundle = async (query = '', as: Person = worker) => {
    const { status, body } = await as.send<Answer>('GET', `/api/v1/field/bundle${query}`)
    expect(status, JSON.stringify(body)).toBe(200)
    return body
  }
  const whole = async (as: Person = worker): Promise<Bundle> => {
    const answer = await bundle('', as)
    if (!answer.bundle) throw new Error('no bundle')
    return answer.bundle
  }
  const begin = (as: Person = worker, madeAt = iso(), headers = key()) => as.send<Shift & Problem>('POST', '/api/v1/shifts', { madeAt }, headers)
  const end = (id: string, as: Person = worker, madeAt = iso(), headers = key()) =>
    as.send<Shift & Problem>('POST', `/api/v1/shifts/${id}/end`, { madeAt }, headers)
  const roster = async (area = STREET, as: Person = supervisor) => (await as.send<Roster & Problem>('GET', `/api/v1/shifts/roster?area=${area}`)).body
  const share = (id: string, positions: unknown[], as: Person = worker) =>
    as.send<{ taken: number; left: number } & Problem>('POST', `/api/v1/shifts/${id}/positions`, { positions })
  const gridOf = async (index = 0) => {
    const grid = (await whole()).grids[index]
    if (!grid) throw new Error('no grid')
    return grid
  }
  const count = async (sql: string) => (await server.running.platform.pool.query<{ count: number }>(`select count(*)::int as count from ${sql}`)).rows[0]?.count

  beforeAll(async () => {
    server = await startTestServer()
    worker = await playerAt(server, `grid-${STREET}-1`)
    colleague = await playerAt(server, `grid-${STREET}-2`)
    supervisor = await playerAt(server, 'supervisor-1')
    cast = await standardCast(server)
  })
  afterAll(() => server.stop())

  it('gives the whole day in one answer, and nothing twice', async () => {
    const first = await bundle()
    const day = first.bundle
    expect(day).not.toBeNull()
    if (!day) return
    expect(day.grids.length).toBeGreaterThan(1)
    expect(day.areas?.rows.map((row) => row.code)).toEqual(day.grids.map((grid) => grid.code))
    expect(day.items?.rows).toHaveLength(31)
    expect(day.matters?.rows.length).toBeGreaterThan(50)
    expect(day.duties.map((row) => row.states.length)).toEqual(day.grids.map(() => day.periods.length))
    const again = await bundle(`?etag=${first.etag}`)
    expect(again).toEqual({ etag: first.etag, asOf: again.asOf, bundle: null })
    const light = await bundle(`?items=${day.items?.edition}&matters=${day.matters?.edition}&areas=${day.areas?.digest}`)
    expect(light.etag).toBe(first.etag)
    expect([light.bundle?.items, light.bundle?.matters, light.bundle?.areas]).toEqual([null, null, null])
    expect(JSON.stringify(light).length).toBeLessThan(20_000)
    const stale = await bundle(`?areas=${'0'.repeat(16)}&items=${day.items?.edition}`)
    expect([stale.bundle?.areas?.digest, stale.bundle?.items]).toEqual([day.areas?.digest, null])
  })

  it('counts the duties as the list of duties does', async () => {
    const day = await whole()
    const counted = day.duties.flatMap((row) => [...row.states]).filter((letter) => letter === 'o').length
    let open = 0
    for (let next: string | null = ''; next !== null;) {
      const { body }: { body: { rows: { state: string }[]; next: string | null } } = await worker.send(
        'GET',
        `/api/v1/duties?until=all&state=open&limit=200${next === '' ? '' : `&cursor=${next}`}`,
      )
      open += body.rows.length
      ;({ next } = body)
    }
    expect(counted).toBe(open)
    expect(counted).toBeGreaterThan(0)
  })

  it('names the fields that two departments ask, with who asks', async () => {
    const day = await whole()
    expect(day.items?.joint).toEqual([
      {
        subject: 'buildings-looked',
        asked: [
          { itemKey: 'fire-lanes', field: 'buildings', zh: '消防救援', en: 'Fire service' },
          { itemKey: 'e-bikes', field: 'buildings', zh: '公安派出所', en: 'Police station' },
        ],
      },
    ])
  })

  it('brings the cases that wait, with what was said and done and the moves that may be made, and logs the look', async () => {
    const { id } = await caseIn(server, cast, 'handled')
    const day = await whole(cast.checker)
    const task = day.tasks.find((each) => each.id === id)
    expect(task).toMatchObject({ state: 'handled', seq: 5, handled: { note: '已修复' } })
    expect(task?.handled?.photos).toHaveLength(1)
    expect(task?.text).toBe('路口井盖缺失，行人危险')
    expect(task?.moves.filter((move) => !move.aside).map((move) => move.move)).toEqual(expect.arrayContaining(['check', 'substandard']))
    expect(task?.moves.every((move) => move.allowed)).toBe(true)
    expect(await count(`platform.read_log where endpoint = 'field.bundle' and person_id = '${cast.checker.id}'`)).toBeGreaterThan(0)
    const photo = await server.photo(cast.checker)
    const headers = { 'if-match': String(task?.seq), ...key() }
    const body = { move: 'check', evidence: [photo] }
    const moved = await cast.checker.send('POST', `/api/v1/cases/${id}/moves`, body, headers)
    expect(moved.status, JSON.stringify(moved.body)).toBe(200)
    expect((await cast.checker.send('POST', `/api/v1/cases/${id}/moves`, body, headers)).body).toEqual(moved.body)
    expect((await whole(cast.checker)).tasks.some((each) => each.id === id)).toBe(false)
    expect((await whole(cast.checker)).numbers[0]?.moved).toBeGreaterThanOrEqual(1)
  })

  it('masks in what is said as the case’s own page does for the same post', async () => {
    const { case: opened } = await server.report({ text: '请联系 13812345678，井盖缺失', matter: undefined, conditionRow: undefined })
    const { status } = await server.move(cast.acceptor, opened.id, 'ask-verify')
    expect(status).toBe(200)
    const task = (await whole(cast.checker)).tasks.find((each) => each.id === opened.id)
    expect(task?.text).not.toContain('13812345678')
    expect(task?.text).toBe((await server.detail(cast.checker, opened.id)).said.text)
  })

  it('begins a shift once, for however many telephones, and ends it once', async () => {
    const same = key()
    const madeAt = iso(server.runtime.now() - 20 * MINUTE_MS)
    const first = await begin(worker, madeAt, same)
    expect(first.status, JSON.stringify(first.body)).toBe(201)
    expect(first.body.startedAt).toBe(madeAt)
    expect((await begin(worker, madeAt, same)).body).toEqual(first.body)
    const [second, third] = await Promise.all([begin(), begin()])
    expect([second.body.id, third.body.id]).toEqual([first.body.id, first.body.id])
    expect((await whole()).shift?.id).toBe(first.body.id)
    expect((await end(first.body.id, colleague)).status).toBe(404)
    const ended = await end(first.body.id)
    expect([ended.status, ended.body.endedAt === null]).toEqual([200, false])
    const twice = await end(first.body.id)
    expect([twice.status, twice.body.code]).toEqual([409, 'SHIFT_OVER'])
    expect((await whole()).shift).toBeNull()
    expect(await count(`field.shift where person_id = '${worker.id}'`)).toBe(1)
  })

  it.each<[string, () => string, number, string]>([
    ['ahead of now', () => iso(server.runtime.now() + HOUR_MS), 422, 'SHIFT_TIME_INVALID'],
    ['days ago', () => iso(server.runtime.now() - 30 * HOUR_MS), 422, 'SHIFT_TIME_INVALID'],
    ['at no time', () => 'soon', 400, 'INPUT_INVALID'],
  ])('refuses a shift that begins %s, and leaves nothing', async (_what, at, status, code) => {
    const before = await count('field.shift')
    const answer = await begin(colleague, at())
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(await count('field.shift')).toBe(before)
  })

  it('takes positions inside a shift and the city only, rounded, once for each instant', async () => {
    const { body: shift } = await begin()
    const grid = await gridOf()
    const point = (at: number, more: Record<string, unknown> = {}) => ({ at: iso(at), ...grid.center, crs: 'wgs84', accuracyM: 8, ...more })
    const now = server.runtime.now()
    const positions = [point(now), point(now + 1_000), point(now - HOUR_MS), point(now + HOUR_MS), point(now + 2_000, { lon: 10, lat: 50 })]
    const { status, body } = await share(shift.id, positions)
    expect([status, body.taken, body.left]).toEqual([200, 2, 3])
    expect((await share(shift.id, positions)).body).toEqual(body)
    const { rows } = await server.running.platform.pool.query<{ lon: number; grid_code: string }>(
      'select lon, grid_code from field.position where shift_id = $1',
      [shift.id],
    )
    expect(rows).toHaveLength(2)
    expect(rows.every((row) => row.grid_code === grid.code && Math.abs(row.lon * 1e4 - Math.round(row.lon * 1e4)) < 1e-6)).toBe(true)
    expect((await share(shift.id, positions, colleague)).status).toBe(404)
    expect((await share(randomUUID(), positions)).status).toBe(404)
    expect((await share(shift.id, [])).status).toBe(400)
    expect(
      (
        await share(
          shift.id,
          Array.from({ length: 201 }, () => point(now)),
        )
      ).status,
    ).toBe(400)
    expect((await share(shift.id, [point(now, { lon: 'east' })])).status).toBe(400)
    server.runtime.offsetMs += MINUTE_MS
    await end(shift.id)
    server.runtime.offsetMs += MINUTE_MS
    expect((await share(shift.id, [point(server.runtime.now())])).body).toEqual({ taken: 0, left: 1 })
  })

  it('A84 shows leaders counts by unit and grid, and where nobody is on shift; no names and no positions', async () => {
    const empty = await roster()
    expect([empty.onShift, empty.uncovered]).toEqual([0, empty.grids.length])
    const { body: shift } = await begin()
    const grid = await gridOf(1)
    await share(shift.id, [{ at: iso(), ...grid.center, crs: 'wgs84' }])
    const { body: other } = await begin(colleague)
    const put = await supervisor.send<{ id: string }>('POST', '/api/v1/grid-posts', { gridCode: grid.code, postCode: colleague.post, part: 'member' }, key())
    const now = await roster()
    expect([now.onShift, now.unplaced, now.uncovered]).toEqual([2, 1, 0])
    expect(now.grids.find((row) => row.code === grid.code)).toMatchObject({ posts: 1, onShift: 2, there: 1 })
    expect(now.grids.filter((row) => row.code !== grid.code).every((row) => row.onShift === 1 && row.there === 0)).toBe(true)
    expect(now.units).toEqual([expect.objectContaining({ onShift: 2 })])
    expect(JSON.stringify(now)).not.toMatch(/personName|"lon"/)
    await end(shift.id)
    const one = await roster()
    expect([one.onShift, one.uncovered]).toEqual([1, one.grids.length - 1])
    server.runtime.offsetMs += 15 * HOUR_MS
    const again = await playerAt(server, 'supervisor-1')
    expect((await roster(STREET, again)).onShift).toBe(0)
    const { body: late } = await end(other.id, await playerAt(server, `grid-${STREET}-2`))
    expect(late.code).toBe('SHIFT_OVER')
    server.runtime.offsetMs -= 15 * HOUR_MS
    await supervisor.send('POST', `/api/v1/grid-posts/${put.body.id}/end`, { reason: '轮岗' }, key())
  })

  it('answers nobody without the right, and nothing outside the scope', async () => {
    expect((await server.send('GET', '/api/v1/field/bundle')).status).toBe(401)
    expect((await supervisor.send('GET', '/api/v1/field/bundle')).status).toBe(403)
    expect((await worker.send('GET', '/api/v1/shifts/roster')).status).toBe(403)
    expect((await roster('880000')).code).toBe('NOT_FOUND')
    expect((await worker.send('GET', '/api/v1/field/bundle?etag=short')).status).toBe(400)
    expect((await worker.send('GET', '/api/v1/field/bundle?had=12')).status).toBe(400)
    expect((await worker.send<Problem>('POST', '/api/v1/shifts', { madeAt: iso() })).body.code).toBe('KEY_MISSING')
  })

  it('says of a grid that left the post who has it, and of one that was never its own nothing', async () => {
    const [kept, left] = (await whole(colleague)).grids
    if (!kept || !left) throw new Error('two grids are needed')
    const stays = await supervisor.send<{ id: string }>('POST', '/api/v1/grid-posts', { gridCode: kept.code, postCode: colleague.post, part: 'head' }, key())
    const goes = await supervisor.send<{ id: string }>('POST', '/api/v1/grid-posts', { gridCode: left.code, postCode: worker.post, part: 'head' }, key())
    const day = (await bundle(`?had=${kept.code},${left.code},990101001001001`, colleague)).bundle
    expect(day?.grids.map((grid) => grid.code)).toEqual([kept.code])
    expect(day?.areas?.rows.map((row) => row.code)).toEqual([kept.code])
    expect(day?.left).toEqual([
      { code: left.code, name: left.name, how: 'moved', to: [expect.objectContaining({ postTitle: expect.any(String) })], successors: [] },
    ])
    for (const put of [stays, goes]) await supervisor.send('POST', `/api/v1/grid-posts/${put.body.id}/end`, { reason: '还原' }, key())
  })

  it('turns positions of more than 30 days into counts by grid and hour, each shift once, and leaves none behind', async () => {
    const { pool } = server.running.platform
    await pool.query('delete from field.position')
    const { body: shift } = await begin()
    const grid = await gridOf()
    const start = server.runtime.now()
    await share(
      shift.id,
      Array.from({ length: 30 }, (_, index) => ({ at: iso(start + index * 5_000), ...grid.center, crs: 'wgs84' })),
    )
    await end(shift.id)
    server.runtime.offsetMs += 29 * 24 * HOUR_MS
    expect(await runEraser(server.running.platform, positionEraser)).toBe(0)
    server.runtime.offsetMs += 2 * 24 * HOUR_MS
    expect(await runEraser(server.running.platform, positionEraser)).toBe(30)
    expect(await count('field.position')).toBe(0)
    const { rows } = await pool.query<{ grid_code: string; shifts: number; positions: number }>(
      'select grid_code, sum(shifts)::int as shifts, sum(positions)::int as positions from field.presence group by 1',
    )
    expect(rows).toEqual([{ grid_code: grid.code, shifts: expect.any(Number), positions: 30 }])
    // Half a minute past the hour the thirty lie in two hours, and the shift counts in each.
    expect(rows[0]?.shifts).toBeGreaterThanOrEqual(1)
    expect(rows[0]?.shifts).toBeLessThanOrEqual(2)
  })
})
