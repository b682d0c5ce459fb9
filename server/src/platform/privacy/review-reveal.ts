import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../audit/audit.ts'
import type { Tx } from '../db/database.ts'
import type { Platform } from '../platform.ts'
import { within, type PersonActor } from '../rights/actor.ts'
import { findReveal, lockReveal, writeReview, type RevealRecord } from './reveals-store.ts'

/** Judges a reveal (复核), once; NOT_FOUND outside the reviewer's area, OWN_REQUEST_NOT_ALLOWED for one's own, ALREADY_DECIDED for a second time. */
export async function reviewReveal(
  platform: Platform,
  tx: Tx,
  command: { id: string; actor: PersonActor; requestId: string; verdict: 'justified' | 'unjustified'; note: string },
): Promise<RevealRecord> {
  const { actor, id } = command
  const row = await lockReveal(tx, id)
  if (!row || !within(actor.areaPath, row.areaPath)) throw new Refusal('NOT_FOUND')
  if (row.personId === actor.personId) throw new Refusal('OWN_REQUEST_NOT_ALLOWED')
  if (row.reviewedAt) throw new Refusal('ALREADY_DECIDED')
  await writeReview(tx, id, { at: new Date(platform.runtime.now()), reviewer: actor, verdict: command.verdict, note: command.note })
  await writeAudit(tx, platform.runtime, {
    districtId: row.districtId,
    requestId: command.requestId,
    actor,
    action: `privacy.reviewReveal.${command.verdict}`,
    objectKind: 'reveal',
    objectId: id,
    outcome: 'done',
  })
  const reviewed = await findReveal(tx, id)
  if (!reviewed) throw new Error(`REVEAL_LOST ${id}`)
  return reviewed
}
