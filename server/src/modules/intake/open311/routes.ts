import type { Endpoint } from '@linli/contract/endpoint'
import { open311 as contract } from '@linli/contract/endpoints/open311'
import { Refusal } from '@linli/contract/errors'
import { writeRead } from '../../../platform/audit/audit.ts'
import { route, type Call, type Route } from '../../../platform/http/request.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { IntakePorts } from '../ports.ts'
import { attributesOf } from './attributes.ts'
import { addKey } from './commands/add-key.ts'
import { postRequest } from './commands/post-request.ts'
import { revokeKey } from './commands/revoke-key.ts'
import { georeport } from './dialect.ts'
import { discoveryOf } from './discovery.ts'
import { decodeForm, firstOf } from './form-body.ts'
import { getKey } from './keys.ts'
import { keyView } from './key-view.ts'
import { MinuteLimiter } from './limiter.ts'
import { MOST_REQUESTS, partsOf, readRequestQuery } from './query.ts'
import { requestView } from './request-view.ts'
import { isService, PUBLIC_DOMAINS, serviceView } from './services.ts'
import { listKeys } from './store.ts'
import { CONTENT_TYPES, formatOf, textOf } from './wire.ts'

const IDEMPOTENCY_KEY = /^[\w.:/-]{8,200}$/

/** Open311 GeoReport v2 under /open311, and the administration of its keys. */
export function open311Routes(platform: Platform, ports: IntakePorts): Route[] {
  const { db, runtime } = platform
  const { city } = platform.city
  const domains = city.open311?.domains ?? PUBLIC_DOMAINS
  const limiter = new MinuteLimiter()
  const services = () => ports.open311.listMatters().filter((matter) => isService(matter, domains))
  const findService = (code: string) => services().find((matter) => matter.key === code)
  const onlyOurs = (said: string | undefined) => {
    if (said !== undefined && said !== '' && said !== city.code) throw new Refusal('OPEN311_JURISDICTION_UNKNOWN')
  }
  const find = async (numbers: readonly string[]) => ports.open311.listPublicCases({ domains, numbers, limit: MOST_REQUESTS })
  const limit = (call: Call<Endpoint>, client: string, most: number) => {
    const waitS = limiter.take(client, most, runtime.now())
    if (waitS === 0) return
    call.header('retry-after', String(waitS))
    throw new Refusal('RATE_LIMITED')
  }
  return [
    spoken(contract.discovery, 'discovery', (call) => {
      onlyOurs(call.query.jurisdiction_id)
      return discoveryOf(city, ports.open311.edition(), call.origin)
    }),
    spoken(contract.listServices, 'services', (call) => {
      onlyOurs(call.query.jurisdiction_id)
      return services().map(serviceView)
    }),
    spoken(contract.getService, 'service_definition', (call) => {
      onlyOurs(call.query.jurisdiction_id)
      const matter = findService(call.params.code)
      if (!matter) throw new Refusal('OPEN311_SERVICE_UNKNOWN')
      return { service_code: matter.key, attributes: attributesOf(matter.form) }
    }),
    spoken(contract.request, 'service_requests', async (call) => {
      const pairs = decodeForm(call.raw.request.headers['content-type'], call.upload)
      const key = await getKey(db, firstOf(pairs, 'api_key') ?? (call.query.api_key || undefined)).catch((error: unknown) => {
        limit(call, `address ${call.ip}`, platform.config.LINLI_REPORTS_PER_MINUTE)
        throw error
      })
      limit(call, `key ${key.id}`, key.perMinute)
      onlyOurs(firstOf(pairs, 'jurisdiction_id') ?? call.query.jurisdiction_id)
      const answer = await postRequest(platform, ports, { key, pairs, idempotencyKey: resendKey(call), requestId: call.requestId, findService })
      return [{ service_request_id: answer.case.number, service_notice: call.language === 'en' ? answer.reason.en : answer.reason.zh, account_id: null }]
    }),
    spoken(contract.getToken, 'service_requests', (call) => {
      onlyOurs(call.query.jurisdiction_id)
      throw new Refusal('OPEN311_TOKEN_UNKNOWN')
    }),
    spoken(contract.listRequests, 'service_requests', async (call) => {
      onlyOurs(call.query.jurisdiction_id)
      const query = readRequestQuery(call.query, runtime.now())
      const rows = await ports.open311.listPublicCases({ domains, ...query, limit: MOST_REQUESTS })
      // A code that nothing was ever filed under and that is no service is a mistake of the caller's, not an empty answer.
      if (rows.length === 0 && 'matterKeys' in query && query.matterKeys?.some((code) => !findService(code))) throw new Refusal('OPEN311_SERVICE_UNKNOWN')
      return rows.map((row) => requestView(ports.open311, row))
    }),
    spoken(contract.getRequest, 'service_requests', async (call) => {
      onlyOurs(call.query.jurisdiction_id)
      const rows = await find(partsOf(call.params.id))
      if (rows.length === 0) throw new Refusal('OPEN311_REQUEST_UNKNOWN')
      return rows.map((row) => requestView(ports.open311, row))
    }),
    route(contract.listKeys, async (call) => {
      const rows = await listKeys(db)
      await writeRead(db, runtime, {
        districtId: 0,
        requestId: call.requestId,
        actor: call.actor,
        endpoint: contract.listKeys.id,
        purpose: call.purpose ?? '',
        objectKind: 'open311-key',
        objectId: 'list',
        rows: rows.length,
      })
      return { rows: rows.map((row) => ({ ...keyView(row), reports: row.reports })) }
    }),
    route(contract.addKey, (call) => {
      if (call.actor.kind !== 'person') throw new Refusal('SESSION_MISSING')
      return addKey(platform, { body: call.body, actor: call.actor, key: call.key, requestId: call.requestId })
    }),
    route(contract.revokeKey, (call) => revokeKey(platform, { id: call.params.id, actor: call.actor, requestId: call.requestId })),
  ]
}

/** A route of the standard: its answer in the format that the path ends with, under the standard's root element; refusals in its dialect. */
function spoken<E extends Endpoint>(endpoint: E, root: string, answer: (call: Call<E>) => unknown): Route {
  return route(
    endpoint,
    async (call) => {
      const format = formatOf((call.params as { format: string }).format)
      const value: unknown = await answer(call)
      call.header('content-type', CONTENT_TYPES[format])
      return Buffer.from(textOf(format, root, value))
    },
    { dialect: georeport, ownRateLimit: true },
  )
}

function resendKey(call: Call<Endpoint>): string | undefined {
  const key = call.raw.request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key === 'string' && IDEMPOTENCY_KEY.test(key)) return key
  throw new Refusal('KEY_MISSING', [{ pointer: 'Idempotency-Key', code: 'pattern', detail: '8 to 200 letters, digits or _ . : / -' }])
}
