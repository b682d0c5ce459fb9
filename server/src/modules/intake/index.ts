import type { Queryable } from '../../platform/db/database.ts'
import { purgeKeys } from '../../platform/idempotency.ts'
import type { Platform, Registration } from '../../platform/platform.ts'
import { open311Routes } from './open311/routes.ts'
import { receiveReport, type ReceiveCommand } from './commands/receive-report.ts'
import type { IntakePorts } from './ports.ts'
import { intakeRoutes } from './routes.ts'
import { listReportsOfCases, reporterEraser, wordsEraser, writeReporter } from './privacy/store.ts'
import { findReportOfCase, type ReportRow } from './store.ts'

/** The door of `intake`: what was said, word for word. */
export interface Intake {
  readonly registration: Registration
  /** Takes a report for another module, by the same rules and keys as from anybody. */
  receive(command: ReceiveCommand): ReturnType<typeof receiveReport>
  said(db: Queryable, caseId: string): Promise<(ReportRow & { reporterName: string | null; reporterContact: string | null }) | undefined>
}

export function createIntake(platform: Platform, ports: IntakePorts): Intake {
  return {
    registration: {
      name: 'intake',
      routes: [...intakeRoutes(platform, ports), ...open311Routes(platform, ports)],
      erasers: [wordsEraser, reporterEraser],
      jobs: [{ name: 'intake.purgeKeys', cron: '41 3 * * *', run: async () => void (await purgeKeys(platform.db, platform.runtime.now())) }],
    },
    receive: (command) => receiveReport(platform, ports, command),
    said: findReportOfCase,
  }
}
export { listReportsOfCases, writeReporter }
export type { IntakePorts }
