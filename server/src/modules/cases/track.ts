import { findMove, movesFrom, type Workflow } from '@linli/contract/workflow'
import { districtOf } from '@linli/lib/ids'
import type { Platform } from '../../platform/platform.ts'
import { workflowOf } from './commands/opened.ts'
import { foldEntries, type CaseState } from './model.ts'
import { findCase, listEntries, listWords, readUnitNames, toLedgerEntry } from './store.ts'

export interface TrackedCase {
  readonly number: string
  readonly state: string
  readonly step: string
  readonly matterName: string | null
  readonly dueAt: Date | null
  readonly publicReply: string | null
  readonly reply: { readonly unitName: string; readonly actedOn: string } | null
  readonly informed: readonly { readonly at: Date; readonly unitName: string | null; readonly text: string }[]
  readonly linkedTo: string | null
  readonly answerUntil: Date | null
  readonly mayReopen: boolean
  readonly answer: { readonly fixed: boolean; readonly rating: string; readonly at: Date } | null
  readonly steps: readonly { readonly move: string; readonly step: string | null; readonly at: Date; readonly unitName: string | null }[]
}

/** Lines beside the steps that a reporter need not read. */
const BESIDE: ReadonlySet<string> = new Set(['note', 'side'])

/** What a reporter may follow (办理进度): steps, units and dates, what was told on the way, the public reply; no person and no internal note. */
export async function trackCase(platform: Platform, caseId: string): Promise<TrackedCase | undefined> {
  const { db } = platform
  const row = await findCase(db, districtOf(caseId), caseId)
  if (!row) return undefined
  const [entries, words] = await Promise.all([listEntries(db, row.district_id, row.id), listWords(db, row.district_id, row.id)])
  const units = await readUnitNames(db, entries)
  const workflow = workflowOf(row)
  const state = foldEntries(workflow, entries.map(toLedgerEntry))
  const unitName = (code: string | null) => units.find((unit) => unit.code === code)?.name ?? null
  const wordsOf = (seq: number) => words.find((line) => line.seq === seq)?.words.publicReply
  return {
    number: row.number,
    state: row.state,
    step: row.step,
    matterName: row.matter_name,
    dueAt: row.due_at,
    publicReply: entries.flatMap((entry) => (entry.move === 'inform' ? [] : (wordsOf(entry.seq) ?? []))).at(-1) ?? null,
    reply: state?.reply ? { unitName: state.reply.unitName, actedOn: state.reply.actedOn } : null,
    informed: entries.flatMap((entry) => {
      const text = entry.move === 'inform' ? wordsOf(entry.seq) : undefined
      return text === undefined ? [] : [{ at: entry.at, unitName: unitName(entry.unit_code), text }]
    }),
    linkedTo: state?.linkedTo?.number ?? null,
    ...(state ? answering(platform, workflow, state) : { answerUntil: null, mayReopen: false, answer: null }),
    steps: entries
      .filter((entry) => !BESIDE.has(findMove(workflow, entry.move)?.kind ?? 'note'))
      .map((entry) => {
        const to = findMove(workflow, entry.move)?.to
        return { move: entry.move, step: to === undefined ? null : (workflow.states[to]?.step ?? null), at: entry.at, unitName: unitName(entry.unit_code) }
      }),
  }
}

/** Whether the reporter may still say if it is fixed: one source for what the page shows and what the engine allows. */
function answering(platform: Platform, workflow: Workflow, state: CaseState): Pick<TrackedCase, 'answerUntil' | 'mayReopen' | 'answer'> {
  const { answerDays, notFixedTimes } = platform.city.city.loop
  const closed = state.acts.findLast((act) => act.move === 'close' || act.move === 'close-linked')
  // A case of the first version of the workflow takes no answer, and none is offered.
  const takes = movesFrom(workflow, state.state).some((move) => move.id === 'not-fixed')
  const until = closed && takes ? new Date(closed.at.getTime() + answerDays * 86_400_000) : null
  const last = state.answers.at(-1)
  return {
    answerUntil: until && until.getTime() >= platform.runtime.now() ? until : null,
    mayReopen: state.acts.filter((act) => act.move === 'not-fixed').length < notFixedTimes,
    answer: last ? { fixed: last.fixed, rating: last.rating, at: last.at } : null,
  }
}
