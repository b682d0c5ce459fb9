import type { AnswerOf } from '@linli/contract/endpoint'
import type { intake as contract } from '@linli/contract/endpoints/intake'
import { Refusal } from '@linli/contract/errors'
import type { Db } from '../../platform/db/database.ts'
import { receiptHash } from './commands/receive-report.ts'
import type { IntakePorts } from './ports.ts'
import { findReportByReceipt, type ReportRow } from './store.ts'

export type Outcome = AnswerOf<typeof contract.track>['outcome']

/** The report to which a receipt (查询码) is the key; NOT_FOUND where there is none. */
export async function getReportByReceipt(db: Db, receipt: string): Promise<ReportRow> {
  const report = await findReportByReceipt(db, receiptHash(receipt))
  if (!report) throw new Refusal('NOT_FOUND')
  return report
}

/** What became of a report, as its reporter may read it; no personal data. */
export async function trackReport(ports: Pick<IntakePorts, 'trackCase'>, report: ReportRow): Promise<AnswerOf<typeof contract.track>> {
  const tracked = await ports.trackCase(report.caseId)
  if (!tracked) throw new Refusal('NOT_FOUND')
  return {
    outcome: report.outcome as Outcome,
    reason: { code: report.reasonCode, zh: report.reasonZh, en: report.reasonEn, rule: report.rule },
    number: tracked.number,
    state: tracked.state,
    step: tracked.step,
    matterName: tracked.matterName,
    receivedAt: report.receivedAt.toISOString(),
    dueAt: tracked.dueAt?.toISOString() ?? null,
    steps: tracked.steps.map((step) => ({ ...step, at: step.at.toISOString() })),
    publicReply: tracked.publicReply,
    reply: tracked.reply,
    informed: tracked.informed.map((told) => ({ ...told, at: told.at.toISOString() })),
    linkedTo: tracked.linkedTo,
    answerUntil: tracked.answerUntil?.toISOString() ?? null,
    mayReopen: tracked.mayReopen,
    answer: tracked.answer && { ...tracked.answer, at: tracked.answer.at.toISOString() },
  }
}
