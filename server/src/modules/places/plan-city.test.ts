import { boxOf, locate } from '@linli/lib/geo/area'
import { codeOrder } from '@linli/lib/geo/codes'
import { reportCoverage } from '@linli/lib/geo/coverage'
import type { Areal } from '@linli/lib/geo/geometry'
import { polygonsOf } from '@linli/lib/geo/geometry'
import { buildLookup } from '@linli/lib/geo/lookup'
import { REAL_CITIES, readRealDistricts } from '@linli/lib/geo/real-boundaries.testing'
import { checkBoundary } from '@linli/lib/geo/validate'
import { describe, expect, test } from 'vitest'
import type { PlannedArea } from './plan-city.ts'
import { planCity } from './plan-city.ts'
import { chineseNumeral } from './plan-names.ts'

const box = (west: number, south: number, east: number, north: number): Areal => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
})

const twoDistricts = [
  { code6: '990102', name: '东湖区', geometry: box(117.2, 34, 117.3, 34.15) },
  { code6: '990103', name: '西山区', geometry: box(117, 34, 117.2, 34.15) },
]
const counts = { streets: 7, communities: 40, basic: 91, single: 300, dedicated: 25 }
const kindOf = ({ kind, gridKind }: PlannedArea) => gridKind ?? kind
const ofKind = (areas: readonly PlannedArea[], kind: string) => areas.filter((area) => kindOf(area) === kind)

function expectTiled(areas: readonly PlannedArea[]) {
  const parent: Areal = {
    type: 'MultiPolygon',
    coordinates: ofKind(areas, 'district').flatMap(({ geometry }) => polygonsOf(geometry)),
  }
  for (const kind of ['street', 'community', 'basic', 'single']) {
    const cells = ofKind(areas, kind).map(({ code, geometry }) => ({ id: code, geometry }))
    const coverage = reportCoverage(parent, cells)
    expect(coverage, kind).toEqual({ exact: true, gaps: [], overlaps: [] })
  }
}

/** Every level tiles each single node above it, not only the city as a whole. */
function expectTiledByParent(areas: readonly PlannedArea[]) {
  for (const parent of areas) {
    const children = areas.filter((area) => area.parentCode === parent.code && area.gridKind !== 'dedicated')
    if (children.length === 0) continue
    const cells = children.map(({ code, geometry }) => ({ id: code, geometry }))
    expect(reportCoverage(parent.geometry, cells).exact, parent.code).toBe(true)
  }
}

function expectCodes(areas: readonly PlannedArea[]) {
  const codes = new Set(areas.map(({ code }) => code))
  expect(codes.size).toBe(areas.length)
  const siblings = Map.groupBy(areas, (area) => `${area.parentCode} ${kindOf(area)}`)
  for (const [key, group] of siblings) {
    const [parent = ''] = key.split(' ')
    if (parent === 'null') continue
    expect(codes.has(parent)).toBe(true)
    expect(group.every(({ code }) => code.startsWith(parent.replace(/000$/, '')))).toBe(true)
    const byCode = group.toSorted((a, b) => (a.code < b.code ? -1 : 1))
    const placed = byCode.map(({ geometry, centroid }) => ({ box: boxOf(geometry), point: centroid }))
    expect(codeOrder(placed)).toEqual(byCode.map((_, i) => i))
  }
}

function expectDedicatedApart(areas: readonly PlannedArea[]) {
  const communities = new Map(ofKind(areas, 'community').map((area) => [area.code, area.geometry]))
  const dedicated = ofKind(areas, 'dedicated')
  for (const { geometry, parentCode } of dedicated) {
    const community = polygonsOf(communities.get(parentCode ?? '')!)
    for (const [lon = 0, lat = 0] of polygonsOf(geometry).flat(2)) {
      expect(community.some((rings) => locate(rings, lon, lat) === 1)).toBe(true)
    }
  }
  const cells = dedicated.map(({ code, geometry }) => ({ id: code, geometry }))
  expect(reportCoverage(null, cells).overlaps).toEqual([])
}

function expectCounts(areas: readonly PlannedArea[], wanted: typeof counts) {
  expect({
    streets: ofKind(areas, 'street').length,
    communities: ofKind(areas, 'community').length,
    basic: ofKind(areas, 'basic').length,
    single: ofKind(areas, 'single').length,
    dedicated: ofKind(areas, 'dedicated').length,
  }).toEqual(wanted)
}

