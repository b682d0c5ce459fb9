import { closeSync, openSync, writeSync } from 'node:fs'
import type { Api } from '../connect.ts'
import { Progress } from '../output.ts'
import type { ReplayMap } from './mapping.ts'
import { isBroken } from './record.ts'
import { seenBeforeNow } from './seen.ts'
import { sendReport } from './send.ts'
import { rowsOf, type Source } from './source.ts'
import type { Tally } from './tally.ts'
import { reportMaker, type Prepared } from './to-report.ts'

export interface ReplayPlan {
  readonly source: Source
  readonly map: ReplayMap
  /** Stands in every key; the same name and row key are the same report. */
  readonly name: string
  readonly timeZone: string
  /** How many rows are read at most. */
  readonly limit: number
  readonly concurrency: number
  /** How long one row is tried again while the server does not answer, ms. */
  readonly patienceMs: number
  /** File to which the key of each acknowledged row is appended. */
  readonly acknowledged: string | undefined
}

/** Reads and maps every row and sends none. */
export async function rehearse(plan: ReplayPlan, tally: Tally): Promise<void> {
  for await (const row of preparedRows(plan, tally, progressOf(plan))) tally.prepared(row)
}

/** Sends every row with `concurrency` on their way at once and counts what becomes of them; throws what `sendReport` throws. */
export async function replay(plan: ReplayPlan, api: Api, tally: Tally): Promise<void> {
  const isOld = await seenBeforeNow(api)
  const progress = progressOf(plan)
  const rows = preparedRows(plan, tally, progress)
  const journal = plan.acknowledged === undefined ? undefined : openSync(plan.acknowledged, 'a')
  const work = async () => {
    for (let next = await rows.next(); !next.done; next = await rows.next()) {
      const row = next.value
      tally.prepared(row)
      const sent = await sendReport(api, row, plan.patienceMs)
      if ('acknowledged' in sent && journal !== undefined) writeSync(journal, `${row.key}\n`)
      tally.sent(row, sent, 'acknowledged' in sent && isOld(sent.acknowledged.reportId))
      progress.step()
    }
  }
  try {
    await Promise.all(Array.from({ length: plan.concurrency }, work))
  } finally {
    await rows.return(undefined)
    if (journal !== undefined) closeSync(journal)
  }
}

const progressOf = (plan: ReplayPlan) => new Progress('replay', Math.min(plan.limit, plan.source.rows))

async function* preparedRows(plan: ReplayPlan, tally: Tally, progress: Progress): AsyncGenerator<Prepared> {
  const prepare = reportMaker(plan.map, plan.name, plan.timeZone)
  let read = 0
  for await (const found of rowsOf(plan.source.file, plan.source.format)) {
    if (read === plan.limit) return
    read += 1
    const row = isBroken(found) ? found : prepare(found)
    if ('body' in row) yield row
    else {
      tally.broken(row)
      progress.step()
    }
  }
}
