import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { allEndpoints } from '@linli/contract/endpoints/all'
import { PERMISSIONS } from '@linli/contract/permissions'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caseIn, OWNER, playerAt, sendMove, standardCast, type Cast, type Player } from '../support/cast.ts'
import { countOf } from '../support/privacy.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { listen, until } from '../support/stream.ts'
import type { Problem, ReportAnswer } from '../support/world.ts'

const PURPOSE = { 'linli-purpose': 'handle-case' }
const DAY = 86_400_000
const ROOT = join(import.meta.dirname, '../../..')

/** Failures that other systems recorded, each with its source; docs/failures.md lists all of them and says which test holds which. */
describe('what went wrong elsewhere', { timeout: 60_000 }, () => {
  let server: TestServer
  let cast: Cast
  let supervisor: Player

  beforeAll(async () => {
    server = await startTestServer({ env: { LINLI_SESSION_IDLE_MINUTES: '1440', LINLI_SESSION_MAX_HOURS: '168' } })
    await signInAgain()
  })
  afterAll(() => server.stop())

  const signInAgain = async () => {
    cast = await standardCast(server)
    supervisor = await playerAt(server, 'supervisor-1')
  }
  const linesOf = (id: string) => countOf(server, 'select count(*) from cases.entry where case_id = $1', [id])
  const mineOf = async (who: Player) =>
    (await who.send<{ rows: { id: string }[] }>('GET', '/api/v1/cases?mine=true&limit=200', undefined, PURPOSE)).body.rows.map((row) => row.id)
  const close = { move: 'close', closingConditionMet: true, publicReply: '已装新井盖' }

  it('CCRS #1058: the count equals an independent recount, also on the page boundary', async () => {
    const matter = 'gbt30428-event-0113'
    const made: string[] = []
    const pagesOf = async () => {
      const pages: string[][] = []
      let next: string | null = ''
      while (next !== null) {
        const { body }: { body: { rows: { id: string }[]; next: string | null } } = await cast.acceptor.send(
          'GET',
          `/api/v1/cases?matter=${matter}${next === '' ? '' : `&cursor=${next}`}`,
          undefined,
          PURPOSE,
        )
        pages.push(body.rows.map((row) => row.id))
        next = body.next
      }
      return pages
    }
    for (const [size, pages] of [
      [0, 1],
      [19, 1],
      [20, 1],
      [21, 2],
      [40, 2],
      [41, 3],
    ] as const) {
      while (made.length < size) made.push((await server.report({ matter, conditionRow: 1, text: `第${made.length}件沿街晾挂` })).case.id)
      const { body } = await cast.acceptor.send<{ count: number }>('GET', `/api/v1/case-count?matter=${matter}`)
      expect(body.count, `${size}`).toBe(size)
      const shown = await pagesOf()
      expect(shown.flat(), `${size}`).toEqual(made.toReversed())
      expect(shown).toHaveLength(pages)
    }
  })

  it('CCRS #1462: today begins at midnight of the city, not 24 hours ago', async () => {
    const today = new Date(server.runtime.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    const midnight = Date.parse(`${today}T00:00:00+08:00`) + DAY
    const [evening, morning] = [midnight - 60_000, midnight + 60_000]
    const at = async (ms: number) => {
      server.runtime.moveTo(ms)
      return (await server.report({ text: '日界线上的井盖' })).case
    }
    try {
      const [before, after] = [await at(evening), await at(morning)]
      const from = new Date(midnight).toISOString()
      const { body } = await cast.acceptor.send<{ rows: { id: string }[] }>('GET', `/api/v1/cases?from=${from}&limit=200`, undefined, PURPOSE)
      expect(body.rows.map((row) => row.id)).toEqual([after.id])
      expect((await cast.acceptor.send<{ count: number }>('GET', `/api/v1/case-count?from=${from}`)).body.count).toBe(1)
      const figures = await cast.acceptor.send<{ total: { denominator: number }[] }>(
        'GET',
        `/api/v1/indicators?by=area&from=${from}&to=${new Date(midnight + DAY).toISOString()}`,
      )
      expect(figures.body.total[0]?.denominator).toBe(1)
      expect([before.number.split('-')[1], after.number.split('-')[1]]).toEqual(
        [today, new Date(midnight + 8 * 3_600_000).toISOString().slice(0, 10)].map((day) => day.replaceAll('-', '')),
      )
    } finally {
      server.runtime.offsetMs = 0
    }
  })

  it('CCRS docs/reopen-window.md: the page and the engine agree to the second on how long a reporter may answer, and no direct call gets round it', async () => {
    const [one, other] = [await caseIn(server, cast, 'closed'), await caseIn(server, cast, 'closed')]
    const page = async (receipt: string) => (await server.send<{ answerUntil: string | null; mayReopen: boolean }>('GET', `/api/v1/reports/${receipt}`)).body
    const answer = (receipt: string, fixed: boolean) =>
      server.send<Problem & { reopened: boolean }>(
        'POST',
        `/api/v1/reports/${receipt}/answer`,
        { fixed, rating: 'dissatisfied' },
        { 'idempotency-key': randomUUID() },
      )
    const ends = async (receipt: string) => Date.parse((await page(receipt)).answerUntil ?? '')
    const goTo = (ms: number) => {
      server.runtime.moveTo(ms)
    }
    try {
      const [endOfOne, endOfOther] = [await ends(one.receipt), await ends(other.receipt)]
      goTo(endOfOther + 2_000)
      expect((await page(other.receipt)).answerUntil).toBeNull()
      expect(await answer(other.receipt, false)).toMatchObject({ status: 403, body: { code: 'CASES_WINDOW_OVER' } })
      expect(await answer(other.receipt, true)).toMatchObject({ status: 403, body: { code: 'CASES_WINDOW_OVER' } })
      goTo(endOfOne - 3_000)
      expect((await page(one.receipt)).answerUntil).not.toBeNull()
      expect(await answer(one.receipt, false)).toMatchObject({ status: 200, body: { reopened: true } })
      // Nobody of the staff speaks for the reporter, before or after.
      await signInAgain()
      for (const who of [cast.manager, cast.acceptor, supervisor])
        for (const move of ['not-fixed', 'rate']) expect((await server.move(who, other.id, move)).body, move).toMatchObject({ code: 'CASES_PARTY_NOT_ALLOWED' })
    } finally {
      server.runtime.offsetMs = 0
      await signInAgain()
    }
  })

  it('CCRS docs/reopen-window.md: the page says when a “no” reopens no more, and then it does not', async () => {
    const { id, receipt } = await caseIn(server, cast, 'closed')
    for (let time = 1; time <= 3; time += 1) {
      const { body: page } = await server.send<{ mayReopen: boolean }>('GET', `/api/v1/reports/${receipt}`)
      expect(page.mayReopen, `time ${time}`).toBe(time <= 2)
      const said = await server.send<{ reopened: boolean; state: string }>(
        'POST',
        `/api/v1/reports/${receipt}/answer`,
        { fixed: false, rating: 'dissatisfied' },
        { 'idempotency-key': randomUUID() },
      )
      expect(said.body, `time ${time}`).toMatchObject({ reopened: time <= 2, state: time <= 2 ? 'dispatched' : 'closed' })
      if (time > 2) continue
      const players = [cast.manager, cast.handler, cast.checker, cast.closer]
      for (const [index, step] of ['accept', 'handle', 'check', 'close'].entries()) {
        const who = players[index] ?? cast.closer
        const proof = ['handle', 'check'].includes(step) ? { evidence: [await server.photo(who)], note: '再次修复' } : step === 'close' ? close : {}
        expect((await server.move(who, id, step, { ...proof, move: step })).status, step).toBe(200)
      }
    }
  })

  it('signals PR #1120: place and category changed in one command: one event, routed once', async () => {
    const { rows: spots } = await server.running.platform.pool.query<{ lon: number; lat: number }>(
      `select lon, lat from places.area where grid_kind = 'single' and path like '990100.990103.%' order by code limit 1`,
    )
    const position = { lon: spots[0]?.lon, lat: spots[0]?.lat, crs: 'wgs84' }
    const { case: opened } = await server.report({ matter: 'gbt30428-event-0107', conditionRow: 1 })
    const [lines, events, audits] = [
      () => linesOf(opened.id),
      () => countOf(server, 'select count(*) from platform.outbox where case_id = $1', [opened.id]),
      () => countOf(server, `select count(*) from platform.audit where object_id = $1`, [opened.id]),
    ]
    const before = await Promise.all([lines(), events(), audits()])
    const stream = await listen(server, cast.acceptor)
    expect((await sendMove(cast.acceptor, opened.id, 1, { move: 'file', matter: 'gbt30428-component-0101', conditionRow: 1, position })).status).toBe(200)
    expect(await Promise.all([lines(), events(), audits()])).toEqual(before.map((count) => count + 1))
    await until(() => stream.heard.some((event) => event.data['id'] === opened.id && event.data['move'] === 'file'), 'the event')
    await sleep(300)
    expect(stream.heard.filter((event) => event.data['id'] === opened.id && event.data['move'] !== 'report').map((event) => event.data['move'])).toEqual([
      'file',
    ])
    stream.close()
    const filed = await server.detail(cast.dispatcher, opened.id)
    expect(filed.case).toMatchObject({ matterKey: 'gbt30428-component-0101', areaPath: expect.stringContaining('990100.990103.') as string })
    expect(filed.advice?.owner).toBe('water-990103')
    // What the page advises is what a dispatch without a choice does: by the new place and the new matter.
    await sendMove(cast.dispatcher, opened.id, 2, { move: 'dispatch' })
    expect((await server.detail(cast.dispatcher, opened.id)).case.owner).toBe('water-990103')
  })

  it('signals PR #1120: a case that is moved after filing is dispatched by its new place', async () => {
    const { rows: spots } = await server.running.platform.pool.query<{ lon: number; lat: number }>(
      `select lon, lat from places.area where grid_kind = 'single' and path like '990100.990103.%' order by code limit 1`,
    )
    const { id } = await caseIn(server, cast, 'filed')
    expect((await server.move(cast.acceptor, id, 'place', { position: { lon: spots[0]?.lon, lat: spots[0]?.lat, crs: 'wgs84' } })).status).toBe(200)
    const placed = await server.detail(cast.dispatcher, id)
    expect((await server.move(cast.dispatcher, id, 'dispatch')).status).toBe(200)
    expect([placed.advice?.owner, (await server.detail(cast.dispatcher, id)).case.owner]).toEqual(['water-990103', 'water-990103'])
  })

  it('fixmystreet #897 #29: a reopened case lands in a named person’s list', async () => {
    const byReporter = await caseIn(server, cast, 'closed')
    await server.send('POST', `/api/v1/reports/${byReporter.receipt}/answer`, { fixed: false, rating: 'dissatisfied' }, { 'idempotency-key': randomUUID() })
    const bySupervisor = await caseIn(server, cast, 'evaluated')
    expect((await server.move(supervisor, bySupervisor.id, 'reopen', { reasonCode: 'came-back' })).status).toBe(200)
    const { rows: posts } = await server.running.platform.pool.query<{ code: string; unit: string; permissions: string[] }>(
      `select distinct on (unit_code, post.roles) post.code, unit_code as unit, array(select unnest(permissions) from identity.role where name = any(post.roles)) as permissions
       from identity.post join identity.holding on post_id = post.id where unit_code in ($1, 'command') order by unit_code, post.roles`,
      [OWNER],
    )
    for (const [id, permission, unit] of [
      [byReporter.id, 'cases.accept', OWNER],
      [bySupervisor.id, 'cases.dispatch', 'command'],
    ] as const) {
      const next = (await server.detail(supervisor, id)).next
      expect(next.map((who) => who.permission)).toContain(permission)
      const able = posts.filter((post) => post.unit === unit && post.permissions.includes(permission))
      expect(able.length).toBeGreaterThan(0)
      for (const post of able) expect(await mineOf(await playerAt(server, post.code)), post.code).toContain(id)
    }
  })

  it('opencrvs #7477, ushahidi #1520 #3085: the same message 600 times is one case, one event and one answer', async () => {
    const count = () =>
      countOf(server, `select (select count(*) from cases.entry) + (select count(*) from intake.report) + (select count(*) from platform.outbox) as count`)
    const before = await count()
    const body = { channel: 'web', text: '同一条消息', matter: 'gbt30428-component-0101', conditionRow: 1, position: { ...server.point(), crs: 'wgs84' } }
    const receipts = new Set<string>()
    const key = randomUUID()
    for (let batch = 0; batch < 20; batch += 1) {
      const answers = await Promise.all(
        Array.from({ length: 30 }, () => server.send<ReportAnswer>('POST', '/api/v1/reports', body, { 'idempotency-key': key })),
      )
      for (const answer of answers) receipts.add(`${answer.status} ${answer.body.receipt} ${answer.body.case.number}`)
    }
    expect(receipts.size).toBe(1)
    expect(await count()).toBe(before + 3)
  }, 60_000)

  it('ckan CHANGELOG 2.11.5: no SQL text crosses the API: not as a field, not as a value', async () => {
    const { pool } = server.running.platform
    await pool.query(`insert into identity.role (name, permissions) values ('everything', $1)`, [[...PERMISSIONS]])
    await pool.query(`update identity.post set roles = '{everything}' where code = 'supervisor-2'`)
    const all = await playerAt(server, 'supervisor-2')
    const tables = () => countOf(server, `select count(*) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`)
    const [before, cases] = [await tables(), await countOf(server, 'select count(*) from cases."case"')]
    const fragments = [
      `' or '1'='1`,
      `'; drop table cases.entry cascade; --`,
      `1) union select password_hash from identity.person --`,
      `\\'; select pg_sleep(9); --`,
      '$1',
    ]
    for (const endpoint of allEndpoints.filter((one) => one.method === 'GET' && one.id !== 'platform.stream')) {
      const query = Object.keys((endpoint.query as { properties?: object } | undefined)?.properties ?? {})
      const inPath = [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')
      expect(
        [...query, ...inPath].filter((name) => /sql|where|having|orderby|expression/i.test(name)),
        endpoint.id,
      ).toEqual([])
      const asked = fragments.flatMap((fragment) => {
        const text = encodeURIComponent(fragment)
        const path = inPath.reduce((url, name) => url.replace(`:${name}`, text), endpoint.path)
        return [...query.map((name) => `${endpoint.path.replaceAll(/:\w+/g, randomUUID())}?${name}=${text}`), ...(inPath.length > 0 ? [path] : [])]
      })
      for (const url of asked) {
        const answer = await all.send<unknown>('GET', url, undefined, { 'linli-purpose': endpoint.purposes[0] ?? '' })
        const text = JSON.stringify(answer.body)
        expect(answer.status, `${url} ${text.slice(0, 200)}`).toBeLessThan(500)
        expect(text, url).not.toMatch(/syntax error|pg_catalog|unterminated|scrypt|at character/i)
      }
    }
    for (const fragment of fragments) {
      for (const name of ['q', 'state', 'owner', 'matter', 'area']) {
        const { status, body } = await all.send<{ count?: number }>('GET', `/api/v1/case-count?${name}=${encodeURIComponent(fragment)}`)
        expect([status, body.count], `${name} ${fragment}`).toEqual(fragment.length > 40 && ['owner', 'area'].includes(name) ? [400, undefined] : [200, 0])
      }
      const { case: said } = await server.report({ text: fragment, title: fragment, address: fragment })
      expect((await server.detail(cast.acceptor, said.id)).said).toMatchObject({ text: fragment, address: fragment })
    }
    expect([await tables(), await countOf(server, 'select count(*) from cases."case"')]).toEqual([before, cases + fragments.length])
  }, 90_000)

  it('docs/failures.md names for every line a test that is there, or the issue that brings it', () => {
    const lines = readFileSync(join(ROOT, 'docs/failures.md'), 'utf8').split('\n')
    const held = lines.filter((line) => line.startsWith('| ') && !line.startsWith('| what went wrong') && !line.startsWith('| ---'))
    expect(held.length).toBeGreaterThan(28)
    for (const line of held) {
      const tests = [...line.matchAll(/`([\w./-]+\.test\.ts)`: “([^”]+)”/g)]
      expect(tests.length > 0 || line.includes('not yet'), line).toBe(true)
      for (const [, file = '', title = ''] of tests) {
        expect(existsSync(join(ROOT, file)), file).toBe(true)
        expect(readFileSync(join(ROOT, file), 'utf8').includes(title), `${file}: ${title}`).toBe(true)
      }
    }
  })
})
