import type { AnswerOf, BodyOf } from '@linli/contract/endpoint'
import type { intake as contract } from '@linli/contract/endpoints/intake'
import { Refusal } from '@linli/contract/errors'
import { idempotencyKey, once, rememberAnswer } from '../../../platform/idempotency.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { IntakePorts } from '../ports.ts'
import type { ReportRow } from '../store.ts'

type Answered = AnswerOf<typeof contract.answer>

/**
 * Takes a reporter's word on whether it is fixed (是否解决). A “no” opens a new round on the handler's list at once; when the reporter has
 * used up the times that a city allows, it is written down for a supervisor instead. Either way nobody in the chain can change it.
 */
export function answerReport(
  platform: Platform,
  ports: IntakePorts,
  report: Pick<ReportRow, 'id' | 'caseId'>,
  command: { readonly body: BodyOf<typeof contract.answer>; readonly key: string; readonly requestId: string },
): Promise<Answered> {
  const key = idempotencyKey('answer', report.id, command.key, command.body)
  const { fixed, rating, text } = command.body
  const write = (move: 'rate' | 'not-fixed') =>
    platform.transaction(async (tx) => {
      const moved = await ports.answerCase(tx, report.caseId, move, { report: report.id, fixed, rating, note: text }, command.requestId)
      const answer = { number: moved.number, state: moved.state, reopened: move === 'not-fixed' }
      await rememberAnswer(tx, key, 200, answer, new Date(platform.runtime.now()))
      return answer
    })
  return once(platform.db, key, async () => {
    if (fixed) return write('rate')
    try {
      return await write('not-fixed')
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'CASES_LIMIT_REACHED') throw error
      return write('rate')
    }
  })
}
