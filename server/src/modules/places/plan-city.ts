import { apportion, spread } from '@linli/lib/geo/apportion'
import { areaM2, boxOf, pointInside } from '@linli/lib/geo/area'
import { meshBoundaries, regionGeometry, reportSeams } from '@linli/lib/geo/city'
import { codeOrder, communityCode, FIRST_DEDICATED_SEQUENCE, gridCode, microGridCode, streetCode } from '@linli/lib/geo/codes'
import { divideRegion } from '@linli/lib/geo/divide'
import { GeoError } from '@linli/lib/geo/errors'
import type { Areal, Position } from '@linli/lib/geo/geometry'
import type { Mesh, Region } from '@linli/lib/geo/mesh'
import { seeded } from '@linli/lib/random'
import { placeInstitutions } from './plan-dedicated.ts'
import type { NameStems } from './plan-names.ts'
import { chineseNumeral, namesOf } from './plan-names.ts'

/** A node of the area tree (区域树) as planned; everything in WGS84 degrees. */
export interface PlannedArea {
  kind: 'district' | 'street' | 'community' | 'grid'
  gridKind?: 'basic' | 'single' | 'dedicated'
  code: string
  name: string
  /** Code of the node above; a single-person grid lies in a basic one; null for a district. */
  parentCode: string | null
  geometry: Areal
  areaM2: number
  /** Representative point: the centre where that is inside, else another point inside. */
  centroid: Position
}

export interface CityPlan {
  districts: readonly { code6: string; name: string; geometry: Areal }[]
  counts: { streets: number; communities: number; basic: number; single: number; dedicated: number }
  seed: number
  names?: NameStems
}

/** How many nodes of each level lie under a node, or its own weight at the bottom. */
interface Branch {
  children: Branch[]
  /** Basic grids inside: the share of ground that this branch is due. */
  weight: number
}

interface Grown {
  region: Region
  branches: Grown[]
}

/** Groups a list of branches into `sizes[0]`, `sizes[1]`, … under new ones. */
function gather(branches: readonly Branch[], sizes: readonly number[]): Branch[] {
  let taken = 0
  return sizes.map((size) => {
    const children = branches.slice(taken, taken + size)
    taken += size
    return { children, weight: children.reduce((sum, { weight }) => sum + weight, 0) }
  })
}

/** Streets, communities, basic and single-person grids of each district, by area and then as even as numbers allow. */
function branchesOf(areas: readonly number[], counts: CityPlan['counts']): Branch[][] {
  const streets = apportion(counts.streets, areas, 1)
  const communities = apportion(counts.communities, areas, streets)
  const basic = apportion(counts.basic, areas, communities)
  const single = counts.single === 0 ? areas.map(() => 0) : apportion(counts.single, areas, basic)
  return areas.map((_, d) => {
    const leaf: Branch = { children: [], weight: 1 }
    const grids = spread(single[d]!, basic[d]!).map((size): Branch => ({ children: Array.from({ length: size }, () => leaf), weight: 1 }))
    const inCommunities = gather(grids, spread(basic[d]!, communities[d]!))
    return gather(inCommunities, spread(communities[d]!, streets[d]!))
  })
}

/** Divides a region for its branches, level by level. */
function grow(mesh: Mesh, region: Region, branches: readonly Branch[]): Grown {
  if (branches.length === 0) return { region, branches: [] }
  const weights = branches.map(({ weight }) => weight)
  const cells = divideRegion(mesh, region, weights)
  return { region, branches: branches.map(({ children }, i) => grow(mesh, cells[i]!, children)) }
}

type Shaped = Pick<PlannedArea, 'geometry' | 'areaM2' | 'centroid'>

function shape(geometry: Areal): Shaped {
  return { geometry, areaM2: areaM2(geometry), centroid: pointInside(geometry) }
}

/** The children of a node with their shapes, in the order of their codes. */
function inCodeOrder(mesh: Mesh, children: readonly Grown[]): { grown: Grown; shaped: Shaped }[] {
  const all = children.map((grown) => ({ grown, shaped: shape(regionGeometry(mesh, grown.region)) }))
  const placed = all.map(({ shaped }) => ({ box: boxOf(shaped.geometry), point: shaped.centroid }))
  return codeOrder(placed).map((i) => all[i]!)
}

function refuseOverlap(districts: CityPlan['districts']): void {
  const { overlaps } = reportSeams(districts.map(({ code6, geometry }) => ({ id: code6, geometry })))
  const [worst] = overlaps.sort((a, b) => b.areaM2 - a.areaM2)
  if (!worst) return
  const [first, second] = worst.ids
  throw new GeoError('GEO_BOUNDARIES_OVERLAP', { first, second, areaM2: Math.round(worst.areaM2) })
}

