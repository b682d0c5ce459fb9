import type { Queryable, Tx } from '../../platform/db/database.ts'
import type { Stage } from '@linli/contract/workflow'
import type { WorkCalendar } from '@linli/lib/time/calendar'
import type { Limit, Place, RunningDeadline } from './model.ts'

/** A condition row of the catalogue as the engine needs it. */
export interface ConditionFacts {
  readonly edition: number
  readonly matterKey: string
  readonly matterName: string
  readonly rowNo: number
  readonly filing: string
  readonly closing: string
  readonly limitText: string
  readonly limit: Limit | null
}
export interface Advice {
  readonly unit: string
  readonly rule: string
  readonly coOwners: readonly string[]
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
/** The matter, and its condition row, whose own calendar, if it has one, a clock counts by. */
export interface CountedBy {
  readonly matterKey: string | null
  readonly edition: number | null
  readonly conditionRow: number | null
}
/** A ruling of an arbitration as it becomes a rule of dispatch. */
export interface Ruling {
  readonly rule: string
  readonly matterKey: string
  readonly areaCode: string
  readonly owner: string
  readonly validFrom: string
  readonly caseNumber: string
}

/** What `cases` wants from others; app.ts connects it. */
export interface CasesPorts {
  /** The condition row, in the edition named or the one in force; undefined where matter or row do not exist. */
  findCondition(matterKey: string, rowNo: number, edition?: number): ConditionFacts | undefined
  hasMatter(matterKey: string): boolean
  /** When a stage that starts now is due, on the city's working-time clocks. */
  deadlineOf(stage: Stage, startedAt: Date, limit: Limit | null, by: CountedBy): DeadlineSet
  /** How much of a running clock is left, in its own unit, and when it is due if it goes on with that. */
  leftOf(deadline: RunningDeadline, at: Date, by: CountedBy): number
  resumeOf(deadline: RunningDeadline & { readonly left: number }, at: Date, by: CountedBy): DeadlineSet
  calendarOf(by: CountedBy): WorkCalendar
  /** Names of holidays by day, as they were published. */
  holidayNames(): Readonly<Record<string, string>>
  /** The unit's name, or undefined where no such unit exists. */
  findUnitName(code: string): string | undefined
  /** True where the unit is there and has not ended: an ended one keeps its name and gets nothing new. */
  unitActs(code: string): boolean
  /** The unit one level up; null at the top. */
  superiorOf(unit: string): string | null
  areaNames(path: string): string[]
  areaPathOf(code: string): string | undefined
  /** Where a position lies; refuses one outside the city. */
  place(position: { readonly lon: number; readonly lat: number; readonly crs: 'wgs84' | 'gcj02' | 'cgcs2000' }, pointer: string): Place
  advise(matterKey: string, areaPath: string): Advice | undefined
  ruleExists(id: string): boolean
  learnRuling(tx: Tx, ruling: Ruling): Promise<void>
  said(db: Queryable, caseId: string): Promise<SaidFacts | undefined>
  takeEvidence(tx: Tx, ids: readonly string[], owner: string, caseId: string): Promise<void>
}
