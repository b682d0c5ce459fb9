import { randomUUID } from 'node:crypto'
import type { Areal } from '@linli/lib/geo/geometry'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../support/server.ts'
import { playerAt, type Player } from '../support/cast.ts'
import type { Answer, Person, Problem } from '../support/world.ts'

interface Area {
  code: string
  name: string
  version: number
  parentCode: string | null
  gridKind: string | null
  path: string
  geometry: Areal
}
interface Report {
  areas: { code: string; change: string; gridKind: string | null; successors: string[] }[]
  fits: { gaps: unknown[]; overlaps: unknown[] }[]
  clean: boolean
  moved: { what: string; from: string | null; to: string | null; count: number }[]
  totals: { what: string; before: number; after: number; moving: number }[]
}
interface Applied {
  id: string
  report: Report
}

/** Chancheng's published numbers: 54 villages and 101 neighbourhoods on 154 km² become 462 grids (systems A68); the ground here is made up. */
const COMMUNITIES = 54 + 101
const MERGED = 462

describe('A68 多格合一: many grids become one', () => {
  let server: TestServer
  let administrator: Person
  const key = () => ({ 'idempotency-key': randomUUID() })
  const grids = async () =>
    (
      await server.running.platform.pool.query<Area>(
        `select code, name, version, parent_code as "parentCode", grid_kind as "gridKind", path, geometry from places.area where level = 'grid' order by code`,
      )
    ).rows
  const merge = <T = Applied>(merges: unknown[], headers = key(), as = administrator): Promise<Answer<T>> =>
    as.send<T>('POST', '/api/v1/grids/merge', { merges, reason: '多格合一' }, headers)
  const preview = async (merges: unknown[]) => (await administrator.send<Report>('POST', '/api/v1/grids/merge/preview', { merges })).body
  const total = (report: Report, what: string) => report.totals.find((row) => row.what === what)

  beforeAll(async () => {
    server = await startTestServer()
    administrator = await server.signIn('xieqingye')
  })
  afterAll(() => server.stop())

  it('carries people, components and open cases over to the merged grid, counts them, and undoes it all', async () => {
    const found = await server.report()
    const { basic } = (await server.send<{ basic: Area }>('GET', `/api/v1/locate?lon=${server.point().lon}&lat=${server.point().lat}`)).body
    const neighbours = (await grids()).filter((grid) => grid.gridKind === 'basic' && grid.parentCode === basic.parentCode)
    expect(neighbours.length).toBeGreaterThan(1)
    const dedicated = (await grids()).filter((grid) => grid.gridKind === 'dedicated' && grid.parentCode === basic.parentCode)
    const from = [...neighbours, ...dedicated].map((grid) => grid.code)
    await administrator.send('POST', '/api/v1/components/import', {
      crs: 'wgs84',
      rows: [{ scheme: 'cjt214', typeCode: '0137', name: '路灯', ...server.point() }],
    })
    const supervisor: Player = await playerAt(server, 'supervisor-1')
    const street = basic.path.split('.')[2] ?? ''
    const worker = await playerAt(server, `grid-${street}-1`)
    const put = await supervisor.send<{ id: string }>('POST', '/api/v1/grid-posts', { gridCode: basic.code, postCode: worker.post, part: 'head' }, key())
    expect(put.status).toBe(201)

    const asked = [{ from, name: '合并后网格' }]
    const before = await grids()
    const shown = await preview(asked)
    expect(await grids()).toEqual(before)
    const { status, body } = await merge(asked)
    expect(status, JSON.stringify(body)).toBe(201)
    expect(body.report.moved).toEqual(shown.moved)
    expect(body.report.clean).toBe(true)
    for (const row of body.report.totals) expect(row.before, row.what).toBe(row.after)
    expect(total(body.report, 'case')?.moving).toBe(1)
    expect(total(body.report, 'component')?.moving).toBe(1)
    expect(total(body.report, 'assignment')?.moving).toBe(1)

    const merged = body.report.areas.find((area) => area.change === 'added' && area.gridKind === 'basic')
    const now = await grids()
    expect(now.filter((grid) => grid.parentCode === basic.parentCode).map((grid) => grid.code)).toEqual([merged?.code])
    expect(from).not.toContain(merged?.code)
    const located = (await server.send<{ basic: Area; single: Area }>('GET', `/api/v1/locate?lon=${server.point().lon}&lat=${server.point().lat}`)).body
    expect(located.basic).toMatchObject({ code: merged?.code, name: '合并后网格' })
    expect(located.single.code.startsWith(merged?.code ?? '-')).toBe(true)
    const acceptor = await server.demoPerson('file')
    const detail = await server.detail(acceptor, found.case.id)
    expect(detail.case.gridCode).toBe(merged?.code)
    const posts = (await supervisor.send<{ rows: { gridCode: string; part: string }[] }>('GET', `/api/v1/grid-posts?area=${basic.parentCode}`)).body.rows
    expect(posts).toMatchObject([{ gridCode: merged?.code, part: 'head' }])

    const csv = await administrator.send<string>('GET', `/api/v1/area-changes/${body.id}/report`)
    expect(csv.headers.get('content-type')).toContain('text/csv')
    for (const code of from) expect(csv.body).toContain(`ended,${code},`)
    const listed = await administrator.send<{ rows: { id: string; kind: string }[] }>('GET', `/api/v1/area-changes?area=${basic.code}`)
    expect(listed.body.rows).toMatchObject([{ id: body.id, kind: 'merge' }])

    const undone = await administrator.send<Applied>('POST', `/api/v1/area-changes/${body.id}/undo`, { reason: '试点结束' }, key())
    expect(undone.status, JSON.stringify(undone.body)).toBe(201)
    const bare = (rows: readonly Area[]) => rows.map(({ version: _version, ...rest }) => rest)
    expect(bare(await grids())).toEqual(bare(before))
    expect((await server.detail(acceptor, found.case.id)).case.gridCode).toBe(basic.code)
    const back = (await supervisor.send<{ rows: { gridCode: string }[] }>('GET', `/api/v1/grid-posts?area=${basic.parentCode}`)).body.rows
    expect(back).toMatchObject([{ gridCode: basic.code }])
    expect((await administrator.send<Problem>('POST', `/api/v1/area-changes/${body.id}/undo`, { reason: '再次' }, key())).body.code).toBe('CHANGE_UNDONE')
  })

  describe('and writes nothing', () => {
    const basics = async () => {
      const all = (await grids()).filter((grid) => grid.gridKind === 'basic')
      const [first] = all
      const other = all.find((grid) => grid.parentCode !== first?.parentCode)
      const [one, two] = all.filter((grid) => grid.parentCode === first?.parentCode).map((grid) => grid.code)
      return { one: one ?? '', two: two ?? '', other: other?.code ?? '' }
    }

    it('for grids of two communities, one alone, one twice, an unknown one, and a code that was ever used', async () => {
      const { one, two, other } = await basics()
      const before = await grids()
      for (const [merges, code] of [
        [[{ from: [one, other], name: '甲' }], 'GRID_MERGE_INVALID'],
        [[{ from: [one], name: '甲' }], 'GRID_MERGE_INVALID'],
        [[{ from: [one, one], name: '甲' }], 'GRID_MERGE_INVALID'],
        [[{ from: [one, '990101001001599'], name: '甲' }], 'AREA_UNKNOWN'],
        [[{ from: [one, two], name: '甲', code: two }], 'AREA_CODE_TAKEN'],
        [[{ from: [one, two], name: '甲', code: `${other.slice(0, 12)}099` }], 'AREA_CODE_TAKEN'],
      ] as const)
        expect((await merge<Problem>([...merges])).body.code).toBe(code)
      expect((await merge<Problem>([{ from: [one, two], name: '' }])).status).toBe(400)
      expect(await grids()).toEqual(before)
    })

    it('without the permission, or under a key that was used for another merge; a resend gets the first answer', async () => {
      const { one, two } = await basics()
      const worker = await server.demoPerson('report')
      expect((await merge<Problem>([{ from: [one, two], name: '甲' }], key(), worker)).status).toBe(403)
      const same = key()
      const first = await merge([{ from: [one, two], name: '甲' }], same)
      expect(first.status).toBe(201)
      expect((await merge([{ from: [one, two], name: '甲' }], same)).body).toEqual(first.body)
      expect((await merge<Problem>([{ from: [one, two], name: '乙' }], same)).body.code).toBe('KEY_REUSED')
      const { rows } = await server.running.platform.pool.query(
        "select from platform.audit where action = 'places.merge' and outcome = 'done' and object_id = $1",
        [first.body.id],
      )
      expect(rows).toHaveLength(1)
    })

    it('when two merge the same grids at once: one does, the other is told', async () => {
      const { one, two } = await basics()
      const answers = await Promise.all([merge<Problem>([{ from: [one, two], name: '甲' }]), merge<Problem>([{ from: [one, two], name: '乙' }])])
      expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1)
      // Told apart by how far the other had come: changed under its feet, or gone already.
      expect(['AREA_STALE', 'AREA_UNKNOWN']).toContain(answers.find((answer) => answer.status !== 201)?.body.code)
    })
  })

  it('makes 462 grids out of the grids of 155 communities and the department grids over them, with everything accounted for', async () => {
    const divided = await administrator.send('POST', '/api/v1/areas/divide', {
      counts: { streets: 9, communities: COMMUNITIES, basic: 930, single: 1_860, dedicated: 310 },
    })
    expect(divided.status, JSON.stringify(divided.body)).toBe(200)
    const before = await grids()
    const open = (
      await server.running.platform.pool.query<{ count: number }>(
        `select count(*)::int as count from cases."case" where state not in ('closed', 'evaluated', 'voided')`,
      )
    ).rows[0]?.count
    const merges = planOf(before)
    expect(merges.asked.length + merges.kept).toBe(MERGED)
    const { status, body } = await merge(merges.asked)
    expect(status, JSON.stringify(body).slice(0, 400)).toBe(201)
    const after = await grids()
    expect(after.filter((grid) => grid.gridKind === 'basic')).toHaveLength(MERGED)
    expect(after.filter((grid) => grid.gridKind === 'dedicated')).toHaveLength(before.filter((grid) => grid.gridKind === 'dedicated').length - merges.dedicated)
    expect(after.filter((grid) => grid.gridKind === 'single')).toHaveLength(1_860)
    for (const row of body.report.totals) expect(row.before, row.what).toBe(row.after)
    expect(total(body.report, 'case')?.before).toBe(open)
    const ended = body.report.areas.filter((area) => area.change === 'ended')
    expect(ended.every((area) => area.successors.length === 1)).toBe(true)
    expect((await administrator.send('GET', '/api/v1/areas/coverage?gridKind=basic')).body).toEqual({ cells: MERGED, gaps: [], overlaps: [] })
    const stale = await server.running.platform.pool.query(
      `select from cases."case" where state not in ('closed', 'evaluated', 'voided') and grid_code is not null and grid_code not in (select code from places.area)`,
    )
    expect(stale.rows).toHaveLength(0)
  }, 120_000)
})

