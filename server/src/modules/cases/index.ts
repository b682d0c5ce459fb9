import type { Tx } from '../../platform/db/database.ts'
import type { Platform, Registration } from '../../platform/platform.ts'
import type { Actor } from '../../platform/rights/actor.ts'
import { makeMoveIn, type MoveCommand, type MovedCase } from './commands/make-move.ts'
import { migrateCases, recountProvisional, relocateCases, type KeptUp } from './commands/keep-up.ts'
import { markDue, type Stumbled } from './commands/mark-due.ts'
import { nextCaseId, openCase, type OpenedCase, type OpenInput } from './commands/open-case.ts'
import { indicatorSql } from './indicators.ts'
import { CaseNumbers } from './numbers.ts'
import { findOrphans, type Orphans } from './orphans/queries.ts'
import type { ActingPost } from './orphans/rules.ts'
import type { CasesPorts, CountedBy } from './ports.ts'
import { listPublicCases } from './public-requests.ts'
import { createCasePrivacy } from './privacy/routes.ts'
import { endedAmong, endedCases, findHeldCase } from './privacy/store.ts'
import { visibleTo } from './queries.ts'
import { casesRoutes } from './routes.ts'
import { countDeadlines } from './store.ts'
import { casesReactions } from './reactions.ts'
import type { Likeness, SimilarCase } from './similar/likeness.ts'
import { findSimilar } from './similar/queries.ts'
import { stageLeft, stageLimit, stageResumed } from './stage-limit.ts'
import { readTimers } from './timers/queries.ts'
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
  /** Open cases that may be the same event as what is described. */
  similar(like: Likeness): Promise<SimilarCase[]>
  relocate(below: readonly string[], place: Parameters<typeof relocateCases>[3]): Promise<KeptUp>
  migrate(actor: Actor, change: Parameters<typeof migrateCases>[3]): Promise<KeptUp>
  recountProvisional(): Promise<KeptUp>
  /** Open cases without a next action; with the posts of the city also those that no post could move on. */
  orphans(posts?: readonly ActingPost[]): Promise<Orphans>
}

export function createCases(platform: Platform, ports: CasesPorts): Cases {
  const stumbled: Stumbled = new Map()
  const numbers = new CaseNumbers(platform.db, platform.city.city.casePrefix, platform.city.city.timeZone)
  return {
    registration: {
      name: 'cases',
      routes: casesRoutes(platform, ports),
      reactions: casesReactions(platform, ports),
      pumps: [{ name: 'cases.overdue', everyMs: 1_000, work: () => markDue(platform, ports, stumbled) }],
    },
    prepare: async (districtId, at) => ({ id: nextCaseId(platform, districtId), number: await numbers.take(at) }),
    open: (tx, input) => openCase(platform, ports, tx, input),
    deadlines: () => countDeadlines(platform.db, new Date(platform.runtime.now())),
    move: (tx, command) => makeMoveIn(platform, ports, tx, command),
    similar: (like) => findSimilar(platform.db, platform.city.city.loop.similar, like, new Date(platform.runtime.now())),
    relocate: (below, place) => relocateCases(platform, ports, below, place),
    migrate: (actor, change) => migrateCases(platform, ports, actor, change),
    recountProvisional: () => recountProvisional(platform, ports),
    orphans: (posts) => findOrphans(platform.db, new Date(platform.runtime.now()), posts),
  }
}
export { countOpenCases, openCasesBelow, openCasesByEdition } from './over-time/queries.ts'
export { listPublicCases, readTimers }
export { createCasePrivacy, endedAmong, endedCases, findHeldCase }
export { indicatorSql, stageLeft, stageLimit, stageResumed, trackCase, verifyLedger, visibleTo }
export type { CasesPorts, CountedBy, Finding, KeptUp, MovedCase, OpenedCase, SimilarCase }
