import { errors, Refusal } from '@linli/contract/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Metrics } from '../metrics.ts'
import type { Shedding } from './shedding.ts'

interface Parts {
  readonly metrics: Metrics
  /** Says what is refused under load; without it everything is served. */
  readonly shedding?: Pick<Shedding, 'refuses'>
}

const shed = new WeakSet<FastifyRequest>()

/** True for a request that was refused for overload: nothing more is asked of the database for it, not even an audit line. */
export const wasShed = (request: FastifyRequest): boolean => shed.has(request)

/** Counts a request as under way until its answer is sent or its caller is gone; streams stay open for hours and are not counted. */
export function countInFlight({ metrics }: Parts, request: FastifyRequest, reply: FastifyReply): void {
  if (request.ip !== request.socket.remoteAddress) metrics.requests.forwarded()
  if (request.routeOptions.config.endpoint?.contentType === 'text/event-stream') return
  metrics.requests.begin()
  reply.raw.once('close', () => metrics.requests.end())
}

/** Throws OVERLOADED where the load demands it: before the body is read and anything is begun, so that no act is left half done. */
export function refuseUnderLoad({ metrics, shedding }: Parts, request: FastifyRequest, reply: FastifyReply): void {
  const { endpoint } = request.routeOptions.config
  const retryAfterS = endpoint && shedding?.refuses(endpoint)
  if (endpoint === undefined || retryAfterS === undefined) return
  shed.add(request)
  metrics.shed.inc({ endpoint: endpoint.id })
  reply.header('retry-after', String(retryAfterS))
  const { zh, doZh, en, doEn } = errors.OVERLOADED
  throw new Refusal('OVERLOADED', [], { retryAfterS, zh: `${zh}；${doZh}`, en: `${en}. ${doEn}` })
}
