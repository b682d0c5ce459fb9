import type { AnswerOf } from '@linli/contract/endpoint'
import type { cases as contract } from '@linli/contract/endpoints/cases'
import { Refusal } from '@linli/contract/errors'
import { explainDeadline } from '@linli/lib/time/explain'
import type { Db } from '../../platform/db/database.ts'
import type { CasesPorts } from './ports.ts'
import { clockOf } from './stage-limit.ts'
import { listDeadlines, type CaseRecord, type DeadlineRow } from './store.ts'

type Explained = AnswerOf<typeof contract.explainDeadlines>
/** One clock of a case, accounted for from its start to its end (时限说明): anybody can count again. NOT_FOUND where the case has no such clock. */
export async function explainClock(
  db: Db,
  ports: Pick<CasesPorts, 'calendarOf' | 'holidayNames'>,
  row: CaseRecord,
  asked: { readonly stage: string; readonly strand: string; readonly startedSeq: number | undefined },
  now: Date,
): Promise<Explained> {
  const rows = (await listDeadlines(db, row.district_id, row.id)).filter((deadline) => deadline.stage === asked.stage && deadline.strand === asked.strand)
  const last = rows.findLast((deadline) => asked.startedSeq === undefined || deadline.started_seq === asked.startedSeq)
  if (!last) throw new Refusal('NOT_FOUND')
  const chain = chainTo(rows, last)
  const first = chain[0] ?? last
  const calendar = ports.calendarOf({ matterKey: row.matter_key, edition: row.edition, conditionRow: row.condition_row })
  const pauses = pausesOf(chain, now)
  const account = explainDeadline(clockOf(last.clock), first.amount, first.started_at, calendar, {
    pauses,
    extensions: extensionsOf(chain),
    holidays: ports.holidayNames(),
  })
  return {
    stage: last.stage,
    strand: last.strand === '' ? null : last.strand,
    clock: last.clock,
    rule: account.rule,
    amount: account.amount,
    extension: account.extension,
    calendar: last.calendar,
    startedAt: first.started_at.toISOString(),
    countsFrom: account.countsFrom === undefined ? null : new Date(account.countsFrom).toISOString(),
    dueAt: last.due_at.toISOString(),
    ending: account.ending,
    stoppedAt: last.paused ? null : (last.stopped_at?.toISOString() ?? null),
    overdueAt: last.overdue_at?.toISOString() ?? null,
    provisional: last.provisional,
    pausedMinutes: account.pausedMinutes,
    pausedNow: last.paused,
    same: last.paused || account.dueAt === last.due_at.getTime(),
    rows: account.rows.map((day) => ({
      ...day,
      name: day.name ?? null,
      spans: day.spans.map((span) => ({ ...span, from: new Date(span.from).toISOString(), to: new Date(span.to).toISOString() })),
    })),
  }
}

/** The rows that one clock went through: its start, and each resumption or extension up to the one asked for. */
function chainTo(rows: readonly DeadlineRow[], last: DeadlineRow): DeadlineRow[] {
  if (last.since === null) return [last]
  const since = last.since.getTime()
  return rows.filter((row) => row.started_seq <= last.started_seq && (row.since ?? row.started_at).getTime() === since)
}

/** Where one row stopped to pause and the next went on; a clock that stands still now is paused until this instant. */
function pausesOf(chain: readonly DeadlineRow[], now: Date): [from: number, to: number][] {
  return chain.flatMap((row, index): [number, number][] => {
    if (!row.paused || !row.stopped_at) return []
    const until = chain[index + 1]?.started_at ?? now
    return until > row.stopped_at ? [[row.stopped_at.getTime(), until.getTime()]] : []
  })
}

const extensionsOf = (chain: readonly DeadlineRow[]): number[] =>
  chain.slice(1).flatMap((row, index) => {
    const more = row.amount - (chain[index]?.amount ?? row.amount)
    return more > 0 ? [more] : []
  })