/**
 * Plans the area tree of a city from its districts' boundaries (网格划分): streets, communities, basic grids and
 * single-person grids that tile their parents without gap or overlap, and dedicated grids for made-up institutions.
 *
 * Numbers of nodes go to districts by area with exact totals and are spread evenly below; basic grids of a district
 * are equal in area. The same plan gives the same tree. Refuses districts that overlap (GEO_BOUNDARIES_OVERLAP),
 * counts that leave a parent childless (GEO_COUNT_INVALID) and more children than a code has digits for
 * (GEO_CODE_EXHAUSTED).
 */
export function planCity({ districts, counts, seed, names = {} }: CityPlan): PlannedArea[] {
  refuseOverlap(districts)
  const { mesh, regions } = meshBoundaries(districts.map(({ geometry }) => geometry))
  const areas = regions.map((region) => areaM2(regionGeometry(mesh, region)))
  const trees = branchesOf(areas, counts).map((tree, d) => grow(mesh, regions[d]!, tree))

  // Only now has every neighbour put its vertices on shared borders: shapes are read off the finished mesh.
  const planned: PlannedArea[] = []
  const communities: PlannedArea[] = []
  const streetName = namesOf(names.streets, '街道')
  const communityName = namesOf(names.communities, '社区')
  let streets = 0
  trees.forEach((tree, d) => {
    const { code6, name } = districts[d]!
    const shaped = shape(regionGeometry(mesh, tree.region))
    planned.push({ kind: 'district', code: code6, name, parentCode: null, ...shaped })
    inCodeOrder(mesh, tree.branches).forEach((street, s) => {
      const code = streetCode(code6, s + 1)
      const label = streetName(streets++, s)
      planned.push({ kind: 'street', code, name: label, parentCode: code6, ...street.shaped })
      inCodeOrder(mesh, street.grown.branches).forEach((community, c) => {
        const area: PlannedArea = {
          kind: 'community',
          code: communityCode(code, c + 1),
          name: communityName(communities.length, c),
          parentCode: code,
          ...community.shaped,
        }
        communities.push(area)
        planned.push(area, ...gridsOf(mesh, community.grown, area))
      })
    })
  })
  return [...planned, ...dedicatedOf(communities, counts.dedicated, seeded(seed))]
}

/** Basic grids of a community, each followed by its single-person grids. */
function gridsOf(mesh: Mesh, community: Grown, parent: PlannedArea): PlannedArea[] {
  return inCodeOrder(mesh, community.branches).flatMap(({ grown, shaped }, g) => {
    const basic: PlannedArea = {
      kind: 'grid',
      gridKind: 'basic',
      code: gridCode(parent.code, g + 1),
      name: `${parent.name}第${chineseNumeral(g + 1)}网格`,
      parentCode: parent.code,
      ...shaped,
    }
    const singles = inCodeOrder(mesh, grown.branches).map((single, m): PlannedArea => ({
      kind: 'grid',
      gridKind: 'single',
      code: microGridCode(basic.code, m + 1),
      name: `${basic.name}第${chineseNumeral(m + 1)}微网格`,
      parentCode: basic.code,
      ...single.shaped,
    }))
    return [basic, ...singles]
  })
}

/** Dedicated grids by area of the communities, numbered there and named through the city: 第三小学. */
function dedicatedOf(communities: readonly PlannedArea[], count: number, random: () => number): PlannedArea[] {
  const counts = apportion(
    count,
    communities.map((community) => community.areaM2),
  )
  const numbers = new Map<string, number>()
  const grids = communities.flatMap((community, i) => {
    const shapes = placeInstitutions(community.geometry, counts[i]!, random).map((premises) => ({
      word: premises.word,
      shaped: shape(premises.geometry),
    }))
    const order = codeOrder(shapes.map(({ shaped }) => ({ box: boxOf(shaped.geometry), point: shaped.centroid })))
    return order.map((at, n): PlannedArea => {
      const { word, shaped } = shapes[at]!
      const number = (numbers.get(word) ?? 0) + 1
      numbers.set(word, number)
      return {
        kind: 'grid',
        gridKind: 'dedicated',
        code: gridCode(community.code, FIRST_DEDICATED_SEQUENCE + n),
        name: `第${chineseNumeral(number)}${word}`,
        parentCode: community.code,
        ...shaped,
      }
    })
  })
  if (grids.length !== count) {
    throw new GeoError('GEO_DIVIDE_TOO_SMALL', { wanted: count, placed: grids.length })
  }
  return grids
}
