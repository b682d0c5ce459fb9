import type { Queryable } from '../../platform/db/database.ts'
import { purgeKeys } from '../../platform/idempotency.ts'
import type { Platform, Registration } from '../../platform/platform.ts'
import { answerReport } from './commands/answer-report.ts'
import { askReview } from './commands/ask-review.ts'
import { getReportByReceipt, trackReport } from './by-receipt.ts'
import { open311Routes } from './open311/routes.ts'
import { PUBLIC_DOMAINS } from './open311/services.ts'
import { receiveReport, type ReceiveCommand } from './commands/receive-report.ts'
import type { IntakePorts } from './ports.ts'
import { intakeRoutes } from './routes.ts'
import { listReportsOfCases, reporterEraser, wordsEraser, writeReporter } from './privacy/store.ts'
import { findReportOfCase, type ReportRow } from './store.ts'

/** The door of `intake`: what was said, word for word. */
export interface Intake {
  readonly registration: Registration
  /** What anybody may do who has no account, for pages that are made on the server. */
  readonly reporters: Reporters
  /** Takes a report for another module, by the same rules and keys as from anybody. */
  receive(command: ReceiveCommand): ReturnType<typeof receiveReport>
  said(db: Queryable, caseId: string): Promise<(ReportRow & { reporterName: string | null; reporterContact: string | null }) | undefined>
}

/** The reporter's side of intake: what the public endpoints do, without HTTP. A receipt that opens nothing is NOT_FOUND. */
export interface Reporters {
  find(receipt: string): Promise<ReportRow>
  track(report: ReportRow): ReturnType<typeof trackReport>
  answer(report: ReportRow, command: Parameters<typeof answerReport>[3]): ReturnType<typeof answerReport>
  askReview(report: ReportRow, command: Parameters<typeof askReview>[3]): ReturnType<typeof askReview>
  similar(like: Parameters<IntakePorts['similarCases']>[0]): ReturnType<IntakePorts['similarCases']>
}

export function createIntake(platform: Platform, ports: IntakePorts): Intake {
  return {
    registration: {
      name: 'intake',
      routes: [...intakeRoutes(platform, ports), ...open311Routes(platform, ports)],
      erasers: [wordsEraser, reporterEraser],
      jobs: [{ name: 'intake.purgeKeys', cron: '41 3 * * *', run: async () => void (await purgeKeys(platform.db, platform.runtime.now())) }],
    },
    reporters: {
      find: (receipt) => getReportByReceipt(platform.db, receipt),
      track: (report) => trackReport(ports, report),
      answer: (report, command) => answerReport(platform, ports, report, command),
      askReview: (report, command) => askReview(platform, ports, report, command),
      similar: (like) => ports.similarCases(like),
    },
    receive: (command) => receiveReport(platform, ports, command),
    said: findReportOfCase,
  }
}
export { listReportsOfCases, PUBLIC_DOMAINS, writeReporter }
export type { IntakePorts, ReportRow }
