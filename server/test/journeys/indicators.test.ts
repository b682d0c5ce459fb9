import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { busyRun } from '../support/busy.ts'
import { caseIn, OWNER, playerAt, standardCast, type Player } from '../support/cast.ts'
import { recount, tellCases, type Figure, type Told } from '../support/recount.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

interface Rate extends Figure {
  readonly value: number | null
}
interface Answer {
  readonly total: Rate[]
  readonly rows: { code: string; name: string; rates: Rate[] }[]
  readonly open: number
  readonly overdue: number
  readonly definitions: { indicator: string; zh: string; en: string; formulaZh: string; formulaEn: string }[]
}

const DAY = 86_400_000
const bare = (rates: readonly Rate[]): Figure[] => rates.map(({ indicator, numerator, denominator }) => ({ indicator, numerator, denominator }))

describe('A64 A72 the figures', () => {
  let server: TestServer
  let told: Told[]
  let acceptor: Player
  let period: { from: string; to: string }

  beforeAll(async () => {
    server = await startTestServer({ env: { LINLI_SESSION_IDLE_MINUTES: '1440', LINLI_SESSION_MAX_HOURS: '168' } })
    await busyRun(server, { seed: 7, cases: 40, moves: 900 })
    const cast = await standardCast(server)
    for (const state of ['closed', 'evaluated', 'voided', 'handled']) await caseIn(server, cast, state)
    acceptor = cast.acceptor
    told = await tellCases(server)
    const now = server.runtime.now()
    period = { from: new Date(now - 30 * DAY).toISOString(), to: new Date(now + DAY).toISOString() }
  }, 90_000)
  afterAll(() => server.stop())

  const figures = async (player: Player, query: Record<string, string>) => {
    const { status, body } = await player.send<Answer>('GET', `/api/v1/indicators?${new URLSearchParams({ ...period, ...query }).toString()}`)
    expect(status).toBe(200)
    return body
  }
  const listed = async (player: Player, query: Record<string, string>) => {
    const asked = new URLSearchParams({ ...period, ...query }).toString()
    const { body } = await player.send<{ rows: { id: string }[] }>('GET', `/api/v1/cases?limit=200&${asked}`, undefined, { 'linli-purpose': 'supervise' })
    return { rows: body.rows, count: (await player.send<{ count: number }>('GET', `/api/v1/case-count?${asked}`)).body.count }
  }
  const below = (path: string) => (one: Told) => one.areaPath === path || one.areaPath.startsWith(`${path}.`)

  it('rest on a run in which every figure says something', () => {
    for (const { indicator, numerator, denominator } of recount(told)) {
      expect(numerator, indicator).toBeGreaterThan(0)
      expect(denominator, indicator).toBeGreaterThan(numerator)
    }
    expect(told.some((one) => one.handled && !one.handledOnTime)).toBe(true)
    expect(told.some((one) => one.closed && !one.closedOnTime)).toBe(true)
  })

  it('equal a recount from the ledger, for the city and every district', async () => {
    const answer = await figures(acceptor, { by: 'area' })
    expect(bare(answer.total)).toEqual(recount(told))
    expect(answer.rows.map((row) => row.code)).toEqual(['990101', '990102', '990103'])
    for (const row of answer.rows) expect(bare(row.rates), row.code).toEqual(recount(told.filter(below(`990100.${row.code}`))))
    const { rows } = await server.running.platform.pool.query<{ open: string; overdue: string }>(
      `select count(*) filter (where state not in ('closed', 'evaluated', 'voided')) as open, count(*) filter (where overdue) as overdue from cases."case"`,
    )
    expect({ open: answer.open, overdue: answer.overdue }).toEqual({ open: Number(rows[0]?.open), overdue: Number(rows[0]?.overdue) })
  })

  it('equal a recount for every street, community and grid below, and add up', async () => {
    const walk = async (parent: string, path: string, depth: number): Promise<void> => {
      const answer = await figures(acceptor, { by: 'area', parent })
      expect(bare(answer.total), parent).toEqual(recount(told.filter(below(path))))
      for (const row of answer.rows) {
        const inside = told.filter(below(`${path}.${row.code}`))
        expect(bare(row.rates), row.code).toEqual(recount(inside))
        if (inside.length > 0 && depth < 3) await walk(row.code, `${path}.${row.code}`, depth + 1)
      }
      const placed = told.filter(below(path)).filter((one) => one.areaPath !== path)
      for (const [index, rate] of answer.total.entries())
        expect(
          answer.rows.reduce((sum, row) => sum + (row.rates[index]?.denominator ?? 0), 0),
          rate.indicator,
        ).toBe(recount(placed)[index]?.denominator)
    }
    for (const district of ['990101', '990102', '990103']) await walk(district, `990100.${district}`, 1)
  })

  it('equal a recount for every unit that owns something', async () => {
    const answer = await figures(acceptor, { by: 'unit' })
    const units = [...new Set(told.flatMap((one) => one.owner ?? []))].toSorted()
    expect(units.length).toBeGreaterThan(2)
    expect(answer.rows.map((row) => row.code)).toEqual(units)
    for (const row of answer.rows) expect(bare(row.rates), row.code).toEqual(recount(told.filter((one) => one.owner === row.code)))
    expect(bare(answer.total)).toEqual(recount(told))
  })

  it('open exactly the cases that they count, numerator and denominator, by area and by unit', async () => {
    const areas = await figures(acceptor, { by: 'area' })
    const units = await figures(acceptor, { by: 'unit' })
    const groups: readonly [query: Record<string, string>, rates: Rate[]][] = [
      [{}, areas.total],
      ...areas.rows.map((row) => [{ area: row.code }, row.rates] as [Record<string, string>, Rate[]]),
      ...units.rows.map((row) => [{ owner: row.code }, row.rates] as [Record<string, string>, Rate[]]),
    ]
    for (const [query, rates] of groups) {
      for (const { indicator, numerator, denominator } of rates) {
        for (const [part, wanted] of [
          ['numerator', numerator],
          ['denominator', denominator],
        ] as const) {
          const page = await listed(acceptor, { ...query, indicator, part })
          expect({ count: page.count, rows: page.rows.length }, `${JSON.stringify(query)} ${indicator} ${part}`).toEqual({ count: wanted, rows: wanted })
        }
      }
    }
    expect((await acceptor.send<{ code: string }>('GET', '/api/v1/cases?indicator=happiness', undefined, { 'linli-purpose': 'supervise' })).body.code).toBe(
      'INPUT_INVALID',
    )
  })

  it('count for each reader only what the reader may see', async () => {
    for (const post of [`${OWNER}-manager`, 'gardens-990103-manager', 'transport-manager', 'street-990101001000-manager']) {
      const player = await playerAt(server, post)
      const scope = player.areaPath.split('.').at(-1) ?? ''
      const own = await figures(player, { by: 'unit' })
      expect(bare(own.total), post).toEqual(recount(told.filter(below(player.areaPath))))
      const city = await figures(player, { by: 'unit', parent: '990100' })
      expect(bare(city.total), post).toEqual(recount(told.filter((one) => below(player.areaPath)(one) || one.involved.has(player.unit))))
      const page = await listed(player, { area: scope, indicator: 'filed', part: 'denominator' })
      expect(page.count).toBe(own.total.find((rate) => rate.indicator === 'filed')?.denominator)
    }
    expect((await (await playerAt(server, `${OWNER}-handler`)).send('GET', `/api/v1/indicators?by=area&from=${period.from}&to=${period.to}`)).status).toBe(403)
    expect((await acceptor.send<{ code: string }>('GET', `/api/v1/indicators?by=area&parent=nowhere&from=${period.from}&to=${period.to}`)).body.code).toBe(
      'NOT_FOUND',
    )
  })

  it('have a value only where there is something to divide by, and a definition in both languages', async () => {
    const answer = await figures(acceptor, { by: 'area' })
    for (const rate of [...answer.total, ...answer.rows.flatMap((row) => row.rates)])
      expect(rate.value).toBe(rate.denominator === 0 ? null : rate.numerator / rate.denominator)
    const nothing = await figures(acceptor, { by: 'area', from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' })
    for (const rate of [...nothing.total, ...nothing.rows.flatMap((row) => row.rates)])
      expect(rate).toMatchObject({ numerator: 0, denominator: 0, value: null })
    expect(nothing.rows).toHaveLength(3)
    for (const definition of answer.definitions) for (const text of Object.values(definition)) expect(text.length).toBeGreaterThan(2)
    expect(answer.definitions.map((definition) => definition.indicator)).toEqual(answer.total.map((rate) => rate.indicator))
  })

  it('begin a day at its first instant in the city’s time zone and end it before the next', async () => {
    const start = Date.parse('2025-03-01T00:00:00+08:00')
    const { rows } = await server.running.platform.pool.query<{ id: string }>('select id from cases."case" order by id limit 4')
    const moments = [start - 1, start, start + DAY - 1, start + DAY]
    for (const [index, row] of rows.entries())
      await server.running.platform.pool.query('update cases."case" set opened_at = $1 where id = $2', [new Date(moments[index] ?? 0), row.id])
    const query = { from: '2025-03-01T00:00:00+08:00', to: '2025-03-02T00:00:00+08:00' }
    expect((await figures(acceptor, { by: 'area', ...query })).total[0]).toMatchObject({ indicator: 'filed', denominator: 2 })
    expect((await listed(acceptor, query)).rows.map((row) => row.id).toSorted()).toEqual(
      rows
        .slice(1, 3)
        .map((row) => row.id)
        .toSorted(),
    )
    const offset = server.runtime.offsetMs
    for (const [moment, day] of [
      ['2027-03-01T23:59:30+08:00', '20270301'],
      ['2027-03-02T00:00:00+08:00', '20270302'],
    ] as const) {
      server.runtime.moveTo(Date.parse(moment))
      expect((await server.report()).case.number).toContain(`LL-${day}-`)
    }
    server.runtime.offsetMs = offset
  })
})
