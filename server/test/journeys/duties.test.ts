import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AnswerOf } from '@linli/contract/endpoint'
import type { patrol } from '@linli/contract/endpoints/patrol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REPOSITORY } from '../../src/start.ts'
import { playerAt, type Player } from '../support/cast.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { Person, Problem } from '../support/world.ts'

type Duties = AnswerOf<typeof patrol.listDuties>
type Done = AnswerOf<typeof patrol.doDuty>
type Coverage = AnswerOf<typeof patrol.coverage>
type Items = AnswerOf<typeof patrol.listItems>
type Row = Duties['rows'][number]
interface Area {
  code: string
  path: string
  parentCode: string
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const STREET = '990102002000'

describe('A5 recurring duties of grid workers', () => {
  let server: TestServer
  let worker: Player
  let colleague: Player
  let supervisor: Player
  let administrator: Person
  const key = () => ({ 'idempotency-key': randomUUID() })
  const iso = (ms = server.runtime.now()) => new Date(ms).toISOString()
  const signInAll = async () => {
    worker = await playerAt(server, `grid-${STREET}-1`)
    colleague = await playerAt(server, `grid-${STREET}-2`)
    supervisor = await playerAt(server, 'supervisor-1')
    administrator = await server.signIn('xieqingye')
  }
  /** Moves the clock to an hour of the n-th day from now in the city's time; whoever was signed in signs in anew. */
  const moveTo = async (days: number, hour: number) => {
    const today = Math.floor((server.runtime.now() + 8 * HOUR_MS) / DAY_MS)
    server.runtime.offsetMs += (today + days) * DAY_MS - 8 * HOUR_MS + hour * HOUR_MS - server.runtime.now()
    await signInAll()
  }
  const list = async (query = 'until=all&limit=200', as: Person = worker) => (await as.send<Duties>('GET', `/api/v1/duties?${query}`)).body
  const all = async (query = 'until=all', as: Person = worker): Promise<Row[]> => {
    const rows: Row[] = []
    for (let next: string | null = ''; next !== null;) {
      const page: Duties = await list(`${query}&limit=200${next === '' ? '' : `&cursor=${next}`}`, as)
      rows.push(...page.rows)
      ;({ next } = page)
    }
    return rows
  }
  const items = async () => (await server.send<Items>('GET', '/api/v1/duty-items')).body
  const formOf = async (itemKey: string) => {
    const item = (await items()).rows.find((row) => row.key === itemKey)
    const { properties: fields = {} } = (item?.form ?? {}) as { properties?: Record<string, { type: string }> }
    return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.type === 'integer' ? 2 : '已办']))
  }
  const grids = async () =>
    (
      await server.running.platform.pool.query<Area>(
        `select code, path, parent_code as "parentCode" from places.area where grid_kind = 'basic' and path like '%${STREET}%' order by code`,
      )
    ).rows
  const act = async (row: Pick<Row, 'gridCode' | 'itemKey' | 'period'>, more: Record<string, unknown> = {}) => ({
    gridCode: row.gridCode,
    itemKey: row.itemKey,
    period: row.period,
    madeAt: iso(),
    form: await formOf(row.itemKey),
    ...more,
  })
  const perform = async <T = Done>(
    row: Pick<Row, 'gridCode' | 'itemKey' | 'period'>,
    more: Record<string, unknown> = {},
    as: Person = worker,
    headers = key(),
  ) => as.send<T>('POST', '/api/v1/duties/do', await act(row, more), headers)
  const find = async (itemKey: string, as: Person = worker, state = 'open') => {
    const row = (await all('until=all', as)).find((each) => each.itemKey === itemKey && each.state === state)
    if (!row) throw new Error(`nothing ${state} of ${itemKey}`)
    return row
  }
  const pointIn = async (code: string) =>
    (await server.send<{ area: { center: { lon: number; lat: number } } }>('GET', `/api/v1/areas/${code}`)).body.area.center

  beforeAll(async () => {
    server = await startTestServer()
    // The next Monday: a week lies ahead, whatever day it is.
    await moveTo(8 - (new Date(server.runtime.now() + 8 * HOUR_MS).getUTCDay() || 7), 9)
  })
  afterAll(() => server.stop())

  it('publishes 31 items in 9 classes, each with its form, frequency and evidence, readable by anybody', async () => {
    const body = await items()
    expect(body.classes).toHaveLength(9)
    expect(body.rows).toHaveLength(31)
    expect(new Set(body.rows.map((row) => row.classCode)).size).toBe(9)
    for (const item of body.rows) {
      expect(item.zh).not.toBe('')
      expect(item.how.en).not.toBe('')
      expect(Object.keys((item.form as { properties: object }).properties).length).toBeLessThanOrEqual(3)
      expect(JSON.stringify(item.form)).not.toMatch(/name|phone|idCard|姓名|身份证/)
      for (const matter of item.matters) expect((await server.send('GET', `/api/v1/matters/${matter}`)).status, matter).toBe(200)
    }
    expect(new Set(body.rows.map((row) => row.frequency))).toEqual(new Set(['daily', 'weekly', 'monthly', 'quarterly', 'afterEvent']))
  })

  it('shows a worker the duties of all grids of the area, and of the own grid alone once put to one', async () => {
    const mine = await grids()
    const open = await list()
    expect(open.grids.map((grid) => grid.code)).toEqual(mine.map((grid) => grid.code))
    const rows = await all()
    const recurring = (await items()).rows.filter((item) => item.frequency !== 'afterEvent')
    const running = rows.filter((row) => row.gridCode === mine[0]?.code && row.state === 'open')
    expect(running.length).toBeGreaterThan(recurring.length / 2)
    expect(new Set(rows.map((row) => `${row.gridCode} ${row.itemKey} ${row.period}`)).size).toBe(rows.length)
    const put = await supervisor.send<{ id: string }>('POST', '/api/v1/grid-posts', { gridCode: mine[0]?.code, postCode: worker.post, part: 'head' }, key())
    expect(put.status).toBe(201)
    expect((await list()).grids).toMatchObject([{ code: mine[0]?.code, part: 'head' }])
    const twice = await supervisor.send<Problem>('POST', '/api/v1/grid-posts', { gridCode: mine[0]?.code, postCode: worker.post, part: 'member' }, key())
    expect([twice.status, twice.body.code]).toEqual([409, 'ASSIGNMENT_THERE'])
    const off = await supervisor.send('POST', `/api/v1/grid-posts/${put.body.id}/end`, { reason: '轮岗' }, key())
    expect(off.status).toBe(201)
    expect((await list()).grids).toHaveLength(mine.length)
  })

  it('takes a duty as done with form and evidence, once; a resend gets the first answer and a second act is refused', async () => {
    const row = await find('dogs')
    const same = key()
    const body = await act(row)
    const first = await worker.send<Done>('POST', '/api/v1/duties/do', body, same)
    expect(first.status, JSON.stringify(first.body)).toBe(201)
    expect(first.body).toMatchObject({ state: 'done', entry: { kind: 'do', gridCode: row.gridCode, period: row.period, late: false } })
    expect((await worker.send('POST', '/api/v1/duties/do', body, same)).body).toEqual(first.body)
    expect((await worker.send<Problem>('POST', '/api/v1/duties/do', { ...body, note: '另一件' }, same)).body.code).toBe('KEY_REUSED')
    const again = await perform<Problem>(row, {}, colleague)
    expect([again.status, again.body.code]).toEqual([409, 'DUTY_SETTLED'])
    expect((await all()).find((each) => each.gridCode === row.gridCode && each.itemKey === 'dogs' && each.period === row.period)).toMatchObject({
      state: 'done',
      entryId: first.body.entry.id,
    })
    const race = await find('opinions')
    const answers = await Promise.all([perform<Problem>(race), perform<Problem>(race, {}, colleague)])
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 409])
  })

  it('opens a case from a finding, in the same act and once', async () => {
    const row = await find('street')
    const position = { ...(await pointIn(row.gridCode)), crs: 'wgs84' }
    const same = key()
    const body = await act(row, { position, finding: { text: '门店外摆占用人行道，劝阻无效', matter: 'gbt30428-event-0405' } })
    const first = await worker.send<Done>('POST', '/api/v1/duties/do', body, same)
    expect(first.status, JSON.stringify(first.body)).toBe(201)
    expect(first.body.entry.caseNumber).toMatch(/^LL-/)
    await worker.send('POST', '/api/v1/duties/do', body, same)
    const { rows } = await server.running.platform.pool.query(`select from intake.report where said like '门店外摆%'`)
    expect(rows).toHaveLength(1)
    const detail = await server.detail(await server.signIn((await server.demoPerson('file')).login), first.body.entry.caseId ?? '')
    expect(detail.case).toMatchObject({ gridCode: row.gridCode, matterKey: 'gbt30428-event-0405', channel: 'field' })
    const wrong = await perform<Problem>(await find('street'), {
      position: { ...(await pointIn((await find('street')).gridCode)), crs: 'wgs84' },
      finding: { text: '燃气味', matter: 'gbt30428-event-0502' },
    })
    expect(wrong.body.code).toBe('DUTY_FINDING_NOT_ALLOWED')
  })

  it('takes one photo for the round and for what was found on it, and shows it from both', async () => {
    const row = await find('street')
    const position = { ...(await pointIn(row.gridCode)), crs: 'wgs84' }
    const photo = await server.photo(worker)
    const done = await perform(row, {
      photos: [photo],
      position,
      finding: { text: '占道经营堵住盲道', matter: 'gbt30428-event-0405', photos: [photo] },
    })
    expect(done.status, JSON.stringify(done.body)).toBe(201)
    const { id, caseId } = done.body.entry
    const look = async (who: Person, path: string) => (await who.send('GET', path, undefined, { 'linli-purpose': 'handle-case' })).status
    expect(await look(worker, `/api/v1/duty-entries/${id}/photos/${photo}`)).toBe(200)
    expect(await look(worker, `/api/v1/duty-entries/${id}/photos/${await server.photo(worker)}`)).toBe(404)
    const acceptor = await server.signIn((await server.demoPerson('file')).login)
    expect(await look(acceptor, `/api/v1/cases/${caseId}/blobs/${photo}`)).toBe(200)
  })

  it('asks for the evidence that an item names: a photo of its own, a position inside the grid', async () => {
    const row = await find('roads')
    const inside = { ...(await pointIn(row.gridCode)), crs: 'wgs84' }
    const elsewhere = {
      ...(await pointIn((await server.send<{ rows: Area[] }>('GET', '/api/v1/areas?parent=990101001001')).body.rows[0]?.code ?? '')),
      crs: 'wgs84',
    }
    const none = await perform<Problem>(row)
    expect([none.body.code, none.body.fields.map((field) => field.pointer)]).toEqual(['DUTY_EVIDENCE_MISSING', ['/body/photos', '/body/position']])
    const photos = [await server.photo(worker)]
    expect((await perform<Problem>(row, { photos, position: elsewhere })).body.code).toBe('DUTY_POSITION_ELSEWHERE')
    expect((await perform<Problem>(row, { photos: [await server.photo(colleague)], position: inside })).body.code).toBe('BLOB_UNKNOWN')
    const done = await perform(row, { photos, position: inside, note: '东口窨井已围挡' })
    expect(done.status, JSON.stringify(done.body)).toBe(201)
    expect(done.body.entry).toMatchObject({ photos: 1, hasPosition: true })
    const look = (purpose?: string) =>
      supervisor.send<{ words: string; personName: string; photoIds: string[] }>(
        'GET',
        `/api/v1/duty-entries/${done.body.entry.id}`,
        undefined,
        purpose === undefined ? {} : { 'linli-purpose': purpose },
      )
    expect((await look()).status).toBe(403)
    const seen = await look('supervise')
    expect(seen.body).toMatchObject({ words: '东口窨井已围挡' })
    const photo = await supervisor.send('GET', `/api/v1/duty-entries/${done.body.entry.id}/photos/${seen.body.photoIds[0]}`, undefined, {
      'linli-purpose': 'supervise',
    })
    expect([photo.status, photo.headers.get('content-type')]).toEqual([200, 'image/png'])
    const { rows } = await server.running.platform.pool.query(`select from platform.read_log where object_kind = 'duty-entry' and object_id = $1`, [
      done.body.entry.id,
    ])
    expect(rows).toHaveLength(2)
  })

  it('lets an own entry be taken back within a day, by a line of its own, and the duty is due again', async () => {
    const row = await find('dogs')
    const done = await perform(row)
    const id = done.body.entry.id
    expect((await colleague.send<Problem>('POST', `/api/v1/duty-entries/${id}/correct`, { reason: '误报' }, key())).body.code).toBe('DUTY_NOT_YOURS')
    const back = await worker.send<Done>('POST', `/api/v1/duty-entries/${id}/correct`, { reason: '点错网格' }, key())
    expect(back.status, JSON.stringify(back.body)).toBe(201)
    expect(back.body).toMatchObject({ state: 'open', entry: { kind: 'correct', corrects: id } })
    expect((await worker.send<Problem>('POST', `/api/v1/duty-entries/${id}/correct`, { reason: '再次' }, key())).body.code).toBe('DUTY_ENTRY_FINAL')
    expect((await all()).find((each) => each.gridCode === row.gridCode && each.itemKey === 'dogs' && each.period === row.period)?.state).toBe('open')
    const history = (await supervisor.send<{ rows: Done['entry'][] }>('GET', `/api/v1/grids/${row.gridCode}/duties?item=dogs`)).body.rows
    expect(history.map((entry) => entry.kind)).toEqual(['correct', 'do'])
    expect(history[1]).toMatchObject({ id, correctedBy: back.body.entry.id })
    await expect(server.running.platform.pool.query(`delete from patrol.entry where id = $1`, [id])).rejects.toThrow('append only')
    await expect(server.running.platform.pool.query(`update patrol.entry set late = true where id = $1`, [id])).rejects.toThrow('append only')
  })

  it('excuses a duty with a reason, which figures keep apart', async () => {
    const row = await find('children')
    const excused = await worker.send<Done>(
      'POST',
      '/api/v1/duties/excuse',
      { gridCode: row.gridCode, itemKey: row.itemKey, period: row.period, madeAt: iso(), reasonCode: 'nobody-there' },
      key(),
    )
    expect(excused.body).toMatchObject({ state: 'excused', entry: { kind: 'excuse', reasonCode: 'nobody-there' } })
    expect((await all('state=excused&until=all')).map((each) => each.itemKey)).toEqual(['children'])
  })

  it.each<[string, (row: Row) => Record<string, unknown>, number, string]>([
    ['of a grid of another street', () => ({ gridCode: '990101001001001' }), 404, 'NOT_FOUND'],
    ['of a grid that never was', () => ({ gridCode: '990102002001599' }), 422, 'DUTY_UNKNOWN'],
    ['of an unknown item', () => ({ itemKey: 'moon-walk' }), 422, 'DUTY_UNKNOWN'],
    ['of a period of another kind', () => ({ period: '2026-Q4' }), 422, 'DUTY_UNKNOWN'],
    ['of a day that does not exist', () => ({ period: '2026-02-30' }), 422, 'DUTY_UNKNOWN'],
    ['of a call that never was', () => ({ period: `call-${randomUUID()}` }), 422, 'DUTY_UNKNOWN'],
    ['of a period to come', () => ({ period: '2031-W01' }), 409, 'DUTY_NOT_OPEN'],
    ['done tomorrow', () => ({ madeAt: iso(server.runtime.now() + DAY_MS) }), 422, 'DUTY_TIME_INVALID'],
    ['at no time', () => ({ madeAt: 'soon' }), 400, 'INPUT_INVALID'],
    ['with a form of another item', () => ({ form: { visited: 3 } }), 422, 'FORM_INVALID'],
    ['with a number in words', () => ({ form: { reminded: 'many' } }), 422, 'FORM_INVALID'],
    ['without a form', () => ({ form: undefined }), 422, 'FORM_INVALID'],
    ['with a field nobody asked for', () => ({ weather: 'fine' }), 400, 'INPUT_INVALID'],
    ['with too many photos', () => ({ photos: Array.from({ length: 10 }, () => randomUUID()) }), 400, 'INPUT_INVALID'],
    ['with a NUL', () => ({ note: 'a\u0000b' }), 400, 'TEXT_NOT_ALLOWED'],
  ])('refuses an act %s, and leaves nothing', async (_what, spoil, status, code) => {
    const row = await find('dogs')
    const count = async () => (await server.running.platform.pool.query<{ count: number }>('select count(*)::int as count from patrol.entry')).rows[0]?.count
    const before = await count()
    const answer = await perform<Problem>(row, spoil(row))
    expect([answer.status, answer.body.code], JSON.stringify(answer.body)).toEqual([status, code])
    expect(await count()).toBe(before)
  })

  it('offline phone counts what the server refuses: acts sent later are taken or refused one by one, and the counts agree', async () => {
    const [first, second] = await grids()
    const put = await supervisor.send<{ id: string }>('POST', '/api/v1/grid-posts', { gridCode: first?.code, postCode: colleague.post, part: 'member' }, key())
    const period = (await find('burning', colleague)).period
    const at = server.runtime.now()
    const offline = async (gridCode: string | undefined, itemKey: string, madeAt: number) => ({
      key: `phone-${randomUUID()}`,
      do: { gridCode, itemKey, period, madeAt: iso(madeAt), form: await formOf(itemKey) },
    })
    // While the telephone has no network, the worker is put to another grid.
    server.runtime.offsetMs += 600_000
    await supervisor.send('POST', `/api/v1/grid-posts/${put.body.id}/end`, { reason: '调整' }, key())
    await supervisor.send('POST', '/api/v1/grid-posts', { gridCode: second?.code, postCode: colleague.post, part: 'member' }, key())
    server.runtime.offsetMs += 600_000
    const acts = [
      await offline(first?.code, 'burning', at + 60_000),
      await offline(first?.code, 'greens', at + 1_100_000),
      await offline(second?.code, 'burning', at + 1_150_000),
      { key: `phone-${randomUUID()}` },
    ]
    const sent = await colleague.send<AnswerOf<typeof patrol.sync>>('POST', '/api/v1/duties/sync', { acts })
    expect(sent.status, JSON.stringify(sent.body)).toBe(200)
    expect(sent.body.rows.map((row) => row.code)).toEqual([null, 'DUTY_NOT_YOURS', null, 'INPUT_INVALID'])
    expect([sent.body.taken, sent.body.refused]).toEqual([2, 2])
    expect(sent.body.rows[1]?.zh).not.toBe('')
    const again = await colleague.send<AnswerOf<typeof patrol.sync>>('POST', '/api/v1/duties/sync', { acts })
    expect(again.body).toEqual(sent.body)
    const tally = (await colleague.send<AnswerOf<typeof patrol.tally>>('GET', '/api/v1/duties/tally')).body
    expect(tally.refused.map((row) => row.key).toSorted()).toEqual([acts[1]?.key, acts[3]?.key].toSorted())
    const before = tally.taken
    expect(before).toBeGreaterThanOrEqual(2)
    const { own } = tally
    expect(own.open + own.overdue + own.missed + own.done + own.late + own.excused).toBe(own.due)
  })

  it('calls an item after an event in an area until a time, which is then due there and nowhere else', async () => {
    const [first] = await grids()
    const dueAt = iso(server.runtime.now() + 5 * HOUR_MS)
    const call = (body: Record<string, unknown>, as: Person = supervisor) =>
      as.send<{ id: string; grids: number } & Problem>(
        'POST',
        '/api/v1/duty-calls',
        { itemKey: 'after-rain', areaCode: first?.parentCode, dueAt, reason: '暴雨橙色预警', ...body },
        key(),
      )
    const { status, body } = await call({})
    expect(status, JSON.stringify(body)).toBe(201)
    const inCommunity = (await grids()).filter((grid) => grid.parentCode === first?.parentCode)
    expect(body.grids).toBe(inCommunity.length)
    const due = (await all('until=all', worker)).filter((row) => row.itemKey === 'after-rain')
    expect(due.map((row) => row.gridCode).toSorted()).toEqual(inCommunity.map((grid) => grid.code))
    expect((await call({ itemKey: 'dogs' })).body.code).toBe('DUTY_UNKNOWN')
    expect((await call({ dueAt: iso(server.runtime.now() - 1) })).body.code).toBe('DUTY_TIME_INVALID')
    expect((await call({ areaCode: '880000' })).status).toBe(404)
    expect((await call({}, worker)).status).toBe(403)
    const photos = [await server.photo(worker)]
    const done = await perform(due[0] as Row, { photos, position: { ...(await pointIn(due[0]?.gridCode ?? '')), crs: 'wgs84' } })
    expect(done.body.state).toBe('done')
  })

  it('counts how far duties were carried out, with denominators, and shows the duties behind each figure', async () => {
    const day = new Date(server.runtime.now() + 8 * HOUR_MS).toISOString().slice(0, 10)
    const query = `parent=${STREET}&from=${day}&to=${day}`
    const { body } = await supervisor.send<Coverage>('GET', `/api/v1/duties/coverage?${query}`)
    const { total } = body
    expect(total.due).toBeGreaterThan(0)
    expect(total.open + total.overdue + total.missed + total.done + total.late + total.excused).toBe(total.due)
    for (const figure of ['due', 'done', 'open', 'excused'] as const)
      expect(
        body.rows.reduce((sum, row) => sum + row[figure], 0),
        figure,
      ).toBe(total[figure])
    expect(total.carriedOut).toBeCloseTo((total.done + total.late) / (total.due - total.excused), 12)
    for (const state of ['done', 'open'] as const) {
      const rows: Row[] = []
      for (let next: string | null = ''; next !== null;) {
        const page: { body: { rows: Row[]; next: string | null } } = await supervisor.send(
          'GET',
          `/api/v1/duties/coverage/rows?${query}&state=${state}&limit=100${next === '' ? '' : `&cursor=${next}`}`,
        )
        rows.push(...page.body.rows)
        ;({ next } = page.body)
      }
      expect(rows, state).toHaveLength(total[state])
    }
    const before = await supervisor.send<Coverage>('GET', '/api/v1/duties/coverage?from=2019-01-01&to=2019-02-01')
    expect(before.body.total).toMatchObject({ due: 0, carriedOut: null, onTime: null })
    expect((await worker.send('GET', '/api/v1/duties/coverage?parent=990101&from=2026-01-01&to=2026-01-02')).status).toBe(404)
    expect((await supervisor.send<Problem>('GET', '/api/v1/duties/coverage?from=2026-02-01&to=2026-01-02')).body.code).toBe('SPAN_INVALID')
    expect((await supervisor.send<Problem>('GET', '/api/v1/duties/coverage?from=2020-01-01&to=2026-01-02')).body.code).toBe('SPAN_INVALID')
  })

  it('carries duties over when grids merge: settled where every old grid had settled them, due where one had not, and the history goes along', async () => {
    const community = (await grids())[0]?.parentCode
    const [one, two, ...others] = (await grids()).filter((grid) => grid.parentCode === community)
    for (const post of (await supervisor.send<{ rows: { id: string }[] }>('GET', `/api/v1/grid-posts?area=${community}`)).body.rows)
      await supervisor.send('POST', `/api/v1/grid-posts/${post.id}/end`, { reason: '清空' }, key())
    const rows = await all()
    const of = (grid: Area | undefined, itemKey: string) => rows.find((row) => row.gridCode === grid?.code && row.itemKey === itemKey && row.state === 'open')
    // Weekly “disputes” is done in both, “greens” in one alone.
    for (const grid of [one, two]) expect((await perform(of(grid, 'disputes') as Row)).status).toBe(201)
    expect((await perform(of(one, 'greens') as Row)).status).toBe(201)
    const countEntries = async () =>
      (await server.running.platform.pool.query<{ count: number }>(`select count(*)::int as count from patrol.entry where kind in ('do', 'excuse')`)).rows[0]
        ?.count
    const entries = await countEntries()
    const merged = await administrator.send<{
      id: string
      report: { areas: { code: string; change: string; gridKind: string }[]; totals: { what: string; before: number; after: number }[] }
    }>('POST', '/api/v1/grids/merge', { merges: [{ from: [one?.code, two?.code], name: '合并网格' }], reason: '多格合一' }, key())
    expect(merged.status, JSON.stringify(merged.body)).toBe(201)
    expect(others.length + 1).toBe((await grids()).filter((grid) => grid.parentCode === community).length)
    const duty = merged.body.report.totals.find((row) => row.what === 'duty')
    expect([duty?.before, duty?.after]).toEqual([entries, entries])
    const code = merged.body.report.areas.find((area) => area.change === 'added' && area.gridKind === 'basic')?.code
    const now = (await all()).filter((row) => row.gridCode === code && row.state !== 'overdue')
    expect(now.find((row) => row.itemKey === 'disputes')?.state).toBe('done')
    expect(now.find((row) => row.itemKey === 'greens')?.state).toBe('open')
    const history = (await supervisor.send<{ rows: Done['entry'][] }>('GET', `/api/v1/grids/${code}/duties?limit=200`)).body.rows
    expect(history.filter((entry) => entry.itemKey === 'disputes').map((entry) => [entry.kind, entry.gridCode])).toEqual([
      ['carry', code],
      ['do', two?.code],
      ['do', one?.code],
    ])
    // What a telephone says was done in the old grid before the merge is taken for it, and carried on.
    server.runtime.offsetMs += 60_000
    const late = await worker.send<Done>(
      'POST',
      '/api/v1/duties/do',
      { ...(await act(of(two, 'greens') as Row)), madeAt: iso(server.runtime.now() - 90_000) },
      key(),
    )
    expect(late.status, JSON.stringify(late.body)).toBe(201)
    expect((await all()).find((row) => row.gridCode === code && row.itemKey === 'greens' && row.state !== 'overdue')?.state).toBe('done')
    const undone = await administrator.send<Problem>('POST', `/api/v1/area-changes/${merged.body.id}/undo`, { reason: '撤销' }, key())
    expect(undone.status, JSON.stringify(undone.body)).toBe(201)
    expect(
      (await all())
        .filter((row) => row.itemKey === 'disputes' && row.state !== 'overdue' && [one?.code, two?.code].includes(row.gridCode))
        .map((row) => row.state),
    ).toEqual(['done', 'done'])
  })

  it('keeps a duty open until its day is over, overdue while it may be made good, and missed after that; what is made good is late', async () => {
    const row = await find('rubbish')
    await moveTo(1, 8)
    expect((await all()).find((each) => each.gridCode === row.gridCode && each.itemKey === 'rubbish' && each.period === row.period)?.state).toBe('overdue')
    const made = await perform(row, { photos: [await server.photo(worker)] })
    expect(made.body, JSON.stringify(made.body)).toMatchObject({ state: 'late', entry: { late: true } })
    const other = (await all()).find((each) => each.itemKey === 'rubbish' && each.period === row.period && each.state === 'overdue')
    if (!other) throw new Error('nothing overdue')
    // Done in time on a telephone that found its network a day later.
    const inTime = await perform(other, { photos: [await server.photo(worker)], madeAt: iso(server.runtime.now() - 10 * HOUR_MS) })
    expect(inTime.body.state).toBe('done')
    await moveTo(3, 8)
    const gone = await perform<Problem>({ ...row, gridCode: (await grids()).at(-1)?.code ?? '' }, { photos: [await server.photo(worker)] })
    expect([gone.status, gone.body.code]).toEqual([409, 'DUTY_NOT_OPEN'])
    expect(
      (await supervisor.send<Coverage>('GET', `/api/v1/duties/coverage?parent=${STREET}&from=${row.period}&to=${row.period}&item=rubbish`)).body.total.missed,
    ).toBeGreaterThan(0)
    expect((await worker.send<Problem>('POST', `/api/v1/duty-entries/${made.body.entry.id}/correct`, { reason: '晚了' }, key())).body.code).toBe(
      'DUTY_ENTRY_FINAL',
    )
  })

  it('publishes another edition of the items, which counts for periods that begin after it and touches nothing that was done', async () => {
    const before = await items()
    const rest = before.rows.filter((item) => item.key !== 'dogs').map((item) => (item.key === 'fire-lanes' ? { ...item, frequency: 'weekly' } : item))
    const publish = <T>(body: Record<string, unknown>, as: Person = administrator) =>
      as.send<T>('POST', '/api/v1/duty-items', { edition: before.edition, publish: true, note: '减负', classes: before.classes, items: rest, ...body })
    type Published = AnswerOf<typeof patrol.publishItems>
    expect((await publish<Published>({ publish: false })).body).toMatchObject({
      edition: null,
      removed: ['dogs'],
      changed: [{ key: 'fire-lanes' }],
      unchanged: 29,
    })
    expect((await publish<Published>({ items: before.rows })).body).toMatchObject({ edition: null, unchanged: 31, changed: [] })
    for (const [items_, pointer] of [
      [[...rest, rest[0]], `/body/items/${rest.length}/key`],
      [rest.map((item, index) => (index === 0 ? { ...item, classCode: '77' } : item)), '/body/items/0/classCode'],
      [rest.map((item, index) => (index === 0 ? { ...item, form: { type: 'banana' } } : item)), '/body/items/0/form'],
      [rest.map((item, index) => (index === 0 ? { ...item, matters: ['none-such-0101'] } : item)), '/body/items/0/matters/0'],
    ] as const) {
      const answer = await publish<Problem>({ items: items_ })
      expect([answer.body.code, answer.body.fields[0]?.pointer]).toEqual(['DUTY_ITEMS_INVALID', pointer])
    }
    expect((await publish<Problem>({}, supervisor)).status).toBe(403)
    const answers = await Promise.all([publish<Published & Problem>({}), publish<Published & Problem>({ note: '另一份' })])
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 412])
    expect((await items()).edition).toBe(before.edition + 1)
    // Today's and this week's duties began before it.
    expect((await all()).some((row) => row.itemKey === 'dogs')).toBe(true)
    await moveTo(8, 9)
    const rows = await all()
    expect(rows.some((row) => row.itemKey === 'dogs' && row.state === 'open')).toBe(false)
    expect(rows.filter((row) => row.itemKey === 'fire-lanes' && row.state === 'open').every((row) => row.frequency === 'weekly')).toBe(true)
    expect((await server.send<Items>('GET', `/api/v1/duty-items?edition=${before.edition}`)).body.rows).toHaveLength(31)
    expect((await server.send('GET', '/api/v1/duty-items?edition=77')).status).toBe(404)
  })

  it('brings its items as data of each city, written by the city’s generator', () => {
    for (const city of ['demo', 'zaozhuang']) {
      const written = JSON.parse(readFileSync(join(REPOSITORY, 'cities', city, 'duties.json'), 'utf8')) as { classes: unknown[]; items: unknown[] }
      expect([written.classes.length, written.items.length]).toEqual([9, 31])
    }
  })
})
