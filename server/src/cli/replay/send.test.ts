import { describe, expect, it } from 'vitest'
import { sendReport, type ReportAnswer } from './send.ts'
import { summaryLines, Tally } from './tally.ts'
import type { Prepared } from './to-report.ts'

const ROW: Prepared = { line: 2, key: 'replay:f:1', position: 'usable', body: { channel: 'replay', text: 'x', matter: 'm' } }
const ANSWER: ReportAnswer = {
  reportId: '01900000-0000-7000-8000-000000000000',
  outcome: 'filed',
  reason: { code: 'r', zh: '', en: 'because', rule: 'r' },
  receipt: 'x',
  case: { id: '01900000-0000-7000-8000-000000000000', number: 'X-1', state: 'dispatched', gridCode: null, owner: 'u' },
}
type Reply = { status: number; answer: unknown; retryAfterS: number }
const reply = (status: number, answer: unknown = {}): Reply => ({ status, answer, retryAfterS: 0 })

/** A server that gives these answers in turn, and the keys it was sent. */
function serverOf(...replies: (Reply | Error)[]) {
  const keys: (string | undefined)[] = []
  return {
    keys,
    send: async (_method: string, _path: string, _body?: unknown, headers?: Record<string, string>) => {
      keys.push(headers?.['idempotency-key'])
      const next = replies.shift()
      if (next === undefined || next instanceof Error) throw next ?? new Error('no more answers')
      return next
    },
  }
}

describe('sending one report', () => {
  it('tries again with the same key after a lost connection and after "not now"', async () => {
    const server = serverOf(new Error('socket hang up'), reply(503), reply(429), reply(201, ANSWER))
    expect(await sendReport(server, ROW, 10_000)).toEqual({ acknowledged: ANSWER, retries: 3 })
    expect(new Set(server.keys)).toEqual(new Set(['replay:f:1']))
  })

  it('takes a refusal with its code and field', async () => {
    const problem = { code: 'POSITION_OUTSIDE_CITY', fields: [{ pointer: '/body/position', code: 'POSITION_OUTSIDE_CITY' }] }
    expect(await sendReport(serverOf(reply(422, problem)), ROW, 10_000)).toEqual({ refused: problem, retries: 0 })
  })

  it('gives up by name when the server stays away, or would refuse every row', async () => {
    await expect(sendReport(serverOf(new Error('connection refused')), ROW, 0)).rejects.toMatchObject({
      code: 'SERVER_UNREACHABLE',
      message: expect.stringContaining('connection refused') as string,
    })
    await expect(sendReport(serverOf(reply(403, { code: 'PERMISSION_MISSING' })), ROW, 0)).rejects.toMatchObject({ code: 'PERMISSION_MISSING' })
  })
})

describe('the summary', () => {
  it('counts every row once, with every outcome, reason and code', () => {
    const tally = new Tally()
    const waiting: ReportAnswer = { ...ANSWER, outcome: 'waiting', case: { ...ANSWER.case, owner: null } }
    const rounded: Prepared = { ...ROW, line: 3, position: 'rounded' }
    for (const row of [ROW, ROW, rounded, rounded]) tally.prepared(row)
    tally.sent(ROW, { acknowledged: ANSWER, retries: 2 }, false)
    tally.sent(ROW, { acknowledged: ANSWER, retries: 0 }, true)
    tally.sent(rounded, { acknowledged: waiting, retries: 0 }, false)
    tally.sent(rounded, { refused: { code: 'MATTER_UNKNOWN', fields: [{ pointer: '/body/matter', code: 'enum', detail: 'm' }] }, retries: 0 }, false)
    tally.broken({ line: 9, code: 'JSON_INVALID', detail: 'bad' })
    const summary = tally.summary()
    expect(summary).toMatchObject({
      rows: 5,
      broken: { count: 1, codes: { JSON_INVALID: 1 } },
      refused: { count: 1, codes: { MATTER_UNKNOWN: 1 }, rows: [{ line: 3, field: '/body/matter', detail: 'm' }] },
      acknowledged: { count: 3, added: 2, seenBefore: 1 },
      outcomes: { filed: 2, rejected: 0, waiting: 1 },
      withOwner: 2,
      complete: { rows: 2, filedWithOwner: 2, percent: 100 },
      positions: { usable: 2, rounded: 2, missing: 0 },
      retries: 2,
    })
    expect(summary.reasons).toEqual([
      { outcome: 'filed', code: 'r', text: 'because', count: 2 },
      { outcome: 'waiting', code: 'r', text: 'because', count: 1 },
    ])
    expect(summaryLines(summary).join('\n')).toContain('line 9 JSON_INVALID: bad')
  })
})
