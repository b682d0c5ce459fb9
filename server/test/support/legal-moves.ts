import type { Move, Workflow } from '@linli/contract/workflow'

/**
 * The legal moves of joint handling, version 2, written by hand from the sources named beside them and never from the workflow value:
 * S1.5, S1.6, S3.2 = standards; WF = its quoted rules of Weifang (art. 19 to 26); S1.1 = the two axes (who supervises never handles);
 * G = the public flow specification of peers §1.18 (smart_cityguard §4–5) with its extension, suspension and appeal; A1 … A97 = rows of
 * systems.md; D3 … D7 = peers part 3; D5m = differentiator 5, cross-channel merge; I3 = issue 3, "Build"; L = architecture, "The loop".
 */
export interface LegalMove {
  readonly from: string
  readonly move: string
  /** The state after the move; a note or a line of a strand stays where it is; `@before` is where the case was linked. */
  readonly to: string
  readonly kind: string
  readonly party: string
  readonly permission: string
  readonly needs: readonly string[]
  readonly starts: readonly string[]
  readonly stops: readonly string[]
  readonly pauses: readonly string[]
  readonly resumes: readonly string[]
  readonly extends: string
  /** `kind from|from>to`; without a left side it begins one; empty where no strand is touched. */
  readonly strand: string
  readonly receivers: readonly string[]
  readonly reasons: readonly string[]
  readonly aside: boolean
}

interface More {
  readonly needs?: string
  /** `+` starts, `-` stops, `=` stands still, `>` goes on, `~` gets a later end. */
  readonly clocks?: string
  readonly strand?: string
  readonly receivers?: string
  readonly reasons?: string
  readonly aside?: true
}

const words = (text = '') => text.split(' ').filter((word) => word !== '')
const marked = (clocks: string | undefined, mark: string) => words(clocks).flatMap((word) => (word.startsWith(mark) ? [word.slice(1)] : []))
const line = (kind: string, from: string, move: string, to: string, party: string, permission: string, more: More = {}): LegalMove => ({
  from,
  move,
  to,
  kind,
  party,
  permission: permission === '' ? '' : `cases.${permission}`,
  needs: words(more.needs),
  starts: marked(more.clocks, '+'),
  stops: marked(more.clocks, '-'),
  pauses: marked(more.clocks, '='),
  resumes: marked(more.clocks, '>'),
  extends: marked(more.clocks, '~')[0] ?? '',
  strand: more.strand ?? '',
  receivers: words(more.receivers),
  reasons: words(more.reasons),
  aside: more.aside ?? false,
})
/** The same line from several states, to one or staying. */
const lines = (kind: string, from: string, move: string, to: string | null, party: string, permission: string, more: More = {}) =>
  words(from).map((state) => line(kind, state, move, to ?? state, party, permission, more))

const OPEN = 'reported verifying verified filed linked dispatched disputed handling paused handled checked'
const EVERY = `${OPEN} closed evaluated voided`
const ENDED = 'closed evaluated'
const WITH_OWNER = 'dispatched handling'

/** What G says of each of the three requests: two levels of approval (两级审批), by two people, neither of the unit that asks. */
const request = (noun: string, from: string, needs: string, reasons: string, grant: { kind: string; to: string | null; needs: string; clocks: string }) => [
  ...lines('side', from, `ask-${noun}`, null, 'lead', 'accept', { needs, clocks: '+approve', strand: `${noun} >asked`, reasons, aside: true }),
  ...lines('side', from, `endorse-${noun}`, null, 'approver', 'approve', {
    needs: 'notOwner freshInStrand',
    clocks: '-approve +approve',
    strand: `${noun} asked>endorsed`,
  }),
  ...lines(grant.kind, from, `grant-${noun}`, grant.to, 'approver', 'confirm', {
    needs: `notOwner freshInStrand ${grant.needs}`,
    clocks: `-approve ${grant.clocks}`,
    strand: `${noun} endorsed>granted`,
  }),
  // A refusal has a reason in words, and is possible also after what was asked for has become impossible.
  ...lines('side', EVERY, `deny-${noun}`, null, 'approver', 'approve', {
    needs: 'notOwner freshInStrand note',
    clocks: '-approve',
    strand: `${noun} asked|endorsed>denied`,
  }),
  ...lines('side', EVERY, `withdraw-${noun}`, null, 'caller', 'accept', { clocks: '-approve', strand: `${noun} asked|endorsed>withdrawn`, aside: true }),
]

