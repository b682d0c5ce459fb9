import type { AnswerOf, BodyOf } from '@linli/contract/endpoint'
import type { intake as contract } from '@linli/contract/endpoints/intake'
import { writeAudit } from '../../../platform/audit/audit.ts'
import { idempotencyKey, once, rememberAnswer } from '../../../platform/idempotency.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { Actor } from '../../../platform/rights/actor.ts'
import type { IntakePorts } from '../ports.ts'
import type { ReportRow } from '../store.ts'

/** Asks a person to look again at a report that was rejected (申请人工复核, PIPL 24); the case goes back to an acceptor. CASES_MOVE_NOT_ALLOWED for any other. */
export function askReview(
  platform: Platform,
  ports: Pick<IntakePorts, 'reviewCase'>,
  report: Pick<ReportRow, 'id' | 'caseId' | 'districtId'>,
  command: { readonly body: BodyOf<typeof contract.askReview>; readonly actor: Actor; readonly key: string; readonly requestId: string },
): Promise<AnswerOf<typeof contract.askReview>> {
  const { body, actor, requestId } = command
  const key = idempotencyKey('review', report.id, command.key, body)
  return once(platform.db, key, () =>
    platform.transaction(async (tx) => {
      const answer = await ports.reviewCase(tx, report.caseId, body.text, requestId)
      await rememberAnswer(tx, key, 200, answer, new Date(platform.runtime.now()))
      await writeAudit(tx, platform.runtime, {
        districtId: report.districtId,
        requestId,
        actor,
        action: 'intake.askReview',
        objectKind: 'case',
        objectId: report.caseId,
        outcome: 'done',
      })
      return answer
    }),
  )
}
