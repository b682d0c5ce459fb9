import type { AnswerOf } from '@linli/contract/endpoint'
import type { cases as contract } from '@linli/contract/endpoints/cases'
import type { CaseState, Strand } from './model.ts'
import type { CasesPorts } from './ports.ts'
import { waitingOf } from './rules.ts'
import type { Workflow } from '@linli/contract/workflow'
import type { StrandRow } from './strands/queries.ts'

type Detail = AnswerOf<typeof contract.get>
type StrandView = Detail['strands'][number]

/** A strand as its row shows it. */
export function strandRowView(ports: CasesPorts, row: StrandRow): StrandView {
  const name = (code: string | null) => (code === null ? null : (ports.findUnitName(code) ?? code))
  return {
    key: row.key,
    kind: row.kind,
    state: row.state,
    open: row.open,
    unit: row.unit_code,
    unitName: name(row.unit_code),
    by: row.by_unit,
    byName: name(row.by_unit),
    openedAt: row.opened_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    dueAt: row.due_at?.toISOString() ?? null,
    overdueAt: row.overdue_at?.toISOString() ?? null,
    reason: row.reason,
    limit: row.limit_clock === null || row.limit_amount === null ? null : { clock: row.limit_clock, amount: row.limit_amount },
    until: row.until_on,
  }
}

/** A strand as the ledger implies it. */
export function strandView(ports: CasesPorts, state: CaseState, strand: Strand): StrandView {
  const due = state.running.find((deadline) => deadline.strand === strand.key)?.dueAt ?? null
  return strandRowView(ports, {
    key: strand.key,
    kind: strand.kind,
    state: strand.state,
    open: strand.open,
    unit_code: strand.unit,
    by_unit: strand.by,
    opened_at: strand.openedAt,
    ended_at: strand.endedAt,
    due_at: due === null ? null : new Date(due),
    overdue_at: strand.overdueAt,
    reason: strand.reason,
    limit_clock: strand.limit?.clock ?? null,
    limit_amount: strand.limit?.amount ?? null,
    until_on: strand.until,
  })
}

/** What runs beside the steps, and whom the case waits for (下一步). */
export function responsibilityView(ports: CasesPorts, workflow: Workflow, state: CaseState) {
  const name = (code: string) => ports.findUnitName(code) ?? code
  return {
    strands: state.strands.map((strand) => strandView(ports, state, strand)),
    next: waitingOf(workflow, state).map((token) => nextView(state, token, name)),
    track: state.track === null ? null : { name: state.track, rule: state.trackRule ?? '' },
    firstReceiver: state.firstReceiver === null ? null : { code: state.firstReceiver, name: name(state.firstReceiver) },
    escalations: state.escalations.map(({ from, to }) => ({ from, fromName: name(from), to, toName: name(to) })),
    raised: state.raised === null ? null : { to: state.raised.to, toName: name(state.raised.to), level: state.raised.level },
    ruled: state.ruled,
    linkedTo: state.linkedTo,
    joined: [...state.joined],
    handledOnTime: state.handledOnTime,
    exempt: state.exempt,
    answers: state.answers.map(({ fixed, rating, at }) => ({ fixed, rating, at: at.toISOString() })),
    reply: state.reply ?? null,
  }
}

function nextView(state: CaseState, token: string, name: (code: string) => string): Detail['next'][number] {
  if (token.startsWith('case:')) return { permission: null, unit: null, unitName: null, case: state.linkedTo }
  const [, unit, permission] = /^unit:([^/]+)\/(.+)$/.exec(token) ?? []
  return unit === undefined
    ? { permission: token, unit: null, unitName: null, case: null }
    : { permission: permission ?? null, unit, unitName: name(unit), case: null }
}
