import type { BodyOf } from '@linli/contract/endpoint'
import type { places as contract } from '@linli/contract/endpoints/places'
import { Refusal } from '@linli/contract/errors'
import { locate } from '@linli/lib/geo/area'
import { polygonsOf } from '@linli/lib/geo/geometry'
import type { Atlas } from '../atlas.ts'
import type { AreaWithGeometry } from '../model.ts'
import type { AreaStep, GroundPlan } from './change.ts'
import { renumberSingles, type GridCodes } from './grid-codes.ts'
import { readBoundary } from './plan-boundaries.ts'

type Split = BodyOf<typeof contract.previewSplit>

/**
 * Plans a split of one basic grid into parts (网格拆分). Single-person grids go to the part in which their point lies; how parts and
 * they fill the ground is for the report to say. Throws AREA_UNKNOWN, AREA_NOT_EDITABLE, BOUNDARY_INVALID and AREA_CODE_TAKEN.
 */
export function planSplit(atlas: Atlas, codes: GridCodes, split: Split): GroundPlan {
  const old = atlas.find(split.code)
  const community = atlas.find(old?.parentCode ?? '')
  if (!old || !community) throw new Refusal('AREA_UNKNOWN', [{ pointer: '/body/code', code: 'enum', detail: split.code }])
  if (old.gridKind !== 'basic')
    throw new Refusal('AREA_NOT_EDITABLE', [{ pointer: '/body/code', code: 'AREA_NOT_EDITABLE', detail: old.gridKind ?? old.level }])
  const parts = split.parts.map((part, index): AreaWithGeometry => {
    const pointer = `/body/parts/${index}`
    const ground = readBoundary(part.geometry, split.crs, `${pointer}/geometry`)
    const code = codes.take(community.code, part.code, `${pointer}/code`)
    return { ...old, ...ground, code, name: part.name.trim(), path: `${community.path}.${code}`, version: codes.versionOf(code) }
  })
  const singles = atlas.childrenOf(old.code).flatMap((child) => (child.gridKind === 'single' ? (atlas.find(child.code) ?? []) : []))
  const byPart = Map.groupBy(singles, (single) => holderOf(parts, single))
  return {
    kind: 'split',
    undoes: null,
    steps: [
      { before: old, after: undefined, successors: parts.map((part) => part.code) },
      ...parts.map((after): AreaStep => ({ before: undefined, after, successors: [] })),
      ...parts.flatMap((part, index) => renumberSingles(byPart.get(part) ?? [], part, codes, `/body/parts/${index}`)),
    ],
  }
}

/** The part that holds a single-person grid's point; the first where a gap swallowed it, which the report shows as a gap. */
function holderOf(parts: readonly AreaWithGeometry[], single: AreaWithGeometry): AreaWithGeometry | undefined {
  return parts.find((part) => polygonsOf(part.geometry).some((rings) => locate(rings, single.lon, single.lat) >= 0)) ?? parts[0]
}
