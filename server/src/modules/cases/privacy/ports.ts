import type { Queryable, Tx } from '../../../platform/db/database.ts'

/** What one report of a case holds about its reporter and in its words; as said. */
export interface ReportOfCase {
  readonly reportId: string
  readonly caseId: string
  readonly channel: string
  readonly receivedAt: Date
  readonly said: string
  readonly address: string | null
  readonly name: string | null
  readonly contact: string | null
}

/** What the privacy of `cases` wants from others; app.ts connects it. */
export interface CasePrivacyPorts {
  areaPathOf(code: string): string | undefined
  findUnitName(code: string): string | undefined
  /** All reports of the cases, the oldest first. */
  reportsOf(db: Queryable, caseIds: readonly string[]): Promise<readonly ReportOfCase[]>
  /** Writes the reporter of a report anew. */
  writeReporter(tx: Tx, reportId: string, reporter: { readonly name: string | null; readonly contact: string | null }): Promise<void>
  /** One working day later. */
  reviewDueAt(at: Date): Date
}