describe('a made-up city', () => {
  const areas = planCity({ districts: twoDistricts, counts, seed: 3 })

  test('has exactly the counts asked for, every shape valid', () => {
    expectCounts(areas, counts)
    expect(areas.flatMap(({ geometry }) => checkBoundary(geometry))).toEqual([])
  })

  test('is tiled at every level, as a whole and under every node', () => {
    expectTiled(areas)
    expectTiledByParent(areas)
  })

  test('has unique codes in the order of the ground', () => {
    expectCodes(areas)
  })

  test('has dedicated grids that lie inside their community and apart from each other', () => {
    expectDedicatedApart(areas)
  })

  test('is found again by lookup: the centre of every node lies in that node', () => {
    const units = areas.map((area) => ({ id: area.code, kind: kindOf(area), geometry: area.geometry }))
    const { find } = buildLookup(units)
    areas.forEach(({ centroid: [lon = 0, lat = 0] }, i) => {
      expect(find(lon, lat, units[i]!.kind)).toBe(i)
    })
  })

  test('is the same for the same seed, and only dedicated grids differ for another', () => {
    expect(planCity({ districts: twoDistricts, counts, seed: 3 })).toEqual(areas)
    const other = planCity({ districts: twoDistricts, counts, seed: 4 })
    const tiling = (plan: PlannedArea[]) => plan.filter(({ gridKind }) => gridKind !== 'dedicated')
    expect(tiling(other)).toEqual(tiling(areas))
    expect(ofKind(other, 'dedicated')).not.toEqual(ofKind(areas, 'dedicated'))
  })
})

test('streets and communities bear the stems given, then number them', () => {
  const names = { streets: ['和平', '新华'], communities: ['幸福'] }
  const few = { streets: 3, communities: 3, basic: 3, single: 0, dedicated: 0 }
  const areas = planCity({ districts: twoDistricts, counts: few, seed: 1, names })
  expect(ofKind(areas, 'street').map(({ name }) => name)).toEqual(['和平街道', '新华街道', '和平第二街道'])
  expect(ofKind(areas, 'community').map(({ name }) => name)).toEqual(['幸福社区', '幸福第二社区', '幸福第三社区'])
  expect(ofKind(areas, 'basic')[0]!.name).toBe('幸福社区第一网格')
})

test('numbers are written as they are said', () => {
  expect([1, 10, 11, 20, 105, 110, 999, 1001, 1010].map(chineseNumeral)).toEqual([
    '一',
    '十',
    '十一',
    '二十',
    '一百零五',
    '一百一十',
    '九百九十九',
    '一千零一',
    '一千零一十',
  ])
})

test.each([
  ['fewer streets than districts', { ...counts, streets: 1 }],
  ['fewer communities than streets', { ...counts, communities: 6 }],
  ['fewer basic grids than communities', { ...counts, basic: 39 }],
  ['fewer single-person grids than basic ones', { ...counts, single: 90 }],
])('%s are refused', (_name, wrong) => {
  expect(() => planCity({ districts: twoDistricts, counts: wrong, seed: 1 })).toThrow(expect.objectContaining({ code: 'GEO_COUNT_INVALID' }))
})

test('districts that overlap by more than cleaning closes are refused with the ground in dispute', () => {
  const wide = { code6: '990103', name: '西山区', geometry: box(117, 34, 117.21, 34.15) }
  expect(() => planCity({ districts: [twoDistricts[0]!, wide], counts, seed: 1 })).toThrow(expect.objectContaining({ code: 'GEO_BOUNDARIES_OVERLAP' }))
})

const SIZE = { streets: 65, communities: 2500, basic: 4953, single: 15_864, dedicated: 1154 }

describe.each(REAL_CITIES)('the real districts of %s at full size', (city) => {
  const districts = readRealDistricts(city)

  test.skipIf(!districts)(
    'are planned, tiled, coded in order and fair',
    () => {
      const areas = planCity({ districts: districts!, counts: SIZE, seed: 1 })
      expectCounts(areas, SIZE)
      expectTiled(areas)
      expectCodes(areas)
      expectDedicatedApart(areas)
      for (const kind of ['street', 'community', 'basic', 'single']) {
        const sizes = ofKind(areas, kind)
          .map(({ areaM2 }) => areaM2)
          .sort((a, b) => a - b)
        expect(sizes.at(-1)! / sizes[sizes.length >> 1]!, kind).toBeLessThan(1.35)
      }
    },
    60_000,
  )
})
