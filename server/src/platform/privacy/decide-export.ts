import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../audit/audit.ts'
import type { Tx } from '../db/database.ts'
import type { Platform } from '../platform.ts'
import { within, type PersonActor } from '../rights/actor.ts'
import { findExport, lockExport, writeDecision, type ExportRecord } from './exports-store.ts'

/** Approves or refuses an export (审批导出), once; NOT_FOUND outside one's area, OWN_REQUEST_NOT_ALLOWED for one's own, ALREADY_DECIDED later. */
export async function decideExport(
  platform: Platform,
  tx: Tx,
  command: { id: string; actor: PersonActor; requestId: string; approve: boolean; note: string },
): Promise<ExportRecord> {
  const { id, actor, approve, note } = command
  const row = await lockExport(tx, id)
  if (!row || !within(actor.areaPath, row.areaPath)) throw new Refusal('NOT_FOUND')
  if (row.personId === actor.personId) throw new Refusal('OWN_REQUEST_NOT_ALLOWED')
  if (row.state !== 'asked') throw new Refusal('ALREADY_DECIDED')
  await writeDecision(tx, id, {
    state: approve ? 'approved' : 'refused',
    at: new Date(platform.runtime.now()),
    deciderId: actor.personId,
    deciderName: actor.personName,
    note,
  })
  await writeAudit(tx, platform.runtime, {
    districtId: 0,
    requestId: command.requestId,
    actor,
    action: approve ? 'privacy.approveExport' : 'privacy.refuseExport',
    objectKind: 'export',
    objectId: id,
    outcome: 'done',
  })
  const decided = await findExport(tx, id)
  if (!decided) throw new Error(`EXPORT_LOST ${id}`)
  return decided
}
