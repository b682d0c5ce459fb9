import { randomUUID } from 'node:crypto'
import type { Areal, Position } from '@linli/lib/geo/geometry'
import { unionOf } from '@linli/lib/geo/union'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { Person, Problem } from '../support/world.ts'

interface Area {
  code: string
  name: string
  version: number
  parentCode: string | null
  path: string
  geometry: Areal
}
interface Report {
  areas: { code: string; change: string; areaM2Before: number; areaM2After: number }[]
  fits: { kind: string; parentCode: string | null; gaps: { areaM2: number; at: { lon: number; lat: number } }[]; overlaps: { codes: string[] }[] }[]
  clean: boolean
  moved: { what: string; from: string; to: string; count: number }[]
  totals: { what: string; before: number; after: number; moving: number }[]
}
interface Applied {
  id: string
  report: Report
}
const DAY_MS = 86_400_000
const dayOf = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10)

describe('areas and grids over time', () => {
  let server: TestServer
  let administrator: Person
  let grid: Area
  let neighbour: Area
  let singles: Area[]
  const key = () => ({ 'idempotency-key': randomUUID() })
  const read = async (where: string) =>
    (
      await server.running.platform.pool.query<Area>(
        `select code, name, version, parent_code as "parentCode", path, geometry from places.area where ${where} order by code`,
      )
    ).rows
  const change = <T = Applied>(edits: unknown[], more: Record<string, unknown> = {}, headers = key()) =>
    administrator.send<T>('POST', '/api/v1/areas/boundaries', { crs: 'wgs84', edits, reason: '边界勘定', ...more }, headers)
  const look = async (edits: unknown[]) => (await administrator.send<Report>('POST', '/api/v1/areas/boundaries/preview', { crs: 'wgs84', edits })).body
  const gridAt = async ({ lon, lat }: { lon: number; lat: number }) =>
    (await server.send<{ basic: { code: string } }>('GET', `/api/v1/locate?lon=${lon}&lat=${lat}`)).body.basic.code
  const get = async (code: string, asOf?: string) =>
    (
      await server.send<{ area: Area & { center: { lon: number; lat: number } }; geometry: Areal }>(
        'GET',
        `/api/v1/areas/${code}${asOf === undefined ? '' : `?asOf=${asOf}`}`,
      )
    ).body

  // Moving the clock ends sessions, so whoever looks signs in anew.
  const acceptorNow = async () => server.signIn((await server.demoPerson('file')).login)

  /** Two basic grids of the community that holds the test point, and the edit by which the first gives one of its parts to the other. */
  const handOver = async () => {
    const point = server.point()
    const code = await gridAt(point)
    const all = await read(`grid_kind = 'basic'`)
    grid = all.find((row) => row.code === code) as Area
    singles = await read(`parent_code = '${code}' and grid_kind = 'single'`)
    const siblings = all.filter((row) => row.parentCode === grid.parentCode && row.code !== code)
    for (const single of singles)
      for (const sibling of siblings) {
        const rest = singles.filter((row) => row.code !== single.code)
        const [grown, left] = [unionOf([sibling.geometry, single.geometry]), unionOf(rest.map((row) => row.geometry))]
        if (grown.type === 'Polygon' && left.type === 'Polygon') {
          neighbour = sibling
          return { single, grown, left }
        }
      }
    throw new Error('no part of the grid touches a neighbour')
  }

  beforeAll(async () => {
    server = await startTestServer()
    administrator = await server.signIn('xieqingye')
  })
  afterAll(() => server.stop())

  it('shows gaps and overlaps of a boundary before anything changes, and refuses to apply them unless they are accepted', async () => {
    const { left } = await handOver()
    const edit = [{ code: grid.code, version: grid.version, geometry: left }]
    const shown = await look(edit)
    expect(shown.clean).toBe(false)
    const inCommunity = shown.fits.find((fit) => fit.parentCode === grid.parentCode)
    expect(inCommunity?.gaps.length).toBeGreaterThan(0)
    const refused = await change<Problem>(edit)
    expect([refused.status, refused.body.code]).toEqual([422, 'BOUNDARY_FAULTY'])
    expect(refused.body.fields.map((field) => field.code)).toContain('GAP')
    expect((await get(grid.code)).area.version).toBe(grid.version)
  })

  it('moves ground from one grid to its neighbour: the old version closes, the case follows, the past stays readable, and an undo puts all back', async () => {
    const { single, grown, left } = await handOver()
    const inside = (await get(single.code)).area.center
    const found = await server.report({ position: { ...inside, crs: 'wgs84' } })
    let acceptor = await acceptorNow()
    expect((await server.detail(acceptor, found.case.id)).case.gridCode).toBe(grid.code)
    const before = await get(grid.code)
    const today = dayOf(server.runtime.now())
    server.runtime.offsetMs += 2 * DAY_MS
    const later = dayOf(server.runtime.now())
    administrator = await server.signIn('xieqingye')
    acceptor = await acceptorNow()
    const edits = [
      { code: grid.code, version: grid.version, geometry: left },
      { code: neighbour.code, version: neighbour.version, geometry: grown, name: '扩大后的网格' },
    ]
    const shown = await look(edits)
    const { status, body } = await change(edits)
    expect(status, JSON.stringify(body)).toBe(201)
    expect(body.report).toEqual(shown)
    expect(body.report.clean).toBe(true)
    expect((await server.detail(acceptor, found.case.id)).case.gridCode).toBe(neighbour.code)
    for (const row of body.report.totals) expect(row.before, row.what).toBe(row.after)
    expect(await get(neighbour.code)).toMatchObject({ area: { name: '扩大后的网格', version: neighbour.version + 1 } })

    expect((await get(grid.code, today)).geometry).toEqual(before.geometry)
    expect((await get(grid.code, later)).geometry).not.toEqual(before.geometry)
    expect((await server.send('GET', `/api/v1/areas/${grid.code}?asOf=2001-01-01`)).status).toBe(404)
    expect((await server.send('GET', `/api/v1/areas/${grid.code}?asOf=2001-02-30`)).status).toBe(400)
    const listed = await server.send<{ rows: Area[] }>('GET', `/api/v1/areas?parent=${grid.parentCode}&asOf=${today}&limit=200`)
    expect(listed.body.rows.find((row) => row.code === neighbour.code)?.name).toBe(neighbour.name)
    const versions = await administrator.send<{ rows: { version: number; validTo: string | null; changeId: string | null }[] }>(
      'GET',
      `/api/v1/areas/${grid.code}/versions`,
    )
    expect(versions.body.rows.map((row) => row.version)).toEqual([grid.version + 1, grid.version])
    expect(versions.body.rows[0]).toMatchObject({ validTo: null, changeId: body.id })
    expect(versions.body.rows[1]?.validTo).not.toBeNull()

    const undone = await administrator.send<Applied>('POST', `/api/v1/area-changes/${body.id}/undo`, { reason: '勘界有误' }, key())
    expect(undone.status, JSON.stringify(undone.body)).toBe(201)
    expect((await get(grid.code)).geometry).toEqual(before.geometry)
    expect((await get(neighbour.code)).area.name).toBe(neighbour.name)
    expect(
      (await administrator.send<{ rows: { undoneBy: string | null }[] }>('GET', '/api/v1/area-changes')).body.rows.find((row) => row.undoneBy),
    ).toMatchObject({
      undoneBy: undone.body.id,
    })
    expect((await server.detail(acceptor, found.case.id)).case.gridCode).toBe(grid.code)
  })

  it('re-locates an open case when its ground changes hands, by one line that moves no clock', async () => {
    const { single } = await handOver()
    const { center } = (await get(single.code)).area
    const found = await server.report({ position: { ...center, crs: 'wgs84' } })
    const acceptor = await acceptorNow()
    const before = await server.detail(acceptor, found.case.id)
    const rest = singles.filter((row) => row.code !== single.code)
    const parts = [
      { name: '分出一', geometry: single.geometry },
      { name: '分出二', geometry: unionOf(rest.map((row) => row.geometry)) },
    ]
    const split = await administrator.send<Applied>('POST', '/api/v1/grids/split', { code: grid.code, crs: 'wgs84', parts, reason: '拆分' }, key())
    expect(split.status, JSON.stringify(split.body)).toBe(201)
    expect(split.body.report.clean).toBe(true)
    const after = await server.detail(acceptor, found.case.id)
    expect(after.case.gridCode).not.toBe(grid.code)
    expect(after.case.gridCode).toBe(await gridAt(center))
    expect(after.case.seq).toBe(before.case.seq + 1)
    expect(after.deadlines).toEqual(before.deadlines)
    const undone = await administrator.send('POST', `/api/v1/area-changes/${split.body.id}/undo`, { reason: '撤销' }, key())
    expect(undone.status).toBe(201)
    expect((await server.detail(acceptor, found.case.id)).case.gridCode).toBe(grid.code)
  })

  it('takes open cases along when the city is divided anew', async () => {
    const found = await server.report()
    const acceptor = await acceptorNow()
    const { city } = server.running.platform.city
    const divided = await administrator.send('POST', '/api/v1/areas/divide', { counts: { ...city.counts, basic: city.counts.basic + 40 } })
    expect(divided.status, JSON.stringify(divided.body)).toBe(200)
    const { case: shown } = await server.detail(acceptor, found.case.id)
    expect(shown.gridCode).toBe(await gridAt(server.point()))
    const changes = (await administrator.send<{ rows: { id: string; kind: string; moving: number }[] }>('GET', '/api/v1/area-changes')).body.rows
    expect(changes[0]).toMatchObject({ kind: 'division' })
    expect((await administrator.send<Problem>('POST', `/api/v1/area-changes/${changes[0]?.id}/undo`, { reason: '撤' }, key())).body.code).toBe(
      'CHANGE_NOT_UNDOABLE',
    )
    const unsettled = await server.running.platform.pool.query('select from places.change where settled_at is null')
    expect(unsettled.rows).toHaveLength(0)
  })

  it('refuses what is stale, unknown, twice, above the streets, broken, or asked without the permission', async () => {
    await handOver()
    const edit = { code: grid.code, version: grid.version, name: '改名' }
    for (const [edits, status, code] of [
      [[{ ...edit, version: edit.version + 7 }], 412, 'AREA_STALE'],
      [[{ ...edit, code: '990101001001598' }], 422, 'AREA_UNKNOWN'],
      [[edit, edit], 422, 'AREA_UNKNOWN'],
      [[{ ...edit, code: '990101', version: 1 }], 422, 'AREA_NOT_EDITABLE'],
      [
        [
          {
            ...edit,
            geometry: {
              type: 'Polygon',
              coordinates: [
                [
                  [113, 32],
                  [114, 33],
                ],
              ],
            },
          },
        ],
        422,
        'BOUNDARY_INVALID',
      ],
      [[{ ...edit, geometry: { type: 'Polygon', coordinates: [bowTie] } }], 422, 'BOUNDARY_INVALID'],
      [[{ ...edit, version: '1' }], 400, 'INPUT_INVALID'],
      [[], 400, 'INPUT_INVALID'],
    ] as const) {
      const answer = await change<Problem>([...edits])
      expect([answer.status, answer.body.code]).toEqual([status, code])
    }
    const worker = await server.demoPerson('report')
    expect((await worker.send('POST', '/api/v1/areas/boundaries', { crs: 'wgs84', edits: [edit], reason: '改' }, key())).status).toBe(403)
    expect((await administrator.send<Problem>('POST', '/api/v1/areas/boundaries', { crs: 'wgs84', edits: [edit], reason: '改' })).body.code).toBe('KEY_MISSING')
    expect((await get(grid.code)).area.name).toBe(grid.name)
  })

  it('lets one of two who rename a grid at once, and undoes no change that a later one built upon', async () => {
    await handOver()
    const edit = (name: string) => change<Applied & Problem>([{ code: grid.code, version: grid.version, name }])
    const answers = await Promise.all([edit('东风网格'), edit('西风网格')])
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 412])
    const first = answers.find((answer) => answer.status === 201)?.body.id
    await change([{ code: grid.code, version: grid.version + 1, name: '南风网格' }])
    const undo = await administrator.send<Problem>('POST', `/api/v1/area-changes/${first}/undo`, { reason: '撤销' }, key())
    expect([undo.status, undo.body.code]).toEqual([409, 'CHANGE_BUILT_UPON'])
    expect((await get(grid.code)).area.name).toBe('南风网格')
  })
})

const bowTie: Position[] = [
  [113, 32],
  [113.01, 32.01],
  [113.01, 32],
  [113, 32.01],
  [113, 32],
]
