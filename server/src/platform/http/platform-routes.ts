import { platform as contract } from '@linli/contract/endpoints/reach'
import type { AnswerOf } from '@linli/contract/endpoint'
import { Refusal } from '@linli/contract/errors'
import { many, one, sql } from '../db/database.ts'
import type { Platform } from '../platform.ts'
import { within } from '../rights/actor.ts'
import { cursorOf, readCursor } from './cursor.ts'
import { limitOf, route, type Route } from './request.ts'

export interface PlatformPorts {
  cityView(): AnswerOf<typeof contract.city>
  isSessionLive(sessionId: string): Promise<boolean>
  /** Deadlines that run, and those among them whose time has come and that nobody marked yet. */
  deadlines(): Promise<{ running: number; passed: number }>
  readonly version: string
}

const STREAM_CHECK_MS = 60_000

/** The platform's own endpoints: the city, the event stream, the audit and the read log. */
export function platformRoutes(platform: Platform, ports: PlatformPorts): Route[] {
  const startedAt = new Date(platform.runtime.now()).toISOString()
  return [
    route(contract.city, async () => ports.cityView()),
    route(contract.stream, async (call) => {
      const { actor } = call
      if (actor.kind !== 'person') throw new Refusal('SESSION_MISSING')
      const { response, request } = call.raw
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no', 'x-request-id': call.requestId })
      const lastEventId = request.headers['last-event-id']
      platform.realtime.open(
        response,
        actor.sessionId,
        (event) => {
          const { areaPath, involved } = event.payload
          return (typeof areaPath === 'string' && within(actor.areaPath, areaPath)) || (Array.isArray(involved) && involved.includes(actor.unitCode))
        },
        typeof lastEventId === 'string' ? lastEventId : undefined,
      )
      const check = setInterval(
        () =>
          void ports.isSessionLive(actor.sessionId).then(
            (live) => live || response.end(),
            () => response.end(),
          ),
        STREAM_CHECK_MS,
      )
      response.on('close', () => clearInterval(check))
      return 'stream'
    }),
    route(contract.status, async () => {
      const waiting = await one<StatusRow>(
        platform.db,
        sql`select
        (select count(*) from platform.outbox where not delivered) as undelivered, (select count(*) from platform.outbox where not anchored) as unanchored,
        (select count(*) from platform.audit where sealed_seq is null) + (select count(*) from platform.read_log where sealed_seq is null) as unsealed,
        (select array_agg(module || '/' || name order by applied_at, module, name) from platform.migration) as migrations`,
      )
      const deadlines = await ports.deadlines()
      return {
        version: ports.version,
        startedAt,
        undelivered: waiting?.undelivered ?? 0,
        unanchored: waiting?.unanchored ?? 0,
        unsealed: waiting?.unsealed ?? 0,
        runningDeadlines: deadlines.running,
        deadlinesPassed: deadlines.passed,
        streams: platform.realtime.size,
        migrations: waiting?.migrations ?? [],
      }
    }),
    route(contract.listAudit, async (call) => {
      const limit = limitOf(call.query)
      const after = call.query.cursor === undefined ? undefined : readCursor(call.query.cursor)
      const rows = await many<AuditRow>(
        platform.db,
        sql`select id, at, action, outcome, error_code as "errorCode", person_id as "personId", post_id as "postId", object_kind as "objectKind", object_id as "objectId", request_id as "requestId" from platform.audit
        where (${call.query.outcome ?? null}::text is null or outcome = ${call.query.outcome ?? ''}) and (${call.query.objectId ?? null}::text is null or object_id = ${call.query.objectId ?? ''})
          and (${after?.at ?? null}::timestamptz is null or (at, id) < (${after?.at ?? null}, ${after?.id ?? null}::uuid)) order by at desc, id desc limit ${limit + 1}`,
      )
      return pageOf(rows, limit)
    }),
    route(contract.listReads, async (call) => {
      const limit = limitOf(call.query)
      const after = call.query.cursor === undefined ? undefined : readCursor(call.query.cursor)
      const rows = await many<ReadRow>(
        platform.db,
        sql`select id, at, endpoint, purpose, person_id as "personId", post_id as "postId", object_kind as "objectKind", object_id as "objectId", row_count as rows from platform.read_log
        where (${call.query.objectId ?? null}::text is null or object_id = ${call.query.objectId ?? ''})
          and (${after?.at ?? null}::timestamptz is null or (at, id) < (${after?.at ?? null}, ${after?.id ?? null}::uuid)) order by at desc, id desc limit ${limit + 1}`,
      )
      return pageOf(rows, limit)
    }),
  ]
}

interface StatusRow {
  undelivered: number
  unanchored: number
  unsealed: number
  migrations: string[]
}
interface AuditRow {
  id: string
  at: Date
  action: string
  outcome: string
  errorCode: string | null
  personId: string | null
  postId: string | null
  objectKind: string | null
  objectId: string | null
  requestId: string
}
interface ReadRow {
  id: string
  at: Date
  endpoint: string
  purpose: string
  personId: string | null
  postId: string | null
  objectKind: string
  objectId: string
  rows: number
}

function pageOf<Row extends { id: string; at: Date }>(
  rows: readonly Row[],
  limit: number,
): { rows: (Omit<Row, 'at'> & { at: string })[]; next: string | null } {
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() })),
    next: rows.length > limit && last ? cursorOf(last.at, last.id) : null,
  }
}
