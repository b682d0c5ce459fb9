import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import { newId } from '../../../platform/runtime.ts'
import { announce, nowOf, type Context, type Deed } from '../context.ts'
import { CLAIM_WORK_HOURS } from '../rules.ts'
import { endClaims, findClaim, insertClaim, lockClaims, type ClaimRow } from '../store.ts'

/** Says that somebody is on a case (认领). DESK_CLAIMED where a colleague is and no reason is given; one's own claim stands as it is. */
export async function claimCase(context: Context, { actor, requestId }: Deed, caseId: string, reason: string | undefined): Promise<ClaimRow> {
  const { platform, ports } = context
  const found = await ports.visibleCase(actor, caseId)
  if (found.ended) throw new Refusal('DESK_CASE_ENDED')
  const now = nowOf(context)
  const endsAt = ports.workHoursFrom(CLAIM_WORK_HOURS, now)
  const { claim, changed } = await platform.transaction(async (tx) => {
    await lockClaims(tx, caseId)
    const running = await findClaim(tx, found.districtId, caseId, now)
    if (running?.person_id === actor.personId) return { claim: running, changed: false }
    if (running && (reason ?? '').trim() === '') throw new Refusal('DESK_CLAIMED', [], { postTitle: running.post_title, unitName: running.unit_name })
    await endClaims(tx, found.districtId, caseId, running ? 'taken' : 'over', now)
    const id = newId(platform.runtime, found.districtId)
    await insertClaim(tx, { districtId: found.districtId, id, caseId, seq: found.seq, actor, at: now, endsAt, reason: running ? (reason ?? null) : null })
    await writeAudit(tx, platform.runtime, {
      districtId: found.districtId,
      requestId,
      actor,
      action: running ? 'desk.takeOver' : 'desk.claim',
      objectKind: 'case',
      objectId: caseId,
      outcome: 'done',
    })
    return {
      claim: { id, case_id: caseId, person_id: actor.personId, at: now, ends_at: endsAt, post_title: actor.postTitle, unit_name: actor.unitName },
      changed: true,
    }
  })
  if (changed) announce(context, found)
  return claim
}
