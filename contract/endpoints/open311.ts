import { Type } from '@sinclair/typebox'
import { closed, Count, endpoint, Instant, Nullable, Uuid } from '../endpoint.ts'
import { errors, type ErrorCode } from '../errors.ts'

/** The HTTP status that GeoReport v2 gives an error: 404 for what does not exist, 403 for the key, 400 for everything else. */
export function georeportStatus(code: ErrorCode): 400 | 403 | 404 {
  if (code === 'OPEN311_KEY_MISSING' || code === 'OPEN311_KEY_INVALID') return 403
  return errors[code].status === 404 ? 404 : 400
}

/** A refusal as GeoReport v2 words it; `code` is finer than the HTTP status. */
export const RefusedRequest = Type.Array(closed({ code: Type.String(), description: Type.String() }))

const Text = Type.String()
const Format = Type.String({ maxLength: 20, description: 'xml or json' })
const Jurisdiction = Type.Optional(Type.String({ maxLength: 200, description: 'the city’s code; only needed by clients that always send it' }))
/** Keys are only asked for POST; a client that sends its key everywhere is not refused for it. */
const ApiKey = Type.Optional(Type.String({ maxLength: 200 }))
const read = closed({ jurisdiction_id: Jurisdiction, api_key: ApiKey })
const List = Type.Optional(Type.Union([Type.String({ maxLength: 20_000 }), Type.Array(Type.String({ maxLength: 20_000 }))]))

export const ServiceView = closed({
  service_code: Text,
  service_name: Text,
  description: Text,
  metadata: Type.Boolean(),
  type: Type.Literal('realtime'),
  keywords: Text,
  group: Text,
})
const Datatype = Type.Union(['string', 'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist'].map((name) => Type.Literal(name)))
export const DefinitionView = closed({
  service_code: Text,
  attributes: Type.Array(
    closed({
      variable: Type.Boolean(),
      code: Text,
      datatype: Datatype,
      required: Type.Boolean(),
      datatype_description: Text,
      order: Count,
      description: Text,
      values: Type.Optional(Type.Array(closed({ key: Text, name: Text }))),
    }),
  ),
})
export const RequestView = closed({
  service_request_id: Text,
  status: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
  status_notes: Nullable(Text),
  service_name: Text,
  service_code: Text,
  description: Text,
  agency_responsible: Nullable(Text),
  service_notice: Type.Null(),
  requested_datetime: Text,
  updated_datetime: Text,
  expected_datetime: Nullable(Text),
  address: Text,
  address_id: Type.Null(),
  zipcode: Type.Null(),
  lat: Nullable(Type.Number()),
  long: Nullable(Type.Number()),
  media_url: Type.Null(),
})
const KeyView = closed({
  id: Uuid,
  name: Text,
  contact: Text,
  perMinute: Type.Integer({ minimum: 1, maximum: 100_000 }),
  createdAt: Instant,
  revokedAt: Nullable(Instant),
})

