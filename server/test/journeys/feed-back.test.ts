import type { AnswerOf } from '@linli/contract/endpoint'
import type { feedBack } from '@linli/contract/endpoints/feed-back'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caseIn, playerAt, standardCast, type Player } from '../support/cast.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { Problem } from '../support/world.ts'

type Answer = AnswerOf<typeof feedBack.getSet>
type Register = AnswerOf<typeof feedBack.register>

const STREET = '990102002000'
const DISTRICT = '990102'

describe('A79 数据反哺: data go back to those who collected them', () => {
  let server: TestServer
  let leader: Player
  let month: string
  const get = async (set: string, area: string, as: Player = leader) =>
    (await as.send<Answer>('GET', `/api/v1/feed-back/${set}?area=${area}&period=${month}`)).body
  const column = (answer: Answer, field: string) => {
    const at = answer.fields.findIndex((each) => each.field === field)
    return answer.rows.map((row) => row[at])
  }
  const sum = (values: readonly unknown[]) => values.reduce<number>((total, value) => total + Number(value), 0)

  beforeAll(async () => {
    server = await startTestServer()
    leader = await playerAt(server, `municipal-${DISTRICT}-manager`)
    month = new Date(server.runtime.now() + 8 * 3_600_000).toISOString().slice(0, 7)
    const cast = await standardCast(server)
    for (const state of ['reported', 'filed', 'closed']) await caseIn(server, cast, state)
    await server.report({ matter: 'gbt30428-component-0137', conditionRow: 1, text: '路灯不亮' })
    const administrator = await server.signIn('xieqingye')
    await administrator.send('POST', '/api/v1/components/import', {
      crs: 'wgs84',
      rows: [{ scheme: 'cjt214', typeCode: '0137', name: '路灯', ...server.point() }],
    })
  })
  afterAll(() => server.stop())

  it('keeps a register of what there is, with fields in both languages and until when it stands', async () => {
    const { body } = await leader.send<Register>('GET', '/api/v1/feed-back')
    expect(body.rows.map((row) => row.set)).toEqual(['cases', 'matters', 'duties', 'components'])
    for (const row of body.rows) for (const field of row.fields) for (const words of [field.zh, field.en]) expect(words).not.toBe('')
    expect(body.rows.find((row) => row.set === 'cases')?.refreshedAt).not.toBeNull()
    expect(body.rows.find((row) => row.set === 'duties')?.refreshedAt).toBeNull()
  })

  it('counts cases by area and by matter alike, as the indicators do', async () => {
    const [areas, matters] = [await get('cases', DISTRICT), await get('matters', DISTRICT)]
    for (const field of ['received', 'filed', 'handled', 'closed', 'closedOnTime', 'toClose', 'open'])
      expect(sum(column(areas, field)), field).toBe(sum(column(matters, field)))
    const from = `${month}-01T00:00:00+08:00`
    const to = new Date(server.runtime.now() + 60_000).toISOString()
    const { body } = await leader.send<{ total: { indicator: string; numerator: number; denominator: number }[] }>(
      'GET',
      `/api/v1/indicators?by=area&parent=${DISTRICT}&from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`,
    )
    const rate = (name: string) => body.total.find((each) => each.indicator === name)
    expect(sum(column(areas, 'received'))).toBe(rate('filed')?.denominator)
    expect(sum(column(areas, 'closedOnTime'))).toBe(rate('closedOnTime')?.numerator)
    expect(sum(column(areas, 'toClose'))).toBe(rate('closedOnTime')?.denominator)
    expect(column(matters, 'matterKey')).toContain('gbt30428-component-0137')
    expect(areas.asOf).toMatch(/^\d{4}-/)
  })

  it('gives duties with their denominators and components by type, for a street as for a community', async () => {
    const duties = await get('duties', STREET)
    expect(column(duties, 'areaCode').length).toBeGreaterThan(0)
    expect(sum(column(duties, 'due'))).toBeGreaterThan(0)
    expect(column(duties, 'onTimeShare').every((share) => share === 0 || share === null)).toBe(true)
    const components = await get('components', DISTRICT)
    expect(components.rows).toEqual([['cjt214', '0137', 'intact', 1]])
    const community = String(column(duties, 'areaCode')[0])
    expect((await get('duties', community)).rows.length).toBeGreaterThan(0)
  })

  it('comes as a table too, which names what it is and holds nobody’s data', async () => {
    const { body, headers } = await leader.send<string>('GET', `/api/v1/feed-back/matters/table?area=${DISTRICT}&period=${month}`)
    expect(headers.get('content-type')).toContain('text/csv')
    const [head = '', titles = '', ...rows] = body.trimEnd().split('\r\n')
    expect(head).toContain(`matters,${DISTRICT}`)
    expect(titles).toContain('事项编码')
    expect(rows).toHaveLength((await get('matters', DISTRICT)).rows.length)
    expect(body).not.toMatch(/路灯不亮|井盖缺失、|1[3-9]\d{9}/)
  })

  it.each([
    ['another district', 'cases?area=990103&period=2026-01', 404],
    ['the whole city', 'cases?area=990100&period=2026-01', 404],
    ['an unknown area', 'cases?area=moon&period=2026-01', 404],
    ['an unknown set', 'persons?area=990102&period=2026-01', 400],
    ['a month that is none', 'cases?area=990102&period=2026-13', 400],
    ['no month', 'cases?area=990102', 400],
  ])('refuses %s', async (_what, path, status) => {
    expect((await leader.send<Problem>('GET', `/api/v1/feed-back/${path}`)).status).toBe(status)
  })

  it('asks for the permission', async () => {
    const handler = await playerAt(server, `municipal-${DISTRICT}-handler`)
    expect((await handler.send('GET', '/api/v1/feed-back')).status).toBe(403)
    expect((await server.send('GET', `/api/v1/feed-back/cases?area=${DISTRICT}&period=${month}`)).status).toBe(401)
  })
})
