import { intake as contract } from '@linli/contract/endpoints/intake'
import { Refusal } from '@linli/contract/errors'
import { writeRead } from '../../platform/audit/audit.ts'
import { cursorOf, readCursor } from '../../platform/http/cursor.ts'
import { limitOf, route, type Route } from '../../platform/http/request.ts'
import type { Platform } from '../../platform/platform.ts'
import { maskColumn } from '../../platform/privacy/masking.ts'
import type { Actor } from '../../platform/rights/actor.ts'
import { answerReport } from './commands/answer-report.ts'
import { askReview } from './commands/ask-review.ts'
import { getReportByReceipt, trackReport, type Outcome } from './by-receipt.ts'
import { receiveReport } from './commands/receive-report.ts'
import type { IntakePorts } from './ports.ts'
import { listReports } from './store.ts'

/** Who sends: one person over all of their devices. Without an account the key alone tells a resend, because a phone changes its address on the way. */
const clientOf = (actor: Actor) => (actor.kind === 'person' ? actor.personId : actor.kind)

export function intakeRoutes(platform: Platform, ports: IntakePorts): Route[] {
  const { db, runtime } = platform
  const find = (receipt: string) => getReportByReceipt(db, receipt)
  return [
    route(contract.report, (call) =>
      receiveReport(platform, ports, { body: call.body, actor: call.actor, client: clientOf(call.actor), key: call.key, requestId: call.requestId }),
    ),
    route(contract.track, async (call) => trackReport(ports, await find(call.params.receipt))),
    route(contract.answer, async (call) =>
      answerReport(platform, ports, await find(call.params.receipt), { body: call.body, key: call.key, requestId: call.requestId }),
    ),
    route(contract.similar, async (call) => {
      const { lon, lat } = ports.place(call.body.position, '/body/position')
      const found = await ports.similarCases({ lon, lat, text: call.body.text, matterKey: call.body.matter ?? null })
      return { rows: found.slice(0, 5) }
    }),
    route(contract.askReview, async (call) =>
      askReview(platform, ports, await find(call.params.receipt), { body: call.body, actor: call.actor, key: call.key, requestId: call.requestId }),
    ),
    route(contract.listReports, async (call) => {
      if (call.actor.kind !== 'person') throw new Refusal('SESSION_MISSING')
      const limit = limitOf(call.query)
      const rows = await listReports(db, {
        scopePath: call.actor.areaPath,
        outcome: call.query.outcome,
        reason: call.query.reason,
        channel: call.query.channel,
        after: call.query.cursor === undefined ? undefined : readCursor(call.query.cursor),
        limit: limit + 1,
      })
      const last = rows[limit - 1]
      await writeRead(db, runtime, {
        districtId: 0,
        requestId: call.requestId,
        actor: call.actor,
        endpoint: contract.listReports.id,
        purpose: call.purpose ?? '',
        objectKind: 'report',
        objectId: 'list',
        rows: Math.min(limit, rows.length),
      })
      return {
        rows: rows.slice(0, limit).map((row) => ({
          id: row.id,
          receivedAt: row.receivedAt.toISOString(),
          channel: row.channel,
          title: maskColumn('intake.report.title', row.title),
          outcome: row.outcome as Outcome,
          reasonCode: row.reasonCode,
          caseId: row.caseId,
          number: row.number,
        })),
        next: rows.length > limit && last ? cursorOf(last.receivedAt, last.id) : null,
      }
    }),
    route(contract.upload, async (call) => {
      const blob = await platform.blobs.put(call.upload, clientOf(call.actor))
      return {
        id: blob.id,
        mediaType: blob.mediaType,
        bytes: blob.bytes,
        sha256: blob.sha256,
        takenAt: blob.takenAt?.toISOString() ?? null,
        position: blob.position,
      }
    }),
  ]
}
