import type { AnswerOf } from '@linli/contract/endpoint'
import type { resident as contract } from '@linli/contract/endpoints/resident'
import { cursorOf, readCursor } from '../../platform/http/cursor.ts'
import type { Platform } from '../../platform/platform.ts'
import { countUntold, listReads, type ReadRow } from './queries.ts'

export type ReadsAnswer = AnswerOf<typeof contract.listReads>
type DataGroup = ReadsAnswer['rows'][number]['data']

/** Which data each endpoint shows of a case; the names are those of the contract. */
const SHOWN: Readonly<Record<string, DataGroup>> = {
  'cases.get': 'report',
  'cases.listEntries': 'ledger',
  'cases.getBlob': 'photos',
  'cases.explainDeadlines': 'clock',
  'cases.listSimilar': 'other',
  'privacy.reveal': 'contact',
  'privacy.revealInEmergency': 'contact',
  'privacy.correctReporter': 'contact',
}

/** Who looked at a case and why (查阅记录, R7): units and posts, never a person. What may not be told yet is counted. */
export async function readsOf(
  platform: Platform,
  caseId: string,
  asked: { readonly limit: number; readonly cursor: string | undefined },
): Promise<ReadsAnswer> {
  const now = new Date(platform.runtime.now())
  const after = asked.cursor === undefined ? undefined : readCursor(asked.cursor)
  const [rows, withheld] = await Promise.all([listReads(platform.db, { caseId, now, after, limit: asked.limit + 1 }), countUntold(platform.db, caseId, now)])
  const last = rows[asked.limit - 1]
  return {
    rows: rows.slice(0, asked.limit).map(viewOf),
    next: rows.length > asked.limit && last ? cursorOf(last.at, last.id) : null,
    withheld: { count: withheld.count, until: withheld.until?.toISOString() ?? null },
  }
}

const viewOf = (row: ReadRow): ReadsAnswer['rows'][number] => ({
  at: row.at.toISOString(),
  unitName: row.unitName,
  postTitle: row.postTitle,
  purpose: row.purpose,
  data: SHOWN[row.endpoint] ?? 'other',
  emergency: row.endpoint === 'privacy.revealInEmergency',
})
