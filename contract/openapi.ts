import type { Endpoint } from './endpoint.ts'
import { georeportStatus, RefusedRequest } from './endpoints/open311.ts'
import { errors, type ErrorCode } from './errors.ts'
import { PURPOSES } from './permissions.ts'

const COMMON: readonly ErrorCode[] = ['INPUT_INVALID', 'RATE_LIMITED', 'INTERNAL']
type Json = Record<string, unknown>

/** OpenAPI 3.1 of endpoints: what the server enforces is what is printed. */
export function openApiOf(endpoints: readonly Endpoint[], version: string): Json {
  const paths: Record<string, Json> = {}
  for (const endpoint of endpoints) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Linli 邻里',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Coordinates are WGS84 unless a `crs` is named. Instants are RFC 3339 in UTC. Errors are problem documents (RFC 9457) with a `code` of the catalogue below.',
    },
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'linli_session' }, bearer: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: problemSchema() },
    },
    'x-errors': Object.fromEntries(Object.entries(errors).map(([code, words]) => [code, words])),
    'x-purposes': PURPOSES,
  }
}

function operationOf(endpoint: Endpoint): Json {
  const georeport = endpoint.standard === 'georeport-v2'
  const statusOf = (code: ErrorCode) => (georeport ? georeportStatus(code) : errors[code].status)
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of new Set([...COMMON, ...endpoint.errors])) byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code])
  const responses: Record<string, Json> = {
    [endpoint.status]: {
      description: 'Done',
      content: {
        [endpoint.contentType ?? 'application/json']: { schema: endpoint.contentType === undefined ? plain(endpoint.answer) : { type: 'string' } },
        ...(georeport ? { 'text/xml': { schema: { type: 'string' } } } : {}),
      },
    },
  }
  for (const [status, codes] of byStatus)
    responses[status] = {
      description: codes.map((code) => `${code}: ${errors[code].en}`).join('\n\n'),
      content: georeport
        ? { 'application/json': { schema: plain(RefusedRequest) }, 'text/xml': { schema: { type: 'string' } } }
        : { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }
  return {
    operationId: endpoint.id,
    tags: [endpoint.id.split('.')[0]],
    summary: endpoint.summary,
    security: endpoint.permission === 'public' ? [] : [{ session: [] }, { bearer: [] }],
    'x-permission': endpoint.permission,
    'x-purposes': endpoint.purposes,
    parameters: [...parametersOf(endpoint.params, 'path'), ...parametersOf(endpoint.query, 'query'), ...headersOf(endpoint)],
    ...(endpoint.body ? { requestBody: { required: true, content: { 'application/json': { schema: plain(endpoint.body) } } } } : {}),
    ...(endpoint.upload
      ? {
          requestBody: {
            required: true,
            description: `At most ${endpoint.upload.maxBytes} bytes`,
            content: { [endpoint.upload.mediaType ?? 'application/octet-stream']: { schema: { type: 'string', format: 'binary' } } },
          },
        }
      : {}),
    responses,
  }
}

function parametersOf(schema: unknown, place: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = (schema ?? {}) as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: plain(property),
  }))
}

function headersOf(endpoint: Endpoint): Json[] {
  const header = (name: string, description: string, required: boolean) => ({ name, in: 'header', required, description, schema: { type: 'string' } })
  return [
    ...([endpoint.demands, endpoint.takes].includes('idempotency-key')
      ? [header('Idempotency-Key', 'One per act; a resend keeps it', endpoint.takes === undefined)]
      : []),
    ...(endpoint.demands === 'if-match' ? [header('If-Match', 'The case seq that was last read', true)] : []),
    ...(endpoint.purposes.length > 0 ? [header('Linli-Purpose', `One of: ${endpoint.purposes.join(', ')}`, endpoint.purposes.length > 1)] : []),
  ]
}

/** TypeBox keeps its kind in symbols, which JSON leaves out. */
const plain = (schema: unknown): unknown => JSON.parse(JSON.stringify(schema))

function problemSchema(): Json {
  return {
    type: 'object',
    required: ['type', 'title', 'status', 'code', 'requestId'],
    properties: {
      type: { type: 'string' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string', description: 'what to do' },
      code: { type: 'string', enum: Object.keys(errors) },
      requestId: { type: 'string' },
      fields: { type: 'array', items: { type: 'object', properties: { pointer: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } } } },
      extra: { type: 'object' },
    },
  }
}
