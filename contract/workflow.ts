/** The shape of a workflow value (流程): pure data that the engine interprets and every screen reads. */

/** The six public steps of the loop (六步闭环); labels are city data. */
export const STEPS = ['report', 'file', 'dispatch', 'handle', 'check', 'evaluate'] as const
export type Step = (typeof STEPS)[number]

/** A stage clock (环节时限): one deadline runs per stage. */
export const STAGES = ['accept', 'verify', 'dispatch', 'handle', 'check'] as const
export type Stage = (typeof STAGES)[number]

/** A post's relation to one case. `system` is the program itself acting by a stored rule. */
export type Party = 'reporter' | 'acceptor' | 'verifier' | 'dispatcher' | 'lead' | 'checker' | 'evaluator' | 'supervisor' | 'system'

/** What a move must bring or prove; each key names one pure guard of the module `cases`. */
export const NEEDS = [
  'reason',
  'condition',
  'closingCondition',
  'evidence',
  'note',
  'publicReply',
  'owner',
  'notHandler',
  'notScored',
  'noEarlierMove',
] as const
export type Need = (typeof NEEDS)[number]

/**
 * forward: one step on; back: a typed send-back; void: ends the case unfiled; reopen: a new round;
 * note: a line on the ledger that leaves the state alone.
 */
export type MoveKind = 'forward' | 'back' | 'void' | 'reopen' | 'note'

export interface State {
  readonly step: Step
  /** No further move is expected; the case leaves every queue. */
  readonly final?: true
}

export interface Move {
  readonly id: string
  readonly from: readonly string[]
  /** The state it leads to; a note has none. */
  readonly to?: string
  readonly kind: MoveKind
  readonly party: Party
  /** The permission that the mover's post must hold; a `system` move has none and cannot be made over HTTP. */
  readonly permission?: string
  readonly needs: readonly Need[]
  readonly starts: readonly Stage[]
  readonly stops: readonly Stage[]
  /** Back moves only: whoever last made one of these moves receives the case, and may not make the next forward move. */
  readonly receivers?: readonly string[]
  /** Reason codes that this move accepts; needed where `needs` has `reason`. */
  readonly reasons?: readonly string[]
}

export interface Workflow {
  readonly name: string
  readonly version: number
  readonly opening: string
  readonly states: Readonly<Record<string, State>>
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
