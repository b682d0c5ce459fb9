import type { Workflow } from '@linli/contract/workflow'

/**
 * The legal moves of joint handling, written by hand from the sources named beside them and never from the workflow value:
 * S1.5 = standards §1.5 with its return moves; S1.1 = the two axes (who supervises never handles); G = the public flow specification
 * of peers §1.18 (smart_cityguard §4–5); A1, A2, A35 = rows of systems.md; I2 = issue 2 "cases" and "intake"; L = architecture, "The loop".
 */
export interface LegalMove {
  readonly from: string
  readonly move: string
  /** The state after the move; a note stays where it is. */
  readonly to: string
  readonly kind: string
  readonly party: string
  readonly permission: string
  readonly needs: readonly string[]
  readonly starts: readonly string[]
  readonly stops: readonly string[]
  readonly receivers: readonly string[]
  readonly reasons: readonly string[]
}

interface More {
  readonly needs?: string
  readonly clocks?: string
  readonly receivers?: string
  readonly reasons?: string
}

const words = (text = '') => text.split(' ').filter((word) => word !== '')
const line = (
  kind: string,
  from: string,
  move: string,
  to: string,
  party: string,
  permission: string,
  { needs, clocks, receivers, reasons }: More = {},
): LegalMove => ({
  from,
  move,
  to,
  kind,
  party,
  permission,
  needs: words(needs),
  starts: words(clocks).flatMap((word) => (word.startsWith('+') ? [word.slice(1)] : [])),
  stops: words(clocks).flatMap((word) => (word.startsWith('-') ? [word.slice(1)] : [])),
  receivers: words(receivers),
  reasons: words(reasons),
})

const NOT_THERE = 'nothing-there place-unclear no-access'
const VOID = 'condition-not-met duplicate outside-duty withdrawn'
const NOT_OURS = 'not-our-duty not-our-area other-owner'
const STAGES = 'accept verify dispatch handle check'
const EVERY_STATE = words('reported verifying verified filed dispatched handling handled checked closed evaluated voided')
const UNFINISHED = words('reported verifying verified filed dispatched handling handled checked')

