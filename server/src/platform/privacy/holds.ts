import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../audit/audit.ts'
import type { Tx } from '../db/database.ts'
import type { Platform } from '../platform.ts'
import { within, type PersonActor } from '../rights/actor.ts'
import { newId } from '../runtime.ts'
import { findHold, insertHold, lockErasure, lockHold, writeRelease, type HoldRecord } from './retention-store.ts'

export interface HeldCase {
  readonly districtId: number
  readonly id: string
  readonly number: string
  readonly areaPath: string
}

/** Keeps a case from erasure (法律保留) until an instant. NOT_FOUND outside one's area, INPUT_INVALID where the end is not ahead. */
export async function placeHold(
  platform: Platform,
  tx: Tx,
  command: { found: HeldCase | undefined; actor: PersonActor; requestId: string; reason: string; endsAt: Date },
): Promise<HoldRecord> {
  const { found, actor, endsAt } = command
  if (!found || !within(actor.areaPath, found.areaPath)) throw new Refusal('NOT_FOUND')
  const placedAt = new Date(platform.runtime.now())
  if (endsAt <= placedAt) throw new Refusal('INPUT_INVALID', [{ pointer: '/body/endsAt', code: 'formatMinimum' }])
  const id = newId(platform.runtime, found.districtId)
  // What a run has begun to erase is gone before the hold stands, and what comes after it stays.
  await lockErasure(tx)
  await insertHold(tx, {
    id,
    districtId: found.districtId,
    caseId: found.id,
    caseNumber: found.number,
    areaPath: found.areaPath,
    reason: command.reason,
    placedAt,
    placerId: actor.personId,
    placerName: actor.personName,
    endsAt,
  })
  await audit(platform, tx, command, found.districtId, 'privacy.placeHold', id)
  return stored(tx, id)
}

/** Ends a hold before its time. NOT_FOUND outside one's area, ALREADY_DECIDED where it has ended. */
export async function releaseHold(
  platform: Platform,
  tx: Tx,
  command: { id: string; actor: PersonActor; requestId: string; reason: string },
): Promise<HoldRecord> {
  const { id, actor } = command
  const at = new Date(platform.runtime.now())
  const row = await lockHold(tx, id)
  if (!row || !within(actor.areaPath, row.areaPath)) throw new Refusal('NOT_FOUND')
  if (row.releasedAt || row.endsAt <= at) throw new Refusal('ALREADY_DECIDED')
  await writeRelease(tx, id, { at, releaserId: actor.personId, releaserName: actor.personName, reason: command.reason })
  await audit(platform, tx, command, row.districtId, 'privacy.releaseHold', id)
  return stored(tx, id)
}

async function stored(tx: Tx, id: string): Promise<HoldRecord> {
  const row = await findHold(tx, id)
  if (!row) throw new Error(`HOLD_LOST ${id}`)
  return row
}

function audit(platform: Platform, tx: Tx, command: { actor: PersonActor; requestId: string }, districtId: number, action: string, id: string): Promise<void> {
  const { actor, requestId } = command
  return writeAudit(tx, platform.runtime, { districtId, requestId, actor, action, objectKind: 'hold', objectId: id, outcome: 'done' })
}
