import { Refusal } from '@linli/contract/errors'
import { allow } from '../../../platform/rights/actor.ts'
import type { Item } from '../items.ts'
import type { Patrol } from '../patrol.ts'
import { findSettled } from '../store.ts'
import type { Settling } from './settle-duty.ts'

export interface Found {
  readonly caseId: string
  readonly number: string
}

/**
 * Reports what was found as a case by the common door, under a key of its own made from the act's: a resend after a stop in between finds
 * the same case. Throws DUTY_FINDING_NOT_ALLOWED where the item opens no such matter.
 */
export async function reportFinding(patrol: Patrol, { act, actor, key, requestId }: Settling, item: Item): Promise<Found | undefined> {
  if (act.kind !== 'do' || act.body.finding === undefined) return undefined
  const { finding } = act.body
  allow(actor, 'intake.report')
  const matter = finding.matter ?? item.matters[0]
  if (matter === undefined || !item.matters.includes(matter))
    throw new Refusal('DUTY_FINDING_NOT_ALLOWED', [{ pointer: '/body/finding/matter', code: 'enum', detail: item.matters.join(' ') }])
  // A duty that somebody has settled would leave a case without its entry.
  if (await findSettled(patrol.platform.db, act.body.gridCode, item.key, act.body.period))
    throw new Refusal('DUTY_SETTLED', [{ pointer: '/body/period', code: 'DUTY_SETTLED', detail: act.body.period }])
  return patrol.ports.report({
    actor,
    key: `duty:${key.key}`,
    requestId,
    text: finding.text,
    matter,
    conditionRow: finding.conditionRow,
    position: finding.position ?? act.body.position,
    photos: finding.photos ?? [],
    madeAt: act.body.madeAt,
  })
}
