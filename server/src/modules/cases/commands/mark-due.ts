import { writeAudit } from '../../../platform/audit/audit.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { Platform } from '../../../platform/platform.ts'
import { SYSTEM } from '../../../platform/rights/actor.ts'
import { dueMoves } from '../due-moves.ts'
import { foldEntries } from '../model.ts'
import type { CasesPorts } from '../ports.ts'
import { listDue, lockWithEntries, toLedgerEntry } from '../store.ts'
import { appendTo, type Decided } from './append.ts'
import { workflowOf } from './opened.ts'

/** How many cases are marked side by side; the rest of the connections stay with those who wait for an answer. */
const BESIDE = 6
const BATCH = 600

/** Looks for clocks that have run out and does what each asks for once, also after a restart: the ledger under the case's lock decides. Returns how many it did. */
export async function markDue(platform: Platform, ports: CasesPorts): Promise<number> {
  const due = await listDue(platform.db, new Date(platform.runtime.now()), BATCH)
  // Several clocks of one case run out in their order, one after the other.
  const cases = new Map<string, { districtId: number; id: string }>()
  for (const row of due) cases.set(row.case_id, { districtId: row.district_id, id: row.case_id })
  const waiting = [...cases.values()]
  let marked = 0
  await Promise.all(
    Array.from({ length: BESIDE }, async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) marked += await markCase(platform, ports, next.districtId, next.id)
    }),
  )
  return marked
}

function markCase(platform: Platform, ports: CasesPorts, districtId: number, caseId: string): Promise<number> {
  return platform.transaction(async (tx) => {
    const found = await lockWithEntries(tx, districtId, caseId)
    if (!found) return 0
    const { row } = found
    const workflow = workflowOf(row)
    const before = foldEntries(workflow, found.entries.map(toLedgerEntry))
    const now = platform.runtime.now()
    if (!before) return 0
    const moves = dueMoves(ports, workflow, before, now)
    if (moves.length === 0) return 0
    const at = new Date(Math.max(now, before.acts.at(-1)?.at.getTime() ?? 0))
    await appendTo(platform, ports, tx, row, before, at, moves)
    await auditDue(platform, tx, districtId, caseId, moves)
    return moves.length
  })
}

async function auditDue(platform: Platform, tx: Tx, districtId: number, caseId: string, moves: readonly Decided[]): Promise<void> {
  for (const move of moves) {
    await writeAudit(tx, platform.runtime, {
      districtId,
      requestId: `clock:${caseId}:${move.reasonCode ?? ''}`,
      actor: SYSTEM,
      action: `cases.move.${move.move}`,
      objectKind: 'case',
      objectId: caseId,
      outcome: 'done',
    })
    platform.metrics.moves.inc({ move: move.move })
  }
}
