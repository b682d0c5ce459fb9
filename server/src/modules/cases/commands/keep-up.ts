import type { Tx } from '../../../platform/db/database.ts'
import { writeAudit } from '../../../platform/audit/audit.ts'
import type { Platform } from '../../../platform/platform.ts'
import { SYSTEM, type Actor } from '../../../platform/rights/actor.ts'
import { findMove } from '@linli/contract/workflow'
import { foldEntries, type CaseState, type DeadlineFact, type Facts, type Place } from '../model.ts'
import type { CasesPorts } from '../ports.ts'
import { casesWithProvisional, openCasesOfEdition, openPlacedCases, type CaseKey } from '../keep-up/queries.ts'
import { lockWithEntries, toLedgerEntry, type CaseRecord } from '../store.ts'
import { adviceFacts } from '../move-facts.ts'
import { appendTo } from './append.ts'
import { workflowOf } from './opened.ts'

/** What keeping up did: how many open cases were looked at and how many got a line. */
export interface KeptUp {
  readonly seen: number
  readonly changed: number
}
type Draw = (row: CaseRecord, state: CaseState) => { readonly facts: Facts } | undefined

/** Appends one system line to each open case that has changed under it; every case in a transaction of its own, so that a stop in between loses nothing and a repetition changes nothing. */
async function keepUp(
  platform: Platform,
  ports: CasesPorts,
  keys: readonly CaseKey[],
  move: string,
  reasonCode: string,
  actor: Actor,
  draw: Draw,
): Promise<KeptUp> {
  let changed = 0
  for (const key of keys) if (await platform.transaction((tx) => keepUpOne(platform, ports, tx, key, move, reasonCode, actor, draw))) changed += 1
  return { seen: keys.length, changed }
}

async function keepUpOne(
  platform: Platform,
  ports: CasesPorts,
  tx: Tx,
  key: CaseKey,
  move: string,
  reasonCode: string,
  actor: Actor,
  draw: Draw,
): Promise<boolean> {
  const found = await lockWithEntries(tx, key.district_id, key.id)
  if (!found) return false
  const { row } = found
  const workflow = workflowOf(row)
  const before = foldEntries(workflow, found.entries.map(toLedgerEntry))
  // A case of an older version of the workflow knows no such line; it stays as it is and is counted as seen.
  if (!before || !findMove(workflow, move)?.from.includes(before.state)) return false
  const drawn = draw(row, before)
  if (!drawn) return false
  const at = new Date(Math.max(platform.runtime.now(), before.acts.at(-1)?.at.getTime() ?? 0))
  await appendTo(platform, ports, tx, row, before, at, [{ move, actor, reasonCode, facts: drawn.facts, words: {} }])
  await writeAudit(tx, platform.runtime, {
    districtId: row.district_id,
    requestId: `keep-up:${move}`,
    actor,
    action: `cases.move.${move}`,
    objectKind: 'case',
    objectId: row.id,
    outcome: 'done',
  })
  return true
}

/** Puts open cases into the areas as they are now drawn (网格调整); `place` answers undefined where a position is in no area any more. Clocks do not move. */
export async function relocateCases(
  platform: Platform,
  ports: CasesPorts,
  below: readonly string[],
  place: (position: { readonly lon: number; readonly lat: number }) => Place | undefined,
): Promise<KeptUp> {
  const keys = await openPlacedCases(platform.db, below)
  return keepUp(platform, ports, keys, 'relocate', 'areas-changed', SYSTEM, (_row, { place: old, matterKey }) => {
    const now = old.lon === null || old.lat === null ? undefined : place({ lon: old.lon, lat: old.lat })
    if (!now || (now.areaPath === old.areaPath && now.gridCode === old.gridCode)) return undefined
    return { facts: { place: { ...now, lon: old.lon, lat: old.lat }, ...adviceFacts(ports, matterKey, now.areaPath) } }
  })
}

/** Moves the open cases of a matter from one edition of the catalogue to another, as somebody chose; a row that is not in the map stays where it is. */
export async function migrateCases(
  platform: Platform,
  ports: CasesPorts,
  actor: Actor,
  change: { readonly matterKey: string; readonly from: number; readonly to: number; readonly rows: ReadonlyMap<number, number> },
): Promise<KeptUp> {
  const keys = await openCasesOfEdition(platform.db, change.matterKey, change.from)
  return keepUp(platform, ports, keys, 'new-edition', 'edition-published', actor, (_row, state) => {
    if (state.matterKey !== change.matterKey || state.edition !== change.from) return undefined
    const rowNo = state.conditionRow === null ? null : change.rows.get(state.conditionRow)
    if (rowNo === undefined) return undefined
    const condition = rowNo === null ? undefined : ports.findCondition(change.matterKey, rowNo, change.to)
    if (rowNo !== null && !condition) return undefined
    return { facts: { edition: change.to, ...(condition ? { conditionRow: condition.rowNo, matterName: condition.matterName } : {}) } }
  })
}

/** Counts the provisional deadlines of open cases again after a year of the calendar was published; a deadline that stays the same gets no line. */
export async function recountProvisional(platform: Platform, ports: CasesPorts): Promise<KeptUp> {
  const keys = await casesWithProvisional(platform.db)
  return keepUp(platform, ports, keys, 'recount', 'calendar-published', SYSTEM, (_row, state) => {
    const by = { matterKey: state.matterKey, edition: state.edition, conditionRow: state.conditionRow }
    const deadlines = state.running.flatMap((deadline): DeadlineFact[] => {
      if (!deadline.provisional || deadline.overdueAt !== null) return []
      const { startedSeq: _seq, startedAt, overdueAt: _overdue, ...fact } = deadline
      const set =
        fact.left === undefined
          ? ports.deadlineOf(fact.stage, new Date(fact.since ?? startedAt), { clock: fact.clock, amount: fact.amount }, by)
          : ports.resumeOf({ ...deadline, left: fact.left }, startedAt, by)
      if (set.dueAt.toISOString() === fact.dueAt && set.provisional === fact.provisional) return []
      // The clock goes on from where it began; only its end is counted anew.
      return [{ ...fact, calendar: set.calendar, dueAt: set.dueAt.toISOString(), provisional: set.provisional, since: fact.since ?? startedAt.toISOString() }]
    })
    return deadlines.length === 0 ? undefined : { facts: { deadlines, retimed: true } }
  })
}
