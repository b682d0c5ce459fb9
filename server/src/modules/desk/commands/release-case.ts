import { writeAudit } from '../../../platform/audit/audit.ts'
import { announce, nowOf, type Context, type Deed } from '../context.ts'
import { endClaims, findClaim, lockClaims } from '../store.ts'

/** Ends one's own claim on a case; false where there is none. */
export async function releaseCase(context: Context, { actor, requestId }: Deed, caseId: string): Promise<boolean> {
  const { platform, ports } = context
  const found = await ports.visibleCase(actor, caseId)
  const now = nowOf(context)
  const released = await platform.transaction(async (tx) => {
    await lockClaims(tx, caseId)
    const running = await findClaim(tx, found.districtId, caseId, now)
    if (running?.person_id !== actor.personId) return false
    await endClaims(tx, found.districtId, caseId, 'released', now)
    await writeAudit(tx, platform.runtime, {
      districtId: found.districtId,
      requestId,
      actor,
      action: 'desk.release',
      objectKind: 'case',
      objectId: caseId,
      outcome: 'done',
    })
    return true
  })
  if (released) announce(context, found)
  return released
}
