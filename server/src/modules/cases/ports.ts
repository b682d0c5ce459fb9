import type { Queryable, Tx } from '../../platform/db/database.ts'
import type { Stage } from '@linli/contract/workflow'

/** A condition row of the catalogue as the engine needs it. */
export interface ConditionFacts {
  readonly edition: number
  readonly matterKey: string
  readonly matterName: string
  readonly rowNo: number
  readonly filing: string
  readonly closing: string
  readonly limitText: string
  readonly limit: { readonly clock: string; readonly amount: number } | null
}
export interface Advice {
  readonly unit: string
  readonly rule: string
  readonly zh: string
  readonly en: string
}
export interface SaidFacts {
  readonly text: string
  readonly address: string | null
  readonly saidAt: Date | null
  readonly flags: readonly string[]
  readonly photos: readonly string[]
  readonly reporter: { readonly name: string | null; readonly contact: string | null } | null
  readonly filing: { readonly outcome: string; readonly code: string; readonly zh: string; readonly en: string }
}
export interface DeadlineSet {
  readonly clock: string
  readonly amount: number
  readonly calendar: string
  readonly dueAt: Date
  readonly provisional: boolean
}

/** What `cases` wants from others; app.ts connects it. */
export interface CasesPorts {
  /** The condition row, in the edition named or the one in force; undefined where matter or row do not exist. */
  findCondition(matterKey: string, rowNo: number, edition?: number): ConditionFacts | undefined
  hasMatter(matterKey: string): boolean
  /** When a stage that starts now is due, on the city's working-time clocks. */
  deadlineOf(stage: Stage, startedAt: Date, limit: { readonly clock: string; readonly amount: number } | null): DeadlineSet
  /** The unit's name, or undefined where no such unit exists. */
  findUnitName(code: string): string | undefined
  areaNames(path: string): string[]
  areaPathOf(code: string): string | undefined
  advise(matterKey: string, areaPath: string): Advice | undefined
  said(db: Queryable, caseId: string): Promise<SaidFacts | undefined>
  takeEvidence(tx: Tx, ids: readonly string[], owner: string, caseId: string): Promise<void>
}
