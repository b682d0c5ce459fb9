import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import type { PersonActor } from '../../../platform/rights/actor.ts'
import { nowOf, type Context } from '../context.ts'
import { acknowledgeHandOver as writeAcknowledgement } from '../people/store.ts'

/** Says that the person named in a hand-over (交接) has taken over; the first time counts. NOT_FOUND for anybody else's. */
export async function acknowledgeHandOver(context: Context, actor: PersonActor, id: string, requestId: string): Promise<Date> {
  return context.platform.transaction(async (tx) => {
    const done = await writeAcknowledgement(tx, id, actor.personId, nowOf(context))
    if (!done) throw new Refusal('NOT_FOUND')
    await writeAudit(tx, context.platform.runtime, {
      districtId: 0,
      requestId,
      actor,
      action: 'identity.acknowledgeHandOver',
      outcome: 'done',
      objectKind: 'hand-over',
      objectId: id,
    })
    return done.acknowledged_at
  })
}
