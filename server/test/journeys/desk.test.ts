import { randomUUID } from 'node:crypto'
import type { AnswerOf } from '@linli/contract/endpoint'
import type { desk } from '@linli/contract/endpoints/desk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caseIn, playerAt, sendMove, standardCast, type Cast, type Player } from '../support/cast.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { listen, until } from '../support/stream.ts'
import type { Problem } from '../support/world.ts'

type Claim = AnswerOf<typeof desk.claim>
type Filter = AnswerOf<typeof desk.addFilter>
type Attended = AnswerOf<typeof desk.attend>
type Alerts = AnswerOf<typeof desk.alerts>
type Preview = AnswerOf<typeof desk.previewMoves>
const HOUR = 3_600_000

describe('the desk', () => {
  let server: TestServer
  let cast: Cast
  let colleague: Player
  let elsewhere: Player
  const rows = async <Row extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
    (await server.running.platform.pool.query<Row>(text, values)).rows
  const claim = (person: Player, id: string, reason?: string) =>
    person.send<Claim & Problem>('POST', `/api/v1/cases/${id}/claim`, reason === undefined ? {} : { reason })
  const release = (person: Player, id: string) => person.send<{ released: boolean }>('POST', `/api/v1/cases/${id}/release`, {})
  const claimsOf = async (person: Player, ...ids: string[]) => (await person.send<{ rows: Claim[] }>('GET', `/api/v1/claims?ids=${ids.join(',')}`)).body.rows
  const audited = (id: string) =>
    rows<{ action: string; person_id: string }>(`select action, person_id from platform.audit where object_id = $1 and action like 'desk.%' order by at, id`, [
      id,
    ])

  const alerts = async (person: Player) => (await person.send<Alerts>('GET', '/api/v1/alerts')).body

  beforeAll(async () => {
    server = await startTestServer()
    cast = await standardCast(server)
    colleague = await playerAt(server, 'acceptor-2')
    elsewhere = await playerAt(server, 'gardens-990103-manager')
  })
  afterAll(() => server.stop())

  describe('claims', () => {
    it('say who is on a case, keep nobody from acting, and end with the claimer’s next move', async () => {
      const { id } = await caseIn(server, cast, 'reported')
      const mine = await claim(cast.acceptor, id)
      expect(mine.status).toBe(200)
      expect(mine.body).toMatchObject({ caseId: id, me: true })
      expect((await claim(cast.acceptor, id)).body).toEqual(mine.body)
      expect(await claimsOf(colleague, id)).toMatchObject([{ caseId: id, me: false }])
      expect((await sendMove(colleague, id, 1, { move: 'note', note: '同事也可以办' })).status).toBe(200)
      expect(await claimsOf(cast.acceptor, id)).toHaveLength(1)
      expect((await sendMove(cast.acceptor, id, 2, { move: 'file', conditionRow: 1 })).status).toBe(200)
      expect(await claimsOf(cast.acceptor, id)).toEqual([])
      expect((await audited(id)).map(({ action }) => action)).toEqual(['desk.claim'])
    })

    it('are refused over a colleague’s without a reason, and taken over with one, both on record', async () => {
      const { id } = await caseIn(server, cast, 'reported')
      await claim(cast.acceptor, id)
      const refused = await claim(colleague, id)
      expect(refused.status).toBe(409)
      expect(refused.body.code).toBe('DESK_CLAIMED')
      expect((await claim(colleague, id, '   ')).status).toBe(409)
      expect((await claim(colleague, id, '他下班了')).body).toMatchObject({ me: true })
      expect(await claimsOf(cast.acceptor, id)).toMatchObject([{ me: false }])
      expect((await release(cast.acceptor, id)).body.released).toBe(false)
      const all = await audited(id)
      // What is refused leaves its line as well.
      expect(all.map(({ action }) => action).filter((action) => action.startsWith('desk.'))).toEqual(expect.arrayContaining(['desk.claim', 'desk.takeOver']))
      expect(all.at(-1)).toMatchObject({ action: 'desk.takeOver', person_id: colleague.id })
      expect(await rows('select ended_by, reason from desk.claim where case_id = $1 order by at', [id])).toEqual([
        { ended_by: 'taken', reason: null },
        { ended_by: null, reason: '他下班了' },
      ])
    })

    it('are one, however many claim at once', async () => {
      const { id } = await caseIn(server, cast, 'reported')
      const answers = await Promise.all([cast.acceptor, colleague, cast.acceptor, colleague, cast.acceptor].map((person) => claim(person, id)))
      const winners = new Set(answers.filter(({ status }) => status === 200).map(({ body }) => body.at))
      expect(winners.size).toBe(1)
      expect(answers.filter(({ status }) => status !== 200).every(({ body }) => body.code === 'DESK_CLAIMED')).toBe(true)
      expect(await rows('select id from desk.claim where case_id = $1 and ended_at is null', [id])).toHaveLength(1)
    })

    it('are not made on what has ended, nor on what one may not see, which is not even said to exist', async () => {
      const ended = await caseIn(server, cast, 'voided')
      expect((await claim(cast.acceptor, ended.id)).body.code).toBe('DESK_CASE_ENDED')
      const { id } = await caseIn(server, cast, 'reported')
      await claim(cast.acceptor, id)
      const [hidden, absent] = [await claim(elsewhere, id), await claim(elsewhere, randomUUID())]
      expect([hidden.status, absent.status]).toEqual([404, 404])
      expect(hidden.body.code).toBe(absent.body.code)
      expect(await claimsOf(elsewhere, id)).toEqual([])
      expect((await server.send('GET', `/api/v1/claims?ids=${id}`)).status).toBe(401)
    })

    it.each([
      ['no id at all', ''],
      ['what is no id', 'abc'],
      ['a hundred and one', Array.from({ length: 101 }, () => randomUUID()).join(',')],
    ])('are not listed for %s', async (_what, ids) => {
      expect((await cast.acceptor.send('GET', `/api/v1/claims?ids=${ids}`)).status).toBe(400)
    })

    it('are heard of on the stream by whoever may see the case, and by nobody else', async () => {
      const { id } = await caseIn(server, cast, 'reported')
      const [near, far] = [await listen(server, colleague), await listen(server, elsewhere)]
      await claim(cast.acceptor, id)
      await until(() => near.heard.some(({ event, data }) => event === 'case.attended' && data['id'] === id), 'the claim on the stream')
      expect(far.heard.filter(({ event }) => event === 'case.attended')).toEqual([])
      near.close()
      far.close()
    })
  })

  describe('presence', () => {
    const attend = (person: Player, id: string, screen: string, here = true) =>
      person.send<Attended & Problem>('POST', `/api/v1/cases/${id}/presence`, { here, screen })

    it('shows two people on one case to each other by their posts, and forgets who is silent for half a minute', async () => {
      const { id } = await caseIn(server, cast, 'reported')
      const [one, other] = [randomUUID(), randomUUID()]
      expect((await attend(cast.acceptor, id, one)).body.here).toMatchObject([{ me: true }])
      const seen = await attend(colleague, id, other)
      expect(seen.body.here).toMatchObject([{ me: false }, { me: true }])
      expect(JSON.stringify(seen.body)).not.toContain(cast.acceptor.login)
      expect((await attend(cast.acceptor, id, one)).body.here).toHaveLength(2)
      expect((await attend(colleague, id, other, false)).body.here).toMatchObject([{ me: false }])
      const before = server.runtime.offsetMs
      server.runtime.offsetMs += 31_000
      expect((await attend(colleague, id, other)).body.here).toMatchObject([{ me: true }])
      server.runtime.offsetMs = before
    })

    it('counts a person once, on however many screens, and lets nobody end another’s', async () => {
      const { id } = await caseIn(server, cast, 'reported')
      const screen = randomUUID()
      await attend(cast.acceptor, id, screen)
      expect((await attend(cast.acceptor, id, randomUUID())).body.here).toHaveLength(1)
      await attend(colleague, id, screen, false)
      expect((await attend(colleague, id, randomUUID())).body.here).toHaveLength(2)
      expect((await attend(elsewhere, id, randomUUID())).status).toBe(404)
      expect((await attend(cast.acceptor, id, 'no-screen')).status).toBe(400)
    })
  })

  describe('saved filters', () => {
    const add = (person: Player, body: Record<string, unknown>, key: string = randomUUID()) =>
      person.send<Filter & Problem>('POST', '/api/v1/saved-filters', { shared: false, filter: { mine: 'true' }, ...body }, { 'idempotency-key': key })
    const list = async (person: Player) => (await person.send<{ rows: Filter[] }>('GET', '/api/v1/saved-filters')).body.rows

    it('are kept in one’s own order, shown to the unit where shared, and changed by their owner alone', async () => {
      const [first, second] = [
        (await add(cast.acceptor, { name: '待我办理' })).body,
        (await add(cast.acceptor, { name: '超时', filter: { overdue: 'true' }, shared: true })).body,
      ]
      expect((await list(cast.acceptor)).map(({ name }) => name)).toEqual(['待我办理', '超时'])
      const ordered = await cast.acceptor.send<{ rows: Filter[] }>('PUT', '/api/v1/saved-filter-order', { ids: [second.id, randomUUID()] })
      expect(ordered.body.rows.map(({ name }) => name)).toEqual(['超时', '待我办理'])
      expect(await list(colleague)).toMatchObject([{ id: second.id, own: false, shared: true }])
      expect(await list(elsewhere)).toEqual([])
      const change = { name: '我的', filter: {}, shared: false }
      expect((await colleague.send('PUT', `/api/v1/saved-filters/${second.id}`, change)).status).toBe(404)
      expect((await colleague.send('DELETE', `/api/v1/saved-filters/${second.id}`)).status).toBe(404)
      expect((await cast.acceptor.send('PUT', `/api/v1/saved-filters/${second.id}`, change)).status).toBe(200)
      expect(await list(colleague)).toEqual([])
      for (const { id } of [first, second]) expect((await cast.acceptor.send('DELETE', `/api/v1/saved-filters/${id}`)).status).toBe(200)
      expect(await list(cast.acceptor)).toEqual([])
    })

    it('are saved once however often they are sent, and under a name once', async () => {
      const key = randomUUID()
      const [one, twin, third] = await Promise.all([
        add(colleague, { name: '同一个' }, key),
        add(colleague, { name: '同一个' }, key),
        add(colleague, { name: '同一个' }, key),
      ])
      expect(new Set([one, twin, third].map(({ body }) => body.id)).size).toBe(1)
      expect((await add(colleague, { name: '另一个' }, key)).body.code).toBe('KEY_REUSED')
      expect((await add(colleague, { name: ' 同一个 ' })).body.code).toBe('DESK_FILTER_NAME_TAKEN')
      expect(await list(colleague)).toHaveLength(1)
    })

    it('are at most fifty', async () => {
      const { length } = await list(cast.closer)
      const answers = await Promise.all(Array.from({ length: 53 - length }, (_none, index) => add(cast.closer, { name: `第${index}个` })))
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(50 - length)
      expect(answers.filter(({ body }) => body.code === 'DESK_FILTERS_FULL')).toHaveLength(3)
    })

    it.each<[string, Record<string, unknown>]>([
      ['no name', { name: '' }],
      ['a blank name', { name: '  ' }],
      ['a name of a page', { name: '长'.repeat(41) }],
      ['words that were searched for', { name: '找人', filter: { q: '王某某' } }],
      ['what a list does not know', { name: 'x', filter: { salary: '1' } }],
      ['an order of its own', { name: 'x', filter: { order: 'by-name' } }],
      ['a number for a name', { name: 7 }],
    ])('are not saved with %s', async (_what, body) => {
      expect((await add(cast.dispatcher, body)).status).toBe(400)
    })

    it('count what the list holds, as an independent recount says', async () => {
      for (const state of ['reported', 'filed', 'handling', 'closed', 'voided']) await caseIn(server, cast, state)
      const named: readonly (readonly [string, Record<string, string>, string])[] = [
        ['在办', { state: 'reported,filed,dispatched,handling' }, `state in ('reported', 'filed', 'dispatched', 'handling')`],
        ['有时限', { order: 'due' }, `due_at is not null and state not in ('closed', 'evaluated', 'voided')`],
        ['没有单位', { owner: 'none' }, `owner_unit is null and state not in ('closed', 'evaluated', 'voided')`],
        ['没有事项', { matter: 'none' }, 'matter_key is null'],
        ['某区', { area: '990101' }, `area_path like '%.990101%'`],
        ['待派遣', { mine: 'true' }, `'cases.dispatch' = any(waiting)`],
      ]
      for (const [name, filter] of named) expect((await add(cast.dispatcher, { name, filter })).status).toBe(201)
      const filters = await list(cast.dispatcher)
      const { body } = await cast.dispatcher.send<{ rows: { id: string; count: number; exact: boolean }[] }>('GET', '/api/v1/saved-filter-counts')
      for (const [name, , where] of named.slice(0, 5)) {
        const id = filters.find((filter) => filter.name === name)?.id
        const [told] = await rows<{ count: string }>(
          `select count(*) as count from cases."case" where ${where} and area_path like '${cast.dispatcher.areaPath}%'`,
        )
        expect(
          body.rows.find((row) => row.id === id),
          name,
        ).toEqual({ id, count: Number(told?.count), exact: true })
      }
      const mine = await cast.dispatcher.send<{ count: number }>('GET', '/api/v1/case-count?mine=true')
      expect(body.rows.find((row) => row.id === filters.find((filter) => filter.name === '待派遣')?.id)?.count).toBe(mine.body.count)
    })

    it('count no further than they were asked to', async () => {
      const whole = await cast.dispatcher.send<{ count: number }>('GET', '/api/v1/case-count')
      expect(whole.body.count).toBeGreaterThan(4)
      expect((await cast.dispatcher.send<{ count: number }>('GET', '/api/v1/case-count?upTo=3')).body.count).toBe(4)
      expect((await cast.dispatcher.send<{ count: number }>('GET', '/api/v1/case-count?upTo=10000')).body.count).toBe(whole.body.count)
      for (const upTo of ['0', '-1', '1e3', '9999999']) expect((await cast.dispatcher.send('GET', `/api/v1/case-count?upTo=${upTo}`)).status).toBe(400)
    })
  })

  it('lists the soonest due first, page by page, each case once and none left out', async () => {
    const seen: { id: string; dueAt: string }[] = []
    let cursor = ''
    do {
      const { body, status } = await cast.acceptor.send<{ rows: { id: string; dueAt: string }[]; next: string | null }>(
        'GET',
        `/api/v1/cases?order=due&limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`,
        undefined,
        { 'linli-purpose': 'handle-case' },
      )
      expect(status).toBe(200)
      seen.push(...body.rows)
      cursor = body.next ?? ''
    } while (cursor !== '')
    const told = await rows<{ id: string }>(
      `select id from cases."case" where due_at is not null and state not in ('closed', 'evaluated', 'voided') and area_path like '${cast.acceptor.areaPath}%' order by due_at, id`,
    )
    expect(seen.map(({ id }) => id)).toEqual(told.map(({ id }) => id))
    expect(seen.length).toBeGreaterThan(6)
  })

  describe('the preview of a move in many cases', () => {
    const preview = (person: Player, ids: readonly string[], move?: Record<string, unknown>) =>
      person.send<Preview & Problem>('POST', '/api/v1/move-previews', { ids, ...(move ? { move } : {}) })

    it('says of each case what the engine will say, and changes nothing', async () => {
      const [filed, reported, ended] = [await caseIn(server, cast, 'filed'), await caseIn(server, cast, 'reported'), await caseIn(server, cast, 'voided')]
      const ids = [filed.id, reported.id, ended.id, randomUUID()]
      const before = await rows('select count(*) as lines from cases.entry')
      const { body, status } = await preview(cast.dispatcher, ids, { move: 'dispatch', note: '请尽快' })
      expect(status).toBe(200)
      expect(body.rows.map(({ go, why }) => [go, why])).toEqual([
        [true, null],
        [false, 'CASES_MOVE_NOT_ALLOWED'],
        [false, 'CASES_MOVE_NOT_ALLOWED'],
        [false, 'NOT_FOUND'],
      ])
      expect(body.moves.find(({ move }) => move === 'dispatch')).toMatchObject({ go: 1 })
      expect(await rows('select count(*) as lines from cases.entry')).toEqual(before)
      for (const [index, row] of body.rows.slice(0, 3).entries()) {
        const made = await sendMove(cast.dispatcher, ids[index] ?? '', row.seq, { move: 'dispatch', note: '请尽快' })
        expect(made.status === 200, row.number).toBe(row.go)
        if (!row.go) expect(made.body['code']).toBe(row.why)
      }
    })

    it('names what a move lacks', async () => {
      const { id } = await caseIn(server, cast, 'checked')
      const { body } = await preview(cast.closer, [id], { move: 'close' })
      expect(body.rows[0]).toMatchObject({ go: false, why: 'CASES_INPUT_MISSING' })
      expect(body.rows[0]?.missing.map(({ pointer }) => pointer).toSorted()).toEqual(['/body/closingConditionMet', '/body/publicReply'])
    })

    it('tells nothing of a case that one may not see, and takes a hundred at most', async () => {
      const { id } = await caseIn(server, cast, 'reported')
      expect((await preview(elsewhere, [id])).body).toEqual({
        moves: [],
        rows: [{ id, number: '', seq: 0, state: '', go: false, why: 'NOT_FOUND', missing: [] }],
      })
      expect((await preview(cast.acceptor, [])).status).toBe(400)
      expect((await preview(cast.acceptor, [id, id])).status).toBe(400)
      expect(
        (
          await preview(
            cast.acceptor,
            Array.from({ length: 101 }, () => randomUUID()),
          )
        ).status,
      ).toBe(400)
      expect((await preview(cast.acceptor, ['x'])).status).toBe(400)
    })

    it('is followed by moves that are made once each, however often they are sent', async () => {
      const opened = await Promise.all(Array.from({ length: 5 }, () => caseIn(server, cast, 'filed')))
      const { body } = await preview(
        cast.dispatcher,
        opened.map(({ id }) => id),
        { move: 'dispatch' },
      )
      const batch = randomUUID()
      const send = (row: Preview['rows'][number]) =>
        cast.dispatcher.send<{ seq: number }>(
          'POST',
          `/api/v1/cases/${row.id}/moves`,
          { move: 'dispatch' },
          { 'if-match': String(row.seq), 'idempotency-key': `${batch}:${row.id}:${row.seq}` },
        )
      const answers = await Promise.all(body.rows.flatMap((row) => [send(row), send(row), send(row)]))
      expect(answers.every(({ status }) => status === 200)).toBe(true)
      for (const { id } of opened) expect(await rows(`select seq from cases.entry where case_id = $1 and move = 'dispatch'`, [id])).toHaveLength(1)
    })
  })

  describe('alerts', () => {
    it('say what is new since one last looked, and a look leaves a receipt that colleagues see on the case', async () => {
      const { id } = await caseIn(server, cast, 'filed')
      const before = await alerts(cast.dispatcher)
      const shownNow = ({ fresh, soon, late }: Alerts) => [...fresh, ...soon, ...late]
      expect(shownNow(before).find(({ caseId }) => caseId === id)?.fresh).toBe(true)
      expect(before.counts.fresh).toBe(shownNow(before).filter(({ fresh }) => fresh).length)
      const shown = shownNow(before).map((row) => ({ id: row.caseId, seq: row.seq }))
      const seen = await cast.dispatcher.send<{ receipts: number }>('POST', '/api/v1/alerts/seen', { asOf: before.asOf, cases: shown })
      expect(seen.status).toBe(200)
      expect(seen.body.receipts).toBe(shown.length)
      expect((await cast.dispatcher.send<{ receipts: number }>('POST', '/api/v1/alerts/seen', { asOf: before.asOf, cases: shown })).body.receipts).toBe(0)
      expect((await alerts(cast.dispatcher)).counts.fresh).toBe(0)
      const attended = await cast.acceptor.send<Attended>('POST', `/api/v1/cases/${id}/presence`, { here: true, screen: randomUUID() })
      expect(attended.body.seen).toHaveLength(1)
      const next = await caseIn(server, cast, 'filed')
      const after = await alerts(cast.dispatcher)
      expect(
        shownNow(after)
          .filter(({ fresh }) => fresh)
          .map(({ caseId }) => caseId),
      ).toEqual([next.id])
    })

    it('hold nobody’s words, and nothing of other units', async () => {
      await caseIn(server, cast, 'filed')
      expect(JSON.stringify(await alerts(cast.dispatcher))).not.toContain('行人危险')
      const theirs = await alerts(elsewhere)
      expect(theirs.counts).toMatchObject({ fresh: 0, soon: 0, late: 0 })
    })

    it('take no receipt for what has not been shown yet, nor for cases out of sight', async () => {
      const { id } = await caseIn(server, cast, 'filed')
      const later = new Date(server.runtime.now() + HOUR).toISOString()
      expect((await cast.dispatcher.send<Problem>('POST', '/api/v1/alerts/seen', { asOf: later, cases: [] })).body.code).toBe('DESK_SEEN_TOO_LATE')
      const now = new Date(server.runtime.now() - 1_000).toISOString()
      expect((await elsewhere.send<{ receipts: number }>('POST', '/api/v1/alerts/seen', { asOf: now, cases: [{ id, seq: 1 }] })).body.receipts).toBe(0)
    })

    it('keep quiet in the hours that somebody set, over midnight too', async () => {
      const set = (quiet: unknown) => cast.checker.send('PUT', '/api/v1/alert-settings', { quiet })
      expect((await set({ from: '20:00', to: '07:30' })).status).toBe(200)
      expect(await alerts(cast.checker)).toMatchObject({ quiet: { from: '20:00', to: '07:30' }, quietNow: false })
      expect((await set({ from: '09:00', to: '18:00' })).status).toBe(200)
      expect((await alerts(cast.checker)).quietNow).toBe(true)
      for (const wrong of [{ from: '24:00', to: '07:00' }, { from: '7:00', to: '8:00' }, { from: '07:00' }, 'always'])
        expect((await set(wrong)).status).toBe(400)
      expect((await set(null)).status).toBe(200)
      expect(await alerts(cast.checker)).toMatchObject({ quiet: null, quietNow: false })
    })
  })

  it('answers a post that may not read cases with 403, and nobody without a session', async () => {
    const administrator = await playerAt(server, 'security-administrator')
    for (const path of ['/api/v1/saved-filters', '/api/v1/saved-filter-counts', '/api/v1/alerts']) {
      expect((await administrator.send('GET', path)).status, path).toBe(403)
      expect((await server.send('GET', path)).status, path).toBe(401)
    }
  })

  // The clock is moved last: sessions that nobody uses end meanwhile.
  describe('as time goes by', () => {
    it('alerts name what is late and what is due soon', async () => {
      const { id } = await caseIn(server, cast, 'filed')
      const { dueAt } = (await server.detail(cast.dispatcher, id)).case
      const before = server.runtime.offsetMs
      server.runtime.moveTo(Date.parse(dueAt ?? '') - 30 * 60_000)
      expect((await alerts(cast.dispatcher)).soon.map(({ caseId }) => caseId)).toContain(id)
      server.runtime.moveTo(Date.parse(dueAt ?? '') + 60_000)
      expect((await alerts(cast.dispatcher)).late.map(({ caseId }) => caseId)).toContain(id)
      server.runtime.offsetMs = before
    })

    it('claims end after four hours of office time, and with the claimer’s session', async () => {
      const [long, short] = [await caseIn(server, cast, 'reported'), await caseIn(server, cast, 'reported')]
      await claim(cast.acceptor, long.id)
      const leaver = await playerAt(server, 'acceptor-1')
      expect((await claim(leaver, short.id)).status).toBe(200)
      expect(await claimsOf(colleague, long.id, short.id)).toHaveLength(2)
      expect((await leaver.send('DELETE', '/api/v1/session')).status).toBe(200)
      expect(await claimsOf(colleague, long.id, short.id)).toMatchObject([{ caseId: long.id }])
      const before = server.runtime.offsetMs
      server.runtime.offsetMs += 3 * HOUR
      expect(await claimsOf(await playerAt(server, 'acceptor-2'), long.id)).toHaveLength(1)
      // The lunch break does not count; a session that nobody uses keeps its claim until it ends.
      server.runtime.offsetMs += 4 * HOUR
      expect(await claimsOf(await playerAt(server, 'acceptor-2'), long.id)).toEqual([])
      server.runtime.offsetMs = before
    })
  })
})
