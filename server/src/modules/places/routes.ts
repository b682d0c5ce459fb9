import type { AnswerOf } from '@linli/contract/endpoint'
import { places as contract } from '@linli/contract/endpoints/places'
import { Refusal } from '@linli/contract/errors'
import { limitOf, route, type Route } from '../../platform/http/request.ts'
import type { Atlas } from './atlas.ts'
import { endOfDay } from './as-of.ts'
import { divideCity } from './commands/divide.ts'
import { importAreas } from './commands/import-areas.ts'
import { importComponents } from './commands/import-components.ts'
import { coverageOfKind } from './coverage.ts'
import type { Ground } from './ground/apply.ts'
import { measured } from './ground/plan-undo.ts'
import { groundRoutes } from './ground/routes.ts'
import { findAreaAt, readAreasAt } from './ground/store.ts'
import type { Area } from './model.ts'
import { place } from './position.ts'
import { listComponents } from './store.ts'
import { tileRoutes } from './tiles/routes.ts'

export function placesRoutes(ground: Ground): Route[] {
  const { platform, atlas } = ground
  const { city } = platform.city
  const view = (area: Area, tree: Pick<Atlas, 'childrenOf'> = atlas): AnswerOf<typeof contract.getArea>['area'] => ({
    code: area.code,
    name: area.name,
    level: area.level,
    gridKind: area.gridKind,
    parentCode: area.parentCode,
    path: area.path,
    areaM2: area.areaM2,
    center: { lon: area.lon, lat: area.lat },
    version: area.version,
    children: tree.childrenOf(area.code).length,
  })
  const orNull = (area: Area | undefined) => (area ? view(area) : null)
  const after = (cursor: string | undefined) => (cursor === undefined ? '' : Buffer.from(cursor, 'base64url').toString())
  /** The tree that stands, or the one that stood at the end of a day of the city. */
  const treeAt = async (asOf: string | undefined) =>
    asOf === undefined ? atlas : atlas.with((await readAreasAt(platform.db, endOfDay(city.timeZone, asOf))).map(measured))
  return [
    route(contract.listAreas, async (call) => {
      const { parent, level, q, asOf } = call.query
      const tree = await treeAt(asOf)
      const pool =
        q === undefined && level === undefined
          ? tree.childrenOf(parent ?? null)
          : tree.areas.filter((area) => parent === undefined || area.path.split('.').includes(parent))
      const found = pool
        .filter(
          (area) =>
            area.code > after(call.query.cursor) &&
            (level === undefined || area.level === level) &&
            (q === undefined || area.name.includes(q) || area.code.startsWith(q)),
        )
        .sort((one, other) => (one.code < other.code ? -1 : 1))
      const limit = limitOf(call.query, 50)
      const last = found[limit - 1]
      return {
        rows: found.slice(0, limit).map((area) => view(area, tree)),
        next: found.length > limit && last ? Buffer.from(last.code).toString('base64url') : null,
      }
    }),
    route(contract.getArea, async (call) => {
      const { asOf } = call.query
      const past = asOf === undefined ? undefined : await findAreaAt(platform.db, call.params.code, endOfDay(city.timeZone, asOf))
      const area = asOf === undefined ? atlas.find(call.params.code) : past && measured(past)
      if (!area) throw new Refusal('NOT_FOUND')
      return { area: view(area), geometry: area.geometry }
    }),
    route(contract.locate, async (call) => {
      const { lon, lat, located } = place(
        atlas,
        { lon: Number(call.query.lon), lat: Number(call.query.lat), crs: call.query.crs ?? 'wgs84' },
        '/querystring/lon',
      )
      const above = located.deepest.path
        .split('.')
        .map((code) => atlas.find(code))
        .filter((area) => area !== undefined && area.level !== 'grid')
      return {
        position: { lon, lat },
        basic: orNull(located.basic),
        single: orNull(located.single),
        dedicated: orNull(located.dedicated),
        above: above.map((area) => view(area as Area)),
      }
    }),
    ...tileRoutes(platform, atlas),
    route(contract.importAreas, async (call) =>
      importAreas(ground, {
        features: call.body.geojson.features,
        crs: call.body.crs,
        level: call.body.level,
        gridKind: call.body.gridKind,
        rootCode: call.body.rootCode ?? city.division,
        actor: call.actor,
        requestId: call.requestId,
      }),
    ),
    route(contract.divide, async (call) =>
      divideCity(ground, { counts: call.body.counts, seed: call.body.seed ?? city.seed, actor: call.actor, requestId: call.requestId }),
    ),
    route(contract.coverage, async (call) => {
      const report = coverageOfKind(atlas, call.query.gridKind)
      const at = (point: readonly number[]) => ({ lon: point[0] ?? 0, lat: point[1] ?? 0 })
      return {
        cells: report.cells,
        gaps: report.gaps.map((gap) => ({ areaM2: gap.areaM2, at: at(gap.point) })),
        overlaps: report.overlaps.map((overlap) => ({ areaM2: overlap.areaM2, codes: [...overlap.ids] })),
      }
    }),
    route(contract.listComponents, async (call) => {
      const limit = limitOf(call.query, 50)
      const path = call.query.area === undefined ? undefined : (atlas.find(call.query.area)?.path ?? call.query.area)
      const rows = await listComponents(platform.db, { path, typeCode: call.query.typeCode, after: after(call.query.cursor), limit: limit + 1 })
      const last = rows[limit - 1]
      return {
        rows: rows.slice(0, limit).map((row) => ({
          scheme: row.scheme,
          typeCode: row.typeCode,
          code: row.code,
          name: row.name,
          ownerUnit: row.ownerUnit,
          state: row.state,
          position: { lon: row.lon, lat: row.lat },
          areaCode: row.areaCode,
          version: row.version,
        })),
        next: rows.length > limit && last ? Buffer.from(last.code).toString('base64url') : null,
      }
    }),
    route(contract.importComponents, async (call) => importComponents(platform, atlas, call.body, call.actor, call.requestId)),
    ...groundRoutes(ground),
  ]
}
