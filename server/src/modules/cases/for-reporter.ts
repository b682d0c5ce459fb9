import type { AnswerOf } from '@linli/contract/endpoint'
import type { cases as contract } from '@linli/contract/endpoints/cases'
import { districtOf } from '@linli/lib/ids'
import type { Platform } from '../../platform/platform.ts'
import { workflowOf } from './commands/opened.ts'
import { explainClock } from './explain.ts'
import { foldEntries, type CaseState, type LedgerEntry } from './model.ts'
import type { CasesPorts } from './ports.ts'
import { findCase, listEntries, toLedgerEntry, type CaseRecord } from './store.ts'
import { responsibilityView } from './views.ts'

type ClockAccount = AnswerOf<typeof contract.explainDeadlines>
/** Why a case stands where it does (说明理由, PIPL 24), in facts that its reporter may know: no person, no internal note. */
export interface ReporterAccount {
  /** Whom it waits for: a unit by name, or whoever holds a right. */
  readonly waiting: readonly { readonly permission: string | null; readonly unitName: string | null; readonly caseNumber: string | null }[]
  /** The clock of the present step, counted span by span; null where none runs. */
  readonly clock: ClockAccount | null
  /** Which unit got it, and whether a rule of the city named it or a person chose. */
  readonly dispatch: {
    readonly unitName: string
    readonly at: Date
    readonly by: 'rule' | 'person' | 'ruling'
    readonly rule: string | null
    readonly words: { readonly zh: string; readonly en: string } | null
  } | null
  readonly handling: { readonly track: string } | null
}

/** The account for a reporter; undefined where the case is gone. */
export async function explainToReporter(platform: Platform, ports: CasesPorts, caseId: string): Promise<ReporterAccount | undefined> {
  const { db } = platform
  const row = await findCase(db, districtOf(caseId), caseId)
  if (!row) return undefined
  const workflow = workflowOf(row)
  const entries = (await listEntries(db, row.district_id, row.id)).map(toLedgerEntry)
  const state = foldEntries(workflow, entries)
  if (!state) return undefined
  const { next } = responsibilityView(ports, workflow, state)
  return {
    waiting: next.map((one) => ({ permission: one.permission, unitName: one.unitName, caseNumber: one.case?.number ?? null })),
    clock: await presentClock(platform, ports, row, state),
    dispatch: dispatchOf(ports, row, entries),
    handling: state.track === null ? null : { track: state.track },
  }
}

/** The account of the step's own clock that ends first: the same that lists sort by. */
async function presentClock(platform: Platform, ports: CasesPorts, row: CaseRecord, state: CaseState): Promise<ClockAccount | null> {
  const own = state.running.filter((deadline) => deadline.strand === undefined && deadline.stage !== 'raise')
  const [first] = own.toSorted((one, other) => Date.parse(one.dueAt) - Date.parse(other.dueAt))
  if (!first) return null
  return explainClock(platform.db, ports, row, { stage: first.stage, strand: '', startedSeq: undefined }, new Date(platform.runtime.now()))
}

const NAMES_OWNER = new Set(['dispatch', 'auto-dispatch', 'uphold-refusal', 'overrule-refusal'])

/** The last line that named an owner. Its rule is told in words where that rule still stands. */
function dispatchOf(ports: CasesPorts, row: CaseRecord, entries: readonly LedgerEntry[]): ReporterAccount['dispatch'] {
  const last = entries.findLast((entry) => NAMES_OWNER.has(entry.move))
  const owner = last?.facts.owner ?? row.owner_unit
  if (!last || owner === null) return null
  const rule = last.facts.rule ?? null
  const advice = row.matter_key === null ? undefined : ports.advise(row.matter_key, row.area_path)
  return {
    unitName: ports.findUnitName(owner) ?? owner,
    at: last.at,
    by: last.facts.ruling ? 'ruling' : rule === null ? 'person' : 'rule',
    rule,
    words: advice && advice.rule === rule ? { zh: advice.zh, en: advice.en } : null,
  }
}
