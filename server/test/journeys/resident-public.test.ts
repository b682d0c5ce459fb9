import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listPublicCases } from '../../src/modules/cases/index.ts'
import { OWNER, standardCast, type Cast } from '../support/cast.ts'
import { plainBrowser } from '../support/browserless.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { Person } from '../support/world.ts'

/** What a reporter and a unit might write, and nobody else may read. */
const PLANTED = ['欧阳晓明', '13912345678', '1391234', '鲁D7K912', '幸福里3号楼502', '糖尿病', '王建国', '370102199001011234']

describe('what is public of cases', () => {
  let server: TestServer
  let cast: Cast

  beforeAll(async () => {
    server = await startTestServer()
    cast = await standardCast(server)
  })
  afterAll(() => server.stop())

  interface Row {
    number: string
    state: string
    step: string
    closed: boolean
    matterKey: string
    areaNames: string[]
    position: { lon: number; lat: number } | null
    publicReply: string | null
  }
  const list = async (query = '') => (await server.send<{ rows: Row[]; next: string | null }>('GET', `/api/v1/public-cases?limit=200${query}`)).body
  const reported = () =>
    server.report({
      title: '欧阳晓明家门口',
      text: '我叫欧阳晓明，电话13912345678，住幸福里3号楼502，有糖尿病，车牌鲁D7K912 身份证370102199001011234',
      address: '幸福里3号楼502',
      reporter: { name: '欧阳晓明', contact: '13912345678' },
    })
  const close = async (id: string) => {
    const evidence = async (person: Person) => ({ evidence: [await server.photo(person)] })
    const steps: [Person, string, Record<string, unknown>][] = [
      [cast.acceptor, 'file', {}],
      [cast.dispatcher, 'dispatch', { owner: OWNER }],
      [cast.manager, 'accept', { note: '欧阳晓明家' }],
      [cast.manager, 'inform', { publicReply: '欧阳晓明先生，明天上门' }],
      [cast.handler, 'handle', { note: '13912345678 已联系', ...(await evidence(cast.handler)) }],
      [cast.checker, 'check', await evidence(cast.checker)],
      [cast.closer, 'close', { closingConditionMet: true, publicReply: '我们联系王建国先生（13912345678，鲁D7K912）后已更换井盖' }],
    ]
    for (const [person, move, input] of steps) {
      const { status, body } = await server.move(person, id, move, input)
      if (status !== 200) throw new Error(`${move} answered ${status} ${JSON.stringify(body)}`)
    }
  }

  it('lists nothing that is not filed, nothing refused, and no quarrel', async () => {
    const { case: opened } = await reported()
    const { case: refused } = await reported()
    await server.move(cast.acceptor, refused.id, 'void', { reasonCode: 'outside-duty', publicReply: '不属于' })
    const numbers = (await list()).rows.map((row) => row.number)
    expect(numbers).not.toContain(opened.number)
    expect(numbers).not.toContain(refused.number)
    expect((await list(`&number=${opened.number}`)).rows).toEqual([])
    const rows = await listPublicCases(server.running.platform.db, { domains: ['service'], filed: true, limit: 10 })
    expect(rows.filter((row) => !row.matterKey.includes('-service-'))).toEqual([])
  })

  it('R26 leaks no name, number, plate, home or illness through list, map, pages or files, and no exact place', async () => {
    const { case: opened, receipt } = await reported()
    await close(opened.id)
    const [row] = (await list(`&number=${opened.number}`)).rows
    expect(row).toMatchObject({ closed: true, step: 'evaluate', publicReply: '我们联系某先生（139****5678，鲁D***12）后已更换井盖' })
    expect(row?.areaNames).toHaveLength(3)
    const { lon, lat } = server.point()
    expect(Math.hypot((row?.position?.lon ?? lon) - lon, (row?.position?.lat ?? lat) - lat)).toBeGreaterThan(1e-6)
    const browser = plainBrowser(server.running.url)
    const paths = ['/r/', '/r/map?which=all', '/r/map?which=closed', `/r/cases/${opened.number}`, '/r/my', '/r/consents']
    const pages = await Promise.all([...paths.map(async (path) => (await browser.open(path)).html), list().then((body) => JSON.stringify(body))])
    for (const page of pages) for (const secret of PLANTED) expect(page).not.toContain(secret)
    expect(pages[1]).toContain(opened.number)
    for (const page of pages) expect(page).not.toContain(receipt)
    for (const page of pages) expect(page).not.toContain(opened.id)
  })

  it('shows all cases of one grid on one point', async () => {
    const places = [server.point(), { lon: server.point().lon + 0.0002, lat: server.point().lat + 0.0001 }]
    const opened = await Promise.all(places.map((place) => server.report({ position: { ...place, crs: 'wgs84' } })))
    for (const { case: one } of opened) await server.move(cast.acceptor, one.id, 'file', {})
    const { rows } = await list()
    const found = opened.map(({ case: one }) => rows.find((row) => row.number === one.number))
    expect(found[0]?.position).toEqual(found[1]?.position)
  })

  it('pages without a gap or a double, by area and by what is closed, and refuses what it does not know', async () => {
    const whole = (await list()).rows.map((row) => row.number)
    const paged: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const path = `/api/v1/public-cases?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`
      const page: { rows: Row[]; next: string | null } = (await server.send<{ rows: Row[]; next: string | null }>('GET', path)).body
      paged.push(...page.rows.map((row) => row.number))
      cursor = page.next
    }
    expect(paged).toEqual(whole)
    expect((await list('&closed=true')).rows.every((row) => row.closed)).toBe(true)
    expect((await list('&closed=false')).rows.some((row) => row.closed)).toBe(false)
    expect((await list('&area=990100')).rows).toHaveLength(whole.length)
    const inDistricts = await Promise.all(['990101', '990102', '990103'].map(async (code) => (await list(`&area=${code}`)).rows.length))
    expect(inDistricts.reduce((sum, count) => sum + count, 0)).toBe(whole.length)
    expect((await server.send('GET', '/api/v1/public-cases?area=nowhere')).status).toBe(404)
    expect((await server.send('GET', '/api/v1/public-cases?cursor=x')).status).toBe(400)
    expect((await server.send('GET', '/api/v1/public-cases?words=x')).status).toBe(400)
    expect((await plainBrowser(server.running.url).open('/r/map?area=nowhere')).status).toBe(404)
  })
})
