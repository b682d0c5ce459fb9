import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { boxOf } from '@linli/lib/geo/area'
import type { Areal } from '@linli/lib/geo/geometry'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/platform/config.ts'
import { createLog } from '../../src/platform/log.ts'
import { startServer, type Running } from '../../src/start.ts'
import { DATA_FOLDER, sharedData } from '../support/requirements.ts'
import { runCli, type CliResult } from '../support/run-cli.ts'
import { createWorld, type Person, type Problem } from '../support/world.ts'

interface Row {
  code: string
  parent: string | null
  path: string
  level: string
  kind: string | null
  name: string
  area: number
  lon: number
  lat: number
  geometry: Areal
  version: number
}
interface Feature {
  properties: { adcode: number; name: string }
  geometry: { type: string; coordinates: number[][][][] }
}
interface Unit {
  code: string
  parentCode: string
}
interface Located {
  basic: Unit
  single: Unit
  dedicated: Unit | null
  above: { code: string }[]
}

const BOUNDARIES = join(DATA_FOLDER, 'boundaries/370400.json')
const MATTERS = join(DATA_FOLDER, 'matters/filing_closing_standards.json')
const found = sharedData()

describe.skipIf(!found)('A3 a real city is laid out from its boundaries, by commands', () => {
  const folder = mkdtempSync(join(tmpdir(), 'linli-places-'))
  chmodSync(folder, 0o711)
  const env = { LINLI_DATA: join(folder, 'data'), LINLI_CITY: 'zaozhuang', LINLI_ADMIN_LOGIN: 'chief', LINLI_ADMIN_PASSWORD: 'granite river lantern' }
  const linli = (...args: string[]) => runCli([...args, '--json'], env)
  const answerOf = <T>(result: CliResult) => JSON.parse(result.stdout) as T
  const took: string[] = []
  const timed = async (name: string, work: Promise<CliResult>) => {
    const result = await work
    took.push(`${name} ${(result.ms / 1000).toFixed(1)} s`)
    return result
  }
  let imported: CliResult
  let divided: CliResult
  let published: CliResult
  let again: CliResult
  let broken: CliResult
  let running: Running
  let chief: Person
  let areas: Row[]

  const readAreas = async () =>
    (
      await running.platform.pool.query<Row>(
        'select code, parent_code as parent, path, level, grid_kind as kind, name, area_m2 as area, lon, lat, geometry, version from places.area order by code',
      )
    ).rows
  const ofKind = (kind: string) => areas.filter((area) => area.kind === kind)
  const ofLevel = (level: string) => areas.filter((area) => area.level === level)
  const sum = (rows: readonly Row[]) => rows.reduce((total, row) => total + row.area, 0)

  beforeAll(async () => {
    const bowTie = JSON.parse(readFileSync(BOUNDARIES, 'utf8')) as { features: Feature[] }
    const ring = bowTie.features[2]?.geometry.coordinates[0]?.[0]
    if (!ring) throw new Error('the boundary file has no third feature')
    ;[ring[10], ring[40]] = [ring[40] ?? [], ring[10] ?? []]
    const crossed = join(folder, 'crossed.json')
    writeFileSync(crossed, JSON.stringify(bowTie))
    imported = await timed('import areas (with the first start)', linli('import', 'areas', BOUNDARIES, '--crs', 'gcj02'))
    divided = await timed('grid', linli('grid'))
    broken = await linli('import', 'areas', crossed, '--crs', 'gcj02')
    published = await timed('import matters', linli('import', 'matters', MATTERS, '--scheme', 'gbt30428'))
    again = await timed('import matters again', linli('import', 'matters', MATTERS, '--scheme', 'gbt30428'))
    running = await startServer({ config: readConfig({ ...env, PORT: '0', LINLI_LOG_LEVEL: 'silent' }), log: createLog('silent') })
    chief = await createWorld(running).signIn('chief', env.LINLI_ADMIN_PASSWORD)
    areas = await readAreas()
    console.log(took.join(', '))
  }, 180_000)
  afterAll(async () => {
    await running?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('takes the six districts of the file in place of the made-up ones, touching without gap or overlap', () => {
    expect(imported.stderr).toBe('')
    expect(answerOf(imported)).toEqual({ added: 0, changed: 6, unchanged: 0, gaps: 0, overlaps: 0 })
    expect(ofLevel('district').map((district) => [district.code, district.name])).toEqual([
      ['370402', '市中区'],
      ['370403', '薛城区'],
      ['370404', '峄城区'],
      ['370405', '台儿庄区'],
      ['370406', '山亭区'],
      ['370481', '滕州市'],
    ])
  })

  it('divides them into as many grids as were asked for, without gap or overlap', async () => {
    expect(divided.stderr).toBe('')
    expect(answerOf(divided)).toEqual({
      counts: { streets: 65, communities: 2500, basic: 4953, single: 15_864, dedicated: 1154 },
      gaps: 0,
      overlaps: 0,
      multiPart: 0,
    })
    for (const [gridKind, cells] of [
      ['basic', 4953],
      ['single', 15_864],
      ['dedicated', 1154],
    ] as const) {
      expect((await chief.send('GET', `/api/v1/areas/coverage?gridKind=${gridKind}`)).body).toEqual({ cells, gaps: [], overlaps: [] })
    }
  })

  it('gives every square metre to one basic and one single-person grid: the areas add up', () => {
    for (const district of ofLevel('district')) {
      const inside = (rows: readonly Row[]) => rows.filter((row) => row.path.startsWith(`${district.path}.`))
      for (const kind of ['basic', 'single']) expect(sum(inside(ofKind(kind))) / district.area, `${district.name} ${kind}`).toBeCloseTo(1, 9)
      for (const level of ['street', 'community']) expect(sum(inside(ofLevel(level))) / district.area, `${district.name} ${level}`).toBeCloseTo(1, 9)
    }
    const singles = Map.groupBy(ofKind('single'), (row) => row.parent)
    for (const basic of ofKind('basic')) expect(sum(singles.get(basic.code) ?? []) / basic.area, basic.code).toBeCloseTo(1, 6)
  })

  it('numbers siblings without a hole behind their parent’s code, 15 digits for a grid and 17 for one person’s', () => {
    const digits = { street: 12, community: 12, basic: 15, dedicated: 15, single: 17 } as const
    for (const [kind, length] of Object.entries(digits)) {
      const rows = areas.filter((area) => (area.kind ?? area.level) === kind)
      expect(rows.length).toBeGreaterThan(0)
      for (const siblings of Map.groupBy(rows, (row) => row.parent).values()) {
        const parent = siblings[0]?.parent ?? ''
        const prefix = kind === 'street' ? parent : kind === 'community' ? parent.slice(0, 9) : parent
        const from = kind === 'dedicated' ? 601 : 1
        const sequence = (index: number) => String(from + index).padStart(kind === 'single' ? 2 : 3, '0')
        expect(siblings.map((row) => row.code)).toEqual(siblings.map((_row, index) => `${prefix}${sequence(index)}${kind === 'street' ? '000' : ''}`))
        expect(siblings[0]?.code).toHaveLength(length)
      }
    }
  })

  it('numbers them from west to east, and row by row from north to south', () => {
    let rowsSeen = 0
    for (const kind of ['street', 'community', 'basic', 'single']) {
      for (const siblings of Map.groupBy(
        areas.filter((area) => (area.kind ?? area.level) === kind),
        (row) => row.parent,
      ).values()) {
        const boxes = siblings.map((row) => boxOf(row.geometry))
        const height = boxes.map((box) => box[3] - box[1]).toSorted((one, other) => one - other)[boxes.length >> 1] ?? 0
        const north = Math.max(...boxes.map((box) => box[3]))
        const places = siblings.map((row) => ({ row: Math.floor((north - row.lat) / height), lon: row.lon }))
        for (const [index, place] of places.slice(1).entries()) {
          const before = places[index]
          const inOrder = before !== undefined && (before.row < place.row || (before.row === place.row && before.lon <= place.lon))
          expect(inOrder, `${siblings[index]?.code} before ${siblings[index + 1]?.code}`).toBe(true)
        }
        rowsSeen += new Set(places.map((place) => place.row)).size
      }
    }
    expect(rowsSeen).toBeGreaterThan(5_000)
  })

  it('finds one unit per kind at a point', async () => {
    const world = createWorld(running)
    const locate = async (row: Row) => (await world.send<Located>('GET', `/api/v1/locate?lon=${row.lon}&lat=${row.lat}`)).body
    for (const single of ofKind('single').filter((_row, index) => index % 200 === 0)) {
      const located = await locate(single)
      expect([located.single.code, located.basic.code, located.single.parentCode]).toEqual([single.code, single.parent, single.parent])
      expect(located.above.map((area) => area.code)).toEqual(single.path.split('.').slice(0, -2))
    }
    for (const dedicated of ofKind('dedicated').filter((_row, index) => index % 20 === 0)) {
      const located = await locate(dedicated)
      expect(located.dedicated?.code).toBe(dedicated.code)
      expect(located.basic.parentCode).toBe(dedicated.parent)
    }
  })

  it('refuses a point outside, and says so when the axes are swapped', async () => {
    const world = createWorld(running)
    const [inside] = ofKind('single')
    expect((await world.send<Problem>('GET', '/api/v1/locate?lon=116.4&lat=39.9')).body).toMatchObject({ code: 'POSITION_OUTSIDE_CITY', status: 422 })
    expect(
      (
        await world.send<Problem>(
          'POST',
          '/api/v1/reports',
          { channel: 'web', text: '路灯不亮了', position: { lon: inside?.lat, lat: inside?.lon, crs: 'wgs84' } },
          { 'idempotency-key': 'swapped-axes' },
        )
      ).body,
    ).toMatchObject({
      code: 'POSITION_SWAPPED',
      status: 422,
      fields: [{ pointer: '/body/position' }],
    })
  })

  it('leaves nothing of the made-up city in the tree, and all of it in its history', async () => {
    const byCode = new Map(areas.map((area) => [area.code, area]))
    for (const area of areas) {
      const parent = area.parent === null ? undefined : byCode.get(area.parent)
      expect(area.path, area.code).toBe(parent ? `${parent.path}.${area.code}` : area.code)
    }
    const [root] = ofLevel('city')
    const districts = ofLevel('district')
    // A division moves shared borders onto common vertices, by centimetres.
    expect((root?.area ?? 0) / sum(districts)).toBeCloseTo(1, 6)
    const boxes = districts.map((district) => boxOf(district.geometry))
    const whole = [
      Math.min(...boxes.map((box) => box[0])),
      Math.min(...boxes.map((box) => box[1])),
      Math.max(...boxes.map((box) => box[2])),
      Math.max(...boxes.map((box) => box[3])),
    ]
    for (const [index, edge] of (root ? boxOf(root.geometry) : []).entries()) expect(edge).toBeCloseTo(whole[index] ?? 0, 6)
    for (const area of areas)
      expect(area.lon >= (whole[0] ?? 0) && area.lon <= (whole[2] ?? 0) && area.lat >= (whole[1] ?? 0) && area.lat <= (whole[3] ?? 0), area.code).toBe(true)
    const { rows } = await running.platform.pool.query<{ level: string; count: number }>(
      'select coalesce(grid_kind, level) as level, count(*) as count from places.area_history where version = 1 group by 1 order by 1',
    )
    expect(Object.fromEntries(rows.map((row) => [row.level, row.count]))).toEqual({
      city: 1,
      district: 6,
      street: 65,
      community: 2500,
      basic: 4953,
      single: 15_864,
      dedicated: 1154,
    })
  })

  it('brings in the national standard as 519 condition rows and one edition, and nothing the second time', () => {
    expect(answerOf<{ edition: number; conditions: number; errors: unknown[] }>(published)).toMatchObject({ edition: 2, conditions: 519, errors: [] })
    expect(answerOf(again)).toMatchObject({ edition: null, conditions: 519, added: [], removed: [], changed: [], errors: [] })
    expect([published.code, again.code]).toEqual([0, 0])
  })

  it('refuses a boundary that crosses itself by name, with the edges that cross, and a status that scripts see', () => {
    expect(broken.code).toBe(1)
    expect(broken.stdout).toBe('')
    expect(broken.stderr).toMatch(/^BOUNDARY_INVALID: /)
    expect(broken.stderr).toMatch(/\/body\/geojson\/features\/2\/geometry\/coordinates\/0\/0\S* BOUNDARY_SELF_INTERSECTS/)
  })

  it.each<[string, (geojson: { features: Feature[] }) => void, string, string, string]>([
    [
      'with swapped axes',
      ({ features }) => features[0]?.geometry.coordinates.forEach((polygon) => polygon.forEach((ring) => ring.forEach((point) => point.reverse()))),
      'BOUNDARY_INVALID',
      'BOUNDARY_SWAPPED_AXES',
      '/body/geojson/features/0/geometry',
    ],
    [
      'outside the range of coordinates',
      ({ features }) => features[1]?.geometry.coordinates[0]?.[0]?.splice(3, 1, [540, 34.8]),
      'BOUNDARY_INVALID',
      'BOUNDARY_OUT_OF_RANGE',
      '/body/geojson/features/1/geometry',
    ],
    [
      'with an open ring',
      ({ features }) => features[4]?.geometry.coordinates[0]?.[0]?.pop(),
      'BOUNDARY_INVALID',
      'BOUNDARY_RING_OPEN',
      '/body/geojson/features/4/geometry',
    ],
    [
      'of no area at all',
      ({ features }) => features[5]?.geometry.coordinates.splice(0),
      'BOUNDARY_INVALID',
      'BOUNDARY_EMPTY',
      '/body/geojson/features/5/geometry',
    ],
    [
      'with one code twice',
      ({ features }) => Object.assign(features[1]?.properties ?? {}, { adcode: 370402 }),
      'AREA_CODE_TAKEN',
      'AREA_CODE_TAKEN',
      '/body/geojson/features/1/properties/adcode',
    ],
    [
      'without a name',
      ({ features }) => Object.assign(features[3]?.properties ?? {}, { name: ' ' }),
      'IMPORT_INVALID',
      'required',
      '/body/geojson/features/3/properties/name',
    ],
  ])('refuses a boundary %s by name and pointer, and writes nothing of the file', async (_what, spoil, code, fieldCode, pointer) => {
    const geojson = JSON.parse(readFileSync(BOUNDARIES, 'utf8')) as { features: Feature[] }
    spoil(geojson)
    const answer = await chief.send<Problem>('POST', '/api/v1/areas/import', { crs: 'gcj02', geojson })
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 422, code })
    const named = answer.body.fields.find((field) => field.code === fieldCode)
    expect(named?.pointer.startsWith(pointer), JSON.stringify(answer.body.fields)).toBe(true)
    const { rows } = await running.platform.pool.query<{ count: number; newest: number }>('select count(*) as count, max(version) as newest from places.area')
    expect(rows[0]).toEqual({ count: areas.length, newest: Math.max(...areas.map((area) => area.version)) })
  })

  it.each([
    ['more grids than a community has codes for', { streets: 6, communities: 6, basic: 40_000, single: 0, dedicated: 0 }],
    ['fewer communities than streets', { streets: 65, communities: 6, basic: 100, single: 100, dedicated: 0 }],
  ])('refuses %s, and keeps the grids there were', async (_what, counts) => {
    const answer = await chief.send<Problem>('POST', '/api/v1/areas/divide', { counts })
    expect({ status: answer.status, code: answer.body.code, pointer: answer.body.fields[0]?.pointer }).toEqual({
      status: 422,
      code: 'GRID_COUNT_INVALID',
      pointer: '/body/counts',
    })
    expect((await running.platform.pool.query<{ count: number }>('select count(*) as count from places.area')).rows[0]?.count).toBe(areas.length)
  })
})
