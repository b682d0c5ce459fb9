import type { RowField } from './mapping.ts'
import type { Condition, Matter } from './matter.ts'

/** One line of our own export: every field as text, empty where there is none. */
export type ExportRow = Readonly<Record<RowField, string>>

/** The catalogue as flat rows, one for each condition (one for a matter without any), which `importCatalogue` reads back to the same matters. */
export function exportRows(matters: readonly Matter[]): ExportRow[] {
  return matters.flatMap((matter) =>
    matter.conditions.length === 0 ? [exportRow(matter)] : matter.conditions.map((condition) => exportRow(matter, condition)),
  )
}

function exportRow(matter: Matter, condition?: Condition): ExportRow {
  return {
    scheme: matter.scheme,
    domain: matter.domain,
    classCode: matter.classCode,
    className: matter.className,
    code: matter.code,
    name: matter.name,
    aliases: listText(matter.aliases),
    description: matter.description ?? '',
    workflow: matter.workflow,
    form: matter.form ? JSON.stringify(matter.form) : '',
    evidence: listText(matter.evidence),
    filing: condition?.filing ?? '',
    closing: condition?.closing ?? '',
    limit: condition?.limitText ?? '',
    ownerText: condition?.ownerText ?? '',
    supervisorText: condition?.supervisorText ?? '',
    legalBasis: condition?.legalBasis ?? '',
    note: condition?.note ?? '',
    calendar: condition?.calendar ?? matter.calendar ?? '',
  }
}

function listText(items: readonly string[]): string {
  return items.length === 0 ? '' : JSON.stringify(items)
}
