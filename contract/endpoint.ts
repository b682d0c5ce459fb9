import { Type, type Static, type TSchema } from '@sinclair/typebox'
import type { ErrorCode } from './errors.ts'
import type { Permission, Purpose } from './permissions.ts'

/** One HTTP endpoint as a plain value: what the server enforces, what browsers call and what OpenAPI prints. */
export interface Endpoint<Params extends TSchema = TSchema, Query extends TSchema = TSchema, Body extends TSchema = TSchema, Answer extends TSchema = TSchema> {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  /** The permission the caller's post must hold, `public` for anybody, or `session` for anybody signed in about themselves. */
  readonly permission: Permission | 'public' | 'session'
  /** Purposes for which personal data may leave here; empty where none does. The only one is the default. */
  readonly purposes: readonly Purpose[]
  /** Demands an Idempotency-Key header (POST that creates) or an If-Match header with the case's seq. */
  readonly demands?: 'idempotency-key' | 'if-match'
  /** Takes an Idempotency-Key header too: with one, a resend gets the first answer. */
  readonly takes?: 'idempotency-key'
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  /** A raw upload instead of a JSON body, with its size limit in bytes and, where only one is taken, its media type. */
  readonly upload?: { readonly maxBytes: number; readonly mediaType?: string }
  /** Largest JSON body in bytes; 1 MiB where nothing is said. */
  readonly maxBytes?: number
  readonly status: 200 | 201
  readonly answer: Answer
  /** What is sent when it is not JSON. */
  readonly contentType?: string
  readonly errors: readonly ErrorCode[]
  /** Answers in XML or JSON as the path ends, and refuses as GeoReport v2 does: 404, 403 or 400 with a list of code and description. */
  readonly standard?: 'georeport-v2'
  readonly summary: string
}

/** Declares an endpoint and keeps the exact types of its schemas. */
export function endpoint<P extends TSchema, Q extends TSchema, B extends TSchema, A extends TSchema>(value: Endpoint<P, Q, B, A>): Endpoint<P, Q, B, A> {
  return value
}

export type ParamsOf<E> = E extends Endpoint<infer P, TSchema, TSchema, TSchema> ? Static<P> : never
export type QueryOf<E> = E extends Endpoint<TSchema, infer Q, TSchema, TSchema> ? Static<Q> : never
export type BodyOf<E> = E extends Endpoint<TSchema, TSchema, infer B, TSchema> ? Static<B> : never
export type AnswerOf<E> = E extends Endpoint<TSchema, TSchema, TSchema, infer A> ? Static<A> : never

/** An object schema that refuses and never passes on a field it does not list. */
export const closed = <T extends Parameters<typeof Type.Object>[0]>(fields: T) => Type.Object(fields, { additionalProperties: false })

export const Uuid = Type.String({ format: 'uuid' })
export const Instant = Type.String({ format: 'date-time', description: 'RFC 3339 instant, UTC' })
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
export const Crs = Type.Union([Type.Literal('wgs84'), Type.Literal('gcj02'), Type.Literal('cgcs2000')])
export const Position = closed({ lon: Type.Number({ minimum: -180, maximum: 180 }), lat: Type.Number({ minimum: -90, maximum: 90 }) })
/** Query strings carry numbers as text; `limit` is parsed by the server from this pattern. */
export const Limit = Type.String({ pattern: '^(200|1[0-9]{2}|[1-9][0-9]?)$', description: 'how many rows, 1 to 200' })
export const Cursor = Type.String({ maxLength: 400, description: 'opaque; as the page before gave it in `next`' })
export const Count = Type.Integer({ minimum: 0 })
/** What a person says: kept as said, escaped when shown. */
export const Said = (maxLength = 20_000, minLength = 0) => Type.String({ minLength, maxLength })
/** One page of a list, in the order that the endpoint's summary names. */
export const PageOf = <T extends TSchema>(row: T) => closed({ rows: Type.Array(row), next: Nullable(Type.String()) })
