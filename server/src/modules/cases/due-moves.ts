import { findMove, type Workflow } from '@linli/contract/workflow'
import { SYSTEM } from '../../platform/rights/actor.ts'
import type { Decided } from './commands/append.ts'
import type { CaseState, RunningDeadline } from './model.ts'
import type { CasesPorts } from './ports.ts'

/** The lines that the clocks which have run out at an instant (epoch ms) ask for, in the order of their ends: the workflow's own move, or the mark that it is overdue (超时). */
export function dueMoves(ports: Pick<CasesPorts, 'superiorOf'>, workflow: Workflow, state: CaseState, now: number): Decided[] {
  return state.running
    .filter((deadline) => deadline.overdueAt === null && Date.parse(deadline.dueAt) <= now)
    .toSorted((one, other) => Date.parse(one.dueAt) - Date.parse(other.dueAt))
    .flatMap((deadline) => dueMove(ports, workflow, state, deadline))
}

function dueMove(ports: Pick<CasesPorts, 'superiorOf'>, workflow: Workflow, state: CaseState, deadline: RunningDeadline): Decided[] {
  const id = workflow.onDue[deadline.stage] ?? 'overdue'
  if (!findMove(workflow, id)?.from.includes(state.state)) return []
  const line = (reasonCode: string, facts: Decided['facts']): Decided => ({ move: id, actor: SYSTEM, reasonCode, facts, words: {} })
  if (id === 'overdue') return [line(deadline.stage, { stage: deadline.stage, ...(deadline.strand === undefined ? {} : { strand: deadline.strand }) })]
  if (id !== 'raise') return [line(deadline.stage, {})]
  const from = state.raised?.to ?? state.owner
  const to = from === null ? null : ports.superiorOf(from)
  // At the top there is nobody left to tell; the line ends the ladder, or its clock would be looked at for ever.
  return [line('overdue', to === null ? {} : { raised: { to, level: (state.raised?.level ?? 0) + 1 } })]
}