/** For each community as many groups of neighbouring codes as it is due of 462, the department grids of the community in the first of them. */
function planOf(grids: readonly Area[]): { asked: { from: string[]; name: string }[]; kept: number; dedicated: number } {
  const basics = Map.groupBy(
    grids.filter((grid) => grid.gridKind === 'basic'),
    (grid) => grid.parentCode ?? '',
  )
  const counts = new Map([...basics.keys()].map((community) => [community, 1]))
  const order = [...basics].toSorted(([, one], [, other]) => other.length - one.length)
  for (let left = MERGED - counts.size; left > 0;)
    for (const [community, rows] of order) {
      if (left === 0) break
      if ((counts.get(community) ?? 0) >= rows.length) continue
      counts.set(community, (counts.get(community) ?? 0) + 1)
      left -= 1
    }
  const asked: { from: string[]; name: string }[] = []
  let kept = 0
  let dedicated = 0
  for (const [community, rows] of basics) {
    const over = grids.filter((grid) => grid.gridKind === 'dedicated' && grid.parentCode === community).map((grid) => grid.code)
    for (const [place, group] of joined(rows, counts.get(community) ?? 1).entries()) {
      const from = [...group.map((grid) => grid.code), ...(place === 0 ? over : [])]
      if (from.length === 1) kept += 1
      else asked.push({ from, name: `${community} 综合网格${place + 1}` })
    }
    dedicated += over.length
  }
  return { asked, kept, dedicated }
}

/** Joins grids that touch, two groups at a time, until so many groups are left. */
function joined(grids: readonly Area[], wanted: number): Area[][] {
  const groups = grids.map((grid) => ({ members: [grid], corners: new Set(cornersOf(grid)) }))
  while (groups.length > wanted) {
    const [first] = groups.toSorted((one, other) => one.members.length - other.members.length)
    const neighbour = groups.find((group) => group !== first && [...group.corners].filter((corner) => first?.corners.has(corner)).length > 1)
    if (!first || !neighbour) throw new Error('a community in several pieces')
    groups.splice(groups.indexOf(first), 1)
    neighbour.members.push(...first.members)
    for (const corner of first.corners) neighbour.corners.add(corner)
  }
  return groups.map((group) => group.members)
}
const cornersOf = (grid: Area): string[] =>
  (grid.geometry.type === 'Polygon' ? [grid.geometry.coordinates] : grid.geometry.coordinates).flat(2).map((point) => point.join())
