/** The shape of a workflow value (流程): pure data that the engine interprets and every screen reads. */

/** The six public steps of the loop (六步闭环); labels are city data. */
export const STEPS = ['report', 'file', 'dispatch', 'handle', 'check', 'evaluate'] as const
export type Step = (typeof STEPS)[number]

/**
 * A stage clock (环节时限). The first five belong to the steps of the loop; the others to what may happen beside it: taking up (签收),
 * arbitration (争议裁定), the end of a pause (恢复), the ladder of an overdue case (逐级提醒), an approval (审批), a co-handler's part (协办),
 * reporting in (报到), a supervise order (督办) and the answer to the reporter of a linked case (回复).
 */
export const STAGES = [
  'accept',
  'verify',
  'dispatch',
  'handle',
  'check',
  'takeUp',
  'arbitrate',
  'resume',
  'raise',
  'approve',
  'coHandle',
  'reportIn',
  'supervise',
  'answer',
] as const
export type Stage = (typeof STAGES)[number]

/**
 * A strand (支线): something that runs beside the steps of a case with a state, a party and a clock of its own. A co-handler's part
 * (协办), a whistle (吹哨), a supervise order (督办), an extension (延期), a long suspension (挂账), an appeal against a timeout (超时申诉).
 */
export const STRANDS = ['coHandle', 'whistle', 'supervise', 'extension', 'suspension', 'appeal'] as const
export type StrandKind = (typeof STRANDS)[number]

/**
 * A post's relation to one case. `called` and `caller` are relations to one strand: the unit it is put to, and the unit that began it.
 * `system` is the program itself acting by a stored rule or a clock.
 */
export const PARTIES = [
  'reporter',
  'acceptor',
  'verifier',
  'dispatcher',
  'lead',
  'checker',
  'evaluator',
  'supervisor',
  'arbitrator',
  'approver',
  'called',
  'caller',
  'informer',
  'system',
] as const
export type Party = (typeof PARTIES)[number]

/** What a move must prove; the ledger alone shows whether it does. */
export const PROVED_NEEDS = [
  'notHandler',
  'notScored',
  'noEarlierMove',
  'notOwner',
  'outsideChain',
  'freshInStrand',
  'refusable',
  'superior',
  'escalatedToMe',
  'partsDone',
  'beforeDue',
  'atMostTwo',
  'onlyOnce',
  'handledLate',
  'inWindow',
  'present',
] as const
/** What a move must bring or prove; each key names one pure guard of the module `cases`. */
export const NEEDS = [
  'reason',
  'condition',
  'closingCondition',
  'evidence',
  'note',
  'publicReply',
  'owner',
  'targets',
  'target',
  'limit',
  'until',
  'citation',
  'position',
  'rating',
  'main',
  'edition',
  'jointPlan',
  ...PROVED_NEEDS,
] as const
export type Need = (typeof NEEDS)[number]

/**
 * forward: one step on; back: a typed send-back; void: ends the case unfiled; reopen: a new round; link: to another case and back;
 * side: moves a strand; note: a line on the ledger. The last two leave the state alone.
 */
export const MOVE_KINDS = ['forward', 'back', 'void', 'reopen', 'link', 'side', 'note'] as const
export type MoveKind = (typeof MOVE_KINDS)[number]

export interface State {
  readonly step: Step
  /** No further move is expected; the case leaves every queue. */
  readonly final?: true
}

/** How a move changes a strand: without `from` it begins one for each unit named. */
export interface StrandStep {
  readonly kind: StrandKind
  readonly from?: readonly string[]
  readonly to: string
}

export interface Move {
  readonly id: string
  readonly from: readonly string[]
  /** The state it leads to; `BEFORE` for the one that the case was linked in; a note or side move has none. */
  readonly to?: string
  readonly kind: MoveKind
  readonly party: Party
  /** The permission that the mover's post must hold; a `system` or `reporter` move has none. */
  readonly permission?: string
  readonly needs: readonly Need[]
  readonly starts: readonly Stage[]
  readonly stops: readonly Stage[]
  /** Clocks that stand still from here, and those that go on with what was left. */
  readonly pauses?: readonly Stage[]
  readonly resumes?: readonly Stage[]
  /** The clock that gets a later end, counted from its own start. */
  readonly extends?: Stage
  readonly strand?: StrandStep
  /** Back moves only: whoever last made one of these moves receives the case, and may not make the next forward move. */
  readonly receivers?: readonly string[]
  /** Reason codes that this move accepts; needed where `needs` has `reason`. */
  readonly reasons?: readonly string[]
  /** Possible, but not what the case waits for: it puts the case on nobody's list. */
  readonly aside?: true
}

/** The target of a move back to the state in which the case was linked. */
export const BEFORE = '@before'

export interface Workflow {
  readonly name: string
  readonly version: number
  readonly opening: string
  readonly states: Readonly<Record<string, State>>
  /** The states in which a strand of each kind is still open; a kind that is not named does not occur. */
  readonly strands: Readonly<Partial<Record<StrandKind, readonly string[]>>>
  /** The move that the program makes when a stage's clock has run out; `overdue` where nothing is said. */
  readonly onDue: Readonly<Partial<Record<Stage, string>>>
  readonly moves: readonly Move[]
}

/** The move of that name, or undefined. */
export function findMove(workflow: Workflow, id: string): Move | undefined {
  return workflow.moves.find((move) => move.id === id)
}

/** Every move that leaves the given state. */
export function movesFrom(workflow: Workflow, state: string): readonly Move[] {
  return workflow.moves.filter((move) => move.from.includes(state))
}
