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

/** How long a case is left alone whose clock could not be marked; the others go on meanwhile. */
const STUMBLED_MS = 15_000

/** Cases whose clock could not be marked, with the instant (epoch ms) from which they are tried again. */
export type Stumbled = Map<string, number>

/**
 * Looks for clocks that have run out and does what each asks for once, also after a restart: the ledger under the case's lock decides.
 * A case that fails, or that its ledger has nothing to mark, is logged and left alone for a while. Returns how many lines it wrote.
 */
export async function markDue(platform: Platform, ports: CasesPorts, stumbled: Stumbled): Promise<number> {
  const now = platform.runtime.now()
  for (const [id, until] of stumbled) if (until <= now) stumbled.delete(id)
  const due = await listDue(platform.db, new Date(now), BATCH, [...stumbled.keys()])
  // Several clocks of one case run out in their order, one after the other.
  const cases = new Map<string, { districtId: number; id: string }>()
  for (const row of due) cases.set(row.case_id, { districtId: row.district_id, id: row.case_id })
  const waiting = [...cases.values()]
  let marked = 0
  await Promise.all(
    Array.from({ length: BESIDE }, async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const lines = await markOne(platform, ports, next)
        marked += lines
        if (lines === 0) stumbled.set(next.id, now + STUMBLED_MS)
      }
    }),
  )
  return marked
}

async function markOne(platform: Platform, ports: CasesPorts, { districtId, id }: { districtId: number; id: string }): Promise<number> {
  try {
    return await markCase(platform, ports, districtId, id)
  } catch (error) {
    platform.log.error({ caseId: id, error: error instanceof Error ? error.stack : String(error) }, 'a clock that ran out could not be marked; will try again')
    return 0
  }
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