const STAYS = { kind: 'side', to: null, needs: '', clocks: '' }
const OVERDUE = 'accept verify dispatch handle check takeUp arbitrate approve coHandle reportIn supervise answer'

export const LEGAL: readonly LegalMove[] = [
  // A1: a case begins with a report; G: the acceptance clock starts with it.
  line('forward', '', 'report', 'reported', 'reporter', '', { clocks: '+accept' }),
  // A2: rules file, reject with an explanation, or leave it to a person; the rule's line is the reason.
  line('forward', 'reported', 'auto-file', 'filed', 'system', '', { needs: 'condition reason', clocks: '-accept +dispatch', reasons: 'filing-rule' }),
  line('void', 'reported', 'auto-reject', 'voided', 'system', '', { needs: 'reason publicReply', clocks: '-accept', reasons: 'filing-rule' }),
  // S1.5: 核实, a collector checks a public report before it is filed; not what every report waits for.
  line('forward', 'reported', 'ask-verify', 'verifying', 'acceptor', 'file', { clocks: '-accept +verify', aside: true }),
  line('forward', 'verifying', 'verify', 'verified', 'verifier', 'verify', { needs: 'evidence', clocks: '-verify +accept' }),
  // S1.5: every return needs a reason, and its receiver may not make the next forward step.
  line('back', 'verifying', 'not-found', 'reported', 'verifier', 'verify', {
    needs: 'reason',
    clocks: '-verify +accept',
    receivers: 'ask-verify',
    reasons: 'nothing-there place-unclear no-access',
  }),
  // S1.5: filing is refused unless a 立案 standard was selected.
  ...lines('forward', 'reported verified', 'file', 'filed', 'acceptor', 'file', { needs: 'condition', clocks: '-accept +dispatch' }),
  // S1.5: 作废 where the filing condition is not met; the reporter is told why (A2).
  ...lines('void', 'reported verified filed', 'void', 'voided', 'acceptor', 'void', {
    needs: 'reason publicReply',
    clocks: '-accept -dispatch',
    reasons: 'condition-not-met duplicate outside-duty withdrawn',
    aside: true,
  }),
  // A1: a report without a place is given one; I3 1: no clock moves with it.
  ...lines('note', 'reported verified filed', 'place', null, 'acceptor', 'file', { needs: 'position' }),

  // S1.5, S1.1: 任务派遣 by the command centre, to a lead with assistants (WF 22); A75: a hard case is put together or somebody says why not.
  // D6: taking up (签收) has a clock of its own beside handling.
  line('forward', 'filed', 'dispatch', 'dispatched', 'dispatcher', 'dispatch', {
    needs: 'owner jointPlan',
    clocks: '-dispatch +handle +takeUp',
    strand: 'coHandle >asked',
  }),
  line('forward', 'filed', 'auto-dispatch', 'dispatched', 'system', '', {
    needs: 'owner reason',
    clocks: '-dispatch +handle +takeUp',
    reasons: 'dispatch-rule',
  }),
  // S1.5: dispatcher → acceptor (not ours).
  line('back', 'filed', 'return-to-acceptor', 'reported', 'dispatcher', 'dispatch', {
    needs: 'reason',
    clocks: '-dispatch +accept',
    receivers: 'file',
    reasons: 'condition-wrong matter-wrong place-wrong outside-duty',
    aside: true,
  }),
  // S1.5: 任务处理; the handling clock runs from the dispatch on.
  line('forward', 'dispatched', 'accept', 'handling', 'lead', 'accept', { clocks: '-takeUp' }),
  // WF 22 and I3 2: a refusal cites a catalogue line and goes to arbitration; after a ruling there is no second one. S1.5: with a receiver.
  ...lines('back', WITH_OWNER, 'refuse', 'disputed', 'lead', 'accept', {
    needs: 'reason citation refusable',
    clocks: '-takeUp =handle +arbitrate',
    receivers: 'dispatch',
    reasons: 'not-our-duty not-our-area other-owner',
    aside: true,
  }),
  // WF 22: the hotline designates; the arbitrator belongs to neither side. A new owner gets a whole clock; the old one goes on with its own.
  line('forward', 'disputed', 'uphold-refusal', 'dispatched', 'arbitrator', 'arbitrate', {
    needs: 'owner note notOwner',
    clocks: '-arbitrate +handle +takeUp',
  }),
  line('forward', 'disputed', 'overrule-refusal', 'dispatched', 'arbitrator', 'arbitrate', { needs: 'note notOwner', clocks: '-arbitrate >handle +takeUp' }),
  // S1.5: the assignment is revoked before the case goes elsewhere; nobody received it back, so nobody is barred.
  ...lines('back', WITH_OWNER, 'recall', 'filed', 'dispatcher', 'dispatch', {
    needs: 'reason',
    clocks: '-handle -takeUp -raise +dispatch',
    reasons: 'wrong-owner wrong-matter better-placed',
    aside: true,
  }),
  // S3.2 (20), A34: beyond own power goes up one level, with reason and words; the handling clock is the case's and stays.
  ...lines('forward', WITH_OWNER, 'escalate', 'dispatched', 'lead', 'accept', {
    needs: 'reason note superior',
    clocks: '-takeUp +takeUp',
    reasons: 'beyond-power needs-coordination across-areas',
    aside: true,
  }),
  // I3 2: no bouncing unlogged: only what was escalated goes down again, with reason and words.
  ...lines('back', WITH_OWNER, 'send-down', 'dispatched', 'lead', 'accept', {
    needs: 'reason note escalatedToMe',
    clocks: '-takeUp +takeUp',
    reasons: 'within-their-power help-given reason-not-met',
    aside: true,
  }),
  // A75: the track may be set by a person, with a reason, and no clock moves.
  ...lines('note', `filed ${WITH_OWNER}`, 'set-track', null, 'dispatcher', 'dispatch', {
    needs: 'reason',
    reasons: 'several-units keeps-coming-back public-safety simple-after-all',
  }),

  // S1.5: 处理反馈; A1: evidence at each step; WF 22: not before the assistants' parts are done.
  line('forward', 'handling', 'handle', 'handled', 'lead', 'handle', { needs: 'evidence note partsDone', clocks: '-handle -raise +check' }),
  // G: a pause is not the owner's to give, has a reason and an end; the handling clock stands still (S1.5: clock paused).
  line('forward', 'handling', 'pause', 'paused', 'dispatcher', 'pause', {
    needs: 'reason until notOwner',
    clocks: '=handle -raise +resume',
    reasons: 'waiting-reporter waiting-weather waiting-permit waiting-other-works',
    aside: true,
  }),
  line('forward', 'paused', 'resume', 'handling', 'lead', 'accept', { clocks: '-resume >handle' }),
  line('forward', 'paused', 'auto-resume', 'handling', 'system', '', { needs: 'reason', clocks: '-resume >handle', reasons: 'resume' }),

  // S1.5: 核查, a collector checks the result before closing; S1.1: never who handled it.
  line('forward', 'handled', 'check', 'checked', 'checker', 'check', { needs: 'evidence notHandler' }),
  // S1.5: → handler (substandard), who takes it up again.
  line('back', 'handled', 'substandard', 'dispatched', 'checker', 'check', {
    needs: 'reason notHandler',
    clocks: '-check +handle +takeUp',
    receivers: 'handle',
    reasons: 'not-done partly-done new-damage evidence-unclear',
  }),
  // S1.5: closing is refused unless the 结案 condition is ticked; L: who is scored never closes; A2: with an answer to the reporter.
  line('forward', 'checked', 'close', 'closed', 'acceptor', 'close', { needs: 'closingCondition publicReply notScored', clocks: '-check' }),
  // S1.5: acceptor → dispatcher (rework, history kept).
  line('back', 'checked', 'rework', 'filed', 'acceptor', 'close', {
    needs: 'reason notScored',
    clocks: '-check +dispatch',
    receivers: 'dispatch',
    reasons: 'closing-condition-not-met wrong-owner reporter-disagrees',
  }),
  // S1.5: 综合评价; L: by somebody who took no earlier move.
  line('forward', 'closed', 'evaluate', 'evaluated', 'evaluator', 'evaluate', { needs: 'noEarlierMove' }),
  // A31, D7: the reporter rates, or says that it is not fixed: within the days a city gives, and “not fixed” lands with the handler.
  ...lines('note', ENDED, 'rate', null, 'reporter', '', { needs: 'rating inWindow' }),
  ...lines('reopen', ENDED, 'not-fixed', 'dispatched', 'reporter', '', { needs: 'rating inWindow atMostTwo', clocks: '+handle +takeUp' }),
  // S1.5: reopened with a reason; rights R15: a refused report is looked at again by a person. Possible, not expected.
  ...lines('reopen', ENDED, 'reopen', 'filed', 'supervisor', 'reopen', {
    needs: 'reason',
    clocks: '+dispatch',
    reasons: 'not-fixed came-back wrongly-closed',
    aside: true,
  }),
  line('reopen', 'voided', 'review', 'reported', 'supervisor', 'reopen', {
    needs: 'reason',
    clocks: '+accept',
    reasons: 'reporter-asks new-fact wrongly-voided',
    aside: true,
  }),

  // D5m, I3 5: before somebody works on it a case may wait beside another; each keeps its reporter and its clocks, and it can be undone.
  ...lines('link', 'reported verified filed dispatched', 'link', 'linked', 'acceptor', 'link', {
    needs: 'main',
    clocks: '=accept =dispatch =takeUp +answer',
    aside: true,
  }),
  line('link', 'linked', 'unlink', '@before', 'acceptor', 'link', {
    needs: 'reason',
    clocks: '-answer >accept >dispatch >takeUp',
    reasons: 'another-event another-place came-back',
    aside: true,
  }),
  line('link', 'linked', 'auto-unlink', '@before', 'system', '', { needs: 'reason', clocks: '-answer >accept >dispatch >takeUp', reasons: 'main-voided' }),
  line('forward', 'linked', 'close-linked', 'closed', 'system', '', {
    needs: 'reason publicReply',
    clocks: '-answer -handle -raise',
    reasons: 'main-closed',
  }),
  ...lines('note', OPEN, 'joined', null, 'system', ''),
  ...lines('note', EVERY, 'parted', null, 'system', ''),

  // WF 22: lead and assistants, each with a part and a clock; a part is done, declined with a cited line, or taken back.
  ...lines('side', WITH_OWNER, 'add-co-handlers', null, 'dispatcher', 'dispatch', {
    needs: 'targets',
    clocks: '+coHandle',
    strand: 'coHandle >asked',
    aside: true,
  }),
  ...lines('side', OPEN, 'co-done', null, 'called', 'handle', { needs: 'note', clocks: '-coHandle', strand: 'coHandle asked>done' }),
  ...lines('side', OPEN, 'co-decline', null, 'called', 'accept', {
    needs: 'reason citation',
    clocks: '-coHandle',
    strand: 'coHandle asked>declined',
    reasons: 'not-our-duty not-our-area',
    aside: true,
  }),
  ...lines('side', OPEN, 'co-release', null, 'dispatcher', 'dispatch', {
    needs: 'reason',
    clocks: '-coHandle',
    strand: 'coHandle asked>released',
    reasons: 'no-longer-needed another-unit',
    aside: true,
  }),
  // A9, S3.2 (16, 33): the whistle calls units in, who report in by a clock and are assessed by who blew it, also after the end.
  ...lines('side', WITH_OWNER, 'whistle', null, 'lead', 'whistle', { needs: 'targets note', clocks: '+reportIn', strand: 'whistle >called', aside: true }),
  ...lines('side', OPEN, 'report-in', null, 'called', 'handle', { clocks: '-reportIn', strand: 'whistle called>arrived' }),
  ...lines('side', `${OPEN} ${ENDED}`, 'assess-response', null, 'caller', 'whistle', {
    needs: 'reason present',
    clocks: '-reportIn',
    strand: 'whistle arrived|called>assessed',
    reasons: 'helped did-not-help no-show',
  }),
  // A97, WF 26: 督办 from outside the chain, for refused, overdue, unsolved, harmful or other; S1.5: timeout, leader, important.
  ...lines('side', OPEN, 'supervise', null, 'supervisor', 'supervise', {
    needs: 'reason target limit note outsideChain',
    clocks: '+supervise',
    strand: 'supervise >ordered',
    reasons: 'overdue leader important refused unsolved harmful',
    aside: true,
  }),
  ...lines('side', EVERY, 'supervise-reply', null, 'called', 'accept', { needs: 'note', clocks: '-supervise', strand: 'supervise ordered>replied' }),
  ...lines('side', EVERY, 'supervise-again', null, 'caller', 'supervise', {
    needs: 'reason limit note outsideChain',
    clocks: '+supervise',
    strand: 'supervise replied>ordered',
    reasons: 'not-answered not-done',
    aside: true,
  }),
  ...lines('side', EVERY, 'supervise-close', null, 'caller', 'supervise', {
    needs: 'reason note outsideChain',
    clocks: '-supervise',
    strand: 'supervise ordered|replied>closed',
    reasons: 'resolved explained handed-on withdrawn',
  }),

  // G, A74: at most two extensions, asked and granted before the end; G: 挂账 once; G, A31: one appeal, after closing, of what was late.
  ...request('extension', 'handling', 'reason note limit beforeDue atMostTwo', 'complex-works weather materials third-party', {
    ...STAYS,
    needs: 'beforeDue atMostTwo',
    clocks: '~handle',
  }),
  ...request('suspension', 'handling', 'reason note until onlyOnce', 'season funds legal-procedure planned-works', {
    kind: 'forward',
    to: 'paused',
    needs: '',
    clocks: '-raise =handle +resume',
  }),
  ...request('appeal', ENDED, 'reason note handledLate onlyOnce inWindow', 'force-majeure wrong-dispatch system-failure third-party', STAYS),

  // S3.2 (15): the unit that has it, or had it first, or the centre tells the reporter on the way.
  ...lines('note', OPEN, 'inform', null, 'informer', 'note', { needs: 'publicReply' }),
  // A35: a line on the ledger that changes nothing.
  ...lines('note', EVERY, 'note', null, 'supervisor', 'note', { needs: 'note' }),
  // D6: a clock that has run out is such a line, once; and goes up the levels of a case that stays late.
  ...lines('note', EVERY, 'overdue', null, 'system', '', { needs: 'reason', reasons: OVERDUE }),
  ...lines('note', OPEN, 'raise', null, 'system', '', { needs: 'reason', clocks: '-raise', reasons: 'overdue' }),
  // I3 6, I3 1: open cases follow new areas, editions by choice, and published calendars.
  ...lines('note', OPEN, 'relocate', null, 'system', '', { needs: 'reason', reasons: 'areas-changed' }),
  ...lines('note', OPEN, 'new-edition', null, 'system', '', { needs: 'reason edition', reasons: 'edition-published' }),
  ...lines('note', OPEN, 'recount', null, 'system', '', { needs: 'reason', reasons: 'calendar-published' }),
]

