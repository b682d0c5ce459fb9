import type { AnswerOf } from '@linli/contract/endpoint'
import type { catalog as contract } from '@linli/contract/endpoints/catalog'
import { diffCatalogue, pairConditions } from './diff.ts'
import type { Editions } from './editions.ts'
import type { Matter } from './import/matter.ts'
import type { OpenCases } from './ports.ts'
import { words } from './words.ts'

type Row = AnswerOf<typeof contract.migrationPreview>['rows'][number]

/** What an edition would mean for open cases of older ones (在办案件迁移预览): by matter and edition, with each condition row's successor. */
export function migrationPreview(editions: Pick<Editions, 'find'>, edition: number, open: readonly OpenCases[]): Row[] {
  const groups = Map.groupBy(
    open.filter((row) => row.edition < edition),
    (row) => `${row.matterKey} ${String(row.edition).padStart(9, '0')}`,
  )
  return [...groups.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1)).flatMap(([, rows]) => previewRow(editions, edition, rows))
}

function previewRow(editions: Pick<Editions, 'find'>, edition: number, open: readonly OpenCases[]): Row[] {
  const [first] = open
  const before = first && editions.find(first.matterKey, first.edition)
  if (!first || !before) return []
  const after = editions.find(first.matterKey, edition)
  const fields = after ? diffCatalogue([before], [after]).changed.flatMap((change) => change.fields) : []
  return [
    {
      matterKey: before.key,
      matterName: after?.name ?? before.name,
      fromEdition: first.edition,
      openCases: open.reduce((sum, row) => sum + row.count, 0),
      unfiled: open.filter((row) => row.conditionRow === null).reduce((sum, row) => sum + row.count, 0),
      how: !after ? 'removed' : fields.length === 0 ? 'same' : 'changed',
      conditions: rowsOf(before, after, open),
      fields: fields.map((field) => ({ pointer: field.pointer, before: words(field.before), after: words(field.after) })),
    },
  ]
}

function rowsOf(before: Matter, after: Matter | undefined, open: readonly OpenCases[]): Row['conditions'] {
  const partner = new Map([...pairConditions(before.conditions, after?.conditions ?? [])].map(([young, old]) => [old, young]))
  return before.conditions.map((row, place): Row['conditions'][number] => {
    const young = after?.conditions[partner.get(place) ?? -1]
    const same = young !== undefined && JSON.stringify({ ...young, rowNo: 0 }) === JSON.stringify({ ...row, rowNo: 0 })
    return {
      from: row.rowNo,
      to: young?.rowNo ?? null,
      openCases: open.filter((each) => each.conditionRow === row.rowNo).reduce((sum, each) => sum + each.count, 0),
      filing: row.filing,
      limitBefore: row.limitText,
      limitAfter: young?.limitText ?? null,
      how: young === undefined ? 'removed' : same ? 'same' : 'changed',
    }
  })
}
