import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { markDue } from '../support/busy.ts'
import { caseIn, playerAt, standardCast, type Cast, type Player } from '../support/cast.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { CaseDetail, Problem } from '../support/world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

describe('who answers for a case', () => {
  let server: TestServer
  let cast: Cast
  let supervisors: Player[]

  beforeAll(async () => {
    server = await startTestServer({ env: { LINLI_SESSION_IDLE_MINUTES: '1440', LINLI_SESSION_MAX_HOURS: '168' } })
    cast = await standardCast(server)
    supervisors = [await playerAt(server, 'supervisor-1'), await playerAt(server, 'supervisor-2')]
  })
  afterEach(() => {
    server.runtime.offsetMs = 0
  })
  afterAll(() => server.stop())

  const move = async (who: Player, id: string, name: string, input: Record<string, unknown> = {}) => {
    const answer = await server.move(who, id, name, input)
    if (answer.status !== 200) throw new Error(`${name}: ${JSON.stringify(answer.body)}`)
    return server.detail(who, id)
  }
  const refused = async (who: Player, id: string, name: string, input: Record<string, unknown> = {}) => {
    const { status, body } = await server.move(who, id, name, input)
    const problem = body as unknown as Problem
    return { status, code: problem.code, fields: problem.fields }
  }
  const strandOf = (detail: CaseDetail, kind: string) => detail.strands.find((strand) => strand.kind === kind)
  const clock = (detail: CaseDetail, stage: string) => detail.deadlines.findLast((deadline) => deadline.stage === stage)
  const photo = async (who: Player) => ({ evidence: [await server.photo(who)] })

  it('A9 a whistle calls units in, records who came, who came late and who did not come, and is assessed by who blew it', async () => {
    const { id } = await caseIn(server, cast, 'handling')
    const roads = await playerAt(server, 'municipal-990101-handler')
    const gardens = await playerAt(server, 'gardens-990101-handler')
    const blown = await move(cast.manager, id, 'whistle', { targets: ['municipal-990101', 'gardens-990101', 'transport'], note: '路口积水，十点前到场' })
    expect(blown.strands.map((strand) => [strand.unit, strand.state, strand.dueAt !== null])).toEqual([
      ['municipal-990101', 'called', true],
      ['gardens-990101', 'called', true],
      ['transport', 'called', true],
    ])
    expect(blown.case.state).toBe('handling')
    expect((await move(roads, id, 'report-in')).strands[0]).toMatchObject({ state: 'arrived', overdueAt: null })
    expect(await refused(roads, id, 'report-in')).toMatchObject({ code: 'CASES_STRAND_UNKNOWN' })
    server.runtime.offsetMs = 3 * HOUR
    await markDue(server.running)
    const late = await server.detail(cast.manager, id)
    expect(late.strands.map((strand) => strand.overdueAt !== null)).toEqual([false, true, true])
    const came = await move(gardens, id, 'report-in')
    expect(came.strands[1]).toMatchObject({ state: 'arrived' })
    expect(came.strands[1]?.overdueAt).not.toBeNull()
    const [first, second, third] = came.strands.map((strand) => strand.key)
    expect(await refused(cast.manager, id, 'assess-response', { strand: third, reasonCode: 'helped' })).toMatchObject({ code: 'CASES_INPUT_MISSING' })
    await move(cast.manager, id, 'assess-response', { strand: first, reasonCode: 'helped' })
    await move(cast.manager, id, 'assess-response', { strand: second, reasonCode: 'did-not-help' })
    const assessed = await move(cast.manager, id, 'assess-response', { strand: third, reasonCode: 'no-show' })
    expect(assessed.strands.every((strand) => !strand.open)).toBe(true)
    expect(clock(assessed, 'handle')?.stoppedAt).toBeNull()
  })

  it('A97 a supervise order comes from outside the chain, is replied to in its time and ends with an outcome', async () => {
    const { id } = await caseIn(server, cast, 'dispatched')
    const order = { targets: ['water-990101'], limit: { clock: 'workDay', amount: 1 }, reasonCode: 'unsolved', note: '停车问题久拖未决' }
    expect(await refused(cast.manager, id, 'supervise', order)).toMatchObject({ code: 'PERMISSION_MISSING' })
    const [inspector] = supervisors
    if (!inspector) throw new Error('no supervisor')
    const ordered = await move(inspector, id, 'supervise', order)
    expect(strandOf(ordered, 'supervise')).toMatchObject({ unit: 'water-990101', state: 'ordered', open: true })
    const replied = await move(cast.manager, id, 'supervise-reply', { note: '今日下午完成' })
    expect(strandOf(replied, 'supervise')).toMatchObject({ state: 'replied', overdueAt: null })
    await move(inspector, id, 'supervise-again', { reasonCode: 'not-done', limit: { clock: 'urgentHour', amount: 2 }, note: '尚未到场' })
    server.runtime.offsetMs = 3 * HOUR
    await markDue(server.running)
    const late = await server.detail(inspector, id)
    expect(strandOf(late, 'supervise')?.overdueAt).not.toBeNull()
    await move(cast.manager, id, 'supervise-reply', { note: '已到场' })
    const ended = await move(inspector, id, 'supervise-close', { reasonCode: 'resolved', note: '现场已恢复' })
    expect(strandOf(ended, 'supervise')).toMatchObject({ state: 'closed', open: false })
    const list = await inspector.send<{ rows: { case: { id: string }; strand: { state: string } }[] }>('GET', '/api/v1/strands?kind=supervise', undefined, {
      'linli-purpose': 'supervise',
    })
    expect(list.body.rows.find((row) => row.case.id === id)?.strand.state).toBe('closed')
  })

  it('A73 a refusal cites a line, is ruled once by somebody else, and the ruling is a dated rule that the next case obeys', async () => {
    const { id } = await caseIn(server, cast, 'dispatched')
    const [inspector] = supervisors
    if (!inspector) throw new Error('no supervisor')
    expect(await refused(cast.manager, id, 'refuse', { reasonCode: 'not-our-duty' })).toMatchObject({
      code: 'CASES_INPUT_MISSING',
      fields: [{ pointer: '/body/citation' }],
    })
    expect(await refused(cast.manager, id, 'refuse', { reasonCode: 'not-our-duty', citation: { rule: 'no such rule' } })).toMatchObject({
      code: 'CONDITION_UNKNOWN',
    })
    const disputed = await move(cast.manager, id, 'refuse', { reasonCode: 'not-our-duty', citation: { matter: 'gbt30428-component-0101', row: 1 } })
    expect(disputed.case).toMatchObject({ state: 'disputed', owner: 'water-990101' })
    expect(clock(disputed, 'handle')).toMatchObject({ paused: true })
    expect(clock(disputed, 'arbitrate')?.stoppedAt).toBeNull()
    const before = clock(disputed, 'handle')?.dueAt
    expect(before).toBeDefined()
    const ruled = await move(inspector, id, 'uphold-refusal', { owner: 'municipal-990101', note: '管线不在供水范围' })
    expect(ruled).toMatchObject({ case: { state: 'dispatched', owner: 'municipal-990101' }, ruled: true, firstReceiver: { code: 'water-990101' } })
    const roads = await playerAt(server, 'municipal-990101-manager')
    expect(await refused(roads, id, 'refuse', { reasonCode: 'not-our-duty', citation: { matter: 'gbt30428-component-0101' } })).toMatchObject({
      code: 'CASES_RULED',
    })
    const rules = await cast.dispatcher.send<{ rows: { source: string; owner: string; caseNumber: string | null }[] }>('GET', '/api/v1/dispatch-rules')
    await expect
      .poll(
        async () => (await cast.dispatcher.send<typeof rules.body>('GET', '/api/v1/dispatch-rules')).body.rows.find((rule) => rule.source === 'ruling')?.owner,
        { timeout: 10_000 },
      )
      .toBe('municipal-990101')
    const next = await server.detail(cast.dispatcher, (await server.report()).case.id)
    expect(next.advice).toMatchObject({ owner: 'municipal-990101' })
  })

  it('A34 what a level cannot handle goes up one level at a time, with a reason and a clock, and comes back down only with words', async () => {
    const { id } = await caseIn(server, cast, 'handling')
    const district = await playerAt(server, 'district-990101-manager')
    const city = await playerAt(server, 'command-manager')
    const dueBefore = clock(await server.detail(cast.manager, id), 'handle')?.dueAt
    expect(await refused(cast.manager, id, 'escalate', { reasonCode: 'beyond-power' })).toMatchObject({ code: 'CASES_INPUT_MISSING' })
    const up = await move(cast.manager, id, 'escalate', { reasonCode: 'beyond-power', note: '需要区里协调资金' })
    expect(up).toMatchObject({ case: { state: 'dispatched', owner: 'district-990101' }, escalations: [{ from: 'water-990101', to: 'district-990101' }] })
    expect(clock(up, 'handle')?.dueAt).toBe(dueBefore)
    expect(clock(up, 'takeUp')?.stoppedAt).toBeNull()
    expect(await refused(cast.manager, id, 'accept')).toMatchObject({ code: 'CASES_PARTY_NOT_ALLOWED' })
    await move(district, id, 'escalate', { reasonCode: 'needs-coordination', note: '涉及市属单位' })
    expect(await refused(city, id, 'escalate', { reasonCode: 'beyond-power', note: '无上级' })).toMatchObject({ code: 'CASES_NO_SUPERIOR' })
    const down = await move(city, id, 'send-down', { reasonCode: 'help-given', note: '资金已安排，由区里组织' })
    expect(down.case.owner).toBe('district-990101')
    expect(await refused(district, id, 'escalate', { reasonCode: 'beyond-power', note: '再报' })).toMatchObject({ code: 'CASES_ESCALATION_SETTLED' })
    expect((await move(district, id, 'accept')).case.state).toBe('handling')
  })

  it('A34 an overdue case is told to the level above and then to the next, on working time, once each', async () => {
    const { id } = await caseIn(server, cast, 'handling')
    const due = Date.parse(clock(await server.detail(cast.manager, id), 'handle')?.dueAt ?? '')
    for (let day = 0; day < 30; day += 1) {
      server.runtime.moveTo(due + HOUR + day * 12 * HOUR)
      await markDue(server.running)
    }
    const { rows } = await server.running.platform.pool.query<{ move: string; to: string }>(
      `select move, facts -> 'raised' ->> 'to' as "to" from cases.entry where case_id = $1 and move in ('overdue', 'raise') order by seq`,
      [id],
    )
    expect(rows.map((row) => [row.move, row.to])).toEqual([
      ['overdue', null],
      ['raise', 'district-990101'],
      ['raise', 'command'],
    ])
  })

  it('A74 more time is asked for twice at most, agreed to by two people of other units, and never after the end', async () => {
    const { id } = await caseIn(server, cast, 'handling')
    const [inspector] = supervisors
    if (!inspector) throw new Error('no supervisor')
    const first = clock(await server.detail(cast.manager, id), 'handle')
    const ask = { reasonCode: 'materials', note: '配件在途', limit: { clock: first?.clock, amount: first?.amount } }
    expect(await refused(cast.manager, id, 'ask-extension', { ...ask, limit: { clock: first?.clock, amount: (first?.amount ?? 0) + 1 } })).toMatchObject({
      code: 'INPUT_INVALID',
    })
    await move(cast.manager, id, 'ask-extension', ask)
    expect(await refused(cast.manager, id, 'ask-extension', ask)).toMatchObject({ code: 'CASES_LIMIT_REACHED' })
    await move(cast.dispatcher, id, 'endorse-extension')
    expect(await refused(cast.dispatcher, id, 'grant-extension')).toMatchObject({ code: 'PERMISSION_MISSING' })
    const longer = await move(inspector, id, 'grant-extension')
    expect(clock(longer, 'handle')).toMatchObject({ amount: (first?.amount ?? 0) * 2, stoppedAt: null })
    expect(Date.parse(clock(longer, 'handle')?.dueAt ?? '')).toBeGreaterThan(Date.parse(first?.dueAt ?? ''))
    await move(cast.manager, id, 'ask-extension', ask)
    await move(inspector, id, 'endorse-extension')
    expect(await refused(inspector, id, 'grant-extension')).toMatchObject({ code: 'CASES_OWN_REQUEST_NOT_ALLOWED' })
    await move(supervisors[1] ?? inspector, id, 'grant-extension')
    expect(await refused(cast.manager, id, 'ask-extension', ask)).toMatchObject({ code: 'CASES_LIMIT_REACHED' })
  })

  it('A74 a long suspension stands the clock still until its day, and what was left goes on', async () => {
    const { id } = await caseIn(server, cast, 'handling')
    const [inspector, other] = supervisors
    if (!inspector || !other) throw new Error('no supervisor')
    const before = await server.detail(cast.manager, id)
    const until = new Date(server.runtime.now() + 20 * DAY).toISOString().slice(0, 10)
    await move(cast.manager, id, 'ask-suspension', { reasonCode: 'season', note: '冻土期不能开挖', until })
    await move(cast.dispatcher, id, 'endorse-suspension')
    const paused = await move(inspector, id, 'grant-suspension')
    expect(paused.case.state).toBe('paused')
    expect(clock(paused, 'handle')).toMatchObject({ paused: true })
    expect(await refused(cast.handler, id, 'handle', { note: '完成', ...(await photo(cast.handler)) })).toMatchObject({ code: 'CASES_MOVE_NOT_ALLOWED' })
    server.runtime.offsetMs = 22 * DAY
    await markDue(server.running)
    const [, manager] = [inspector, await playerAt(server, 'water-990101-manager')]
    const resumed = await server.detail(manager, id)
    expect(resumed.case.state).toBe('handling')
    expect(clock(resumed, 'handle')).toMatchObject({ stoppedAt: null, overdueAt: null })
    expect(Date.parse(clock(resumed, 'handle')?.dueAt ?? '')).toBeGreaterThan(Date.parse(clock(before, 'handle')?.dueAt ?? ''))
    expect(
      await refused(manager, id, 'ask-suspension', {
        reasonCode: 'season',
        note: '再次',
        until: new Date(server.runtime.now() + 5 * DAY).toISOString().slice(0, 10),
      }),
    ).toMatchObject({
      code: 'CASES_LIMIT_REACHED',
    })
  })

  it('A31 the reporter says it is not fixed: it lands with the handler at once, the figures stay, and no handler can write that answer', async () => {
    const { id, receipt } = await caseIn(server, cast, 'closed')
    const before = (await server.running.platform.pool.query(`select closed_at, closed_on_time from cases."case" where id = $1`, [id])).rows[0]
    expect(await refused(cast.manager, id, 'not-fixed', { reasonCode: 'x' })).toMatchObject({ code: 'CASES_PARTY_NOT_ALLOWED' })
    const answer = (fixed: boolean, key: string) =>
      server.send<{ state: string; reopened: boolean }>(
        'POST',
        `/api/v1/reports/${receipt}/answer`,
        { fixed, rating: fixed ? 'satisfied' : 'dissatisfied', text: '井盖又翘起来了' },
        { 'idempotency-key': key },
      )
    const no = await answer(false, 'first-answer')
    expect(no).toMatchObject({ status: 200, body: { state: 'dispatched', reopened: true } })
    expect((await answer(false, 'first-answer')).body).toEqual(no.body)
    const mine = await cast.manager.send<{ rows: { id: string }[] }>('GET', '/api/v1/cases?mine=true', undefined, { 'linli-purpose': 'handle-case' })
    expect(mine.body.rows.map((row) => row.id)).toContain(id)
    const detail = await server.detail(cast.manager, id)
    expect(detail.answers).toMatchObject([{ fixed: false, rating: 'dissatisfied' }])
    expect((await server.running.platform.pool.query(`select closed_at, closed_on_time from cases."case" where id = $1`, [id])).rows[0]).toEqual(before)
  })

  it('A31 a timeout is appealed once after closing, the raw fact stays and the figure says what stands outside', async () => {
    const { id } = await caseIn(server, cast, 'handling')
    const due = Date.parse(clock(await server.detail(cast.manager, id), 'handle')?.dueAt ?? '')
    server.runtime.moveTo(due + HOUR)
    await markDue(server.running)
    await move(cast.handler, id, 'handle', { note: '完成', ...(await photo(cast.handler)) })
    await move(cast.checker, id, 'check', await photo(cast.checker))
    await move(cast.closer, id, 'close', { closingConditionMet: true, publicReply: '已恢复通行' })
    const [inspector] = supervisors
    if (!inspector) throw new Error('no supervisor')
    expect((await server.detail(inspector, id)).handledOnTime).toBe(false)
    const asked = await move(cast.manager, id, 'ask-appeal', { reasonCode: 'force-majeure', note: '当日台风停工' })
    expect(asked).toMatchObject({ exempt: 'pending', handledOnTime: false })
    await move(cast.dispatcher, id, 'endorse-appeal')
    const granted = await move(inspector, id, 'grant-appeal')
    expect(granted).toMatchObject({ exempt: 'granted', handledOnTime: false, case: { state: 'closed' } })
    expect(await refused(cast.manager, id, 'ask-appeal', { reasonCode: 'force-majeure', note: '再次' })).toMatchObject({ code: 'CASES_LIMIT_REACHED' })
  })

  it('A72 the same event twice: linked by a person, each reporter keeps number, clock and answer, and it can be undone', async () => {
    const main = await caseIn(server, cast, 'handling')
    const second = await server.report({ text: '井盖不见了，路口很危险' })
    const linker = cast.acceptor
    const similar = await linker.send<{ rows: { case: { id: string }; metres: number }[] }>('GET', `/api/v1/cases/${second.case.id}/similar`, undefined, {
      'linli-purpose': 'handle-case',
    })
    expect(similar.body.rows.map((row) => row.case.id)).toContain(main.id)
    const mainClock = clock(await server.detail(cast.manager, main.id), 'handle')
    const linked = await move(linker, second.case.id, 'link', { main: main.id })
    expect(linked).toMatchObject({ case: { state: 'linked' }, linkedTo: { id: main.id } })
    expect(await server.detail(linker, main.id)).toMatchObject({ joined: [{ id: second.case.id }] })
    const undone = await move(linker, second.case.id, 'unlink', { reasonCode: 'another-place' })
    expect(undone).toMatchObject({ case: { state: 'reported' }, linkedTo: null })
    expect(clock(undone, 'accept')?.stoppedAt).toBeNull()
    await move(linker, second.case.id, 'link', { main: main.id })
    expect(clock(await server.detail(cast.manager, main.id), 'handle')).toEqual(mainClock)
    await move(cast.handler, main.id, 'handle', { note: '完成', ...(await photo(cast.handler)) })
    await move(cast.checker, main.id, 'check', await photo(cast.checker))
    await move(cast.closer, main.id, 'close', { closingConditionMet: true, publicReply: '已装新井盖' })
    await expect.poll(async () => (await server.detail(linker, second.case.id)).case.state, { timeout: 10_000 }).toBe('closed')
    const track = await server.send<{ publicReply: string; number: string }>('GET', `/api/v1/reports/${second.receipt}`)
    expect(track.body).toMatchObject({ publicReply: '已装新井盖', number: second.case.number })
  })
})