/**
 * The state, its public step (A1), whether it ends the case, and the clocks that run in it (G: acceptance, verification, dispatch, handling,
 * check; D6: taking up; WF 22: arbitration). A linked case promises an answer, unless a handling clock that runs on has promised one already.
 */
export const STATES: readonly (readonly [state: string, step: string, final: boolean, clocks: string])[] = [
  ['reported', 'report', false, 'accept'],
  ['verifying', 'file', false, 'verify'],
  ['verified', 'file', false, 'accept'],
  ['filed', 'dispatch', false, 'dispatch'],
  ['linked', 'dispatch', false, 'answer'],
  ['dispatched', 'handle', false, 'handle takeUp'],
  ['disputed', 'dispatch', false, 'arbitrate'],
  ['handling', 'handle', false, 'handle'],
  ['paused', 'handle', false, 'resume'],
  ['handled', 'check', false, 'check'],
  ['checked', 'check', false, 'check'],
  ['closed', 'evaluate', false, ''],
  ['evaluated', 'evaluate', true, ''],
  ['voided', 'file', true, ''],
]

/** What a strand may be while it is open (A9, A97, WF 22, G), and what the end of a clock asks for beside the mark (D6, G). */
const OPEN_STRANDS: Readonly<Record<string, string>> = {
  coHandle: 'asked',
  whistle: 'called arrived',
  supervise: 'ordered replied',
  extension: 'asked endorsed',
  suspension: 'asked endorsed',
  appeal: 'asked endorsed',
}
const ON_DUE: Readonly<Record<string, string>> = { resume: 'auto-resume', raise: 'raise' }

