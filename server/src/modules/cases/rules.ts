import { Refusal, type ErrorCode, type FieldProblem } from '@linli/contract/errors'
import type { Move, Need, Workflow } from '@linli/contract/workflow'
import { findMove, movesFrom } from '@linli/contract/workflow'
import { may, within, type Actor, type PersonActor } from '../../platform/rights/actor.ts'
import type { CaseState } from './model.ts'

/** What a mover sends; which of it a move needs is the workflow's business. */
export interface MoveInput {
  readonly reasonCode?: string | undefined
  readonly note?: string | undefined
  readonly matter?: string | undefined
  readonly conditionRow?: number | undefined
  readonly closingConditionMet?: boolean | undefined
  readonly owner?: string | undefined
  readonly evidence?: readonly string[] | undefined
  readonly publicReply?: string | undefined
}

const HANDLING = ['accept', 'handle', 'dispatch', 'auto-dispatch', 'return-to-dispatcher']

/** True where the actor's post may see the case at all: by area, or because its unit owns it. */
export function isVisible(actor: Actor, areaPath: string, owner: string | null): boolean {
  if (actor.kind === 'system') return true
  return actor.kind === 'person' && (within(actor.areaPath, areaPath) || (owner !== null && actor.unitCode === owner))
}

/** Why this actor may not make this move now; undefined where nothing stands against it. Inputs are checked apart. */
export function objection(move: Move, state: CaseState, actor: Actor): ErrorCode | undefined {
  if (!move.from.includes(state.state)) return 'CASES_MOVE_NOT_ALLOWED'
  if (move.party === 'system') return actor.kind === 'system' ? undefined : 'CASES_PARTY_NOT_ALLOWED'
  if (actor.kind === 'public') return 'CASES_PARTY_NOT_ALLOWED'
  if (move.permission !== undefined && !may(actor, move.permission)) return 'PERMISSION_MISSING'
  if (actor.kind === 'system') return undefined
  if (move.party === 'lead' && actor.unitCode !== state.owner) return 'CASES_PARTY_NOT_ALLOWED'
  if (move.kind === 'forward' && state.barred.includes(actor.personId)) return 'CASES_RECEIVER_NOT_ALLOWED'
  for (const need of move.needs) {
    const code = separation(need, state, actor)
    if (code) return code
  }
  return undefined
}

function separation(need: Need, state: CaseState, { personId, postId, unitCode }: PersonActor): ErrorCode | undefined {
  const acted = (moves: readonly string[]) => state.acts.some((act) => act.personId === personId && moves.includes(act.move))
  if (need === 'notHandler' && (acted(['accept', 'handle']) || unitCode === state.owner)) return 'CASES_SELF_CHECK_NOT_ALLOWED'
  if (need === 'notScored' && (acted(HANDLING) || unitCode === state.owner)) return 'CASES_SCORED_NOT_ALLOWED'
  if (need === 'noEarlierMove' && state.acts.some((act) => (act.personId === personId || act.postId === postId) && act.move !== 'note'))
    return 'CASES_EVALUATOR_NOT_ALLOWED'
  return undefined
}

/** The fields that a move needs and the input lacks. */
export function missingInputs(move: Move, state: CaseState, input: MoveInput): FieldProblem[] {
  const blank = (text: string | undefined) => text === undefined || text.trim() === ''
  const lacks: Partial<Record<Need, [pointer: string, missing: boolean]>> = {
    reason: ['/body/reasonCode', blank(input.reasonCode)],
    note: ['/body/note', blank(input.note)],
    publicReply: ['/body/publicReply', blank(input.publicReply)],
    evidence: ['/body/evidence', (input.evidence ?? []).length === 0],
    // A row chosen for one matter says nothing about another.
    condition: [
      '/body/conditionRow',
      input.conditionRow === undefined && (state.conditionRow === null || (input.matter !== undefined && input.matter !== state.matterKey)),
    ],
    closingCondition: ['/body/closingConditionMet', input.closingConditionMet !== true],
    owner: ['/body/owner', blank(input.owner) && state.advisedUnit === null],
  }
  return move.needs.flatMap((need) => {
    const entry = lacks[need]
    return entry?.[1] ? [{ pointer: entry[0], code: 'required' }] : []
  })
}

/** The move if this actor may make it with this input; throws the Refusal that says why not. */
export function decideMove(workflow: Workflow, state: CaseState, moveId: string, actor: Actor, input: MoveInput): Move {
  const move = findMove(workflow, moveId)
  if (!move) throw new Refusal('CASES_MOVE_UNKNOWN', [{ pointer: '/body/move', code: 'enum' }])
  const code = objection(move, state, actor)
  if (code) throw new Refusal(code, [], { state: state.state, move: move.id })
  const missing = missingInputs(move, state, input)
  if (missing.length > 0) throw new Refusal('CASES_INPUT_MISSING', missing)
  if (input.reasonCode !== undefined && !(move.reasons ?? []).includes(input.reasonCode)) {
    throw new Refusal('CASES_REASON_UNKNOWN', [{ pointer: '/body/reasonCode', code: 'enum', detail: (move.reasons ?? []).join(', ') }])
  }
  return move
}

export interface AbilityValue {
  readonly move: string
  readonly kind: string
  readonly to: string | null
  readonly allowed: boolean
  readonly why: ErrorCode | null
  readonly needs: string[]
  readonly reasons: string[]
}

/** Every move that leaves the present state, and for each whether this actor may make it: the screen shows just this. */
export function abilitiesOf(workflow: Workflow, state: CaseState, actor: Actor): AbilityValue[] {
  return movesFrom(workflow, state.state)
    .filter((move) => move.party !== 'system')
    .map((move) => {
      const why = objection(move, state, actor) ?? null
      return { move: move.id, kind: move.kind, to: move.to ?? null, allowed: why === null, why, needs: [...move.needs], reasons: [...(move.reasons ?? [])] }
    })
}

/** States in which an actor with these permissions may have something to do; `lead` states only count for the owner unit. */
export function statesToAct(workflow: Workflow, actor: Actor): { anywhere: string[]; asLead: string[] } {
  const anywhere = new Set<string>()
  const asLead = new Set<string>()
  for (const move of workflow.moves) {
    if (move.kind === 'note' || move.kind === 'reopen' || move.permission === undefined || !may(actor, move.permission)) continue
    for (const state of move.from) (move.party === 'lead' ? asLead : anywhere).add(state)
  }
  return { anywhere: [...anywhere], asLead: [...asLead] }
}
