import { isUtf8 } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import { type Endpoint } from '@linli/contract/endpoint'
import { errors, Refusal, type ErrorCode } from '@linli/contract/errors'
import type { Purpose } from '@linli/contract/permissions'
import { isStorable, stringsIn } from '@linli/lib/text'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { allow, type Actor } from '../rights/actor.ts'
import { languageOf, problemOf, refusalOf } from './problem.ts'
import type { Call, Dialect, Route } from './request.ts'
import type { Shedding } from './shedding.ts'
import { countInFlight, refuseUnderLoad, wasShed } from './under-load.ts'

export interface HttpParts {
  readonly config: Config
  readonly log: Log
  readonly metrics: Metrics
  /** Says what is refused under load; without it everything is served. */
  readonly shedding?: Pick<Shedding, 'refuses'>
  /** The person behind a session token, or undefined. */
  findActor(token: string): Promise<Actor | undefined>
  /** Called once for each refusal, so that it leaves one audit line. */
  onRefusal(call: { actor: Actor; requestId: string; endpoint: Endpoint; objectId: string | undefined; code: ErrorCode }): Promise<void>
}

const COMMON: readonly ErrorCode[] = [
  'INPUT_INVALID',
  'SESSION_MISSING',
  'PERMISSION_MISSING',
  'NOT_FOUND',
  'BODY_TOO_LARGE',
  'TYPE_NOT_ALLOWED',
  'RATE_LIMITED',
  'INTERNAL',
  'NOT_READY',
  'OVERLOADED',
  'DISK_FULL',
]
const ProblemSchema = {
  type: 'object',
  additionalProperties: true,
  properties: { code: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' } },
}
export const SESSION_COOKIE = 'linli_session'
const actors = new WeakMap<FastifyRequest, Actor>()

/** Builds the HTTP server from routes: session, permission, purpose, schema in, handler, schema out. */
export async function createHttp(parts: HttpParts, routes: readonly Route[]): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    genReqId: () => randomUUID(),
    bodyLimit: 1024 * 1024,
    trustProxy: parts.config.LINLI_TRUSTED_PROXY ?? false,
    requestTimeout: 60_000,
    // A stop lets every request under way be answered; `stop-server.ts` cuts what is left when the grace is over.
    forceCloseConnections: false,
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
  })
  const ajv = new Ajv({ allErrors: true, coerceTypes: false, removeAdditional: false, useDefaults: false, strict: false })
  addFormats.default(ajv)
  refuseUnusableInstants(ajv)
  app.setValidatorCompiler(({ schema }) => ajv.compile(schema as object))
  await app.register(cookie)
  await app.register(rateLimit, { global: false, hook: 'preHandler', keyGenerator: (request) => request.ip })
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    // Fastify would replace broken UTF-8 without a word.
    if (!isUtf8(body as Buffer)) done(new Refusal('TEXT_NOT_ALLOWED', [{ pointer: '', code: 'utf8' }]))
    else parseJson(request, body.toString(), done)
  })
  // Uploads come as raw bytes of any type; what they are is decided by their first bytes, not by the header.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('onRequest', async (request, reply) => {
    countInFlight(parts, request, reply)
    reply.header('x-request-id', request.id)
    reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
    })
    refuseUnderLoad(parts, request, reply)
    refuseForeignOrigin(request)
  })
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (!app.server.listening) reply.header('connection', 'close')
    done()
  })
  app.addHook('onResponse', async (request, reply) => {
    parts.metrics.observe(request.routeOptions.config.endpointId ?? 'other', reply.statusCode, reply.elapsedTime)
    if (!wasShed(request)) parts.metrics.requests.answered(reply.statusCode)
    parts.log.debug(
      { requestId: request.id, endpoint: request.routeOptions.config.endpointId, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    )
  })
  const dialects = [...new Set(routes.flatMap((route) => route.dialect ?? []))]
  app.setNotFoundHandler((request, reply) => sendProblem(reply, request, new Refusal('NOT_FOUND'), dialects))
  app.setErrorHandler((error, request, reply) => answerError(parts, error, request, reply, dialects))
  for (const route of routes) addRoute(app, parts, route)
  return app
}

declare module 'fastify' {
  interface FastifyContextConfig {
    endpointId?: string
    statuses?: ReadonlySet<number>
    endpoint?: Endpoint
  }
}

