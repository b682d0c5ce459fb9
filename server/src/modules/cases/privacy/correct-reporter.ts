import type { AnswerOf, BodyOf } from '@linli/contract/endpoint'
import { privacy as contract } from '@linli/contract/endpoints/privacy'
import { Refusal } from '@linli/contract/errors'
import { districtOf } from '@linli/lib/ids'
import { writeAudit, writeRead } from '../../../platform/audit/audit.ts'
import type { Platform } from '../../../platform/platform.ts'
import { editedValue, maskColumn } from '../../../platform/privacy/masking.ts'
import type { PersonActor } from '../../../platform/rights/actor.ts'
import { getVisibleCase } from '../detail.ts'
import { lockCase } from '../store.ts'
import type { CasePrivacyPorts } from './ports.ts'

const NAME = 'intake.reporter.name'
const CONTACT = 'intake.reporter.contact'

export interface CorrectCall {
  readonly id: string
  readonly actor: PersonActor
  readonly requestId: string
  readonly purpose: string
  readonly ifMatch: number
  readonly body: BodyOf<typeof contract.correctReporter>
}

/**
 * Corrects the reporter of a case's first report (更正) without showing them. A mask that comes back as it was shown changes nothing; any other
 * throws MASK_NOT_ALLOWED. NOT_FOUND outside one's scope, SEQ_STALE where the case has moved on.
 */
export async function correctReporter(platform: Platform, ports: CasePrivacyPorts, call: CorrectCall): Promise<AnswerOf<typeof contract.correctReporter>> {
  const { actor, body } = call
  await getVisibleCase(platform.db, actor, call.id)
  return platform.transaction(async (tx) => {
    const row = await lockCase(tx, districtOf(call.id), call.id)
    const [report] = await ports.reportsOf(tx, [call.id])
    if (!row || !report) throw new Refusal('NOT_FOUND')
    if (row.seq !== call.ifMatch) throw new Refusal('SEQ_STALE', [], { seq: row.seq })
    const name = editedValue(NAME, report.name, body.name, '/body/name')
    const contact = editedValue(CONTACT, report.contact, body.contact, '/body/contact')
    const changed = [...(name === report.name ? [] : ['name']), ...(contact === report.contact ? [] : ['contact'])]
    if (changed.length > 0) await ports.writeReporter(tx, report.reportId, { name, contact })
    const said = { districtId: row.district_id, requestId: call.requestId, actor, objectKind: 'case', objectId: row.id }
    await writeRead(tx, platform.runtime, { ...said, endpoint: contract.correctReporter.id, purpose: call.purpose, rows: 1 })
    await writeAudit(tx, platform.runtime, { ...said, action: contract.correctReporter.id, outcome: 'done' })
    return { caseId: row.id, name: maskColumn(NAME, name), contact: maskColumn(CONTACT, contact), changed }
  })
}
