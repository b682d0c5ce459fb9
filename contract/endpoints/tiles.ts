import { Type } from '@sinclair/typebox'
import { closed, endpoint } from '../endpoint.ts'

const Address = closed({ z: Type.String({ pattern: '^\\d{1,2}$' }), x: Type.String({ pattern: '^\\d{1,8}$' }), y: Type.String({ pattern: '^\\d{1,8}$' }) })
const VECTOR_TILE = 'application/vnd.mapbox-vector-tile'

/** Vector tiles (矢量瓦片): web mercator, WGS84, zoom 0 to 18, gzip, with an ETag. */
export const tiles = {
  areas: endpoint({
    id: 'tiles.areas',
    method: 'GET',
    path: '/tiles/areas/:z/:x/:y',
    permission: 'public',
    purposes: [],
    status: 200,
    contentType: VECTOR_TILE,
    summary: 'Vector tile with the layers district, street, community, basic, single, dedicated (fields code, name).',
    params: Address,
    answer: Type.String(),
    errors: ['NOT_FOUND'],
  }),
  components: endpoint({
    id: 'tiles.components',
    method: 'GET',
    path: '/tiles/components/:z/:x/:y',
    permission: 'components.read',
    purposes: [],
    status: 200,
    contentType: VECTOR_TILE,
    summary: 'Vector tile with the layer component: how many stand in each cell (n), from zoom 15 each one with type, state, code and name.',
    params: Address,
    answer: Type.String(),
    errors: ['NOT_FOUND'],
  }),
  cases: endpoint({
    id: 'tiles.cases',
    method: 'GET',
    path: '/tiles/cases/:z/:x/:y',
    permission: 'cases.read',
    purposes: [],
    status: 200,
    contentType: VECTOR_TILE,
    summary:
      'Vector tile with the layer density: how many open cases of one’s scope lie in each cell (n), and how many of them are late (late); numbers alone.',
    params: Address,
    answer: Type.String(),
    errors: ['NOT_FOUND'],
  }),
}