function addRoute(app: FastifyInstance, parts: HttpParts, { endpoint, handler, ownRateLimit }: Route): void {
  const statuses = new Set<number>([endpoint.status, ...[...COMMON, ...endpoint.errors].map((code) => errors[code].status)])
  const response: Record<number, unknown> = {}
  for (const status of statuses) response[status] = status === endpoint.status ? endpoint.answer : ProblemSchema
  const raw = endpoint.contentType !== undefined
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    bodyLimit: endpoint.upload?.maxBytes ?? endpoint.maxBytes ?? 1024 * 1024,
    config: {
      endpointId: endpoint.id,
      statuses,
      endpoint,
      ...(endpoint.permission === 'public' && endpoint.method === 'POST' && ownRateLimit !== true
        ? {
            rateLimit: {
              max: parts.config.LINLI_REPORTS_PER_MINUTE,
              timeWindow: 60_000,
              allowList: (request: FastifyRequest) => actors.get(request)?.kind === 'person',
            },
          }
        : {}),
    },
    schema: {
      ...(endpoint.params ? { params: endpoint.params } : {}),
      ...(endpoint.query ? { querystring: endpoint.query } : {}),
      ...(endpoint.body ? { body: endpoint.body } : {}),
      ...(raw ? {} : { response }),
    },
    preValidation: async (request) => {
      const actor = await actorOf(parts, request)
      actors.set(request, actor)
      allowEndpoint(actor, endpoint)
      // Only an upload is raw bytes: elsewhere the schema would look at them one by one.
      if (Buffer.isBuffer(request.body) !== (endpoint.upload !== undefined)) throw new Refusal('TYPE_NOT_ALLOWED')
      if (endpoint.body) refuseUnstorable(request.body, '/body')
      refuseUnstorable(request.query, '/querystring')
      refuseUnstorable(request.params, '/params')
    },
    // A status without a declared schema would pass through unfiltered: it is a fault of ours.
    preSerialization: async (_request, reply, payload) => {
      if (!statuses.has(reply.statusCode)) throw new Error(`STATUS_NOT_DECLARED ${endpoint.id} ${reply.statusCode}`)
      return payload
    },
    handler: async (request, reply) => {
      const answer = await handler(callOf(request, reply, endpoint))
      if (answer === 'stream') return reply.hijack()
      reply.status(endpoint.status)
      if (Buffer.isBuffer(answer) && !reply.hasHeader('content-type')) reply.type(endpoint.contentType ?? 'application/octet-stream')
      return reply.send(answer)
    },
  })
}

