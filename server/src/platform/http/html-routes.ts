import { isUtf8 } from 'node:buffer'
import multipart from '@fastify/multipart'
import { Type } from '@sinclair/typebox'
import { endpoint, type Endpoint } from '@linli/contract/endpoint'
import { Refusal } from '@linli/contract/errors'
import { isStorable } from '@linli/lib/text'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { CSP } from './pages.ts'
import { refusalOf } from './problem.ts'

/** One file of a form (表单附件), read to its end; `truncated` where it was larger than a photo may be and was cut. */
export interface FormFile {
  readonly field: string
  readonly bytes: Buffer
  readonly truncated: boolean
}
/** What somebody filled in: every value of each field as said, in the order of the form. */
export type FormValues = ReadonlyMap<string, readonly string[]>

/** What a page is given: everything of the request that it may look at, and nothing of Fastify. */
export interface HtmlCall {
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly cookies: Readonly<Record<string, string | undefined>>
  readonly acceptLanguage: string | undefined
  readonly ip: string
  readonly requestId: string
  /** Reads the form that was sent. Files go to `take` one after another and are not kept; without it they are read past. */
  form(take?: (file: FormFile) => Promise<void>): Promise<FormValues>
}
export interface HtmlAnswer {
  /** 200 where nothing is said. */
  readonly status?: number
  readonly html?: string
  /** Where to go next (303), so that a reload sends nothing twice. */
  readonly to?: string
  readonly cookies?: readonly { readonly name: string; readonly value: string }[]
}
/** A page made on the server (服务端页面), with or without a form behind it. */
export interface HtmlRoute {
  readonly id: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly handler: (call: HtmlCall) => Promise<HtmlAnswer>
}
/** The pages of one module under a path of their own, such as `/r/`. */
export interface HtmlPages {
  readonly prefix: string
  readonly routes: readonly HtmlRoute[]
  /** The page that says what went wrong and what to do. */
  failure(call: HtmlCall, refusal: Refusal): HtmlAnswer
}

const FILE_BYTES = 20 * 1024 * 1024
const LIMITS = { fileSize: FILE_BYTES, files: 12, fields: 60, fieldSize: 256 * 1024, parts: 72, headerPairs: 50 }
const YEAR_S = 366 * 86_400

/** Adds pages that need no script: HTML in, forms out, refusals as pages, the same limits on public writes as the API has. */
export async function addHtmlPages(app: FastifyInstance, parts: { readonly config: Config; readonly log: Log }, pages: HtmlPages): Promise<void> {
  app.get(pages.prefix.slice(0, -1), async (_request, reply) => reply.redirect(pages.prefix))
  await app.register(async (scope) => {
    await scope.register(multipart, { throwFileSizeLimit: false, limits: LIMITS })
    scope.setErrorHandler((error, request, reply) => {
      const refusal = refusalOf(error) ?? formFault(error)
      if (!refusal) parts.log.error({ requestId: request.id, error: error instanceof Error ? error.stack : String(error) }, 'page failed')
      return send(reply, pages, pages.failure(callOf(request), refusal ?? new Refusal('INTERNAL')))
    })
    for (const route of pages.routes) {
      scope.route({
        method: route.method,
        url: route.path,
        config: {
          endpointId: route.id,
          endpoint: asEndpoint(route),
          ...(route.method === 'POST' ? { rateLimit: { max: parts.config.LINLI_REPORTS_PER_MINUTE, timeWindow: 60_000 } } : {}),
        },
        handler: async (request, reply) => send(reply, pages, await route.handler(callOf(request))),
      })
    }
    scope.get(`${pages.prefix}*`, async (request, reply) => send(reply, pages, pages.failure(callOf(request), new Refusal('NOT_FOUND'))))
  })
}

/** Metrics, the counting of requests and the shedding of load know pages as they know endpoints; the API's description does not. */
const asEndpoint = ({ id, method, path }: HtmlRoute): Endpoint =>
  endpoint({ id, method, path, permission: 'public', purposes: [], status: 200, contentType: 'text/html', summary: '', answer: Type.String(), errors: [] })

/** What the form parser says by codes or words of its own: too many parts, or a form that broke off or was never one. */
function formFault(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && /^FST_(?:PARTS|FILES|FIELDS)_LIMIT$|^FST_REQ_FILE/.test(String(error.code))) return new Refusal('BODY_TOO_LARGE')
  return /Unexpected end of (?:form|multipart data)|terminated early|Malformed part header|[Bb]oundary not found/.test(error.message)
    ? new Refusal('INPUT_INVALID')
    : undefined
}

function callOf(request: FastifyRequest): HtmlCall {
  const [path = '/', query = ''] = request.url.split('?', 2)
  return {
    path,
    params: (request.params ?? {}) as Record<string, string>,
    query: new URLSearchParams(query),
    cookies: request.cookies,
    acceptLanguage: request.headers['accept-language'],
    ip: request.ip,
    requestId: request.id,
    form: (take) => (request.isMultipart() ? readParts(request, take) : readFields(request)),
  }
}

async function readParts(request: FastifyRequest, take: ((file: FormFile) => Promise<void>) | undefined): Promise<FormValues> {
  const values = new Map<string, string[]>()
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      // What a browser sends of a file field that was left empty: no name and no bytes.
      const bytes = await part.toBuffer()
      if (take && bytes.length > 0) await take({ field: part.fieldname, bytes, truncated: part.file.truncated })
    } else {
      if (typeof part.value !== 'string' || part.valueTruncated === true) throw new Refusal('BODY_TOO_LARGE')
      keep(values, part.fieldname, part.value)
    }
  }
  return values
}

async function readFields(request: FastifyRequest): Promise<FormValues> {
  const { body } = request
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
  if (!Buffer.isBuffer(body) || type !== 'application/x-www-form-urlencoded') throw new Refusal('TYPE_NOT_ALLOWED')
  if (!isUtf8(body)) throw new Refusal('TEXT_NOT_ALLOWED')
  const values = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(body.toString())) keep(values, name, value)
  return values
}

/** Browsers send line ends as CRLF; text is kept as somebody typed it. NUL and broken characters are refused as everywhere. */
function keep(values: Map<string, string[]>, name: string, value: string): void {
  if (!isStorable(value)) throw new Refusal('TEXT_NOT_ALLOWED')
  const text = value.replaceAll('\r\n', '\n')
  const before = values.get(name)
  if (before) before.push(text)
  else values.set(name, [text])
}

async function send(reply: FastifyReply, { prefix }: HtmlPages, answer: HtmlAnswer): Promise<FastifyReply> {
  for (const { name, value } of answer.cookies ?? [])
    void reply.setCookie(name, value, { path: prefix, httpOnly: true, sameSite: 'lax', maxAge: YEAR_S, secure: reply.request.protocol === 'https' })
  // What a page says depends on the reader's cookies, and a receipt is a key: no cache on the way keeps any of it.
  void reply.header('cache-control', 'no-store').header('content-security-policy', `${CSP}; form-action 'self'`)
  if (answer.to !== undefined) return reply.redirect(answer.to, 303)
  return reply
    .status(answer.status ?? 200)
    .type('text/html; charset=utf-8')
    .send(answer.html ?? '')
}
