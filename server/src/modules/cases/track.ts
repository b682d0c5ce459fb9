import { findMove } from '@linli/contract/workflow'
import { districtOf } from '@linli/lib/ids'
import type { Db } from '../../platform/db/database.ts'
import { workflowOf } from './commands/make-move.ts'
import { findCase, listEntries, listWords, readUnitNames } from './store.ts'

export interface TrackedCase {
  readonly number: string
  readonly state: string
  readonly step: string
  readonly matterName: string | null
  readonly dueAt: Date | null
  readonly publicReply: string | null
  readonly steps: readonly { readonly move: string; readonly step: string | null; readonly at: Date; readonly unitName: string | null }[]
}

/** What a reporter may follow (办理进度): steps, units and dates, the public reply; no person and no internal note. */
export async function trackCase(db: Db, caseId: string): Promise<TrackedCase | undefined> {
  const row = await findCase(db, districtOf(caseId), caseId)
  if (!row) return undefined
  const [entries, words] = await Promise.all([listEntries(db, row.district_id, row.id), listWords(db, row.district_id, row.id)])
  const units = await readUnitNames(db, entries)
  const workflow = workflowOf(row)
  return {
    number: row.number,
    state: row.state,
    step: row.step,
    matterName: row.matter_name,
    dueAt: row.due_at,
    publicReply: words.findLast((line) => line.words.publicReply !== undefined)?.words.publicReply ?? null,
    steps: entries
      .filter((entry) => findMove(workflow, entry.move)?.kind !== 'note')
      .map((entry) => {
        const to = findMove(workflow, entry.move)?.to
        return {
          move: entry.move,
          step: to === undefined ? null : (workflow.states[to]?.step ?? null),
          at: entry.at,
          unitName: units.find((unit) => unit.code === entry.unit_code)?.name ?? null,
        }
      }),
  }
}