async function actorOf(parts: HttpParts, request: FastifyRequest): Promise<Actor> {
  const bearer = /^Bearer ([\w-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1]
  const token = bearer ?? request.cookies[SESSION_COOKIE]
  const actor = token === undefined ? undefined : await parts.findActor(token)
  if (bearer !== undefined && !actor) throw new Refusal('SESSION_MISSING')
  return actor ?? { kind: 'public', client: request.ip }
}

function allowEndpoint(actor: Actor, endpoint: Endpoint): void {
  if (endpoint.permission === 'public') return
  if (actor.kind === 'public') throw new Refusal('SESSION_MISSING')
  if (endpoint.permission !== 'session') allow(actor, endpoint.permission)
}

function callOf(request: FastifyRequest, reply: FastifyReply, endpoint: Endpoint): Call<Endpoint> {
  return {
    actor: actors.get(request) ?? { kind: 'public', client: request.ip },
    requestId: request.id,
    language: languageOf(request.headers['accept-language']),
    purpose: purposeOf(request, endpoint),
    params: request.params,
    query: request.query,
    body: request.body,
    key: keyOf(request, endpoint),
    ifMatch: ifMatchOf(request, endpoint),
    upload: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    ip: request.ip,
    origin: `${request.protocol}://${request.host}`,
    raw: { request: request.raw, response: reply.raw },
    header: (name, value) => void reply.header(name, value),
  } as Call<Endpoint>
}

function purposeOf(request: FastifyRequest, endpoint: Endpoint): Purpose | undefined {
  if (endpoint.purposes.length === 0) return undefined
  const named = request.headers['linli-purpose']
  const purpose = named ?? (endpoint.purposes.length === 1 ? endpoint.purposes[0] : undefined)
  if (typeof purpose !== 'string' || !(endpoint.purposes as readonly string[]).includes(purpose))
    throw new Refusal('PURPOSE_NOT_ALLOWED', [], { allowed: endpoint.purposes.join(', ') })
  return purpose as Purpose
}

function keyOf(request: FastifyRequest, endpoint: Endpoint): string {
  if (endpoint.demands !== 'idempotency-key' && endpoint.takes === undefined) return ''
  const key = request.headers['idempotency-key']
  if (key === undefined && endpoint.takes !== undefined) return ''
  if (typeof key !== 'string' || !/^[\w.:/-]{8,200}$/.test(key))
    throw new Refusal('KEY_MISSING', [{ pointer: '/headers/idempotency-key', code: 'pattern', detail: '8 to 200 letters, digits or _ . : / -' }])
  return key
}

function ifMatchOf(request: FastifyRequest, endpoint: Endpoint): number {
  if (endpoint.demands !== 'if-match') return 0
  const seq = /^"?(\d{1,9})"?$/.exec(request.headers['if-match'] ?? '')?.[1]
  if (seq === undefined) throw new Refusal('IF_MATCH_MISSING')
  return Number(seq)
}

/** RFC 3339 knows leap seconds and JavaScript does not: an instant that no Date can hold is refused by name instead of failing inside. */
function refuseUnusableInstants(ajv: Ajv): void {
  const standard = addFormats.default.get('date-time')
  const fits =
    typeof standard === 'object' && 'validate' in standard && typeof standard.validate === 'function'
      ? (standard.validate as (text: string) => boolean)
      : () => true
  ajv.addFormat('date-time', (text) => fits(text) && !Number.isNaN(Date.parse(text)))
}

function refuseUnstorable(value: unknown, root: string): void {
  for (const { pointer, text } of stringsIn(value))
    if (!isStorable(text)) throw new Refusal('TEXT_NOT_ALLOWED', [{ pointer: `${root}${pointer}`, code: 'TEXT_NOT_ALLOWED' }])
}

/** A browser's request that changes something must come from our own pages (SameSite cookies are the first line). */
function refuseForeignOrigin(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD' || request.headers.authorization !== undefined) return
  const { origin } = request.headers
  // A sandboxed frame says "null", which is no URL and no page of ours.
  if (origin !== undefined && URL.parse(origin)?.host !== request.host) throw new Refusal('ORIGIN_NOT_ALLOWED')
}

async function answerError(parts: HttpParts, error: unknown, request: FastifyRequest, reply: FastifyReply, dialects: readonly Dialect[]): Promise<unknown> {
  const refusal = refusalOf(error)
  const endpoint = request.routeOptions.config.endpoint
  if (!refusal)
    parts.log.error({ requestId: request.id, endpoint: endpoint?.id, error: error instanceof Error ? error.stack : String(error) }, 'request failed')
  const shown = refusal ?? new Refusal('INTERNAL')
  // Whoever broke off in the middle of a request was refused nothing and hears no answer: it leaves no line.
  const brokeOff = request.raw.errored !== null && request.raw.errored === error
  if (endpoint && !wasShed(request) && !brokeOff) {
    const params = request.params as Record<string, string> | undefined
    await parts
      .onRefusal({
        actor: actors.get(request) ?? { kind: 'public', client: request.ip },
        requestId: request.id,
        endpoint,
        objectId: params?.['id'],
        code: shown.code,
      })
      .catch((cause: unknown) => parts.log.error({ requestId: request.id, error: String(cause) }, 'audit line of a refusal could not be written'))
  }
  return sendProblem(reply, request, shown, dialects)
}

function sendProblem(reply: FastifyReply, request: FastifyRequest, refusal: Refusal, dialects: readonly Dialect[]): FastifyReply {
  const [path = ''] = request.url.split('?')
  const dialect = dialects.find((candidate) => path.startsWith(candidate.prefix))
  if (dialect) {
    const { status, contentType, body } = dialect.refuse(refusal, { path, language: languageOf(request.headers['accept-language']) })
    return reply.status(status).header('content-type', contentType).serializer(String).send(body)
  }
  const { status } = errors[refusal.code]
  const declared = request.routeOptions.config.statuses
  const shown = declared && !declared.has(status) && status !== 403 && status !== 400 ? new Refusal('INTERNAL') : refusal
  reply.status(errors[shown.code].status).header('content-type', 'application/problem+json; charset=utf-8').serializer(JSON.stringify)
  return reply.send(problemOf(shown, languageOf(request.headers['accept-language']), request.id))
}
