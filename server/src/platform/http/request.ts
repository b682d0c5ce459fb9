import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Endpoint, AnswerOf, BodyOf, ParamsOf, QueryOf } from '@linli/contract/endpoint'
import type { Refusal } from '@linli/contract/errors'
import type { Purpose } from '@linli/contract/permissions'
import type { Actor } from '../rights/actor.ts'
import type { Language } from './problem.ts'

/** What a handler is given: everything checked, nothing of Fastify. */
export interface Call<E> {
  readonly actor: Actor
  readonly requestId: string
  readonly language: Language
  /** Undefined where the endpoint lets no personal data out. */
  readonly purpose: Purpose | undefined
  readonly params: ParamsOf<E>
  readonly query: QueryOf<E>
  readonly body: BodyOf<E>
  /** Present where the endpoint demands it. */
  readonly key: string
  /** The case seq the caller last read; present where the endpoint demands it. */
  readonly ifMatch: number
  readonly upload: Buffer
  readonly ip: string
  /** Scheme and host as the caller named them, such as `https://city.example`. */
  readonly origin: string
  readonly raw: { readonly request: IncomingMessage; readonly response: ServerResponse }
  /** Sets a response header, such as the session cookie or the media type of a file. */
  header(name: string, value: string): void
}

/** An answer that is not JSON: bytes, or `stream` where the handler has taken over the response. */
export type RawAnswer = Buffer | 'stream'
export type Handler<E> = (call: Call<E>) => Promise<AnswerOf<E> | RawAnswer>

/** How a published interface standard words its refusals, where its clients would not understand a problem document. */
export interface Dialect {
  /** Everything under this path answers so, also what does not exist. */
  readonly prefix: string
  refuse(
    refusal: Refusal,
    asked: { readonly path: string; readonly language: Language },
  ): { readonly status: number; readonly contentType: string; readonly body: string }
}
export interface RouteOptions {
  readonly dialect?: Dialect
  /** The handler counts requests itself, because it knows its clients better than by their address. */
  readonly ownRateLimit?: boolean
}
/** A route is an endpoint of the contract with the one function that answers it. */
export interface Route extends RouteOptions {
  readonly endpoint: Endpoint
  readonly handler: Handler<Endpoint>
}

/** Pairs an endpoint with its handler and checks their types against each other. */
export function route<E extends Endpoint>(endpoint: E, handler: Handler<E>, options: RouteOptions = {}): Route {
  return { endpoint, handler: handler as unknown as Handler<Endpoint>, ...options }
}

/** The `limit` of a list: 1 to 200, 20 where nothing is said. */
export function limitOf(query: { limit?: string }, standard = 20): number {
  return query.limit === undefined ? standard : Number(query.limit)
}
