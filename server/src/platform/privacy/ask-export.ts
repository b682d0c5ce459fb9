import type { BodyOf } from '@linli/contract/endpoint'
import type { privacy as contract } from '@linli/contract/endpoints/privacy'
import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../audit/audit.ts'
import { rememberAnswer, type IdempotencyKey } from '../idempotency.ts'
import type { Platform } from '../platform.ts'
import { may, type PersonActor } from '../rights/actor.ts'
import { newId } from '../runtime.ts'
import type { Dataset } from './dataset.ts'
import { isAlert, refuseFields } from './export-rules.ts'
import { exportView, type ExportAnswer } from './export-view.ts'
import { countRowsAsked, findExport, insertExport } from './exports-store.ts'
import { privacySettings } from './settings.ts'

const DAY_MS = 86_400_000

/**
 * Asks for an export (申请导出): counts what the filter finds in the asker's scope and keeps that scope. Throws EXPORT_DATASET_UNKNOWN,
 * EXPORT_FIELD_NOT_ALLOWED, and EXPORT_TOO_LARGE above the city's limit.
 */
export async function askExport(
  platform: Platform,
  datasets: ReadonlyMap<string, Dataset>,
  command: { actor: PersonActor; requestId: string; key: IdempotencyKey; body: BodyOf<typeof contract.askExport> },
): Promise<ExportAnswer> {
  const { actor, body } = command
  const dataset = datasets.get(body.dataset)
  if (!dataset || !may(actor, dataset.permission)) throw new Refusal('EXPORT_DATASET_UNKNOWN', [{ pointer: '/body/dataset', code: 'enum' }])
  const unmasked = body.unmasked ?? []
  refuseFields(dataset, { ...body, unmasked }, (permission) => may(actor, permission))
  const settings = privacySettings(platform.city.city)
  const countAsked = await dataset.count(platform.db, actor, body.filter)
  if (countAsked > settings.exportMaxRows) throw new Refusal('EXPORT_TOO_LARGE', [], { rows: countAsked, limit: settings.exportMaxRows })
  const askedAt = new Date(platform.runtime.now())
  const id = newId(platform.runtime, 0)
  return platform.transaction(async (tx) => {
    const before = await countRowsAsked(tx, actor.personId, new Date(askedAt.getTime() - DAY_MS))
    const alert = isAlert(countAsked, before, settings.exportAlertRows)
    await insertExport(tx, {
      ...actor,
      id,
      number: `EX-${askedAt.toISOString().slice(0, 10).replaceAll('-', '')}-${Buffer.from(platform.runtime.random(4)).toString('hex').toUpperCase()}`,
      dataset: dataset.name,
      filter: body.filter,
      fields: body.fields,
      unmasked,
      purpose: body.purpose,
      reason: body.reason,
      askedAt,
      permissions: [...actor.permissions],
      countAsked,
      alert,
      alertThreshold: settings.exportAlertRows,
    })
    const row = await findExport(tx, id)
    if (!row) throw new Error(`EXPORT_LOST ${id}`)
    const answer = exportView(datasets, row)
    await rememberAnswer(tx, command.key, 201, answer, askedAt)
    const line = { districtId: 0, requestId: command.requestId, actor, objectKind: 'export', objectId: id, outcome: 'done' } as const
    await writeAudit(tx, platform.runtime, { ...line, action: 'privacy.askExport' })
    if (alert) await writeAudit(tx, platform.runtime, { ...line, action: 'privacy.exportAlert' })
    return answer
  })
}
