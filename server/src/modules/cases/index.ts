import type { Tx } from '../../platform/db/database.ts'
import type { Platform, Registration } from '../../platform/platform.ts'
import { makeMoveIn, type MoveCommand, type MovedCase } from './commands/make-move.ts'
import { markOverdue } from './commands/mark-overdue.ts'
import { nextCaseId, openCase, type OpenedCase, type OpenInput } from './commands/open-case.ts'
import { indicatorSql } from './indicators.ts'
import { CaseNumbers } from './numbers.ts'
import type { CasesPorts } from './ports.ts'
import { visibleTo } from './queries.ts'
import { casesRoutes } from './routes.ts'
import { countDeadlines } from './store.ts'
import { stageLimit } from './stage-limit.ts'
import { trackCase } from './track.ts'
import { verifyLedger, type Finding } from './verify-ledger.ts'

/** The door of `cases`: the engine that runs every loop. */
export interface Cases {
  readonly registration: Registration
  /** Reserves what a new case needs before its transaction begins. */
  prepare(districtId: number, at: Date): Promise<{ id: string; number: string }>
  open(tx: Tx, input: OpenInput & { readonly id: string; readonly number: string }): Promise<OpenedCase>
  /** Makes one move inside the caller's transaction. */
  move(tx: Tx, command: MoveCommand): Promise<MovedCase>
  deadlines(): Promise<{ running: number; passed: number }>
}

export function createCases(platform: Platform, ports: CasesPorts): Cases {
  const numbers = new CaseNumbers(platform.db, platform.city.city.casePrefix, platform.city.city.timeZone)
  return {
    registration: {
      name: 'cases',
      routes: casesRoutes(platform, ports),
      pumps: [{ name: 'cases.overdue', everyMs: 1_000, work: () => markOverdue(platform, ports) }],
    },
    prepare: async (districtId, at) => ({ id: nextCaseId(platform, districtId), number: await numbers.take(at) }),
    open: (tx, input) => openCase(platform, ports, tx, input),
    deadlines: () => countDeadlines(platform.db, new Date(platform.runtime.now())),
    move: (tx, command) => makeMoveIn(platform, ports, tx, command),
  }
}
export { indicatorSql, stageLimit, trackCase, verifyLedger, visibleTo }
export type { CasesPorts, Finding, MovedCase, OpenedCase }
