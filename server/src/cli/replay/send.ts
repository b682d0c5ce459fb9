import { setTimeout as sleep } from 'node:timers/promises'
import type { AnswerOf } from '@linli/contract/endpoint'
import type { intake } from '@linli/contract/endpoints/intake'
import type { Api } from '../connect.ts'
import { CommandError } from '../output.ts'
import type { Prepared } from './to-report.ts'

export type ReportAnswer = AnswerOf<typeof intake.report>
interface RefusedAnswer {
  readonly code: string
  readonly fields: readonly { readonly pointer: string; readonly code: string; readonly detail?: string }[]
}
/** What the server said at last, and how often it had to be asked again. */
export type Sent = ({ readonly acknowledged: ReportAnswer } | { readonly refused: RefusedAnswer }) & { readonly retries: number }

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000
/** Not now, but perhaps later: too many requests, and servers or proxies that are starting, stopping or full. */
const AGAIN: ReadonlySet<number> = new Set([429, 502, 503, 504])
/** Every other row would be refused for the same reason. */
const HOPELESS: ReadonlySet<string> = new Set(['SESSION_MISSING', 'PERMISSION_MISSING'])

/**
 * Sends one report until it is answered, always with the same key, so that an answer that got lost makes nothing twice. Throws
 * SERVER_UNREACHABLE when `patienceMs` have passed without an answer, and SESSION_MISSING or PERMISSION_MISSING.
 */
export async function sendReport(api: Pick<Api, 'send'>, { key, body }: Prepared, patienceMs: number): Promise<Sent> {
  const startedAt = performance.now()
  for (let retries = 0; ; retries += 1) {
    const tried = await tryOnce(api, key, body)
    if (tried.status === 201) return { acknowledged: tried.answer as ReportAnswer, retries }
    if (!AGAIN.has(tried.status) && tried.status !== 0) {
      const problem = tried.answer as Partial<RefusedAnswer> & { title?: string }
      const code = problem.code ?? `HTTP_${tried.status}`
      if (HOPELESS.has(code)) throw new CommandError(code, `The server takes no reports from this post: ${problem.title ?? code}`)
      return { refused: { code, fields: problem.fields ?? [] }, retries }
    }
    if (performance.now() - startedAt > patienceMs)
      throw new CommandError('SERVER_UNREACHABLE', `No answer within ${patienceMs / 1000} s (${tried.why}); run the same command again, nothing is made twice`)
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** retries)
    await sleep(Math.max(tried.retryAfterS * 1000, pause * (0.5 + Math.random() / 2)))
  }
}

interface Tried {
  /** 0 where the connection was lost. */
  readonly status: number
  readonly answer: unknown
  readonly retryAfterS: number
  readonly why: string
}

async function tryOnce(api: Pick<Api, 'send'>, key: string, body: Prepared['body']): Promise<Tried> {
  try {
    const { status, answer, retryAfterS } = await api.send('POST', '/api/v1/reports', body, { 'idempotency-key': key })
    return { status, answer, retryAfterS: Number.isFinite(retryAfterS) ? retryAfterS : 0, why: `status ${status}` }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return { status: 0, answer: undefined, retryAfterS: 0, why: cause instanceof Error ? cause.message || cause.name : String(cause) }
  }
}
