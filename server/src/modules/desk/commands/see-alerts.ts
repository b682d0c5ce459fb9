import { Refusal } from '@linli/contract/errors'
import { districtOf } from '@linli/lib/ids'
import { writeAudit } from '../../../platform/audit/audit.ts'
import { nowOf, type Context, type Deed } from '../context.ts'
import { insertReceipts, writeLooked, writeQuiet } from '../store.ts'

/** Writes down which alerts were shown (已阅回执). DESK_SEEN_TOO_LATE for an instant that has not come: nobody has seen what is not there yet. */
export async function seeAlerts(
  context: Context,
  { actor, requestId }: Deed,
  asOf: Date,
  shown: readonly { readonly id: string; readonly seq: number }[],
): Promise<{ seenAt: Date; receipts: number }> {
  const { platform } = context
  const now = nowOf(context)
  if (asOf > now) throw new Refusal('DESK_SEEN_TOO_LATE', [{ pointer: '/body/asOf', code: 'maximum' }])
  return platform.transaction(async (tx) => {
    const seenAt = await writeLooked(tx, actor, asOf)
    const receipts = await insertReceipts(
      tx,
      actor,
      shown.map(({ id, seq }) => ({ districtId: districtOf(id), id, seq })),
      now,
    )
    await writeAudit(tx, platform.runtime, {
      districtId: 0,
      requestId,
      actor,
      action: 'desk.seeAlerts',
      objectKind: 'post',
      objectId: actor.postId,
      outcome: 'done',
    })
    return { seenAt, receipts }
  })
}

/** Sets one's own quiet hours (免打扰时段), in the city's time. */
export function setQuiet(context: Context, { actor, requestId }: Deed, quiet: { readonly from: string; readonly to: string } | null): Promise<void> {
  const { platform } = context
  return platform.transaction(async (tx) => {
    await writeQuiet(tx, actor.personId, quiet)
    await writeAudit(tx, platform.runtime, {
      districtId: 0,
      requestId,
      actor,
      action: 'desk.setQuiet',
      objectKind: 'person',
      objectId: actor.personId,
      outcome: 'done',
    })
  })
}
