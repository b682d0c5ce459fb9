import type { BodyOf } from '@linli/contract/endpoint'
import type { places as contract } from '@linli/contract/endpoints/places'
import { Refusal, type FieldProblem } from '@linli/contract/errors'
import { areaM2, locate, pointInside } from '@linli/lib/geo/area'
import { geometryToWgs84, type Crs } from '@linli/lib/geo/crs'
import { polygonsOf, type Areal } from '@linli/lib/geo/geometry'
import { checkBoundary } from '@linli/lib/geo/validate'
import type { Atlas } from '../atlas.ts'
import type { Area, AreaWithGeometry } from '../model.ts'
import type { AreaStep, GroundPlan } from './change.ts'
import type { GridCodes } from './grid-codes.ts'

type Edits = BodyOf<typeof contract.previewBoundaries>['edits']

const EDITABLE: ReadonlySet<string> = new Set(['street', 'community', 'grid'])

/** A boundary as it came in, checked and in WGS84 with its size and point; throws BOUNDARY_INVALID with every problem at its pointer. */
export function readBoundary(geometry: unknown, crs: Crs, pointer: string): { geometry: Areal; areaM2: number; lon: number; lat: number } {
  const broken: FieldProblem[] = checkBoundary(geometry).map((problem) => ({
    pointer: `${pointer}${problem.path}`,
    code: problem.code,
    detail: JSON.stringify(problem.data),
  }))
  if (broken.length > 0) throw new Refusal('BOUNDARY_INVALID', broken.slice(0, 50))
  const inside = geometryToWgs84(geometry as Areal, crs)
  const [lon = 0, lat = 0] = pointInside(inside)
  return { geometry: inside, areaM2: areaM2(inside), lon, lat }
}

/**
 * Plans new boundaries or names for streets, communities and grids (边界调整); a version that was not looked at is refused with AREA_STALE.
 * A single-person grid whose ground goes from one basic grid to another goes along under a new code.
 */
export function planBoundaries(atlas: Atlas, codes: GridCodes, crs: Crs, edits: Edits): GroundPlan {
  const seen = new Set<string>()
  const steps = edits.map((edit, index) => {
    const pointer = `/body/edits/${index}`
    const before = atlas.find(edit.code)
    if (!before || seen.has(edit.code))
      throw new Refusal('AREA_UNKNOWN', [{ pointer: `${pointer}/code`, code: before ? 'repeated' : 'enum', detail: edit.code }])
    seen.add(edit.code)
    if (!EDITABLE.has(before.level)) throw new Refusal('AREA_NOT_EDITABLE', [{ pointer: `${pointer}/code`, code: 'AREA_NOT_EDITABLE', detail: before.level }])
    if (before.version !== edit.version)
      throw new Refusal('AREA_STALE', [{ pointer: `${pointer}/version`, code: 'AREA_STALE', detail: `${edit.code} ${before.version}` }], {
        version: before.version,
      })
    const ground = edit.geometry === undefined ? {} : readBoundary(edit.geometry, crs, `${pointer}/geometry`)
    return { before, after: { ...before, name: edit.name?.trim() || before.name, ...ground, version: before.version + 1 }, successors: [] }
  })
  return { kind: 'boundaries', steps: [...steps, ...singlesThatGo(atlas, codes, steps)], undoes: null }
}

/** Single-person grids, not edited themselves, whose point now lies in another of the edited basic grids. */
function singlesThatGo(atlas: Atlas, codes: GridCodes, steps: readonly AreaStep[]): AreaStep[] {
  const edited = new Set(steps.map((step) => step.before?.code))
  const basics = steps.flatMap((step) => (step.after?.gridKind === 'basic' ? [step.after] : []))
  const holds = (grid: AreaWithGeometry, single: Area) => polygonsOf(grid.geometry).some((rings) => locate(rings, single.lon, single.lat) === 1)
  return basics.flatMap((grid) =>
    atlas.childrenOf(grid.code).flatMap((child): AreaStep[] => {
      const before = atlas.find(child.code)
      if (!before || before.gridKind !== 'single' || edited.has(before.code) || holds(grid, before)) return []
      const target = basics.find((other) => other.code !== grid.code && holds(other, before))
      if (!target) return []
      const code = codes.takeMicro(target.code, '/body/edits')
      return [
        { before, after: undefined, successors: [code] },
        {
          before: undefined,
          after: { ...before, code, parentCode: target.code, path: `${target.path}.${code}`, version: codes.versionOf(code) },
          successors: [],
        },
      ]
    }),
  )
}
