import type { AnswerOf, BodyOf, Endpoint, ParamsOf, QueryOf } from '@linli/contract/endpoint'
import type { Purpose } from '@linli/contract/permissions'
import { addressOf } from './address.ts'
import { ApiProblem, problemFrom } from './problem.ts'

/** What one call brings; only what the endpoint declares can be named. */
export interface Sent<E extends Endpoint> {
  readonly params?: ParamsOf<E>
  readonly query?: QueryOf<E>
  readonly body?: BodyOf<E>
  /** The raw body of an upload. */
  readonly upload?: Blob
  /** The case's seq as last read, for endpoints that demand If-Match. */
  readonly seq?: number
  /** One key per act, kept when the act is sent again. */
  readonly key?: string
  /** Why personal data is read; the endpoint's only purpose where none is named. */
  readonly purpose?: Purpose
  readonly signal?: AbortSignal
}

export interface Client {
  /** Calls an endpoint and gives its typed answer; throws ApiProblem for everything else. */
  call<E extends Endpoint>(endpoint: E, sent?: Sent<E>): Promise<AnswerOf<E>>
  /** The same for endpoints that answer with bytes. */
  callBytes<E extends Endpoint>(endpoint: E, sent?: Sent<E>): Promise<Blob>
}

export interface ClientParts {
  /** Empty for the same origin. */
  readonly baseUrl: string
  readonly fetch: typeof globalThis.fetch
  /** Language of the words that the server writes itself. */
  language(): string
}

/** Makes the one client of the API (接口客户端) from contract values; the session is the same-origin cookie. */
export function createClient(parts: ClientParts): Client {
  async function send<E extends Endpoint>(endpoint: E, sent: Sent<E>): Promise<Response> {
    const body = sent.upload ?? (sent.body === undefined ? undefined : JSON.stringify(sent.body))
    const request: RequestInit = {
      method: endpoint.method,
      headers: headersOf(endpoint, sent, parts.language()),
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body }),
      ...(sent.signal ? { signal: sent.signal } : {}),
    }
    const response = await parts.fetch(`${parts.baseUrl}${addressOf(endpoint, sent)}`, request).catch((cause: unknown) => {
      if (sent.signal?.aborted) throw cause
      throw new ApiProblem('CONNECTION_LOST', 0)
    })
    if (response.status !== endpoint.status) throw problemFrom(response.status, await readJson(response))
    return response
  }
  return {
    async call<E extends Endpoint>(endpoint: E, sent: Sent<E> = {}) {
      const response = await send(endpoint, sent)
      const body = await readJson(response)
      if (body === undefined) throw new ApiProblem('ANSWER_UNREADABLE', response.status)
      return body as AnswerOf<E>
    },
    async callBytes<E extends Endpoint>(endpoint: E, sent: Sent<E> = {}) {
      return (await send(endpoint, sent)).blob()
    },
  }
}

function headersOf<E extends Endpoint>(endpoint: E, sent: Sent<E>, language: string): Record<string, string> {
  const purpose = sent.purpose !== undefined && endpoint.purposes.includes(sent.purpose) ? sent.purpose : endpoint.purposes[0]
  return {
    'accept-language': language,
    ...(sent.upload
      ? { 'content-type': sent.upload.type || 'application/octet-stream' }
      : sent.body === undefined
        ? {}
        : { 'content-type': 'application/json' }),
    ...(purpose === undefined ? {} : { 'linli-purpose': purpose }),
    ...(sent.key === undefined ? {} : { 'idempotency-key': sent.key }),
    ...(sent.seq === undefined ? {} : { 'if-match': `"${sent.seq}"` }),
  }
}

async function readJson(response: Response): Promise<unknown> {
  return response.json().catch(() => undefined)
}
