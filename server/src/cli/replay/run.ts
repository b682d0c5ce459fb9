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

/** Reads and maps every row and sends none. Returns how long that took, in seconds. */
export async function rehearse(plan: ReplayPlan, tally: Tally): Promise<number> {
  const startedAt = performance.now()
  const progress = progressOf(plan)
  for await (const row of preparedRows(plan, tally, progress)) {
    tally.prepared(row)
    progress.step()
  }
  return (performance.now() - startedAt) / 1000
}

/** Sends every row with `concurrency` on their way at once and counts what becomes of them. Returns how long that took, in seconds; throws what `sendReport` throws. */
export async function replay(plan: ReplayPlan, api: Api, tally: Tally): Promise<number> {
  const isOld = await seenBeforeNow(api)
  const startedAt = performance.now()
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
  // The first failure ends the reading; rows on their way are still counted and written down.
  const workers = Array.from({ length: plan.concurrency }, () => work().finally(() => rows.return(undefined)))
  const [failure] = (await Promise.allSettled(workers)).filter((worker) => worker.status === 'rejected')
  if (journal !== undefined) closeSync(journal)
  if (failure) throw failure.reason
  return (performance.now() - startedAt) / 1000
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
