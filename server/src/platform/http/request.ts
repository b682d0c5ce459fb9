import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Endpoint, AnswerOf, BodyOf, ParamsOf, QueryOf } from '@linli/contract/endpoint'
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
  readonly raw: { readonly request: IncomingMessage; readonly response: ServerResponse }
  /** Sets a response header, such as the session cookie or the media type of a file. */
  header(name: string, value: string): void
}

/** An answer that is not JSON: bytes, or `stream` where the handler has taken over the response. */
export type RawAnswer = Buffer | 'stream'
export type Handler<E> = (call: Call<E>) => Promise<AnswerOf<E> | RawAnswer>

/** A route is an endpoint of the contract with the one function that answers it. */
export interface Route {
  readonly endpoint: Endpoint
  readonly handler: Handler<Endpoint>
}

/** Pairs an endpoint with its handler and checks their types against each other. */
export function route<E extends Endpoint>(endpoint: E, handler: Handler<E>): Route {
  return { endpoint, handler: handler as unknown as Handler<Endpoint> }
}

/** The `limit` of a list: 1 to 200, 20 where nothing is said. */
export function limitOf(query: { limit?: string }, standard = 20): number {
  return query.limit === undefined ? standard : Number(query.limit)
}
