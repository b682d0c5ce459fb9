import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import { once, rememberAnswer, type IdempotencyKey } from '../../../platform/idempotency.ts'
import type { PersonActor } from '../../../platform/rights/actor.ts'
import { newId } from '../../../platform/runtime.ts'
import type { Field } from '../field.ts'
import { countsAt, LONGEST_SHIFT_MS } from '../rules.ts'
import { beginShift, endOverdue } from '../store.ts'
import { shiftView, type ShiftView } from '../views.ts'

export interface Asking {
  readonly actor: PersonActor
  readonly key: IdempotencyKey
  readonly requestId: string
  readonly madeAt: string
}

/** Goes on duty (上岗), once for each key; SHIFT_TIME_INVALID where the telephone names a time that no shift can have begun at. */
export function goOnDuty({ platform, ports }: Field, { actor, key, requestId, madeAt }: Asking): Promise<ShiftView> {
  return once(platform.db, key, async () => {
    const now = platform.runtime.now()
    const startedAt = countsAt(Date.parse(madeAt), now)
    if (startedAt === undefined) throw new Refusal('SHIFT_TIME_INVALID', [{ pointer: '/body/madeAt', code: 'SHIFT_TIME_INVALID' }])
    const districtId = ports.districtIdOf(actor.areaPath)
    return platform.transaction(async (tx) => {
      await endOverdue(tx, new Date(now), actor.personId)
      const shift = await beginShift(tx, {
        districtId,
        id: newId(platform.runtime, districtId),
        personId: actor.personId,
        postId: actor.postId,
        unitCode: actor.unitCode,
        areaPath: actor.areaPath,
        startedAt: new Date(startedAt),
        endsAt: new Date(startedAt + LONGEST_SHIFT_MS),
        endedAt: null,
      })
      const answer = shiftView(shift)
      await rememberAnswer(tx, key, 201, answer, new Date(now))
      await writeAudit(tx, platform.runtime, {
        districtId,
        requestId,
        actor,
        action: 'field.beginShift',
        objectKind: 'shift',
        objectId: shift.id,
        outcome: 'done',
      })
      return answer
    })
  })
}
