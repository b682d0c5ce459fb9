import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OWNER, playerAt, sendMove, type Player } from '../support/cast.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { tinyPng, type CaseDetail, type Problem, type ReportAnswer } from '../support/world.ts'

const PURPOSE = { 'linli-purpose': 'handle-case' }
const NUL = String.fromCharCode(0)

describe('A2 A7 a report comes in', () => {
  let server: TestServer
  let acceptor: Player
  let worker: Player

  beforeAll(async () => {
    server = await startTestServer()
    ;[acceptor, worker] = await Promise.all([playerAt(server, 'acceptor-1'), playerAt(server, 'grid-990101001000-1')])
  })
  afterAll(() => server.stop())

  const spot = () => ({ ...server.point(), crs: 'wgs84' })
  const whole = (change: Record<string, unknown> = {}) => ({
    channel: 'web',
    text: '路口井盖缺失，行人危险',
    matter: 'gbt30428-component-0101',
    conditionRow: 1,
    position: spot(),
    ...change,
  })
  const post = (body: unknown, key: string = randomUUID(), as: Pick<Player, 'send'> | TestServer = server) =>
    as.send<ReportAnswer & Problem>('POST', '/api/v1/reports', body, { 'idempotency-key': key })
  const counts = async () =>
    (
      await server.running.platform.pool.query<
        Record<string, string>
      >(`select (select count(*) from cases."case") as cases, (select count(*) from cases.entry) as lines, (select count(*) from intake.report) as reports, (select count(*) from intake.reporter) as reporters,
    (select count(*) from platform.outbox) as events, (select count(*) from platform.idempotency) as keys, (select count(*) from platform.blob where case_id is not null) as photos, (select count(*) from platform.audit where outcome = 'done') as done`)
    ).rows[0]
  const refusedAudit = async () =>
    Number((await server.running.platform.pool.query<{ count: string }>(`select count(*) from platform.audit where outcome <> 'done'`)).rows[0]?.count)

  /** Sends what must be refused, and shows that nothing but one audit line was written. */
  async function refused(
    body: unknown,
    as: Pick<Player, 'send'> | TestServer = server,
    key: string | undefined = randomUUID(),
  ): Promise<Problem & { at: string | undefined }> {
    const [before, lines] = [await counts(), await refusedAudit()]
    const answer = await as.send<Problem>('POST', '/api/v1/reports', body, key === undefined ? {} : { 'idempotency-key': key })
    expect(await counts()).toEqual(before)
    expect(await refusedAudit()).toBe(lines + 1)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    return { ...answer.body, at: answer.body.fields[0]?.pointer }
  }

  it('answers a resend with the first answer and opens one case, however often and however many at once', async () => {
    const [key, body, before] = [randomUUID(), whole({ photos: [await server.photo()], reporter: { name: '张三', contact: '13812345678' } }), await counts()]
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(body, key)))
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 20 }, () => 201))
    for (const answer of [...answers, await post(body, key)]) expect(answer.body).toEqual(answers[0]?.body)
    const after = await counts()
    for (const name of ['cases', 'lines', 'reports', 'reporters', 'events', 'keys', 'photos', 'done'])
      expect(Number(after?.[name]) - Number(before?.[name]), name).toBe(1)
  })

  it('takes the same body with its fields in another order for the same', async () => {
    const key = randomUUID()
    const { body } = await post({ channel: 'web', text: '同样的话', address: '东街' }, key)
    expect((await post({ address: '东街', text: '同样的话', channel: 'web' }, key)).body).toEqual(body)
  })

  it('refuses the key for another body, and keeps keys of different people and channels apart', async () => {
    const key = randomUUID()
    const first = await post(whole(), key)
    expect(await refused(whole({ text: '另一件事' }), server, key)).toMatchObject({ status: 409, code: 'KEY_REUSED' })
    const [other, others] = [await post(whole({ channel: 'field' }), key, worker), await post(whole({ channel: 'field' }), key, acceptor)]
    expect(new Set([first, other, others].map((answer) => answer.body.case.id)).size).toBe(3)
    expect(await refused(whole(), server, 'short')).toMatchObject({ status: 400, code: 'KEY_MISSING', at: '/headers/idempotency-key' })
    expect(await refused(whole(), server, `${'k'.repeat(8)} `.repeat(3))).toMatchObject({ status: 400, code: 'KEY_MISSING' })
  })

  it.each<[what: string, change: Record<string, unknown>, status: number, code: string, at: string]>([
    ['a position outside the city', { position: { lon: 116.397, lat: 39.909, crs: 'wgs84' } }, 422, 'POSITION_OUTSIDE_CITY', '/body/position'],
    ['a position nowhere on earth', { position: { lon: 1e308, lat: -1e308, crs: 'gcj02' } }, 422, 'POSITION_OUTSIDE_CITY', '/body/position'],
    ['latitude and longitude swapped', { position: { lon: 32.28082, lat: 113.006271, crs: 'wgs84' } }, 422, 'POSITION_SWAPPED', '/body/position'],
    ['an unknown coordinate system', { position: { lon: 113, lat: 32, crs: 'bd09' } }, 400, 'INPUT_INVALID', '/body/position/crs'],
    ['a position in words', { position: { lon: '113', lat: 32, crs: 'wgs84' } }, 400, 'INPUT_INVALID', '/body/position/lon'],
    ['an unknown matter', { matter: 'no-such-matter' }, 422, 'MATTER_UNKNOWN', '/body/matter'],
    ['an unknown condition row', { conditionRow: 99 }, 422, 'CONDITION_UNKNOWN', '/body/conditionRow'],
    ['a condition row of zero', { conditionRow: 0 }, 400, 'INPUT_INVALID', '/body/conditionRow'],
    ['a photo that nobody uploaded', { photos: [randomUUID()] }, 422, 'BLOB_UNKNOWN', '/body/photos'],
    ['ten photos', { photos: Array.from({ length: 10 }, () => randomUUID()) }, 400, 'INPUT_INVALID', '/body/photos'],
    ['a field that does not exist', { urgent: true }, 400, 'INPUT_INVALID', '/body/urgent'],
    ['a field that does not exist, deeper', { reporter: { nationalId: '1' } }, 400, 'INPUT_INVALID', '/body/reporter/nationalId'],
    ['no text', { text: undefined }, 400, 'INPUT_INVALID', '/body/text'],
    ['text that is a number', { text: 12 }, 400, 'INPUT_INVALID', '/body/text'],
    ['20,001 characters', { text: '井'.repeat(20_001) }, 400, 'INPUT_INVALID', '/body/text'],
    ['an unknown channel', { channel: 'pigeon' }, 400, 'INPUT_INVALID', '/body/channel'],
    ['a moment that no clock shows', { saidAt: '2016-12-31T23:59:60Z' }, 400, 'INPUT_INVALID', '/body/saidAt'],
    ['a NUL', { text: `井盖${NUL}缺失` }, 400, 'TEXT_NOT_ALLOWED', '/body/text'],
    ['a NUL deep in a form', { form: { a: [{ b: NUL }] } }, 400, 'TEXT_NOT_ALLOWED', '/body/form/a/0/b'],
    ['half a character', { text: '井盖\ud83d' }, 400, 'TEXT_NOT_ALLOWED', '/body/text'],
    ['half a character as a name', { form: { '\udc00': 1 } }, 400, 'TEXT_NOT_ALLOWED', '/body/form'],
  ])('refuses %s by name, with the field, and writes nothing but one audit line', async (_what, change, status, code, at) => {
    expect(await refused(whole(change))).toMatchObject({ status, code, at })
  })

  it('refuses broken UTF-8 and what is not JSON', async () => {
    const [before, key] = [await counts(), randomUUID()]
    const broken = Buffer.concat([Buffer.from('{"channel":"web","text":"'), Buffer.from([0xe4, 0xba]), Buffer.from('"}')])
    const send = async (body: Uint8Array) =>
      (await server.send<Problem>('POST', '/api/v1/reports', body, { 'idempotency-key': key, 'content-type': 'application/json' })).body
    expect(await send(broken)).toMatchObject({ status: 400, code: 'TEXT_NOT_ALLOWED' })
    for (const text of ['', '{', '{"text":"a"', '[1,]', '{"__proto__":{"x":1},"channel":"web","text":"a"}'])
      expect(await send(Buffer.from(text)), text).toMatchObject({ status: 400, code: 'BODY_NOT_JSON' })
    expect(await send(Buffer.from('null'))).toMatchObject({ status: 400, code: 'INPUT_INVALID' })
    expect(await send(Buffer.from(JSON.stringify({ channel: 'web', text: 'x', form: { a: 'y'.repeat(1_100_000) } })))).toMatchObject({
      status: 413,
      code: 'BODY_TOO_LARGE',
    })
    expect(await counts()).toEqual(before)
  })

  it.each<[what: string, text: string, flags: string[]]>([
    ['HTML', '<script>alert(1)</script><img src=x onerror=alert(1)> & "引号"', ['markup']],
    ['control characters', 'a\u0001b\u001b[31mred\u007f\u0085c\r\n\td', ['control-characters']],
    ['writing turned round', 'abc\u202egnp.exe', ['bidi-controls']],
    ['odd but honest letters', '𠮷野家 ﷽ é é 👩‍👩‍👧 \u200b\ufeff ＡＢＣ "\\" %s {{7*7}} \'; drop table cases.entry; --', []],
    ['20,000 characters', '𠮷'.repeat(10_000) + '井'.repeat(10_000), ['very-long']],
    ['nothing but blanks', ' \n ', []],
  ])('keeps %s as said, unchanged, with its marks', async (_what, text, flags) => {
    const { status, body } = await post(whole({ text, address: text.slice(0, 200), title: undefined }))
    expect(status).toBe(201)
    const detail = await acceptor.send<CaseDetail>('GET', `/api/v1/cases/${body.case.id}`, undefined, PURPOSE)
    expect(detail.body.said.text).toBe(text)
    expect(detail.body.said.address).toBe(text.slice(0, 200))
    expect(detail.body.said.flags).toEqual(flags)
    expect(detail.headers.get('content-type')).toContain('application/json')
    expect(detail.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('lets rules file, refuse or wait, and says in both languages which and why', async () => {
    const cases: readonly [as: Player | TestServer, body: Record<string, unknown>, outcome: string, state: string, rule: string][] = [
      [worker, whole({ channel: 'field' }), 'filed', 'filed', 'staff-complete'],
      [server, whole(), 'waiting', 'reported', 'web-report'],
      [server, whole({ position: undefined }), 'waiting', 'reported', 'position-missing'],
      [server, whole({ position: { lon: 113.01, lat: 32.27, crs: 'wgs84' } }), 'waiting', 'reported', 'position-rounded'],
      [server, whole({ matter: undefined, conditionRow: undefined }), 'waiting', 'reported', 'matter-missing'],
      [server, whole({ text: '坏了' }), 'waiting', 'reported', 'text-short'],
      [worker, whole({ channel: 'field', conditionRow: undefined }), 'waiting', 'reported', 'condition-open'],
      [server, whole({ matter: 'local-guide-9901', conditionRow: undefined }), 'rejected', 'voided', 'guide-emergency'],
    ]
    for (const [as, body, outcome, state, rule] of cases) {
      const answer = await post(body, randomUUID(), as)
      expect({ outcome: answer.body.outcome, state: answer.body.case.state, rule: answer.body.reason.rule }).toEqual({ outcome, state, rule })
      expect(answer.body.reason.zh.length).toBeGreaterThan(8)
      expect(answer.body.reason.en.length).toBeGreaterThan(8)
    }
  })

  it('explains a refusal to who reported it, and brings it to a person when asked, once', async () => {
    const { body: report } = await post(whole({ matter: 'local-guide-9903', conditionRow: undefined, text: '隔壁超市不退款' }))
    expect(report).toMatchObject({ outcome: 'rejected', reason: { zh: expect.stringContaining('12315'), en: expect.stringContaining('12315') } })
    const path = `/api/v1/reports/${report.receipt}`
    const tracked = await server.send<Record<string, unknown>>('GET', path)
    expect(tracked.body).toMatchObject({ outcome: 'rejected', state: 'voided', publicReply: expect.stringContaining('12315') })
    const ask = (key: string, text = '这是公立医院的食堂') =>
      server.send<Record<string, unknown>>('POST', `${path}/review`, { text }, { 'idempotency-key': key })
    const key = randomUUID()
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(key)))
    for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: { state: 'reported' } })
    expect((await ask(key)).body).toEqual(answers[0]?.body)
    expect(await ask(key, '别的话')).toMatchObject({ status: 409, body: { code: 'KEY_REUSED' } })
    expect(await ask(randomUUID())).toMatchObject({ status: 403, body: { code: 'CASES_MOVE_NOT_ALLOWED' } })
    const ledger = await acceptor.send<{ rows: { move: string; reasonCode: string; payload: Record<string, unknown> }[] }>(
      'GET',
      `/api/v1/cases/${report.case.id}/entries`,
      undefined,
      PURPOSE,
    )
    expect(ledger.body.rows.map((row) => row.move)).toEqual(['report', 'auto-reject', 'review'])
    expect(ledger.body.rows.at(-1)).toMatchObject({ reasonCode: 'reporter-asks', payload: { note: '这是公立医院的食堂' } })
    expect((await sendMove(acceptor, report.case.id, 3, { move: 'file', matter: 'gbt30428-component-0101', conditionRow: 1 })).status).toBe(200)
    expect((await server.send('GET', `/api/v1/reports/${'x'.repeat(24)}`)).status).toBe(404)
  })

  it('works without a name, and tells nobody who handles the case who reported it', async () => {
    const anonymous = await post(whole())
    const named = await post(whole({ text: '井盖缺失，请来看看', reporter: { name: '欧阳小红', contact: '13812345678' } }))
    const [manager, handler] = await Promise.all([playerAt(server, `${OWNER}-manager`), playerAt(server, `${OWNER}-handler`)])
    const dispatcher = await playerAt(server, 'dispatcher-1')
    for (const { body } of [anonymous, named]) {
      expect((await sendMove(acceptor, body.case.id, 1, { move: 'file', conditionRow: 1 })).status).toBe(200)
      expect((await sendMove(dispatcher, body.case.id, 2, { move: 'dispatch', owner: OWNER })).status).toBe(200)
    }
    const seen = async (player: Player, id: string) => (await player.send<CaseDetail>('GET', `/api/v1/cases/${id}`, undefined, PURPOSE)).body
    expect((await seen(acceptor, anonymous.body.case.id)).reporter).toBeNull()
    expect((await seen(acceptor, named.body.case.id)).reporter).toEqual({ name: '欧阳**', contact: '138****5678' })
    const [supervisor, checker] = await Promise.all([playerAt(server, 'supervisor-1'), playerAt(server, 'checker-1')])
    for (const player of [manager, handler, dispatcher, checker, supervisor]) {
      const everything = await Promise.all(['', '/entries'].map((part) => player.send('GET', `/api/v1/cases/${named.body.case.id}${part}`, undefined, PURPOSE)))
      const lists = await Promise.all(['/api/v1/cases?limit=200', '/api/v1/reports?limit=200'].map((path) => player.send('GET', path, undefined, PURPOSE)))
      expect(everything[0]).toMatchObject({ status: 200, body: { reporter: null } })
      expect(JSON.stringify([...everything, ...lists].map((answer) => answer.body)), player.post).not.toMatch(/欧阳|小红|13812345678|138\*/)
    }
    expect(JSON.stringify((await server.send('GET', `/api/v1/reports/${named.body.receipt}`)).body)).not.toMatch(/欧阳|1381|person/)
  })

  it('writes who read a case, where, when and for which purpose, and refuses any other purpose', async () => {
    const { body } = await post(whole())
    const reads = async () =>
      (
        await server.running.platform.pool.query<Record<string, unknown>>(
          'select endpoint, purpose, person_id, post_id is not null as at_post, object_kind, row_count from platform.read_log where object_id = $1 order by at',
          [body.case.id],
        )
      ).rows
    for (const [path, purpose] of [
      ['', 'handle-case'],
      ['/entries', 'supervise'],
    ])
      expect((await acceptor.send('GET', `/api/v1/cases/${body.case.id}${path}`, undefined, { 'linli-purpose': purpose ?? '' })).status).toBe(200)
    expect(await reads()).toEqual([
      { endpoint: 'cases.get', purpose: 'handle-case', person_id: acceptor.id, at_post: true, object_kind: 'case', row_count: 1 },
      { endpoint: 'cases.listEntries', purpose: 'supervise', person_id: acceptor.id, at_post: true, object_kind: 'case', row_count: 1 },
    ])
    for (const purpose of [undefined, 'curiosity', 'security-audit', 'own-account', '']) {
      for (const path of [`/api/v1/cases/${body.case.id}`, `/api/v1/cases/${body.case.id}/entries`, '/api/v1/cases', '/api/v1/reports']) {
        expect(
          (await acceptor.send<Problem>('GET', path, undefined, purpose === undefined ? {} : { 'linli-purpose': purpose })).body,
          `${path} for ${purpose}`,
        ).toMatchObject({ status: 403, code: 'PURPOSE_NOT_ALLOWED' })
      }
    }
    expect(await reads()).toHaveLength(2)
  })

  it('lets only who may report by a channel that is not the public one, and use a photo only once and only the own', async () => {
    for (const channel of ['field', 'hotline', 'open311', 'sensor', 'replay'])
      expect(await refused(whole({ channel }))).toMatchObject({ status: 403, code: 'PERMISSION_MISSING' })
    expect(await refused(whole({ channel: 'replay' }), worker)).toMatchObject({ status: 403, code: 'PERMISSION_MISSING' })
    const [mine, theirs] = [await server.photo(), await server.photo(worker)]
    expect((await post(whole({ photos: [mine] }))).status).toBe(201)
    expect(await refused(whole({ photos: [mine] }))).toMatchObject({ status: 422, code: 'BLOB_UNKNOWN' })
    expect(await refused(whole({ photos: [theirs] }))).toMatchObject({ status: 422, code: 'BLOB_UNKNOWN' })
    const upload = (bytes: Uint8Array) => server.send<Problem>('POST', '/api/v1/blobs', bytes, { 'content-type': 'image/png' })
    expect((await upload(Buffer.concat([Buffer.from('MZ'), Buffer.alloc(400)]))).body).toMatchObject({ status: 415, code: 'TYPE_NOT_ALLOWED' })
    expect((await upload(Buffer.concat([tinyPng(), Buffer.alloc(21 * 1024 * 1024)]))).body).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' })
  })
})