export const LEGAL: readonly LegalMove[] = [
  // A1: a case begins with a report; G: the acceptance clock starts with it.
  line('forward', '', 'report', 'reported', 'reporter', '', { clocks: '+accept' }),
  // A2, I2 5: rules file, reject with an explanation, or leave it to a person; the rule's line is the reason.
  line('forward', 'reported', 'auto-file', 'filed', 'system', '', { needs: 'condition reason', clocks: '-accept +dispatch', reasons: 'filing-rule' }),
  line('void', 'reported', 'auto-reject', 'voided', 'system', '', { needs: 'reason publicReply', clocks: '-accept', reasons: 'filing-rule' }),
  // S1.5: 核实, a collector checks a public report before it is filed.
  line('forward', 'reported', 'ask-verify', 'verifying', 'acceptor', 'cases.file', { clocks: '-accept +verify' }),
  line('forward', 'verifying', 'verify', 'verified', 'verifier', 'cases.verify', { needs: 'evidence', clocks: '-verify +accept' }),
  // S1.5: every return needs a reason, and its receiver may not make the next forward step.
  line('back', 'verifying', 'not-found', 'reported', 'verifier', 'cases.verify', {
    needs: 'reason',
    clocks: '-verify +accept',
    receivers: 'ask-verify',
    reasons: NOT_THERE,
  }),
  // S1.5: filing is refused unless a 立案 standard was selected.
  line('forward', 'reported', 'file', 'filed', 'acceptor', 'cases.file', { needs: 'condition', clocks: '-accept +dispatch' }),
  line('forward', 'verified', 'file', 'filed', 'acceptor', 'cases.file', { needs: 'condition', clocks: '-accept +dispatch' }),
  // S1.5: 作废 where the filing condition is not met; the reporter is told why (A2).
  line('void', 'reported', 'void', 'voided', 'acceptor', 'cases.void', { needs: 'reason publicReply', clocks: '-accept -dispatch', reasons: VOID }),
  line('void', 'verified', 'void', 'voided', 'acceptor', 'cases.void', { needs: 'reason publicReply', clocks: '-accept -dispatch', reasons: VOID }),
  line('void', 'filed', 'void', 'voided', 'acceptor', 'cases.void', { needs: 'reason publicReply', clocks: '-accept -dispatch', reasons: VOID }),
  // S1.5, S1.1: 任务派遣 by the command centre; A2: or by a stored owner rule, which is the reason.
  line('forward', 'filed', 'dispatch', 'dispatched', 'dispatcher', 'cases.dispatch', { needs: 'owner', clocks: '-dispatch +handle' }),
  line('forward', 'filed', 'auto-dispatch', 'dispatched', 'system', '', { needs: 'owner reason', clocks: '-dispatch +handle', reasons: 'dispatch-rule' }),
  // S1.5: dispatcher → acceptor (not ours).
  line('back', 'filed', 'return-to-acceptor', 'reported', 'dispatcher', 'cases.dispatch', {
    needs: 'reason',
    clocks: '-dispatch +accept',
    receivers: 'file',
    reasons: 'condition-wrong matter-wrong place-wrong outside-duty',
  }),
  // S1.5: 任务处理; the handling clock runs from the dispatch on.
  line('forward', 'dispatched', 'accept', 'handling', 'lead', 'cases.accept'),
  // S1.5: department → dispatcher (not ours; the assignment is revoked).
  line('back', 'dispatched', 'return-to-dispatcher', 'filed', 'lead', 'cases.accept', {
    needs: 'reason',
    clocks: '-handle +dispatch',
    receivers: 'dispatch',
    reasons: NOT_OURS,
  }),
  line('back', 'handling', 'return-to-dispatcher', 'filed', 'lead', 'cases.accept', {
    needs: 'reason',
    clocks: '-handle +dispatch',
    receivers: 'dispatch',
    reasons: NOT_OURS,
  }),
  // S1.5: 处理反馈; A1: evidence at each step.
  line('forward', 'handling', 'handle', 'handled', 'lead', 'cases.handle', { needs: 'evidence note', clocks: '-handle +check' }),
  // S1.5: 核查, a collector checks the result before closing; S1.1: never who handled it.
  line('forward', 'handled', 'check', 'checked', 'checker', 'cases.check', { needs: 'evidence notHandler' }),
  // S1.5: → handler (substandard).
  line('back', 'handled', 'substandard', 'dispatched', 'checker', 'cases.check', {
    needs: 'reason notHandler',
    clocks: '-check +handle',
    receivers: 'handle',
    reasons: 'not-done partly-done new-damage evidence-unclear',
  }),
  // S1.5: closing is refused unless the 结案 condition is ticked; L: who is scored never closes.
  line('forward', 'checked', 'close', 'closed', 'acceptor', 'cases.close', { needs: 'closingCondition publicReply notScored', clocks: '-check' }),
  // S1.5: acceptor → dispatcher (rework, history kept).
  line('back', 'checked', 'rework', 'filed', 'acceptor', 'cases.close', {
    needs: 'reason notScored',
    clocks: '-check +dispatch',
    receivers: 'dispatch',
    reasons: 'closing-condition-not-met wrong-owner reporter-disagrees',
  }),
  // S1.5: 综合评价; L: by somebody who took no earlier move.
  line('forward', 'closed', 'evaluate', 'evaluated', 'evaluator', 'cases.evaluate', { needs: 'noEarlierMove' }),
  // I2 6: void and reopen.
  line('reopen', 'closed', 'reopen', 'filed', 'supervisor', 'cases.reopen', {
    needs: 'reason',
    clocks: '+dispatch',
    reasons: 'not-fixed came-back wrongly-closed',
  }),
  line('reopen', 'evaluated', 'reopen', 'filed', 'supervisor', 'cases.reopen', {
    needs: 'reason',
    clocks: '+dispatch',
    reasons: 'not-fixed came-back wrongly-closed',
  }),
  // I2 5, rights R15: a refused report is looked at again by a person.
  line('reopen', 'voided', 'review', 'reported', 'supervisor', 'cases.reopen', {
    needs: 'reason',
    clocks: '+accept',
    reasons: 'reporter-asks new-fact wrongly-voided',
  }),
  // A35: a line on the ledger that changes nothing; I2 6: a clock that has run out is such a line, once, while the case is unfinished.
  ...EVERY_STATE.map((state) => line('note', state, 'note', state, 'supervisor', 'cases.note', { needs: 'note' })),
  ...UNFINISHED.map((state) => line('note', state, 'overdue', state, 'system', '', { needs: 'reason', reasons: STAGES })),
]

