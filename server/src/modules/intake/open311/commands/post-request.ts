import type { AnswerOf } from '@linli/contract/endpoint'
import type { intake as contract } from '@linli/contract/endpoints/intake'
import { Refusal } from '@linli/contract/errors'
import { isRounded } from '@linli/lib/geo/rounded'
import { canonical, digest } from '../../../../platform/audit/hash.ts'
import type { Platform } from '../../../../platform/platform.ts'
import { receiveReport } from '../../commands/receive-report.ts'
import type { IntakePorts } from '../../ports.ts'
import { readFields, type Pairs } from '../form-body.ts'
import type { ServiceMatter } from '../ports.ts'
import { reportOf } from '../report-body.ts'
import { forgetAnswer, insertProvenance, lockLiveKey, type KeyRow } from '../store.ts'

/** How long the same content from the same key, sent without an Idempotency-Key, is a resend and not another report. */
const RESEND_MS = 10 * 60_000

export interface PostRequest {
  readonly key: KeyRow
  readonly pairs: Pairs
  /** The Idempotency-Key header, which the standard does not know and a careful client may send. */
  readonly idempotencyKey: string | undefined
  readonly requestId: string
  findService(code: string): ServiceMatter | undefined
}

/** Receives a request over Open311 as a report (上报) of its key's client: the same content twice within the window, or under the same Idempotency-Key, is one case. */
export async function postRequest(platform: Platform, ports: IntakePorts, command: PostRequest): Promise<AnswerOf<typeof contract.report>> {
  const fields = readFields(command.pairs)
  if (fields.values.service_code === undefined) throw new Refusal('INPUT_INVALID', [{ pointer: 'service_code', code: 'required' }])
  const matter = command.findService(fields.values.service_code)
  if (!matter) throw new Refusal('OPEN311_SERVICE_UNKNOWN')
  const body = reportOf(fields, matter)
  // A rough position goes to a person, but one that is not even in the city is refused like any other.
  if (body.position && isRounded(body.position)) ports.place(body.position, '/body/position')
  const { id } = command.key
  const key = command.idempotencyKey === undefined ? `content:${digest('sha256', canonical(body))}` : `key:${command.idempotencyKey}`
  if (command.idempotencyKey === undefined) await forgetAnswer(platform.db, id, key, new Date(platform.runtime.now() - RESEND_MS))
  return receiveReport(platform, ports, {
    body,
    actor: { kind: 'public', client: `open311:${id}` },
    client: id,
    key,
    requestId: command.requestId,
    proven: async (tx, report) => {
      if (!(await lockLiveKey(tx, id))) throw new Refusal('OPEN311_KEY_INVALID')
      await insertProvenance(tx, report.districtId, report.reportId, id)
    },
  })
}