/** The clocks of the case itself that run in a state, in the order of their names and without the ladder of a late case. */
export const clocksOf = (state: string, linkedIn: string | null = null): string[] =>
  state === 'linked' && linkedIn === 'dispatched' ? ['handle'] : words(STATES.find(([name]) => name === state)?.[3]).toSorted()
export const legalMove = (from: string, move: string): LegalMove | undefined => LEGAL.find((known) => known.from === from && known.move === move)
export const MOVES: readonly string[] = [...new Set(LEGAL.map((known) => known.move))]

const sorted = (list: readonly string[] = []) => list.toSorted().join(' ')
const faceOf = (known: LegalMove) =>
  `${known.kind} to ${known.to} by ${known.party}/${known.permission} needs ${sorted(known.needs)} +${sorted(known.starts)} -${sorted(known.stops)} =${sorted(known.pauses)} >${sorted(known.resumes)} ~${known.extends} strand ${known.strand} receivers ${sorted(known.receivers)} reasons ${sorted(known.reasons)}${known.aside ? ' aside' : ''}`
const faced = (known: LegalMove): readonly [key: string, face: string] => [`${known.from || '—'} ${known.move}`, faceOf(known)]
const WANTED = new Map(LEGAL.map(faced))

/** The faces of a move's lines, kept: thousands of mutants share all moves but one. */
const faces = new WeakMap<Move, readonly (readonly [key: string, face: string])[]>()
function facesOf(move: Move) {
  const known = faces.get(move) ?? linesOf(move).map(faced)
  faces.set(move, known)
  return known
}

