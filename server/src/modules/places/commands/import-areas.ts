import { Refusal, type FieldProblem } from '@linli/contract/errors'
import { areaM2, pointInside } from '@linli/lib/geo/area'
import { geometryToWgs84, type Crs } from '@linli/lib/geo/crs'
import type { Areal } from '@linli/lib/geo/geometry'
import { checkBoundary } from '@linli/lib/geo/validate'
import type { Actor } from '../../../platform/rights/actor.ts'
import type { Atlas } from '../atlas.ts'
import { coverageOf } from '../coverage.ts'
import { wholeOf } from '../whole.ts'
import { applyGround, type Ground } from '../ground/apply.ts'
import type { AreaWithGeometry, GridKind } from '../model.ts'
import { ensureDistricts, readVersions } from '../store.ts'

export interface ImportCommand {
  readonly features: readonly unknown[]
  readonly crs: Crs
  readonly level: string | undefined
  readonly gridKind: GridKind | undefined
  readonly rootCode: string
  readonly actor: Actor
  readonly requestId: string
}
export interface ImportResult {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly gaps: number
  readonly overlaps: number
}

interface Read {
  readonly code: string
  readonly name: string
  readonly level: string
  readonly parentCode: string
  readonly geometry: Areal
}

/** Imports areas in a named coordinate system, whole or not at all; a changed boundary becomes a new version, and what stands there follows. */
export async function importAreas(ground: Ground, command: ImportCommand): Promise<ImportResult> {
  const { platform, atlas } = ground
  const read = readFeatures(command)
  const areas = placeInTree(atlas, read, command, await readVersions(platform.db))
  const young = areas.filter((area) => !atlas.find(area.code))
  const changed = areas.filter((area) => isChanged(atlas.find(area.code), area))
  const root = grownRoot(atlas, command.rootCode, [...young, ...changed])
  const steps = [...young, ...changed, ...(root ? [root] : [])].map((area) => ({ before: atlas.find(area.code), after: area, successors: [] }))
  if (steps.length > 0)
    await applyGround(
      ground,
      { kind: 'import', steps, undoes: null },
      {
        reason: command.rootCode,
        actor: command.actor,
        requestId: command.requestId,
        acceptFaults: true,
        fits: 'skip',
        action: 'places.importAreas',
        hook: (tx) =>
          ensureDistricts(
            tx,
            areas.filter((area) => area.level === 'district').map((area) => area.code),
          ),
      },
    )
  const imported = read.map((area) => ({ id: area.code, geometry: geometryToWgs84(area.geometry, command.crs) }))
  const { gaps, overlaps } = coverageOf(null, imported)
  return { added: young.length, changed: changed.length, unchanged: areas.length - young.length - changed.length, gaps: gaps.length, overlaps: overlaps.length }
}

function readFeatures(command: ImportCommand): Read[] {
  const problems: FieldProblem[] = []
  const seen = new Set<string>()
  const read = command.features.map((feature, index): Read | undefined => {
    const pointer = `/body/geojson/features/${index}`
    const { properties, geometry } = (feature ?? {}) as { properties?: Record<string, unknown>; geometry?: unknown }
    const code = String(properties?.['adcode'] ?? properties?.['code'] ?? '').trim()
    const name = String(properties?.['name'] ?? '').trim()
    if (!/^[0-9A-Za-z-]{1,40}$/.test(code)) problems.push({ pointer: `${pointer}/properties/adcode`, code: 'required' })
    if (name === '') problems.push({ pointer: `${pointer}/properties/name`, code: 'required' })
    if (seen.has(code)) problems.push({ pointer: `${pointer}/properties/adcode`, code: 'AREA_CODE_TAKEN', detail: code })
    seen.add(code)
    const broken = checkBoundary(geometry)
    for (const problem of broken) problems.push({ pointer: `${pointer}/geometry${problem.path}`, code: problem.code, detail: JSON.stringify(problem.data) })
    if (broken.length > 0) return undefined
    const parent = properties?.['parent']
    const parentCode =
      typeof parent === 'object' && parent !== null && 'adcode' in parent
        ? String(parent.adcode)
        : typeof parent === 'string' || typeof parent === 'number'
          ? String(parent)
          : command.rootCode
    return { code, name, level: command.level ?? String(properties?.['level'] ?? 'district'), parentCode, geometry: geometry as Areal }
  })
  if (problems.length > 0)
    throw new Refusal(
      problems.some((problem) => problem.code.startsWith('BOUNDARY_'))
        ? 'BOUNDARY_INVALID'
        : problems.some((problem) => problem.code === 'AREA_CODE_TAKEN')
          ? 'AREA_CODE_TAKEN'
          : 'IMPORT_INVALID',
      problems.slice(0, 50),
    )
  return read.filter((area) => area !== undefined)
}

/** Gives every area its path; parents come from the file, or stand in the tree. */
function placeInTree(atlas: Atlas, read: readonly Read[], command: ImportCommand, versions: ReadonlyMap<string, number>): AreaWithGeometry[] {
  const placed = new Map<string, AreaWithGeometry>()
  const parentOf = (area: Read): { code: string; path: string } => {
    const parent = placed.get(area.parentCode) ?? atlas.find(area.parentCode)
    if (parent) return parent
    if (area.parentCode === command.rootCode) return { code: command.rootCode, path: command.rootCode }
    throw new Refusal('AREA_PARENT_UNKNOWN', [
      { pointer: `/body/geojson/features/${read.indexOf(area)}/properties/parent`, code: 'AREA_PARENT_UNKNOWN', detail: area.parentCode },
    ])
  }
  const waiting = [...read].sort((one, other) => one.code.length - other.code.length || (one.code < other.code ? -1 : 1))
  for (const area of waiting) {
    const parent = parentOf(area)
    const geometry = geometryToWgs84(area.geometry, command.crs)
    const [lon = 0, lat = 0] = pointInside(geometry)
    placed.set(area.code, {
      code: area.code,
      name: area.name,
      level: area.level,
      gridKind: area.level === 'grid' ? (command.gridKind ?? 'basic') : null,
      parentCode: parent.code,
      path: `${parent.path}.${area.code}`,
      areaM2: areaM2(geometry),
      lon,
      lat,
      version: (versions.get(area.code) ?? 0) + 1,
      geometry,
    })
  }
  return [...placed.values()]
}

/** The city's own area over its districts as they will be; undefined where no district changes. */
function grownRoot(atlas: Atlas, rootCode: string, written: readonly AreaWithGeometry[]): AreaWithGeometry | undefined {
  const root = atlas.find(rootCode)
  if (!root || !written.some((area) => area.level === 'district' && area.parentCode === rootCode)) return undefined
  const districts = new Map(
    [...atlas.childrenOf(rootCode), ...written].filter((area) => area.level === 'district' && area.parentCode === rootCode).map((area) => [area.code, area]),
  )
  return { ...root, ...wholeOf([...districts.values()].map((district) => district.geometry)), version: root.version + 1 }
}

function isChanged(before: AreaWithGeometry | undefined, after: AreaWithGeometry): boolean {
  return (
    before !== undefined &&
    JSON.stringify([before.name, before.level, before.path, before.geometry]) !== JSON.stringify([after.name, after.level, after.path, after.geometry])
  )
}
