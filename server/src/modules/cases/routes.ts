import { cases as contract } from '@linli/contract/endpoints/cases'
import { Refusal } from '@linli/contract/errors'
import { writeRead } from '../../platform/audit/audit.ts'
import { findCaseBlob } from '../../platform/blobs/blobs.ts'
import { idempotencyKey } from '../../platform/idempotency.ts'
import { limitOf, route, type Route } from '../../platform/http/request.ts'
import type { Platform } from '../../platform/platform.ts'
import { makeMove } from './commands/make-move.ts'
import { caseDetail, caseLedger, getVisibleCase } from './detail.ts'
import { explainClock } from './explain.ts'
import type { CasesPorts } from './ports.ts'
import { countCases, listCases } from './listing/queries.ts'
import { listPins, personOf, rowView } from './queries.ts'
import { similarTo } from './similar/queries.ts'
import { listStrands } from './strands/queries.ts'

export function casesRoutes(platform: Platform, ports: CasesPorts): Route[] {
  const { db, runtime, blobs } = platform
  const read = (
    call: { actor: Parameters<typeof personOf>[0]; requestId: string; purpose: string | undefined },
    endpoint: string,
    districtId: number,
    objectId: string,
    rows: number,
  ) =>
    writeRead(db, runtime, {
      districtId,
      requestId: call.requestId,
      actor: call.actor,
      endpoint,
      purpose: call.purpose ?? '',
      objectKind: 'case',
      objectId,
      rows,
    })
  return [
    route(contract.list, async (call) => {
      const page = await listCases(db, ports, personOf(call.actor), call.query, limitOf(call.query))
      await read(call, contract.list.id, 0, 'list', page.rows.length)
      return page
    }),
    route(contract.count, async (call) => ({ count: await countCases(db, ports, personOf(call.actor), call.query) })),
    route(contract.get, async (call) => {
      const row = await getVisibleCase(db, personOf(call.actor), call.params.id)
      const detail = await caseDetail(platform, ports, personOf(call.actor), row)
      await read(call, contract.get.id, row.district_id, row.id, 1)
      return detail
    }),
    route(contract.listEntries, async (call) => {
      const row = await getVisibleCase(db, personOf(call.actor), call.params.id)
      const ledger = await caseLedger(db, personOf(call.actor), row)
      await read(call, contract.listEntries.id, row.district_id, row.id, ledger.rows.length)
      return ledger
    }),
    route(contract.move, async (call) => {
      const { move, ...input } = call.body
      const { actor, requestId, ifMatch } = call
      const key = call.key === '' ? undefined : idempotencyKey('cases.move', personOf(actor).personId, call.key, { id: call.params.id, ...call.body })
      return makeMove(platform, ports, { id: call.params.id, move, actor, requestId, ifMatch, key, input: { ...input } })
    }),
    route(contract.explainDeadlines, async (call) => {
      const row = await getVisibleCase(db, personOf(call.actor), call.params.id)
      const asked = {
        stage: call.params.stage,
        strand: call.query.strand ?? '',
        startedSeq: call.query.startedSeq === undefined ? undefined : Number(call.query.startedSeq),
      }
      const account = await explainClock(db, ports, row, asked, new Date(runtime.now()))
      await read(call, contract.explainDeadlines.id, row.district_id, row.id, 1)
      return account
    }),
    route(contract.listSimilar, async (call) => {
      const row = await getVisibleCase(db, personOf(call.actor), call.params.id)
      const found = await similarTo(platform, personOf(call.actor), row)
      await read(call, contract.listSimilar.id, row.district_id, row.id, found.length)
      return { rows: found.map(({ row: other, ...likeness }) => ({ case: rowView(ports, other), ...likeness })) }
    }),
    route(contract.listStrands, async (call) => {
      const page = await listStrands(db, ports, personOf(call.actor), call.query, limitOf(call.query))
      await read(call, contract.listStrands.id, 0, 'strands', page.rows.length)
      return page
    }),
    route(contract.listPins, async (call) => listPins(db, personOf(call.actor), call.query.bbox, Number(call.query.limit ?? 2_000), new Date(runtime.now()))),
    route(contract.getBlob, async (call) => {
      const row = await getVisibleCase(db, personOf(call.actor), call.params.id)
      const blob = await findCaseBlob(db, call.params.blobId, row.id)
      if (!blob) throw new Refusal('NOT_FOUND')
      await read(call, contract.getBlob.id, row.district_id, row.id, 1)
      call.header('content-type', blob.media_type)
      call.header('content-disposition', `inline; filename="${call.params.blobId}"`)
      call.header('content-security-policy', "default-src 'none'; sandbox")
      call.header('cache-control', 'private, max-age=3600')
      return blobs.read(blob.sha256)
    }),
  ]
}