/** The lines of a move in the table's own shape: one for each state that it leaves. */
const linesOf = (move: Move): LegalMove[] =>
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
    pauses: move.pauses ?? [],
    resumes: move.resumes ?? [],
    extends: move.extends ?? '',
    strand: strandText(move),
    receivers: move.receivers ?? [],
    reasons: move.reasons ?? [],
    aside: move.aside ?? false,
  }))

const strandText = ({ strand }: Move) => (strand ? `${strand.kind} ${(strand.from ?? []).toSorted().join('|')}>${strand.to}` : '')

/** What differs between a workflow and the table written by hand, in both directions; empty where they say the same. */
export function compareWorkflow(workflow: Workflow): string[] {
  const found = workflow.moves.flatMap(facesOf)
  const there = new Map(found)
  const states = new Map(STATES.map(([name, step, final]) => [name, `${step}${final ? ' final' : ''}`]))
  const namesOf = (table: object) => Object.entries(table).map(([name, value]: [string, unknown]) => `${name} ${String(value)}`)
  return [
    ...(workflow.opening === 'report' ? [] : [`opens with ${workflow.opening}`]),
    ...(found.length === there.size ? [] : ['a line occurs twice']),
    ...[...WANTED.keys()].filter((key) => !there.has(key)).map((key) => `${key}: missing`),
    ...[...there.keys()].filter((key) => !WANTED.has(key)).map((key) => `${key}: not in the table`),
    ...[...WANTED].flatMap(([key, face]) => {
      const one = there.get(key)
      return one !== undefined && one !== face ? [`${key}: ${one}, not ${face}`] : []
    }),
    ...both('state', namesOf(Object.fromEntries(states)), namesOf(mapValues(workflow.states, ({ step, final }) => `${step}${final ? ' final' : ''}`))),
    ...both('strand', namesOf(OPEN_STRANDS), namesOf(mapValues(workflow.strands, (open) => open?.join(' ')))),
    ...both('when due', namesOf(ON_DUE), namesOf(workflow.onDue)),
  ]
}

const mapValues = <T>(table: Readonly<Record<string, T>>, face: (value: T) => string | undefined) =>
  Object.fromEntries(Object.entries(table).map(([name, value]) => [name, face(value)]))
const both = (what: string, wanted: readonly string[], found: readonly string[]) => [
  ...wanted.filter((one) => !found.includes(one)).map((one) => `${what} ${one}: missing`),
  ...found.filter((one) => !wanted.includes(one)).map((one) => `${what} ${one}: not in the table`),
]
