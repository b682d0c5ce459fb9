import { randomUUID } from 'node:crypto'
import { columnOf, INDEX_LEVEL, rowOf } from '@linli/lib/geo/point-index'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readTile, type TileFeature } from '../support/read-tile.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { Person } from '../support/world.ts'

describe('A17 what lies on the map comes as vector tiles', () => {
  let server: TestServer
  let administrator: Person
  let acceptor: Person
  const at = (index: number) => server.point(index)

  const fetchTile = async (path: string, person?: Person, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.running.url}${path}`, { headers: { ...(person ? { authorization: `Bearer ${person.token}` } : {}), ...headers } })
    return { status: response.status, headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) }
  }
  const featuresOf = async (path: string, layer: string, person?: Person) => readTile((await fetchTile(path, person)).bytes)[layer] ?? []
  const addressOf = ({ lon, lat }: { lon: number; lat: number }, z: number) => `${z}/${columnOf(lon) >>> (INDEX_LEVEL - z)}/${rowOf(lat) >>> (INDEX_LEVEL - z)}`
  /** Every tile of a zoom over the demo city; from zoom 14 those around the places of this test. */
  const addresses = (z: number) => {
    const boxes = z < 14 ? [[112.9, 32.2, 113.1, 32.4]] : [0, 1, 2].map(at).map(({ lon, lat }) => [lon - 1e-4, lat - 1e-4, lon + 2e-3, lat + 1e-4])
    const found = new Set<string>()
    for (const [west = 0, south = 0, east = 0, north = 0] of boxes)
      for (let x = columnOf(west) >>> (INDEX_LEVEL - z); x <= columnOf(east) >>> (INDEX_LEVEL - z); x += 1)
        for (let y = rowOf(north) >>> (INDEX_LEVEL - z); y <= rowOf(south) >>> (INDEX_LEVEL - z); y += 1) found.add(`${z}/${x}/${y}`)
    return [...found]
  }
  const sum = (features: readonly TileFeature[], name = 'n') => features.reduce((total, { properties }) => total + Number(properties[name]), 0)
  const overCity = async (kind: string, layer: string, z: number, person: Person) =>
    (await Promise.all(addresses(z).map((address) => featuresOf(`/tiles/${kind}/${address}`, layer, person)))).flat()
  const lamps = (from: number, count: number, more: Record<string, unknown> = {}) =>
    administrator.send('POST', '/api/v1/components/import', {
      crs: 'wgs84',
      rows: Array.from({ length: count }, (_, n) => ({
        scheme: 'cjt214',
        typeCode: '0137',
        code: `9901010137${String(from + n).padStart(6, '0')}`,
        name: '路灯',
        lon: at(0).lon + (from + n) * 2e-5,
        lat: at(0).lat,
        ...more,
      })),
    })

  beforeAll(async () => {
    server = await startTestServer()
    administrator = await server.signIn('xieqingye')
    acceptor = await server.demoPerson('file')
  })
  afterAll(() => server.stop())

  it('areas by level, each with its code and name alone, to anybody', async () => {
    const low = readTile((await fetchTile(`/tiles/areas/${addressOf(at(0), 8)}`)).bytes)
    expect(Object.keys(low)).toEqual(['district', 'street'])
    const high = readTile((await fetchTile(`/tiles/areas/${addressOf(at(0), 15)}`)).bytes)
    expect(Object.keys(high)).toEqual(expect.arrayContaining(['district', 'street', 'community', 'basic', 'single']))
    for (const features of Object.values(high)) for (const { properties } of features) expect(Object.keys(properties)).toEqual(['code', 'name'])
  })

  it('components, as many in the tiles of each zoom as there are, one by one where one can point at them', async () => {
    await lamps(1, 60)
    await lamps(61, 3, { state: 'damaged' })
    await lamps(64, 2, { state: 'removed' })
    for (const z of [8, 11, 13, 14, 16, 18]) expect(sum(await overCity('components', 'component', z, administrator)), `zoom ${z}`).toBe(63)
    expect((await overCity('components', 'component', 10, administrator)).length).toBeLessThan(63)
    const single = (await overCity('components', 'component', 16, administrator)).find(({ properties }) => properties['code'] === '9901010137000061')
    expect(single?.properties).toEqual({ n: 1, type: '0137', state: 'damaged', code: '9901010137000061', name: '路灯' })
    // Where the tile says that it stands is where it stands.
    const lon = at(0).lon + 61 * 2e-5
    const side = 2 ** (INDEX_LEVEL - 16)
    expect(single?.x).toBe(Math.floor(((columnOf(lon) % side) * 4096) / side))
  })

  it('and a change of components changes the tiles that it touches and no other', async () => {
    const [here, elsewhere] = [`/tiles/components/${addressOf(at(0), 16)}`, `/tiles/components/${addressOf(at(2), 16)}`]
    const [before, other] = [await fetchTile(here, administrator), await fetchTile(elsewhere, administrator)]
    await lamps(1, 1, { lon: at(1).lon, lat: at(1).lat })
    server.runtime.offsetMs += 3_000
    const after = await fetchTile(here, administrator)
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'))
    expect((await fetchTile(elsewhere, administrator)).headers.get('etag')).toBe(other.headers.get('etag'))
    expect((await featuresOf(`/tiles/components/${addressOf(at(1), 16)}`, 'component', administrator)).map(({ properties }) => properties['code'])).toContain(
      '9901010137000001',
    )
    expect(sum(await overCity('components', 'component', 12, administrator))).toBe(63)
  })

  it('a tile that the caller has is not sent again', async () => {
    for (const [path, person] of [
      [`/tiles/areas/${addressOf(at(0), 12)}`, undefined],
      [`/tiles/components/${addressOf(at(0), 12)}`, administrator],
    ] as const) {
      const first = await fetchTile(path, person)
      const etag = first.headers.get('etag') ?? ''
      expect(etag).toMatch(/^"[\w-]{20}"$/)
      const again = await fetchTile(path, person, { 'if-none-match': `"other", ${etag}` })
      expect([again.status, again.bytes.length, again.headers.get('etag')]).toEqual([304, 0, etag])
      expect((await fetchTile(path, person, { 'if-none-match': '"other"' })).status).toBe(200)
      // Whoever cannot unpack gets it unpacked.
      expect((await fetchTile(path, person, { 'accept-encoding': 'identity' })).bytes).toEqual(first.bytes)
    }
  })

  it('an area that changes changes its tile', async () => {
    const path = `/tiles/areas/${addressOf(at(0), 14)}`
    const before = await fetchTile(path)
    const far = await fetchTile('/tiles/areas/14/1/1')
    const { body } = await server.send<{ basic: { code: string; version: number } }>('GET', `/api/v1/locate?lon=${at(0).lon}&lat=${at(0).lat}`)
    const edited = await administrator.send(
      'POST',
      '/api/v1/areas/boundaries',
      { crs: 'wgs84', edits: [{ code: body.basic.code, version: body.basic.version, name: '改了名的网格' }], reason: '换了名字' },
      { 'idempotency-key': randomUUID() },
    )
    expect(edited.status, JSON.stringify(edited.body)).toBe(201)
    expect((await fetchTile(path)).headers.get('etag')).not.toBe(before.headers.get('etag'))
    expect((await featuresOf(path, 'basic')).map(({ properties }) => properties['name'])).toContain('改了名的网格')
    expect((await fetchTile('/tiles/areas/14/1/1')).headers.get('etag')).toBe(far.headers.get('etag'))
  })

  it('open cases as numbers by cell, equal to a count of one’s own scope, and nothing of anybody', async () => {
    const said = '楼下王女士 13812345678 反映'
    for (let n = 0; n < 12; n += 1)
      await server.report({ text: said, position: { ...at(n), crs: 'wgs84' }, reporter: { name: '王女士', contact: '13812345678' } })
    const checkers = await Promise.all([server.demoPerson('check'), server.demoPerson('check', 4)])
    for (const person of [acceptor, ...checkers]) {
      const { body } = await person.send<{ rows: { state: string }[] }>('GET', '/api/v1/case-pins?bbox=112,31,114,33&limit=3000')
      const open = body.rows.filter(({ state }) => !['closed', 'evaluated', 'voided'].includes(state)).length
      for (const z of [7, 10, 13, 16]) {
        const cells = await overCity('cases', 'density', z, person)
        expect(sum(cells), `${person.login} at zoom ${z}`).toBe(open)
        for (const { properties } of cells) expect(Object.keys(properties)).toEqual(['n', 'late'])
      }
    }
    const bytes = Buffer.from((await fetchTile(`/tiles/cases/${addressOf(at(0), 16)}`, acceptor)).bytes).toString('latin1')
    expect(bytes).not.toMatch(/13812345678|LL-|[0-9a-f]{8}-/)
    expect(bytes).not.toContain(Buffer.from('王女士').toString('latin1'))
  })

  it('are refused without permission, and where there is no such tile', async () => {
    const cases = `/tiles/cases/${addressOf(at(0), 12)}`
    const components = `/tiles/components/${addressOf(at(0), 12)}`
    expect([(await fetchTile(cases)).status, (await fetchTile(components)).status]).toEqual([401, 401])
    const auditor = await server.signIn((await auditorLogin()) ?? '')
    expect([(await fetchTile(cases, auditor)).status, (await fetchTile(components, auditor)).status]).toEqual([403, 403])
    for (const kind of ['areas', 'components', 'cases'])
      for (const [address, status] of [
        ['19/0/0', 404],
        ['3/8/0', 404],
        ['3/0/8', 404],
        ['-1/0/0', 400],
        ['1.5/0/0', 400],
        ['a/b/c', 400],
        ['3/999999999/0', 400],
        [`3/${randomUUID()}/0`, 400],
      ] as const)
        expect((await fetchTile(`/tiles/${kind}/${address}`, acceptor)).status, `${kind} ${address}`).toBe(status)
  })

  async function auditorLogin(): Promise<string | undefined> {
    const { organisation } = server.running.platform.city
    const post = organisation.posts.find(({ roles }) => roles.includes('auditor'))
    return organisation.people.find(({ posts }) => post && posts.includes(post.code))?.login
  }
})

describe('A66 the figures of the last days', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.stop())

  it('are one row a day of the city, also for a day without anything, and equal a count', async () => {
    const acceptor = await server.demoPerson('file')
    for (let n = 0; n < 3; n += 1) await server.report()
    server.runtime.offsetMs += 2 * 86_400_000
    await server.report()
    const later = await server.signIn(acceptor.login)
    const { status, body } = await later.send<{ rows: { day: string; received: number; closed: number; rates: { denominator: number }[] }[] }>(
      'GET',
      '/api/v1/indicators/history?days=4',
    )
    expect(status).toBe(200)
    expect(body.rows.map(({ day, received, closed }) => [day, received, closed])).toEqual([
      ['2026-11-17', 0, 0],
      ['2026-11-18', 3, 0],
      ['2026-11-19', 0, 0],
      ['2026-11-20', 1, 0],
    ])
    expect(body.rows.map(({ rates }) => rates[0]?.denominator)).toEqual([0, 3, 0, 1])
    const near = await server.signIn((await server.demoPerson('check', 4)).login)
    expect((await near.send('GET', '/api/v1/indicators/history')).status).toBe(403)
    for (const wrong of ['days=1', 'days=32', 'days=x', 'parent=nowhere'])
      expect([400, 404]).toContain((await later.send('GET', `/api/v1/indicators/history?${wrong}`)).status)
  })
})
