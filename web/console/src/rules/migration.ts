import type { BodyOf } from '@linli/contract/endpoint'
import type { catalog } from '@linli/contract/endpoints/catalog'
import type { PreviewRow } from './types.ts'

type Choice = BodyOf<typeof catalog.migrate>['choices'][number]
/** For each old condition row the new one that somebody chose; absent where the proposal stands. */
export type RowChoices = Readonly<Record<string, number>>

/** One matter of one older edition, as a key. */
export const keyOfRow = (row: Pick<PreviewRow, 'matterKey' | 'fromEdition'>) => `${row.matterKey} ${row.fromEdition}`

/** The migration (迁移) that is sent: the chosen matters, with the rows proposed or chosen; a row without a successor is left out and its cases stay. */
export function choicesOf(rows: readonly PreviewRow[], chosen: readonly string[], rowChoices: RowChoices): Choice[] {
  return rows
    .filter((row) => chosen.includes(keyOfRow(row)))
    .map((row) => ({
      matterKey: row.matterKey,
      fromEdition: row.fromEdition,
      rowMap: row.conditions.flatMap((condition) => {
        const to = rowChoices[`${keyOfRow(row)} ${condition.from}`] ?? condition.to
        return to === null ? [] : [{ from: condition.from, to }]
      }),
    }))
}
