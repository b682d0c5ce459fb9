import type { Tx } from '../../platform/db/database.ts'
import type { Platform, Registration } from '../../platform/platform.ts'
import type { Actor, PersonActor } from '../../platform/rights/actor.ts'
import { makeMoveIn, type MoveCommand, type MovedCase } from './commands/make-move.ts'
import { migrateCases, recountProvisional, relocateCases, type KeptUp } from './commands/keep-up.ts'
import { markDue, type Stumbled } from './commands/mark-due.ts'
import { nextCaseId, openCase, type OpenedCase, type OpenInput } from './commands/open-case.ts'
import { explainToReporter, type ReporterAccount } from './for-reporter.ts'
import { getVisibleCase } from './detail.ts'
import { indicatorSql } from './indicators.ts'
import { previewMoves } from './listing/preview.ts'
import { countCases } from './listing/queries.ts'
import { waitingFor } from './waiting/queries.ts'
import { CaseNumbers } from './numbers.ts'
import { findOrphans, type Orphans } from './orphans/queries.ts'
import { countOwnMoves, listTasks } from './own-work/queries.ts'
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
import { caseTileRoutes } from './tiles/routes.ts'
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
  /** The row of a case that an actor may see; NOT_FOUND for an absent and a hidden one alike. */
  visible(actor: PersonActor, id: string): ReturnType<typeof getVisibleCase>
  count(actor: PersonActor, query: Parameters<typeof countCases>[3]): Promise<number>
  waitingFor(actor: PersonActor, asked: Parameters<typeof waitingFor>[3]): ReturnType<typeof waitingFor>
  preview(actor: PersonActor, ids: readonly string[], move: Parameters<typeof previewMoves>[4]): ReturnType<typeof previewMoves>
  /** Why a case stands where it does, as its reporter may know it. */
  explainToReporter(caseId: string): Promise<ReporterAccount | undefined>
  /** Open cases that may be the same event as what is described. */
  similar(like: Likeness): Promise<SimilarCase[]>
  relocate(below: readonly string[], place: Parameters<typeof relocateCases>[3]): Promise<KeptUp>
  migrate(actor: Actor, change: Parameters<typeof migrateCases>[3]): Promise<KeptUp>
  recountProvisional(): Promise<KeptUp>
  /** Open cases without a next action; with the posts of the city also those that no post could move on. */
  orphans(posts?: readonly ActingPost[]): Promise<Orphans>
  /** What waits for somebody in the field, and how many lines they wrote themselves between two instants. */
  tasks(actor: PersonActor, limit: number): ReturnType<typeof listTasks>
  ownMoves(personId: string, from: Date, to: Date): ReturnType<typeof countOwnMoves>
}

export function createCases(platform: Platform, ports: CasesPorts): Cases {
  const stumbled: Stumbled = new Map()
  const numbers = new CaseNumbers(platform.db, platform.city.city.casePrefix, platform.city.city.timeZone)
  return {
    registration: {
      name: 'cases',
      routes: [...casesRoutes(platform, ports), ...caseTileRoutes(platform)],
      reactions: casesReactions(platform, ports),
      pumps: [{ name: 'cases.overdue', everyMs: 1_000, work: () => markDue(platform, ports, stumbled) }],
    },
    prepare: async (districtId, at) => ({ id: nextCaseId(platform, districtId), number: await numbers.take(at) }),
    open: (tx, input) => openCase(platform, ports, tx, input),
    deadlines: () => countDeadlines(platform.db, new Date(platform.runtime.now())),
    explainToReporter: (caseId) => explainToReporter(platform, ports, caseId),
    visible: (actor, id) => getVisibleCase(platform.db, actor, id),
    count: (actor, query) => countCases(platform.db, ports, actor, query),
    waitingFor: (actor, asked) => waitingFor(platform.db, ports, actor, asked),
    preview: (actor, ids, move) => previewMoves(platform, ports, actor, ids, move),
    move: (tx, command) => makeMoveIn(platform, ports, tx, command),
    similar: (like) => findSimilar(platform.db, platform.city.city.loop.similar, like, new Date(platform.runtime.now())),
    relocate: (below, place) => relocateCases(platform, ports, below, place),
    migrate: (actor, change) => migrateCases(platform, ports, actor, change),
    recountProvisional: () => recountProvisional(platform, ports),
    tasks: (actor, limit) => listTasks(platform, ports, actor, limit),
    ownMoves: (personId, from, to) => countOwnMoves(platform.db, personId, from, to),
    orphans: (posts) => findOrphans(platform.db, new Date(platform.runtime.now()), posts),
  }
}
export { countOpenCases, openCasesBelow, openCasesByEdition } from './over-time/queries.ts'
export { listPublicCases, readTimers }
export { createCasePrivacy, endedAmong, endedCases, findHeldCase }
export { indicatorSql, stageLeft, stageLimit, stageResumed, trackCase, verifyLedger, visibleTo }
export type { CasesPorts, CountedBy, Finding, KeptUp, MovedCase, OpenedCase, ReporterAccount, SimilarCase }
