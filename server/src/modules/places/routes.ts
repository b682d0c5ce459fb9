import type { AnswerOf } from '@linli/contract/endpoint'
import { places as contract } from '@linli/contract/endpoints/places'
import { Refusal } from '@linli/contract/errors'
import { limitOf, route, type Route } from '../../platform/http/request.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Atlas } from './atlas.ts'
import { divideCity } from './commands/divide.ts'
import { importAreas } from './commands/import-areas.ts'
import { importComponents } from './commands/import-components.ts'
import { coverageOfKind } from './coverage.ts'
import type { Area } from './model.ts'
import { place } from './position.ts'
import { listComponents } from './store.ts'
import { AreaTiles } from './tiles.ts'

export function placesRoutes(platform: Platform, atlas: Atlas): Route[] {
  const tiles = new AreaTiles(atlas)
  const { city } = platform.city
  const view = (area: Area): AnswerOf<typeof contract.getArea>['area'] => ({
    code: area.code,
    name: area.name,
    level: area.level,
    gridKind: area.gridKind,
    parentCode: area.parentCode,
    path: area.path,
    areaM2: area.areaM2,
    center: { lon: area.lon, lat: area.lat },
    version: area.version,
    children: atlas.childrenOf(area.code).length,
  })
  const orNull = (area: Area | undefined) => (area ? view(area) : null)
  const after = (cursor: string | undefined) => (cursor === undefined ? '' : Buffer.from(cursor, 'base64url').toString())
  return [
    route(contract.listAreas, async (call) => {
      const { parent, level, q } = call.query
      const pool =
        q === undefined && level === undefined
          ? atlas.childrenOf(parent ?? null)
          : atlas.areas.filter((area) => parent === undefined || area.path.split('.').includes(parent))
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
      return { rows: found.slice(0, limit).map(view), next: found.length > limit && last ? Buffer.from(last.code).toString('base64url') : null }
    }),
    route(contract.getArea, async (call) => {
      const area = atlas.find(call.params.code)
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
    route(contract.tile, async (call) => {
      const [z, x, y] = [Number(call.params.z), Number(call.params.x), Number(call.params.y)]
      if (z > 18 || x >= 2 ** z || y >= 2 ** z) throw new Refusal('NOT_FOUND')
      call.header('content-encoding', 'gzip')
      call.header('cache-control', 'public, max-age=60')
      return tiles.tile(z, x, y)
    }),
    route(contract.importAreas, async (call) =>
      importAreas(platform, atlas, {
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
      divideCity(platform, atlas, { counts: call.body.counts, seed: call.body.seed ?? city.seed, actor: call.actor, requestId: call.requestId }),
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
  ]
}
