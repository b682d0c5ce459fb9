import type { Stage } from '@linli/contract/workflow'
import { writeAudit } from '../../../platform/audit/audit.ts'
import type { Platform } from '../../../platform/platform.ts'
import { SYSTEM } from '../../../platform/rights/actor.ts'
import { foldEntries } from '../model.ts'
import type { CasesPorts } from '../ports.ts'
import { appendLines, listDue, listEntries, lockCase, markDeadline, toLedgerEntry, updateCase } from '../store.ts'
import { announce, chainMoves } from './append.ts'
import { openingOf, workflowOf } from './make-move.ts'

/** Looks for deadlines that have passed and marks each once, also after a restart: the row under the case's lock decides. Returns how many it marked. */
export async function markOverdue(platform: Platform, ports: CasesPorts): Promise<number> {
  const due = await listDue(platform.db, new Date(platform.runtime.now()), 100)
  let marked = 0
  for (const row of due) if (await markOne(platform, ports, row.district_id, row.case_id, row.stage as Stage)) marked += 1
  return marked
}

function markOne(platform: Platform, ports: CasesPorts, districtId: number, caseId: string, stage: Stage): Promise<boolean> {
  return platform.transaction(async (tx) => {
    const row = await lockCase(tx, districtId, caseId)
    if (!row) return false
    const workflow = workflowOf(row)
    const before = foldEntries(workflow, (await listEntries(tx, districtId, caseId)).map(toLedgerEntry))
    const now = platform.runtime.now()
    const late = before?.running.some((deadline) => deadline.stage === stage && deadline.overdueAt === null && Date.parse(deadline.dueAt) <= now)
    if (!before || !late) return false
    const at = new Date(Math.max(now, before.stateAt.getTime()))
    const { state, headHash, lines } = chainMoves(platform, ports, workflow, { districtId, id: caseId }, { state: before, headHash: row.head_hash }, at, [
      { move: 'overdue', actor: SYSTEM, reasonCode: stage, facts: { stage }, words: {} },
    ])
    await markDeadline(tx, districtId, caseId, stage, at)
    await appendLines(tx, lines)
    await updateCase(tx, districtId, caseId, state, headHash)
    await announce(tx, openingOf(row), state, lines)
    await writeAudit(tx, platform.runtime, {
      districtId,
      requestId: `clock:${caseId}:${stage}`,
      actor: SYSTEM,
      action: 'cases.move.overdue',
      objectKind: 'case',
      objectId: caseId,
      outcome: 'done',
    })
    return true
  })
}
