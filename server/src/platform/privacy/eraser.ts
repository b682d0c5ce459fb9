import type { Tx } from '../db/database.ts'

/** A case that ended, with the day from which its periods count. */
export interface EndedCase {
  readonly districtId: number
  readonly id: string
  readonly endedAt: Date
}
export interface Erased {
  readonly id: string
  readonly at: Date
}

interface EraserFacts {
  /** Such as `cases.words`. */
  readonly name: string
  /** The declared columns that it clears; all of one period. */
  readonly columns: readonly string[]
}
/** Clears what belongs to cases whose period is over since they ended; ids of what was there and now is not. Doing it again clears nothing more. */
export interface CaseEraser extends EraserFacts {
  ofCases(tx: Tx, cases: readonly EndedCase[]): Promise<readonly string[]>
}
/** Clears what is older than `before`, the oldest first, at most `limit` at a time. */
export interface AgeEraser extends EraserFacts {
  /** A period of its own, in hours, where it is not that of its columns. */
  readonly hours?: number
  older(tx: Tx, before: Date, limit: number): Promise<readonly Erased[]>
}
/** What a module erases when its time is over (到期删除); its SQL stays with the module (R25). */
export type Eraser = CaseEraser | AgeEraser
