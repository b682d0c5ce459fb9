import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toWgs84 } from '@linli/lib/geo/crs'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { Person, Problem } from '../support/world.ts'

interface Component {
  code: string
  typeCode: string
  name: string
  state: string
  ownerUnit: string | null
  position: { lon: number; lat: number }
  areaCode: string | null
  version: number
}
interface Page {
  rows: Component[]
  next: string | null
}
interface Counted {
  added: number
  changed: number
  unchanged: number
}

describe('A76 the city’s components', () => {
  let server: TestServer
  let administrator: Person
  const at = (index: number) => server.point(index)
  const lamp = (index: number, more: Record<string, unknown> = {}) => ({
    scheme: 'cjt214',
    typeCode: '0137',
    name: `路灯${index}`,
    ...at(0),
    lon: at(0).lon + index * 1e-5,
    ...more,
  })
  const send = <T>(rows: unknown[], crs = 'wgs84') => administrator.send<T>('POST', '/api/v1/components/import', { crs, rows })
  const gridAt = async (position: { lon: number; lat: number } | undefined) =>
    (await server.send<{ basic: { code: string } }>('GET', `/api/v1/locate?lon=${position?.lon}&lat=${position?.lat}`)).body.basic.code
  const list = async (query: string) => (await administrator.send<Page>('GET', `/api/v1/components?${query}`)).body

  beforeAll(async () => {
    server = await startTestServer()
    administrator = await server.signIn('xieqingye')
  })
  afterAll(() => server.stop())

  it('get codes of 16 digits by division, type and serial where they bring none, and their grid', async () => {
    expect((await send<Counted>([lamp(1), lamp(2), lamp(3, { typeCode: '0101', name: '井盖' })])).body).toEqual({ added: 3, changed: 0, unchanged: 0 })
    const lamps = (await list('typeCode=0137')).rows
    expect(lamps.map((row) => row.code)).toEqual(['9901020137000001', '9901020137000002'])
    expect((await list('typeCode=0101')).rows.map((row) => row.code)).toEqual(['9901020101000001'])
    expect(lamps[0]?.areaCode).toBe(await gridAt(lamps[0]?.position))
  })

  it('keep their version where nothing changed, and get the next where something did', async () => {
    const [first] = (await list('typeCode=0137')).rows
    const row = { ...lamp(1), code: first?.code }
    expect((await send<Counted>([row])).body).toEqual({ added: 0, changed: 0, unchanged: 1 })
    expect((await send<Counted>([{ ...row, state: 'damaged', ownerUnit: 'municipal-990102' }])).body).toEqual({ added: 0, changed: 1, unchanged: 0 })
    expect((await list('typeCode=0137')).rows[0]).toMatchObject({ code: first?.code, state: 'damaged', ownerUnit: 'municipal-990102', version: 2 })
  })

  it('are read in their own coordinates and kept in WGS84', async () => {
    const given = at(0)
    expect((await send<Counted>([{ scheme: 'cjt214', typeCode: '0210', name: '路牌', ...given }], 'gcj02')).status).toBe(200)
    const [kept] = (await list('typeCode=0210')).rows
    const [lon, lat] = toWgs84(given.lon, given.lat, 'gcj02')
    expect(kept?.position.lon).toBeCloseTo(lon, 9)
    expect(kept?.position.lat).toBeCloseTo(lat, 9)
    expect(kept?.position.lon).not.toBeCloseTo(given.lon, 4)
  })

  it.each<[string, (good: Record<string, unknown>) => Record<string, unknown>, string, RegExp]>([
    ['outside the city', (good) => ({ ...good, lon: 10, lat: 10 }), 'IMPORT_INVALID', /rows\/1/],
    ['with a type of three digits', (good) => ({ ...good, typeCode: '137' }), 'INPUT_INVALID', /rows\/1\/typeCode/],
    ['with a code of another length', (good) => ({ ...good, code: '123' }), 'INPUT_INVALID', /rows\/1\/code/],
    ['in an unknown state', (good) => ({ ...good, state: 'glowing' }), 'INPUT_INVALID', /rows\/1\/state/],
    ['with an unknown field', (good) => ({ ...good, colour: 'red' }), 'INPUT_INVALID', /rows\/1\/colour/],
  ])('of which one stands %s come in not at all', async (_what, spoil, code, pointer) => {
    const before = await list('limit=200')
    const answer = await send<Problem>([lamp(20), spoil(lamp(21))])
    expect(answer.body.code).toBe(code)
    expect(answer.body.fields.map((field) => field.pointer).join(' ')).toMatch(pointer)
    expect(await list('limit=200')).toEqual(before)
  })

  it('that name one code twice in a file come in not at all', async () => {
    const before = await list('limit=200')
    const answer = await send<Problem>([lamp(30, { code: '9901020137009999' }), lamp(31, { code: '9901020137009999' })])
    expect(answer.status).toBe(422)
    expect(answer.body).toMatchObject({ code: 'IMPORT_INVALID' })
    expect(await list('limit=200')).toEqual(before)
  })

  it('that two bring in at once get different codes, and none is written over', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `垃圾箱${index}`)
    await Promise.all(names.map((name, index) => send([lamp(40 + index, { typeCode: '0333', name })])))
    const kept = (await list('typeCode=0333')).rows
    expect(kept.map((row) => row.name).toSorted()).toEqual(names)
    expect(kept.map((row) => row.version)).toEqual(names.map(() => 1))
  })

  it('are paged by code', async () => {
    const all = (await list('limit=200')).rows.map((row) => row.code)
    const paged: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page = await list(`limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
      paged.push(...page.rows.map((row) => row.code))
      cursor = page.next
    }
    expect(paged).toEqual(all)
    expect(all).toEqual(all.toSorted())
  })

  it('give a report their place, and an unknown one is refused by its field', async () => {
    const [first] = (await list('typeCode=0137')).rows
    const reporter = await server.demoPerson('report')
    const report = await server.report({ position: undefined, component: first?.code }, reporter)
    const acceptor = await server.demoPerson('file')
    expect((await server.detail(acceptor, report.case.id)).case.position).toEqual(first?.position)
    const answer = await reporter.send<Problem>(
      'POST',
      '/api/v1/reports',
      { channel: 'field', text: '路灯不亮了', component: '0000000000000000' },
      { 'idempotency-key': 'no-such-component' },
    )
    expect(answer.body).toMatchObject({ code: 'COMPONENT_UNKNOWN', fields: [{ pointer: '/body/component' }] })
  })

  it('may be changed by the administrator alone', async () => {
    const acceptor = await server.demoPerson('file')
    expect((await acceptor.send<Problem>('POST', '/api/v1/components/import', { crs: 'wgs84', rows: [] })).body.code).toBe('PERMISSION_MISSING')
    expect((await acceptor.send('GET', '/api/v1/components?limit=1')).status).toBe(200)
    expect((await server.send('GET', '/api/v1/components?limit=1')).status).toBe(401)
  })

  it('follow their ground when the grids are drawn anew', async () => {
    const counts = { streets: 9, communities: 27, basic: 81, single: 162, dedicated: 9 }
    const before = (await list('limit=200')).rows.map((row) => row.areaCode)
    expect((await administrator.send('POST', '/api/v1/areas/divide', { counts })).status).toBe(200)
    expect((await list('limit=200')).rows.map((row) => row.areaCode)).not.toEqual(before)
    const components = (await list('limit=200')).rows
    expect(components.length).toBeGreaterThan(3)
    for (const component of components) expect(component.areaCode).toBe(await gridAt(component.position))
    const inOneGrid = await list(`area=${components[0]?.areaCode}`)
    expect(inOneGrid.rows.map((row) => row.code)).toContain(components[0]?.code)
  })
})
