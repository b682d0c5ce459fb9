import type { AnswerOf } from '@linli/contract/endpoint'
import type { privacy as contract } from '@linli/contract/endpoints/privacy'
import type { Dataset } from './dataset.ts'
import { fieldOf } from './export-rules.ts'
import type { ExportRecord } from './exports-store.ts'
import { declarationOf } from './masking.ts'

export type ExportAnswer = AnswerOf<typeof contract.askExport>

/** An export as its asker and its approver see it: counts and kinds of fields, never a row. */
export function exportView(datasets: ReadonlyMap<string, Dataset>, row: ExportRecord): ExportAnswer {
  const dataset = datasets.get(row.dataset)
  return {
    id: row.id,
    number: row.number,
    state: row.state,
    dataset: row.dataset,
    filter: row.filter,
    fields: row.fields.map((name) => {
      const field = dataset && fieldOf(dataset, name)
      const declared = field && declarationOf(field.column)
      return {
        field: name,
        zh: field?.zh ?? name,
        en: field?.en ?? name,
        kind: declared?.kind ?? null,
        mask: declared?.mask ?? 'none',
        unmasked: row.unmasked.includes(name),
      }
    }),
    purpose: row.purpose,
    reasonText: row.reason,
    askedAt: row.askedAt.toISOString(),
    personId: row.personId,
    personName: row.personName,
    postTitle: row.postTitle,
    unitName: row.unitName,
    countAsked: row.countAsked,
    countMade: row.countMade,
    bytes: row.bytes,
    alert: row.alert,
    alertThreshold: row.alertThreshold,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    deciderName: row.deciderName,
    decisionNote: row.decisionNote,
    readyAt: row.readyAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    downloads: row.downloads,
  }
}
