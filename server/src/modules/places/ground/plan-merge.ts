import type { BodyOf } from '@linli/contract/endpoint'
import type { places as contract } from '@linli/contract/endpoints/places'
import { Refusal } from '@linli/contract/errors'
import { areaM2, pointInside } from '@linli/lib/geo/area'
import { GeoError } from '@linli/lib/geo/errors'
import { polygonsOf, type Areal } from '@linli/lib/geo/geometry'
import { unionOf } from '@linli/lib/geo/union'
import type { Atlas } from '../atlas.ts'
import type { AreaWithGeometry } from '../model.ts'
import type { AreaStep, GroundPlan } from './change.ts'
import { renumberSingles, type GridCodes } from './grid-codes.ts'

type Merge = BodyOf<typeof contract.previewMerge>['merges'][number]

/** Communities whose grids take part, so that codes once used there can be read. */
export function communitiesOf(atlas: Atlas, codes: readonly string[]): string[] {
  return [...new Set(codes.flatMap((code) => atlas.find(code)?.parentCode ?? []))]
}

/**
 * Plans a merge of grids (多格合一): basic grids of one community become one grid on their ground, dedicated grids (department grids laid
 * over them) go into it, and single-person grids below are numbered anew. Throws AREA_UNKNOWN, GRID_MERGE_INVALID and AREA_CODE_TAKEN.
 */
export function planMerge(atlas: Atlas, codes: GridCodes, merges: readonly Merge[]): GroundPlan {
  const seen = new Set<string>()
  const steps = merges.flatMap((merge, index) => {
    const pointer = `/body/merges/${index}`
    const grids = merge.from.map((code, n) => {
      const grid = atlas.find(code)
      if (!grid) throw new Refusal('AREA_UNKNOWN', [{ pointer: `${pointer}/from/${n}`, code: 'enum', detail: code }])
      if (seen.has(code)) throw invalid(`${pointer}/from/${n}`, 'GRID_REPEATED', code)
      seen.add(code)
      return grid
    })
    return mergeSteps(atlas, codes, merge, grids, pointer)
  })
  return { kind: 'merge', steps, undoes: null }
}

const invalid = (pointer: string, code: string, detail: string) => new Refusal('GRID_MERGE_INVALID', [{ pointer, code, detail }])

function mergeSteps(atlas: Atlas, codes: GridCodes, merge: Merge, grids: readonly AreaWithGeometry[], pointer: string): AreaStep[] {
  const basics = grids.filter((grid) => grid.gridKind === 'basic')
  const [first] = basics
  const community = atlas.find(first?.parentCode ?? '')
  if (!first || !community) throw invalid(`${pointer}/from`, 'GRID_BASIC_MISSING', merge.from.join(' '))
  if (grids.length < 2) throw invalid(`${pointer}/from`, 'GRID_ALONE', first.code)
  const foreign = grids.find((grid) => grid.parentCode !== community.code || grid.gridKind === 'single')
  if (foreign) throw invalid(`${pointer}/from`, foreign.gridKind === 'single' ? 'GRID_KIND' : 'GRID_OTHER_COMMUNITY', foreign.code)
  const geometry = grounds(basics, pointer)
  const [lon = 0, lat = 0] = pointInside(geometry)
  const code = codes.take(community.code, merge.code, `${pointer}/code`)
  const merged: AreaWithGeometry = {
    ...first,
    code,
    name: merge.name.trim(),
    path: `${community.path}.${code}`,
    geometry,
    areaM2: areaM2(geometry),
    lon,
    lat,
    version: codes.versionOf(code),
  }
  const singles = basics.flatMap((basic) => atlas.childrenOf(basic.code).filter((child) => child.gridKind === 'single'))
  return [
    ...grids.map((before): AreaStep => ({ before, after: undefined, successors: [code] })),
    { before: undefined, after: merged, successors: [] },
    ...renumberSingles(withGeometry(atlas, singles), merged, codes, pointer),
  ]
}

const withGeometry = (atlas: Atlas, areas: readonly { readonly code: string }[]) => areas.flatMap((area) => atlas.find(area.code) ?? [])

/** One ground in one piece: grids that lie apart stay two. */
function grounds(basics: readonly AreaWithGeometry[], pointer: string): Areal {
  try {
    const whole = unionOf(basics.map((basic) => basic.geometry))
    const most = Math.max(...basics.map((basic) => polygonsOf(basic.geometry).length))
    if (polygonsOf(whole).length > most) throw invalid(`${pointer}/from`, 'GRID_APART', basics.map((basic) => basic.code).join(' '))
    return whole
  } catch (error) {
    if (error instanceof GeoError) throw invalid(`${pointer}/from`, error.code, JSON.stringify(error.data))
    throw error
  }
}