/** The state, its public step (A1), whether it ends the case, and the one clock that runs in it (G: acceptance, verification, dispatch, handling, check). */
export const STATES: readonly (readonly [state: string, step: string, final: boolean, clock: string | null])[] = [
  ['reported', 'report', false, 'accept'],
  ['verifying', 'file', false, 'verify'],
  ['verified', 'file', false, 'accept'],
  ['filed', 'dispatch', false, 'dispatch'],
  ['dispatched', 'handle', false, 'handle'],
  ['handling', 'handle', false, 'handle'],
  ['handled', 'check', false, 'check'],
  ['checked', 'check', false, 'check'],
  ['closed', 'evaluate', false, null],
  ['evaluated', 'evaluate', true, null],
  ['voided', 'file', true, null],
]

/** The one clock that must run in a state; null where none may. */
export const clockOf = (state: string): string | null => STATES.find(([name]) => name === state)?.[3] ?? null
export const legalMove = (from: string, move: string): LegalMove | undefined => LEGAL.find((known) => known.from === from && known.move === move)
export const MOVES: readonly string[] = [...new Set(LEGAL.map((known) => known.move))]

const sorted = (list: readonly string[] = []) => list.toSorted().join(' ')
const faceOf = (known: LegalMove) =>
  `${known.kind} to ${known.to} by ${known.party}/${known.permission} needs ${sorted(known.needs)} +${sorted(known.starts)} -${sorted(known.stops)} receivers ${sorted(known.receivers)} reasons ${sorted(known.reasons)}`

/** Every line of a workflow in the table's own shape: one for each state that a move leaves. */
function linesOf(workflow: Workflow): LegalMove[] {
  return workflow.moves.flatMap((move) =>
    (move.from.length === 0 ? [''] : move.from).map((from) => ({
      from,
      move: move.id,
      to: move.to ?? from,
      kind: move.kind,
      party: move.party,
      permission: move.permission ?? '',
      needs: move.needs,
      starts: move.starts,
      stops: move.stops,
      receivers: move.receivers ?? [],
      reasons: move.reasons ?? [],
    })),
  )
}

/** What differs between a workflow and the table written by hand, in both directions; empty where they say the same. */
export function compareWorkflow(workflow: Workflow): string[] {
  const lines = linesOf(workflow)
  const keyOf = (known: LegalMove) => `${known.from || '—'} ${known.move}`
  const there = new Map(lines.map((known) => [keyOf(known), known]))
  const wanted = new Map(LEGAL.map((known) => [keyOf(known), known]))
  const states = new Map(STATES.map(([name, step, final]) => [name, `${step}${final ? ' final' : ''}`]))
  return [
    ...(workflow.opening === 'report' ? [] : [`opens with ${workflow.opening}`]),
    ...(lines.length === there.size ? [] : ['a line occurs twice']),
    ...[...wanted.keys()].filter((key) => !there.has(key)).map((key) => `${key}: missing`),
    ...[...there.keys()].filter((key) => !wanted.has(key)).map((key) => `${key}: not in the table`),
    ...[...wanted].flatMap(([key, known]) => {
      const found = there.get(key)
      return found && faceOf(found) !== faceOf(known) ? [`${key}: ${faceOf(found)}, not ${faceOf(known)}`] : []
    }),
    ...[...states].flatMap(([name, face]) => {
      const state = workflow.states[name]
      const found = state && `${state.step}${state.final ? ' final' : ''}`
      return found === face ? [] : [`state ${name}: ${found ?? 'missing'}, not ${face}`]
    }),
    ...Object.keys(workflow.states)
      .filter((name) => !states.has(name))
      .map((name) => `state ${name}: not in the table`),
  ]
}