/** Open311 GeoReport v2 over the city's catalogue, and the keys by which programs may report. Element names are the standard's. */
export const open311 = {
  discovery: endpoint({
    id: 'open311.discovery',
    method: 'GET',
    path: '/open311/discovery.:format',
    permission: 'public',
    purposes: [],
    standard: 'georeport-v2',
    status: 200,
    summary: 'Service discovery: where the endpoint is, which formats it speaks, whom to ask and how to get a key.',
    params: closed({ format: Format }),
    query: read,
    answer: closed({
      changeset: Text,
      contact: Text,
      key_service: Text,
      endpoints: Type.Array(closed({ specification: Text, url: Text, changeset: Text, type: Text, formats: Type.Array(Text) })),
    }),
    errors: ['NOT_FOUND', 'OPEN311_JURISDICTION_UNKNOWN'],
  }),
  listServices: endpoint({
    id: 'open311.listServices',
    method: 'GET',
    path: '/open311/v2/services.:format',
    permission: 'public',
    purposes: [],
    standard: 'georeport-v2',
    status: 200,
    summary: 'The matters of the edition in force that can be reported here, by code.',
    params: closed({ format: Format }),
    query: read,
    answer: Type.Array(ServiceView),
    errors: ['NOT_FOUND', 'OPEN311_JURISDICTION_UNKNOWN'],
  }),
  getService: endpoint({
    id: 'open311.getService',
    method: 'GET',
    path: '/open311/v2/services/:code.:format',
    permission: 'public',
    purposes: [],
    standard: 'georeport-v2',
    status: 200,
    summary: 'What a matter asks beyond place and words, made from its form; no attributes where it asks nothing.',
    params: closed({ code: Type.String({ maxLength: 80 }), format: Format }),
    query: read,
    answer: DefinitionView,
    errors: ['NOT_FOUND', 'OPEN311_JURISDICTION_UNKNOWN', 'OPEN311_SERVICE_UNKNOWN'],
  }),
  request: endpoint({
    id: 'open311.request',
    method: 'POST',
    path: '/open311/v2/requests.:format',
    permission: 'public',
    purposes: [],
    standard: 'georeport-v2',
    upload: { maxBytes: 256 * 1024, mediaType: 'application/x-www-form-urlencoded' },
    status: 200,
    summary: 'Report something with an api_key. A resend (same Idempotency-Key, or the same content within ten minutes) gives the first answer.',
    params: closed({ format: Format }),
    query: read,
    answer: Type.Array(closed({ service_request_id: Text, service_notice: Text, account_id: Type.Null() })),
    errors: [
      'NOT_FOUND',
      'OPEN311_KEY_MISSING',
      'OPEN311_KEY_INVALID',
      'OPEN311_JURISDICTION_UNKNOWN',
      'OPEN311_SERVICE_UNKNOWN',
      'OPEN311_BODY_NOT_FORM',
      'OPEN311_LOCATION_MISSING',
      'KEY_MISSING',
      'KEY_REUSED',
      'TEXT_NOT_ALLOWED',
      'POSITION_OUTSIDE_CITY',
      'POSITION_SWAPPED',
      'POSITION_SYSTEM_DOUBTFUL',
      'MASK_NOT_ALLOWED',
      'COMPONENT_UNKNOWN',
      'FORM_INVALID',
    ],
  }),
  getToken: endpoint({
    id: 'open311.getToken',
    method: 'GET',
    path: '/open311/v2/tokens/:token.:format',
    permission: 'public',
    purposes: [],
    standard: 'georeport-v2',
    status: 200,
    summary: 'The request behind a token. Every service here answers with the number at once, so no token was ever given and each is unknown.',
    params: closed({ token: Type.String({ maxLength: 200 }), format: Format }),
    query: read,
    answer: Type.Array(closed({ service_request_id: Text, token: Text })),
    errors: ['NOT_FOUND', 'OPEN311_JURISDICTION_UNKNOWN', 'OPEN311_TOKEN_UNKNOWN'],
  }),
  listRequests: endpoint({
    id: 'open311.listRequests',
    method: 'GET',
    path: '/open311/v2/requests.:format',
    permission: 'public',
    purposes: [],
    standard: 'georeport-v2',
    status: 200,
    summary: 'Requests of the public services, newest first: at most 90 days and 1,000 rows, the latest 90 days where no dates are given.',
    params: closed({ format: Format }),
    query: closed({
      jurisdiction_id: Jurisdiction,
      api_key: ApiKey,
      service_request_id: List,
      service_code: List,
      status: List,
      start_date: Type.Optional(Type.String({ maxLength: 60 })),
      end_date: Type.Optional(Type.String({ maxLength: 60 })),
    }),
    answer: Type.Array(RequestView),
    errors: ['NOT_FOUND', 'OPEN311_JURISDICTION_UNKNOWN', 'OPEN311_SERVICE_UNKNOWN', 'OPEN311_SPAN_TOO_LONG'],
  }),
  getRequest: endpoint({
    id: 'open311.getRequest',
    method: 'GET',
    path: '/open311/v2/requests/:id.:format',
    permission: 'public',
    purposes: [],
    standard: 'georeport-v2',
    status: 200,
    summary: 'One request by its number, or several by comma.',
    params: closed({ id: Type.String({ maxLength: 200 }), format: Format }),
    query: read,
    answer: Type.Array(RequestView),
    errors: ['NOT_FOUND', 'OPEN311_JURISDICTION_UNKNOWN', 'OPEN311_REQUEST_UNKNOWN'],
  }),
  listKeys: endpoint({
    id: 'open311.listKeys',
    method: 'GET',
    path: '/api/v1/open311-keys',
    permission: 'platform.operate',
    purposes: ['security-audit'],
    status: 200,
    summary: 'Every key that was made for a program, oldest first, with how many reports came in with it; never the key itself.',
    answer: closed({ rows: Type.Array(closed({ ...KeyView.properties, reports: Count })) }),
    errors: [],
  }),
  addKey: endpoint({
    id: 'open311.addKey',
    method: 'POST',
    path: '/api/v1/open311-keys',
    permission: 'platform.operate',
    purposes: ['security-audit'],
    demands: 'idempotency-key',
    status: 201,
    summary: 'Make a key for a program. The key is in the first answer alone and kept as a hash; a resend gets null in its place.',
    body: closed({
      name: Type.String({ minLength: 1, maxLength: 100 }),
      contact: Type.String({ minLength: 1, maxLength: 200 }),
      perMinute: Type.Optional(KeyView.properties.perMinute),
    }),
    answer: closed({ ...KeyView.properties, key: Nullable(Text) }),
    errors: ['KEY_MISSING', 'KEY_REUSED', 'TEXT_NOT_ALLOWED'],
  }),
  revokeKey: endpoint({
    id: 'open311.revokeKey',
    method: 'DELETE',
    path: '/api/v1/open311-keys/:id',
    permission: 'platform.operate',
    purposes: ['security-audit'],
    status: 200,
    summary: 'Revoke a key from now on; revoking it again changes nothing.',
    params: closed({ id: Uuid }),
    answer: KeyView,
    errors: ['NOT_FOUND'],
  }),
}
