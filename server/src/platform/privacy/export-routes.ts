import type { AnswerOf } from '@linli/contract/endpoint'
import { privacy as contract } from '@linli/contract/endpoints/privacy'
import { PURPOSES } from '@linli/contract/permissions'
import { writeRead } from '../audit/audit.ts'
import { idempotencyKey, once, rememberAnswer } from '../idempotency.ts'
import { cursorOf, readCursor } from '../http/cursor.ts'
import { limitOf, route, type Route } from '../http/request.ts'
import type { Platform } from '../platform.ts'
import { asPerson, may, type PersonActor } from '../rights/actor.ts'
import { askExport } from './ask-export.ts'
import type { Dataset } from './dataset.ts'
import { decideExport } from './decide-export.ts'
import { openDownload, sendFile } from './download-export.ts'
import { isMaskable } from './export-rules.ts'
import { exportView } from './export-view.ts'
import { listExports, type ExportRecord } from './exports-store.ts'
import { declarationOf } from './masking.ts'
import { privacySettings } from './settings.ts'

const EXPORT_PURPOSES = ['handle-case', 'contact-reporter', 'supervise', 'security-audit'] as const

/** The export gate over HTTP (导出审批): datasets, asking, deciding, fetching. */
export function exportRoutes(platform: Platform, datasets: () => ReadonlyMap<string, Dataset>): Route[] {
  const { db, runtime } = platform
  const listed = async (
    call: { actor: PersonActor; requestId: string; purpose: string | undefined; query: { limit?: string; cursor?: string } },
    endpoint: string,
    filter: Omit<Parameters<typeof listExports>[1], 'after' | 'limit'>,
  ) => {
    const limit = limitOf(call.query)
    const after = call.query.cursor === undefined ? undefined : readCursor(call.query.cursor)
    const rows = await listExports(db, { ...filter, after, limit: limit + 1 })
    await writeRead(db, runtime, {
      districtId: 0,
      requestId: call.requestId,
      actor: call.actor,
      endpoint,
      purpose: call.purpose ?? '',
      objectKind: 'export',
      objectId: 'list',
      rows: Math.min(limit, rows.length),
    })
    return pageOf(datasets(), rows, limit)
  }
  return [
    route(contract.listDatasets, async (call) => datasetsView(platform, [...datasets().values()], asPerson(call.actor))),
    route(contract.askExport, async (call) => {
      const actor = asPerson(call.actor)
      const key = idempotencyKey('export', actor.personId, call.key, call.body)
      return once(db, key, () => askExport(platform, datasets(), { actor, requestId: call.requestId, key, body: call.body }))
    }),
    route(contract.listOwnExports, async (call) => {
      const actor = asPerson(call.actor)
      return listed({ ...call, actor }, contract.listOwnExports.id, { personId: actor.personId })
    }),
    route(contract.listExports, async (call) => {
      const actor = asPerson(call.actor)
      return listed({ ...call, actor }, contract.listExports.id, { scope: actor.areaPath, state: call.query.state, alert: call.query.alert === 'true' })
    }),
    route(contract.decideExport, async (call) => {
      const actor = asPerson(call.actor)
      const key = idempotencyKey('export-decision', actor.personId, call.key, { id: call.params.id, ...call.body })
      return once(db, key, () =>
        platform.transaction(async (tx) => {
          const row = await decideExport(platform, tx, { id: call.params.id, actor, requestId: call.requestId, ...call.body })
          const answer = exportView(datasets(), row)
          await rememberAnswer(tx, key, 200, answer, new Date(runtime.now()))
          return answer
        }),
      )
    }),
    route(contract.downloadExport, async (call) => {
      const row = await openDownload(platform, datasets(), {
        id: call.params.id,
        actor: asPerson(call.actor),
        requestId: call.requestId,
        purpose: call.purpose ?? '',
      })
      await sendFile(platform, row, call.requestId, call.raw.response)
      return 'stream'
    }),
  ]
}

function pageOf(datasets: ReadonlyMap<string, Dataset>, rows: readonly ExportRecord[], limit: number): AnswerOf<typeof contract.listExports> {
  const last = rows[limit - 1]
  return {
    rows: rows.slice(0, limit).map((row) => exportView(datasets, row)),
    next: rows.length > limit && last ? cursorOf(last.askedAt, last.id) : null,
  }
}

function datasetsView(platform: Platform, datasets: readonly Dataset[], actor: PersonActor): AnswerOf<typeof contract.listDatasets> {
  const settings = privacySettings(platform.city.city)
  return {
    rows: datasets
      .filter((dataset) => may(actor, dataset.permission))
      .map((dataset) => ({
        dataset: dataset.name,
        zh: dataset.zh,
        en: dataset.en,
        filters: [...dataset.filters],
        fields: dataset.fields.map((field) => {
          const declared = declarationOf(field.column)
          return {
            field: field.name,
            zh: field.zh,
            en: field.en,
            kind: declared?.kind ?? null,
            mask: declared?.mask ?? 'none',
            purposes: [...(declared?.purposes ?? [])],
            mayUnmask: isMaskable(field) && (field.unmaskNeeds === undefined || may(actor, field.unmaskNeeds)),
          }
        }),
      })),
    purposes: EXPORT_PURPOSES.map((purpose) => ({ purpose, ...PURPOSES[purpose] })),
    alertThreshold: settings.exportAlertRows,
    expiryHours: settings.exportExpiryHours,
  }
}
