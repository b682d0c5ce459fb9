import { Refusal } from '@linli/contract/errors'
import { writeAudit, writeRead } from '../audit/audit.ts'
import type { Tx } from '../db/database.ts'
import type { Platform } from '../platform.ts'
import type { PersonActor } from '../rights/actor.ts'
import { newId } from '../runtime.ts'
import { countReveals, insertReveal, lockReveals, type RevealKind } from './reveals-store.ts'
import { privacySettings } from './settings.ts'

const HOUR_MS = 3_600_000

export interface RevealCommand {
  readonly kind: RevealKind
  readonly actor: PersonActor
  readonly requestId: string
  readonly reason: string
  readonly caseId: string
  readonly caseNumber: string
  readonly districtId: number
  readonly areaPath: string
  /** By when somebody must look at it; null where nobody need. */
  readonly reviewDueAt: Date | null
}
export interface RecordedReveal {
  readonly id: string
  readonly at: Date
  readonly remaining: number
  readonly limitResetsAt: Date
}

/**
 * Records that somebody is about to see a reporter's contact: a row with the reason, a line of the read log and one of the audit, all in the
 * caller's transaction (R9, R10). Throws REVEAL_LIMIT where the person made as many within the last hour as the city allows.
 */
export async function recordReveal(platform: Platform, tx: Tx, command: RevealCommand): Promise<RecordedReveal> {
  const { actor, kind, districtId, caseId } = command
  const at = new Date(platform.runtime.now())
  const settings = privacySettings(platform.city.city)
  const limit = kind === 'emergency' ? settings.emergencyRevealsPerHour : settings.revealsPerHour
  await lockReveals(tx, actor.personId)
  const made = await countReveals(tx, actor.personId, kind, new Date(at.getTime() - HOUR_MS))
  const limitResetsAt = new Date((made.first ?? at).getTime() + HOUR_MS)
  if (made.count >= limit) throw new Refusal('REVEAL_LIMIT', [], { limit, resetsAt: limitResetsAt.toISOString() })
  const id = newId(platform.runtime, districtId)
  await insertReveal(tx, { ...command, id, at }, actor)
  const said = { districtId, requestId: command.requestId, actor }
  await writeRead(tx, platform.runtime, {
    ...said,
    endpoint: kind === 'emergency' ? 'privacy.revealInEmergency' : 'privacy.reveal',
    purpose: 'contact-reporter',
    objectKind: 'case',
    objectId: caseId,
    rows: 1,
  })
  await writeAudit(tx, platform.runtime, {
    ...said,
    action: kind === 'emergency' ? 'privacy.revealInEmergency' : 'privacy.reveal',
    objectKind: 'reveal',
    objectId: id,
    outcome: 'done',
  })
  return { id, at, remaining: limit - made.count - 1, limitResetsAt }
}
