import type { AnswerOf, BodyOf, Endpoint, ParamsOf, QueryOf } from '@linli/contract/endpoint'

/** What a caller brings; only what the endpoint declares is sent. */
export interface Sent<E extends Endpoint> {
  readonly params?: ParamsOf<E>
  readonly query?: QueryOf<E>
  readonly body?: BodyOf<E>
  readonly bytes?: Uint8Array<ArrayBuffer>
  readonly token?: string | undefined
  readonly key?: string
  readonly seq?: number
}

/** An answer, or why there was none: `status` 0 is a lost connection, `retryAfterMs` how long the server asks to wait. */
export type Answered<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly status: number; readonly code: string; readonly retryAfterMs: number }

export type CallApi = <E extends Endpoint>(endpoint: E, sent?: Sent<E>) => Promise<Answered<AnswerOf<E>>>

const TIMEOUT_MS = 15_000

/** Calls the public API as any other program would. Never throws: a lost connection is an answer with status 0. */
export function createClient(baseUrl: string, signal: AbortSignal): CallApi {
  return async <E extends Endpoint>(endpoint: E, sent: Sent<E> = {}): Promise<Answered<AnswerOf<E>>> => {
    try {
      const response = await fetch(new URL(addressOf(endpoint, sent), baseUrl), {
        method: endpoint.method,
        headers: headersOf(endpoint, sent),
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        ...(sent.bytes ? { body: sent.bytes } : sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
      })
      const body: unknown = await response.json()
      if (response.status === endpoint.status) return { ok: true, value: body as AnswerOf<E> }
      const wait = Number(response.headers.get('retry-after'))
      return { ok: false, status: response.status, code: codeOf(body), retryAfterMs: Number.isFinite(wait) ? wait * 1000 : 0 }
    } catch {
      return { ok: false, status: 0, code: 'CONNECTION_LOST', retryAfterMs: 0 }
    }
  }
}

function addressOf<E extends Endpoint>(endpoint: E, sent: Sent<E>): string {
  const params = Object.entries((sent.params ?? {}) as Record<string, string>)
  const path = params.reduce((text, [name, value]) => text.replace(`:${name}`, encodeURIComponent(value)), endpoint.path)
  const query = new URLSearchParams((sent.query ?? {}) as Record<string, string>).toString()
  return query === '' ? path : `${path}?${query}`
}

function headersOf<E extends Endpoint>(endpoint: E, sent: Sent<E>): Record<string, string> {
  const purpose = endpoint.purposes[0]
  return {
    ...(sent.token === undefined ? {} : { authorization: `Bearer ${sent.token}` }),
    ...(sent.bytes ? { 'content-type': 'image/png' } : sent.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(purpose === undefined ? {} : { 'linli-purpose': purpose }),
    ...(sent.key === undefined ? {} : { 'idempotency-key': sent.key }),
    ...(sent.seq === undefined ? {} : { 'if-match': `"${sent.seq}"` }),
  }
}

function codeOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string' ? body.code : 'UNKNOWN'
}
