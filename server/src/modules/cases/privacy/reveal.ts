import type { AnswerOf } from '@linli/contract/endpoint'
import type { privacy as contract } from '@linli/contract/endpoints/privacy'
import { Refusal } from '@linli/contract/errors'
import { findAnswer, idempotencyKey, rememberAnswer } from '../../../platform/idempotency.ts'
import type { Platform } from '../../../platform/platform.ts'
import { recordReveal } from '../../../platform/privacy/record-reveal.ts'
import type { PersonActor } from '../../../platform/rights/actor.ts'
import { getVisibleCase } from '../detail.ts'
import type { CasePrivacyPorts } from './ports.ts'

export interface RevealCall {
  readonly kind: 'contact' | 'emergency'
  readonly id: string
  readonly actor: PersonActor
  readonly reason: string
  readonly key: string
  readonly requestId: string
}

/**
 * Shows the reporters of a case unmasked, once (解除脱敏, R9, R10): the reason, the read and the audit line are written with it or nothing is
 * shown. A resend throws REVEAL_USED, since the answer is kept nowhere; NOT_FOUND outside one's scope, REVEAL_LIMIT above the hour's.
 */
export async function revealReporters(platform: Platform, ports: CasePrivacyPorts, call: RevealCall): Promise<AnswerOf<typeof contract.reveal>> {
  const { actor, kind, reason } = call
  const row = await getVisibleCase(platform.db, actor, call.id)
  const key = idempotencyKey(`reveal-${kind}`, actor.personId, call.key, { id: row.id, reason })
  if (await findAnswer(platform.db, key)) throw new Refusal('REVEAL_USED')
  try {
    return await platform.transaction(async (tx) => {
      const at = new Date(platform.runtime.now())
      const reviewDueAt = kind === 'emergency' ? ports.reviewDueAt(at) : null
      const recorded = await recordReveal(platform, tx, {
        kind,
        actor,
        reason,
        requestId: call.requestId,
        caseId: row.id,
        caseNumber: row.number,
        districtId: row.district_id,
        areaPath: row.area_path,
        reviewDueAt,
      })
      const reports = await ports.reportsOf(tx, [row.id])
      await rememberAnswer(tx, key, 200, { revealId: recorded.id }, at)
      return {
        revealId: recorded.id,
        caseId: row.id,
        number: row.number,
        at: recorded.at.toISOString(),
        reporters: reports
          .filter((report) => report.name !== null || report.contact !== null)
          .map(({ reportId, channel, receivedAt, name, contact }) => ({ reportId, channel, receivedAt: receivedAt.toISOString(), name, contact })),
        remaining: recorded.remaining,
        limitResetsAt: recorded.limitResetsAt.toISOString(),
        reviewDueAt: reviewDueAt?.toISOString() ?? null,
      }
    })
  } catch (error) {
    // A twin that lost the race has been answered already.
    if (!(error instanceof Refusal) && (await findAnswer(platform.db, key))) throw new Refusal('REVEAL_USED')
    throw error
  }
}
