import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import { once, rememberAnswer } from '../../../platform/idempotency.ts'
import type { Field } from '../field.ts'
import { countsAt } from '../rules.ts'
import { endShift, findShift } from '../store.ts'
import { shiftView, type ShiftView } from '../views.ts'
import type { Asking } from './begin-shift.ts'

/** Goes off duty (下岗), once for each key; NOT_FOUND for anybody else's shift, SHIFT_OVER for one that has ended. */
export function goOffDuty({ platform }: Field, { id, actor, key, requestId, madeAt }: Asking & { readonly id: string }): Promise<ShiftView> {
  return once(platform.db, key, async () => {
    const now = platform.runtime.now()
    const shift = await findShift(platform.db, id, actor.personId)
    if (!shift) throw new Refusal('NOT_FOUND')
    if (shift.endedAt || shift.endsAt.getTime() <= now) throw new Refusal('SHIFT_OVER')
    const endedAt = countsAt(Date.parse(madeAt), now)
    if (endedAt === undefined || endedAt < shift.startedAt.getTime())
      throw new Refusal('SHIFT_TIME_INVALID', [{ pointer: '/body/madeAt', code: 'SHIFT_TIME_INVALID' }])
    return platform.transaction(async (tx) => {
      const ended = await endShift(tx, id, new Date(endedAt))
      if (!ended) throw new Refusal('SHIFT_OVER')
      const answer = shiftView(ended)
      await rememberAnswer(tx, key, 200, answer, new Date(now))
      await writeAudit(tx, platform.runtime, {
        districtId: shift.districtId,
        requestId,
        actor,
        action: 'field.endShift',
        objectKind: 'shift',
        objectId: id,
        outcome: 'done',
      })
      return answer
    })
  })
}
