import { XMLParser } from 'fast-xml-parser'

/** A GeoReport v2 client written from the specification alone: it knows the discovery address, the element names and nothing of this program. */
export type Format = 'xml' | 'json'
export type Pairs = readonly (readonly [name: string, value: string])[]
export interface Heard<T = unknown> {
  readonly status: number
  readonly contentType: string
  readonly headers: Headers
  readonly text: string
  /** The answer in the shape of its JSON form, whichever format it came in. */
  readonly value: T
}
export interface Service {
  service_code: string
  service_name: string
  description: string | null
  metadata: boolean
  type: string
  keywords: string | null
  group: string | null
}
export interface Definition {
  service_code: string
  attributes: {
    variable: boolean
    code: string
    datatype: string
    required: boolean
    datatype_description: string | null
    order: number
    description: string
    values?: { key: string; name: string }[]
  }[]
}
export interface ServiceRequest {
  service_request_id: string
  status: string
  status_notes: string | null
  service_name: string
  service_code: string
  description: string | null
  agency_responsible: string | null
  service_notice: string | null
  requested_datetime: string
  updated_datetime: string
  expected_datetime: string | null
  address: string | null
  address_id: string | null
  zipcode: string | null
  lat: number | null
  long: number | null
  media_url: string | null
}
export interface Created {
  service_request_id?: string
  token?: string
  service_notice: string | null
  account_id: string | null
}
export type Refused = { code: string; description: string }[]
interface Discovery {
  changeset: string
  contact: string
  key_service: string
  endpoints: { specification: string; url: string; changeset: string; type: string; formats: string[] }[]
}

/** Containers of the specification and the one kind of element in each. */
const LISTS: Readonly<Record<string, string>> = {
  services: 'service',
  service_requests: 'request',
  attributes: 'attribute',
  values: 'value',
  endpoints: 'endpoint',
  formats: 'format',
  errors: 'error',
}
const BOOLEANS = new Set(['metadata', 'variable', 'required'])
const NUMBERS = new Set(['order', 'lat', 'long'])
const parser = new XMLParser({ parseTagValue: false, trimValues: false, ignoreAttributes: true, isArray: (name) => Object.values(LISTS).includes(name) })

/** The "Spark" convention: a container of repeated elements is an array, an empty element is null. */
function sparked(name: string, value: unknown): unknown {
  const item = LISTS[name]
  if (item !== undefined) {
    const rows = typeof value === 'object' && value !== null ? (value as Record<string, unknown[]>)[item] : undefined
    return (rows ?? []).map((row) => sparked('', row))
  }
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, sparked(key, part)]))
  if (value === '') return null
  if (BOOLEANS.has(name)) return value === 'true'
  return NUMBERS.has(name) ? Number(value) : value
}

function parsed(format: Format, text: string): unknown {
  if (format === 'json') return JSON.parse(text) as unknown
  if (!/^<\?xml version="1\.0" encoding="utf-8"\?>/i.test(text)) throw new Error('the root element must be preceded by the XML declaration with its encoding')
  const { '?xml': _, ...roots } = parser.parse(text) as Record<string, unknown>
  const [[name, value] = ['', undefined], ...more] = Object.entries(roots)
  if (more.length > 0) throw new Error('more than one root element')
  return sparked(name, value)
}

export type Open311Client = Awaited<ReturnType<typeof discover>>

/** Reads a discovery document and speaks to the GeoReport v2 endpoint that it names, in one format. */
export async function discover(discoveryUrl: string, format: Format) {
  const hear = async <T>(url: string, init: RequestInit = {}): Promise<Heard<T>> => {
    const response = await fetch(url, init)
    const text = await response.text()
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      headers: response.headers,
      text,
      value: parsed(format, text) as T,
    }
  }
  const discovery = await hear<Discovery>(`${discoveryUrl}.${format}`)
  const mediaType = format === 'xml' ? 'text/xml' : 'application/json'
  const endpoint = discovery.value.endpoints.find(
    (candidate) => candidate.specification === 'http://wiki.open311.org/GeoReport_v2' && candidate.formats.includes(mediaType),
  )
  if (!endpoint) throw new Error('no GeoReport v2 endpoint speaks this format')
  const at = (resource: string, query: Pairs = []) =>
    `${endpoint.url}/${resource}.${format}${query.length === 0 ? '' : `?${new URLSearchParams(query.map(([name, value]) => [name, value])).toString()}`}`
  return {
    discovery,
    endpoint,
    at,
    get: <T>(resource: string, query?: Pairs) => hear<T>(at(resource, query)),
    services: (query?: Pairs) => hear<Service[]>(at('services', query)),
    definition: (code: string, query?: Pairs) => hear<Definition>(at(`services/${encodeURIComponent(code)}`, query)),
    requests: (query?: Pairs) => hear<ServiceRequest[]>(at('requests', query)),
    request: (id: string, query?: Pairs) => hear<ServiceRequest[]>(at(`requests/${id}`, query)),
    token: (id: string) => hear<Created[]>(at(`tokens/${id}`)),
    create: (pairs: Pairs, headers: Record<string, string> = {}) =>
      hear<Created[]>(at('requests'), {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', ...headers },
        body: new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString(),
      }),
    /** Sends a body as it is, for what a correct client would not send. */
    send: <T>(body: string | Uint8Array, headers: Record<string, string>, method = 'POST') =>
      hear<T>(at('requests'), { method, headers, body: typeof body === 'string' ? body : new Uint8Array(body) }),
  }
}
