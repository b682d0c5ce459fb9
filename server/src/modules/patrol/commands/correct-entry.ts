import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import { once, rememberAnswer, type IdempotencyKey } from '../../../platform/idempotency.ts'
import { within, type PersonActor } from '../../../platform/rights/actor.ts'
import { newId } from '../../../platform/runtime.ts'
import type { Patrol } from '../patrol.ts'
import { callIdOf } from '../register.ts'
import { isCorrectable, unsettledState } from '../rules.ts'
import { findCall, findEntry, insertEntry, unsettle } from '../store.ts'
import { entryView } from '../views.ts'
import type { SettledAnswer } from './settle-duty.ts'

/**
 * Takes an own entry back within a day (更正): a correcting entry is written, the duty is due again, and so is what was carried on from it. The
 * entry stays. Throws NOT_FOUND, DUTY_NOT_YOURS and DUTY_ENTRY_FINAL.
 */
export function correctEntry(
  patrol: Patrol,
  { id, reason, actor, key, requestId }: { id: string; reason: string; actor: PersonActor; key: IdempotencyKey; requestId: string },
): Promise<SettledAnswer> {
  const { platform, register } = patrol
  return once(platform.db, key, async () => {
    const entry = await findEntry(platform.db, id)
    if (!entry || (entry.personId !== actor.personId && !within(actor.areaPath, entry.gridPath))) throw new Refusal('NOT_FOUND')
    if (entry.personId !== actor.personId) throw new Refusal('DUTY_NOT_YOURS')
    const now = platform.runtime.now()
    if (entry.correctedBy !== null || !isCorrectable(entry, actor.personId, now)) throw new Refusal('DUTY_ENTRY_FINAL')
    const callId = callIdOf(entry.period)
    const due = register.find(entry.itemKey, entry.period, callId === undefined ? undefined : await findCall(platform.db, callId))
    return platform.transaction(async (tx) => {
      const correction = {
        ...entry,
        id: newId(platform.runtime, entry.districtId),
        kind: 'correct' as const,
        madeAt: new Date(now),
        receivedAt: new Date(now),
        postId: actor.postId,
        actKey: key.key,
        form: null,
        words: reason,
        photos: [],
        lon: null,
        lat: null,
        reasonCode: null,
        caseId: null,
        caseNumber: null,
        corrects: entry.id,
        carriedFrom: [],
        changeId: null,
      }
      if ((await unsettle(tx, entry.id)).length === 0) throw new Refusal('DUTY_ENTRY_FINAL')
      await insertEntry(tx, correction)
      const shown = await findEntry(tx, correction.id)
      if (!shown) throw new Error('ENTRY_LOST')
      const answer: SettledAnswer = { entry: entryView(shown), state: due ? unsettledState(due.period, now) : 'missed' }
      await rememberAnswer(tx, key, 201, answer, new Date(now))
      await writeAudit(tx, platform.runtime, {
        districtId: entry.districtId,
        requestId,
        actor,
        action: 'patrol.correct',
        objectKind: 'duty-entry',
        objectId: entry.id,
        outcome: 'done',
      })
      return answer
    })
  })
}
