import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caseIn, countsOf, OWNER, playerAt, sendMove, standardCast, type Cast, type Player } from '../support/cast.ts'
import { LEGAL } from '../support/legal-moves.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { listen, until } from '../support/stream.ts'

interface Row {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly areaPath: string
  readonly owner: string | null
  readonly state: string
  readonly matter: string | null
  readonly lon: number | null
  readonly overdue: boolean
  readonly blob: string | null
  readonly openedAt: Date
}
interface Listed {
  readonly rows: { id: string }[]
  readonly next: string | null
}

const PURPOSE = { 'linli-purpose': 'handle-case' }
const counted = async (player: Player, query: string) => (await player.send<{ count: number }>('GET', `/api/v1/case-count?${query}`)).body.count
const MATTERS = ['gbt30428-component-0101', 'gbt30428-component-0217', 'gbt30428-event-0107', 'gbt30428-event-0113']

describe('who sees what: people × areas × cases', () => {
  let server: TestServer
  let cast: Cast
  let players: Player[]
  let strangers: Player[]
  let everything: Row[]

  /** Every case there is, read past all rules. */
  const readAll = async () =>
    (
      await server.running.platform.pool
        .query<Row>(`select id, number, title, area_path as "areaPath", owner_unit as owner, state, matter_key as matter, lon, overdue, opened_at as "openedAt",
      (select min(blob.id::text) from platform.blob where case_id = "case".id) as blob from cases."case" order by opened_at desc, id desc`)
    ).rows
  const sees = (player: Player, row: Row) => row.areaPath === player.areaPath || row.areaPath.startsWith(`${player.areaPath}.`) || row.owner === player.unit
  const visible = (player: Player) => everything.filter((row) => sees(player, row))
  const ids = (rows: readonly { id: string }[]) => rows.map((row) => row.id).toSorted()

  beforeAll(async () => {
    server = await startTestServer()
    cast = await standardCast(server)
    await makeCases()
    const { rows: posts } = await server.running.platform.pool.query<{ code: string }>(
      'select min(post.code) as code from identity.post join identity.holding on post_id = post.id group by unit_code, area_path, roles order by 1',
    )
    const all = await Promise.all(posts.map((post) => playerAt(server, post.code)))
    players = all.filter((player) => player.permissions.has('cases.read'))
    strangers = all.filter((player) => !player.permissions.has('cases.read'))
    everything = await readAll()
  }, 120_000)
  afterAll(() => server.stop())

  /** One case in every street for several matters, some dispatched to departments from elsewhere, some ended, some that nobody could place. */
  async function makeCases(): Promise<void> {
    const { rows: spots } = await server.running.platform.pool.query<{ lon: number; lat: number }>(
      `select distinct on (split_part(path, '.', 3)) lon, lat from places.area where grid_kind = 'single' order by split_part(path, '.', 3), code`,
    )
    for (const [index, spot] of spots.entries()) {
      const photo = await server.photo()
      const { case: opened } = await server.report({
        matter: MATTERS[index % MATTERS.length],
        conditionRow: 1,
        position: { ...spot, crs: 'wgs84' },
        text: `第${index}号 100%_路面`,
        photos: [photo],
      })
      if (index % 4 === 3) continue
      await sendMove(cast.acceptor, opened.id, 1, { move: 'file', conditionRow: 1 })
      // Every second one goes to an owner in another district, who sees it for that reason alone.
      await sendMove(cast.dispatcher, opened.id, 2, { move: 'dispatch', owner: index % 2 === 0 ? OWNER : 'gardens-990103' })
    }
    for (const text of ['没有位置的上报一', '没有位置的上报二']) await server.report({ position: undefined, text })
    for (const state of ['voided', 'closed', 'evaluated']) await caseIn(server, cast, state)
    const { rows: late } = await server.running.platform.pool.query<{ id: string }>(`select id from cases."case" where state = 'dispatched' limit 2`)
    await server.running.platform.pool.query(`update cases."case" set overdue = true where id = any($1)`, [late.map((row) => row.id)])
  }

  it('has a world in which scope matters', () => {
    expect(players.length).toBeGreaterThan(45)
    expect(everything.length).toBeGreaterThan(12)
    expect(new Set(players.map((player) => visible(player).length)).size).toBeGreaterThan(4)
    // Somebody sees a case only because the own unit owns it.
    expect(players.some((player) => visible(player).some((row) => !`${row.areaPath}.`.startsWith(`${player.areaPath}.`)))).toBe(true)
  })

  it('lists, counts and pages exactly what each may see', async () => {
    for (const player of players) {
      const mine = visible(player)
      const { body } = await player.send<Listed>('GET', '/api/v1/cases?limit=200', undefined, PURPOSE)
      expect(
        body.rows.map((row) => row.id),
        player.post,
      ).toEqual(mine.map((row) => row.id))
      expect({ count: await counted(player, ''), next: body.next }).toEqual({ count: mine.length, next: null })
    }
    const paged: string[] = []
    let next: string | null = ''
    const [player] = players
    while (next !== null && player) {
      const { body }: { body: Listed } = await player.send<Listed>('GET', `/api/v1/cases?limit=2${next === '' ? '' : `&cursor=${next}`}`, undefined, PURPOSE)
      paged.push(...body.rows.map((row) => row.id))
      next = body.next
    }
    expect(paged).toEqual(player && visible(player).map((row) => row.id))
  })

  it('counts a filtered list as an independent recount does, and no filter widens the scope', async () => {
    const day = new Date(everything.at(-1)?.openedAt ?? 0).toISOString()
    const filters: readonly [query: string, keeps: (row: Row, player: Player) => boolean][] = [
      ['state=dispatched', (row) => row.state === 'dispatched'],
      ['state=closed,voided,evaluated', (row) => ['closed', 'voided', 'evaluated'].includes(row.state)],
      ['area=990101', (row) => row.areaPath.startsWith('990100.990101')],
      ['area=990102001000', (row) => row.areaPath.includes('990102001000')],
      ['area=990100', () => true],
      ['area=elsewhere', () => false],
      [`owner=${OWNER}`, (row) => row.owner === OWNER],
      ['matter=gbt30428-event-0107', (row) => row.matter === 'gbt30428-event-0107'],
      ['overdue=true', (row) => row.overdue],
      [`q=${encodeURIComponent('100%_')}`, (row) => row.title.includes('100%_')],
      [`q=${encodeURIComponent('_')}`, (row) => row.title.includes('_')],
      [`q=${encodeURIComponent("' or true --")}`, () => false],
      [`from=${day}`, () => true],
      [`to=${day}`, () => false],
      ['state=%27%20or%20true%20--', () => false],
      [
        'mine=true',
        (row, player) =>
          LEGAL.some(
            (known) =>
              known.from === row.state &&
              !['note', 'reopen', 'side'].includes(known.kind) &&
              !known.aside &&
              // None of these cases has a strand that could be turned.
              !/ [\w|]+>/.test(known.strand) &&
              known.permission !== '' &&
              player.permissions.has(known.permission) &&
              (known.party !== 'lead' || row.owner === player.unit),
          ),
      ],
    ]
    for (const player of players.filter((_, index) => index % 4 === 0 || index < 6)) {
      for (const [query, keeps] of filters) {
        const { body } = await player.send<Listed>('GET', `/api/v1/cases?limit=200&${query}`, undefined, PURPOSE)
        const wanted = visible(player).filter((row) => keeps(row, player))
        expect({ ids: ids(body.rows), count: await counted(player, query) }, `${player.post} ${query}`).toEqual({ ids: ids(wanted), count: wanted.length })
      }
    }
  })

  it('pins exactly the placed cases of each scope', async () => {
    for (const player of players) {
      const { body } = await player.send<{ rows: { id: string }[]; complete: boolean }>('GET', '/api/v1/case-pins?bbox=-180,-90,180,90')
      expect(ids(body.rows), player.post).toEqual(ids(visible(player).filter((row) => row.lon !== null)))
      expect(body.complete).toBe(true)
    }
  })

  it('answers case, ledger, photo and move of a case out of scope as if it did not exist', async () => {
    for (const player of players) {
      for (const row of everything) {
        const wanted = sees(player, row) ? 200 : 404
        const [got, entries, blob] = await Promise.all(
          ['', '/entries', `/blobs/${row.blob ?? randomUUID()}`].map((part) =>
            player.send<{ code?: string }>('GET', `/api/v1/cases/${row.id}${part}`, undefined, PURPOSE),
          ),
        )
        expect({ got: got?.status, entries: entries?.status, blob: blob?.status }, `${player.post} ${row.areaPath} ${row.owner}`).toEqual({
          got: wanted,
          entries: wanted,
          blob: row.blob === null ? 404 : wanted,
        })
      }
      const hidden = everything.find((row) => !sees(player, row))
      if (!hidden) continue
      const [denied, absent] = await Promise.all(
        [hidden.id, randomUUID()].map((id) => player.send<Record<string, unknown>>('GET', `/api/v1/cases/${id}`, undefined, PURPOSE)),
      )
      expect({ ...denied?.body, requestId: '' }).toEqual({ ...absent?.body, requestId: '' })
      const before = await countsOf(server, hidden.id)
      expect((await sendMove(player, hidden.id, 1, { move: 'note', note: 'x' })).status).toBe(404)
      expect(await countsOf(server, hidden.id)).toEqual({ ...before, audit: before.audit + 1 })
    }
  }, 90_000)

  it('gives a photo of one case to nobody by way of another', async () => {
    const [one, other] = everything.filter((row) => row.blob !== null)
    expect((await cast.acceptor.send('GET', `/api/v1/cases/${other?.id}/blobs/${one?.blob}`, undefined, PURPOSE)).status).toBe(404)
  })

  it('shows reports only below one’s area', async () => {
    const { rows: reports } = await server.running.platform.pool.query<{ id: string; areaPath: string }>(
      'select id, area_path as "areaPath" from intake.report',
    )
    for (const player of players) {
      const { body } = await player.send<{ rows: { id: string }[] }>('GET', '/api/v1/reports?limit=200', undefined, PURPOSE)
      expect(ids(body.rows), player.post).toEqual(ids(reports.filter((row) => `${row.areaPath}.`.startsWith(`${player.areaPath}.`))))
    }
  })

  it('tells each stream of the cases inside its scope and of no other, and a resumed one too', async () => {
    const streams = await Promise.all(players.map(async (player) => ({ player, stream: await listen(server, player) })))
    const supervisor = players.find((player) => player.post === 'supervisor-1') ?? cast.acceptor
    for (const row of everything) {
      const { rows } = await server.running.platform.pool.query<{ seq: number }>('select seq from cases."case" where id = $1', [row.id])
      expect((await sendMove(supervisor, row.id, rows[0]?.seq, { move: 'note', note: '内部备注' })).status).toBe(200)
    }
    const all = streams.find(({ player }) => player === supervisor)?.stream.heard ?? []
    await until(() => all.length >= everything.length, 'every note is announced')
    await new Promise((resolve) => setTimeout(resolve, 300))
    for (const { player, stream } of streams) {
      expect(ids(stream.heard.map((event) => ({ id: String(event.data['id']) }))), player.post).toEqual(ids(visible(player)))
      expect(JSON.stringify(stream.heard)).not.toContain('内部备注')
      stream.close()
    }
    const [first] = all
    for (const { player } of streams.filter((_, index) => index % 9 === 0)) {
      const resumed = await listen(server, player, { 'last-event-id': first?.id ?? '' })
      const wanted = visible(player).filter((row) => row.id !== first?.data['id'])
      await until(() => resumed.heard.length >= wanted.length, 'what was missed')
      expect(ids(resumed.heard.map((event) => ({ id: String(event.data['id']) }))), player.post).toEqual(ids(wanted))
      resumed.close()
    }
    const stale = await listen(server, supervisor, { 'last-event-id': `${randomUUID()}:1` })
    await until(() => stale.heard.length > 0, 'a resync')
    expect(stale.heard[0]?.event).toBe('resync')
    stale.close()
  }, 60_000)

  it('keeps people without the permission, and anybody without a session, out of all of it', async () => {
    expect(strangers.length).toBeGreaterThan(2)
    const paths = [
      '/api/v1/cases',
      '/api/v1/case-pins?bbox=0,0,1,1',
      `/api/v1/cases/${everything[0]?.id}`,
      `/api/v1/cases/${everything[0]?.id}/entries`,
      '/api/v1/reports',
      '/api/v1/stream',
    ]
    for (const path of paths) {
      for (const stranger of strangers)
        expect((await stranger.send<{ code: string }>('GET', path, undefined, PURPOSE)).body.code, `${stranger.post} ${path}`).toBe('PERMISSION_MISSING')
      expect((await server.send<{ code: string }>('GET', path, undefined, PURPOSE)).body.code, path).toBe('SESSION_MISSING')
      expect((await server.send<{ code: string }>('GET', path, undefined, { ...PURPOSE, authorization: `Bearer ${randomUUID()}` })).status, path).toBe(401)
    }
  })

  it('refuses what cannot be text in a query, and a page of another site, by name', async () => {
    for (const query of ['q=%00', 'state=a%00', 'area=%00', 'owner=%00', 'matter=%00'])
      expect((await cast.acceptor.send<{ code: string }>('GET', `/api/v1/cases?${query}`, undefined, PURPOSE)).body.code, query).toBe('TEXT_NOT_ALLOWED')
    for (const moment of ['2026-02-30T00:00:00Z', '2016-12-31T23:59:60Z', 'yesterday'])
      expect((await cast.acceptor.send<{ code: string }>('GET', `/api/v1/cases?from=${moment}`, undefined, PURPOSE)).body.code, moment).toBe('INPUT_INVALID')
    for (const origin of ['https://elsewhere.example', 'null', 'nonsense']) {
      const answer = await server.send<{ code: string }>('POST', '/api/v1/session', { login: 'x', password: 'y' }, { origin })
      expect({ status: answer.status, code: answer.body.code }, origin).toEqual({ status: 403, code: 'ORIGIN_NOT_ALLOWED' })
    }
  })
})
