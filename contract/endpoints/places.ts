import { Type } from '@sinclair/typebox'
import { closed, Count, Crs, Cursor, endpoint, Limit, Nullable, PageOf, Position } from '../endpoint.ts'

/** GeoJSON is checked by the boundary checker, which names the exact edge; the schema only holds its outline. */
const Geometry = Type.Object({ type: Type.String(), coordinates: Type.Array(Type.Unknown()) }, { additionalProperties: true })
const GridKind = Type.Union([Type.Literal('basic'), Type.Literal('single'), Type.Literal('dedicated')])
export const AreaView = closed({
  code: Type.String(), name: Type.String(), level: Type.String(), gridKind: Nullable(GridKind), parentCode: Nullable(Type.String()), path: Type.String(),
  areaM2: Type.Number(), center: Position, version: Type.Integer(), children: Count,
})
const ComponentView = closed({
  scheme: Type.String(), typeCode: Type.String(), code: Type.String(), name: Type.String(), ownerUnit: Nullable(Type.String()), state: Type.String(), position: Position,
  areaCode: Nullable(Type.String()), version: Type.Integer(),
})
const Counts = closed({ streets: Count, communities: Count, basic: Count, single: Count, dedicated: Count })

export const places = {
  listAreas: endpoint({
    id: 'places.listAreas', method: 'GET', path: '/api/v1/areas', permission: 'public', purposes: [], status: 200,
    summary: 'Areas below a parent (or the roots), or those whose name or code begins with `q`; ordered by code.',
    query: closed({ parent: Type.Optional(Type.String({ maxLength: 40 })), level: Type.Optional(Type.String({ maxLength: 20 })), q: Type.Optional(Type.String({ maxLength: 60 })), limit: Type.Optional(Limit), cursor: Type.Optional(Cursor) }),
    answer: PageOf(AreaView), errors: ['CURSOR_INVALID'],
  }),
  getArea: endpoint({
    id: 'places.getArea', method: 'GET', path: '/api/v1/areas/:code', permission: 'public', purposes: [], status: 200,
    summary: 'One area with its boundary (GeoJSON, WGS84).', params: closed({ code: Type.String({ maxLength: 40 }) }),
    answer: closed({ area: AreaView, geometry: Geometry }), errors: ['NOT_FOUND'],
  }),
  locate: endpoint({
    id: 'places.locate', method: 'GET', path: '/api/v1/locate', permission: 'public', purposes: [], status: 200,
    summary: 'The one unit per grid kind at a point, and the areas above it.',
    query: closed({ lon: Type.String({ pattern: '^-?\\d{1,3}(\\.\\d+)?$' }), lat: Type.String({ pattern: '^-?\\d{1,2}(\\.\\d+)?$' }), crs: Type.Optional(Crs) }),
    answer: closed({ position: Position, basic: Nullable(AreaView), single: Nullable(AreaView), dedicated: Nullable(AreaView), above: Type.Array(AreaView) }),
    errors: ['POSITION_OUTSIDE_CITY', 'POSITION_SWAPPED'],
  }),
  tile: endpoint({
    id: 'places.tile', method: 'GET', path: '/tiles/areas/:z/:x/:y', permission: 'public', purposes: [], status: 200, contentType: 'application/vnd.mapbox-vector-tile',
    summary: 'Vector tile with the layers district, street, community, basic, single, dedicated (fields code, name).',
    params: closed({ z: Type.String({ pattern: '^\\d{1,2}$' }), x: Type.String({ pattern: '^\\d{1,8}$' }), y: Type.String({ pattern: '^\\d{1,8}$' }) }),
    answer: Type.String(), errors: ['NOT_FOUND'],
  }),
  importAreas: endpoint({
    id: 'places.importAreas', method: 'POST', path: '/api/v1/areas/import', permission: 'areas.edit', purposes: [], status: 200, maxBytes: 64 * 1024 * 1024,
    summary: 'Import areas from GeoJSON in a named coordinate system; whole or not at all. Properties: adcode or code, name, level, parent.',
    body: closed({
      crs: Crs, level: Type.Optional(Type.String({ maxLength: 20 })), gridKind: Type.Optional(GridKind), rootCode: Type.Optional(Type.String({ maxLength: 40 })), rootName: Type.Optional(Type.String({ maxLength: 100 })),
      geojson: Type.Object({ type: Type.Literal('FeatureCollection'), features: Type.Array(Type.Unknown(), { maxItems: 30_000 }) }, { additionalProperties: true }),
    }),
    answer: closed({ added: Count, changed: Count, unchanged: Count, gaps: Count, overlaps: Count }), errors: ['BOUNDARY_INVALID', 'AREA_CODE_TAKEN', 'AREA_PARENT_UNKNOWN', 'IMPORT_INVALID'],
  }),
  divide: endpoint({
    id: 'places.divide', method: 'POST', path: '/api/v1/areas/divide', permission: 'areas.edit', purposes: [], status: 200,
    summary: 'Divide the districts into streets, communities and the three kinds of grid, seamless and coded by rule; replaces what lay below the districts.',
    body: closed({ counts: Counts, seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 })) }),
    answer: closed({ counts: Counts, gaps: Count, overlaps: Count, multiPart: Count }), errors: ['GRID_COUNT_INVALID', 'NOT_FOUND'],
  }),
  coverage: endpoint({
    id: 'places.coverage', method: 'GET', path: '/api/v1/areas/coverage', permission: 'areas.read', purposes: [], status: 200,
    summary: 'Gaps and overlaps of each grid kind over the city, with size and a point to look at.',
    query: closed({ gridKind: GridKind }),
    answer: closed({
      cells: Count,
      gaps: Type.Array(closed({ areaM2: Type.Number(), at: Position })),
      overlaps: Type.Array(closed({ areaM2: Type.Number(), codes: Type.Array(Type.String()) })),
    }), errors: [],
  }),
  listComponents: endpoint({
    id: 'places.listComponents', method: 'GET', path: '/api/v1/components', permission: 'components.read', purposes: [], status: 200,
    summary: 'City components (部件) in an area, by code.',
    query: closed({ area: Type.Optional(Type.String({ maxLength: 40 })), typeCode: Type.Optional(Type.String({ maxLength: 8 })), limit: Type.Optional(Limit), cursor: Type.Optional(Cursor) }),
    answer: PageOf(ComponentView), errors: ['CURSOR_INVALID'],
  }),
  importComponents: endpoint({
    id: 'places.importComponents', method: 'POST', path: '/api/v1/components/import', permission: 'components.edit', purposes: [], status: 200, maxBytes: 32 * 1024 * 1024,
    summary: 'Add or update components; whole or not at all. The 16-digit code is made from division, type and serial when absent.',
    body: closed({
      crs: Crs,
      rows: Type.Array(closed({
        scheme: Type.Union([Type.Literal('cjt214'), Type.Literal('gbt30428'), Type.Literal('local')]), typeCode: Type.String({ pattern: '^\\d{4}$' }),
        code: Type.Optional(Type.String({ pattern: '^\\d{16}$' })), name: Type.String({ minLength: 1, maxLength: 100 }), ownerUnit: Type.Optional(Type.String({ maxLength: 40 })),
        state: Type.Optional(Type.Union([Type.Literal('intact'), Type.Literal('damaged'), Type.Literal('missing'), Type.Literal('removed')])),
        lon: Type.Number(), lat: Type.Number(),
      }), { maxItems: 20_000 }),
    }),
    answer: closed({ added: Count, changed: Count, unchanged: Count }), errors: ['IMPORT_INVALID', 'POSITION_OUTSIDE_CITY'],
  }),
}
