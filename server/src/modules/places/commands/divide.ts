import { Refusal } from '@linli/contract/errors'
import { GeoError } from '@linli/lib/geo/errors'
import type { Tx } from '../../../platform/db/database.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { Actor } from '../../../platform/rights/actor.ts'
import type { Atlas } from '../atlas.ts'
import { coverageOfKind } from '../coverage.ts'
import { applyGround, type Ground } from '../ground/apply.ts'
import type { AreaStep } from '../ground/change.ts'
import type { AreaWithGeometry } from '../model.ts'
import { planCity, type PlannedArea } from '../plan-city.ts'
import { putAreas, readVersions } from '../store.ts'

export interface Counts {
  readonly streets: number
  readonly communities: number
  readonly basic: number
  readonly single: number
  readonly dedicated: number
}
export interface DivideCommand {
  readonly counts: Counts
  readonly seed: number
  readonly actor: Actor
  readonly requestId: string
}
export interface DivideResult {
  readonly counts: Counts
  readonly gaps: number
  readonly overlaps: number
  readonly multiPart: number
}
interface District {
  readonly code: string
  readonly name: string
  readonly path: string
  readonly geometry: AreaWithGeometry['geometry']
}

/** Divides every district of the city by count and replaces what lay below them; the old areas stay in history, and what stands there follows. */
export async function divideCity(ground: Ground, command: DivideCommand): Promise<DivideResult> {
  const { platform, atlas } = ground
  const districts = atlas.areas.filter((area) => area.level === 'district')
  if (districts.length === 0) throw new Refusal('NOT_FOUND')
  const planned = inTree(planOf(districts, command.counts, command.seed), districts, await readVersions(platform.db))
  await applyGround(
    ground,
    { kind: 'division', steps: stepsTo(atlas, planned), undoes: null },
    { reason: 'linli grid', actor: command.actor, requestId: command.requestId, acceptFaults: true, fits: 'skip', action: 'places.divide' },
  )
  const reports = (['basic', 'single', 'dedicated'] as const).map((kind) => coverageOfKind(atlas, kind))
  const grids = atlas.areas.filter((area) => area.level === 'grid')
  const ofKind = (kind: string) => grids.filter((grid) => grid.gridKind === kind).length
  const ofLevel = (level: string) => atlas.areas.filter((area) => area.level === level).length
  return {
    counts: { streets: ofLevel('street'), communities: ofLevel('community'), basic: ofKind('basic'), single: ofKind('single'), dedicated: ofKind('dedicated') },
    gaps: reports.reduce((sum, report) => sum + report.gaps.length, 0),
    overlaps: reports.reduce((sum, report) => sum + report.overlaps.length, 0),
    multiPart: grids.filter((grid) => grid.geometry.type === 'MultiPolygon').length,
  }
}

/** From the tree as it stands to the one planned: what is not planned ends, and names what now lies where its point is. */
function stepsTo(atlas: Atlas, planned: readonly AreaWithGeometry[]): AreaStep[] {
  const going = new Map(atlas.areas.filter((area) => area.level !== 'city').map((area) => [area.code, area]))
  const after = atlas.with([...atlas.areas.filter((area) => area.level === 'city'), ...planned].toSorted((one, other) => (one.path < other.path ? -1 : 1)))
  const made = planned.map((area): AreaStep => {
    const before = going.get(area.code)
    going.delete(area.code)
    return { before, after: area, successors: [] }
  })
  const ended = [...going.values()].map((before): AreaStep => {
    const located = after.locate(before.lon, before.lat)
    const sameLevel = located?.deepest.path.split('.').find((code) => after.find(code)?.level === before.level)
    const successor = before.gridKind === null ? sameLevel : before.gridKind === 'single' ? (located?.single ?? located?.basic)?.code : located?.basic?.code
    return { before, after: undefined, successors: successor === undefined ? [] : [successor] }
  })
  return [...ended, ...made]
}

/** Plans the first division of a city and writes it in the caller's transaction. */
export async function writeDivision(platform: Platform, tx: Tx, districts: readonly District[], counts: Counts, seed: number): Promise<void> {
  await putAreas(tx, inTree(planOf(districts, counts, seed), districts, new Map()), new Date(platform.runtime.now()), null)
}

function planOf(districts: readonly District[], counts: Counts, seed: number): PlannedArea[] {
  try {
    return planCity({ districts: districts.map((district) => ({ code6: district.code, name: district.name, geometry: district.geometry })), counts, seed })
  } catch (error) {
    if (!(error instanceof GeoError)) throw error
    throw new Refusal(error.code === 'GEO_BOUNDARIES_OVERLAP' ? 'BOUNDARY_INVALID' : 'GRID_COUNT_INVALID', [
      { pointer: '/body/counts', code: error.code, detail: JSON.stringify(error.data) },
    ])
  }
}

function inTree(plan: readonly PlannedArea[], districts: readonly District[], versions: ReadonlyMap<string, number>): AreaWithGeometry[] {
  const paths = new Map(districts.map((district) => [district.code, district.path]))
  const parents = new Map(districts.map((district) => [district.code, district.path.split('.').at(-2) ?? null]))
  return plan.map((area) => {
    const path = area.parentCode === null ? (paths.get(area.code) ?? area.code) : `${paths.get(area.parentCode) ?? area.parentCode}.${area.code}`
    paths.set(area.code, path)
    const [lon = 0, lat = 0] = area.centroid
    return {
      code: area.code,
      name: area.name,
      level: area.kind,
      gridKind: area.gridKind ?? null,
      parentCode: area.parentCode ?? parents.get(area.code) ?? null,
      path,
      areaM2: area.areaM2,
      lon,
      lat,
      version: (versions.get(area.code) ?? 0) + 1,
      geometry: area.geometry,
    }
  })
}
