import { Refusal, type ErrorCode, type FieldProblem } from '@linli/contract/errors'
import type { Move, Need, Workflow } from '@linli/contract/workflow'
import { findMove, movesFrom } from '@linli/contract/workflow'
import { may, REPORTER, within, type Actor, type PersonActor } from '../../platform/rights/actor.ts'
import { isRequest, runningOf, type CaseState, type Citation, type Limit, type Strand } from './model.ts'

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
  readonly strand?: string | undefined
  readonly targets?: readonly string[] | undefined
  readonly limit?: Limit | undefined
  readonly until?: string | undefined
  readonly citation?: Citation | undefined
  readonly position?: { readonly lon: number; readonly lat: number; readonly crs: 'wgs84' | 'gcj02' | 'cgcs2000' } | undefined
  readonly rating?: string | undefined
  readonly fixed?: boolean | undefined
  readonly report?: string | undefined
  readonly main?: string | undefined
  readonly ruleArea?: string | undefined
  readonly edition?: number | undefined
}

/** What a city allows beside the steps (`loop` in its data). */
export interface LoopRules {
  /** How many days after closing a reporter may answer and a handler appeal. */
  readonly answerDays: number
  readonly appealDays: number
  readonly notFixedTimes: number
  readonly extensions: number
  readonly pauseDays: number
  readonly suspensionDays: number
}
export interface Circumstances {
  readonly at: Date
  readonly loop: LoopRules
  /** The unit above the owner; null at the top. */
  superiorOf(unit: string): string | null
}

const HANDLING = [
  'accept',
  'handle',
  'dispatch',
  'auto-dispatch',
  'return-to-dispatcher',
  'refuse',
  'escalate',
  'send-down',
  'co-done',
  'ask-extension',
  'ask-suspension',
  'whistle',
]
/** Lines by which somebody looked at a case from outside: they make nobody part of its chain. */
const OUTSIDE = new Set(['note', 'supervise', 'supervise-again', 'supervise-close', 'reopen', 'review'])
const DAY_MS = 86_400_000

/** True where the actor's post may see the case at all: by area, or because its unit has or had a part in it. */
export function isVisible(actor: Actor, areaPath: string, involved: readonly string[]): boolean {
  if (actor.kind === 'system') return true
  return actor.kind === 'person' && (within(actor.areaPath, areaPath) || involved.includes(actor.unitCode))
}

/** Why this actor may not make this move now; undefined where nothing stands against it. Inputs are checked apart. */
export function objection(move: Move, state: CaseState, actor: Actor, circumstances: Circumstances, strand?: Strand): ErrorCode | undefined {
  if (!move.from.includes(state.state)) return 'CASES_MOVE_NOT_ALLOWED'
  if (move.strand?.from && !strand) return 'CASES_STRAND_UNKNOWN'
  const party = partyObjection(move, state, actor, strand)
  if (party) return party
  if (actor.kind === 'person' && move.kind === 'forward' && state.barred.includes(actor.personId)) return 'CASES_RECEIVER_NOT_ALLOWED'
  for (const need of move.needs) {
    const code = (actor.kind === 'person' ? separation(need, state, actor, strand) : undefined) ?? factObjection(need, move, state, circumstances)
    if (code) return code
  }
  return undefined
}

function partyObjection(move: Move, state: CaseState, actor: Actor, strand: Strand | undefined): ErrorCode | undefined {
  // A reporter is known by the receipt, which intake has looked at; who is that makes no other move, and nobody else makes this one.
  if ((move.party === 'reporter') !== (actor.kind === 'system' && actor.name === REPORTER.name)) return 'CASES_PARTY_NOT_ALLOWED'
  if (move.party === 'reporter') return undefined
  if (move.party === 'system') return actor.kind === 'system' ? undefined : 'CASES_PARTY_NOT_ALLOWED'
  if (actor.kind === 'public') return 'CASES_PARTY_NOT_ALLOWED'
  if (move.permission !== undefined && !may(actor, move.permission)) return 'PERMISSION_MISSING'
  if (actor.kind === 'system') return undefined
  const unit = actor.unitCode
  const wrong =
    (move.party === 'lead' && unit !== state.owner) ||
    (move.party === 'called' && unit !== strand?.unit) ||
    (move.party === 'caller' && unit !== strand?.by) ||
    (move.party === 'informer' && unit !== state.owner && unit !== state.firstReceiver && !may(actor, 'cases.file'))
  return wrong ? 'CASES_PARTY_NOT_ALLOWED' : undefined
}

/** Separation of duty (职责分离): what this very person or unit may not do, whatever the post's permissions. */
function separation(need: Need, state: CaseState, { personId, postId, unitCode }: PersonActor, strand: Strand | undefined): ErrorCode | undefined {
  const acted = (moves: readonly string[]) => state.acts.some((act) => act.personId === personId && moves.includes(act.move))
  switch (need) {
    case 'notHandler':
      return acted(['accept', 'handle', 'co-done']) || unitCode === state.owner ? 'CASES_SELF_CHECK_NOT_ALLOWED' : undefined
    case 'notScored':
      return acted(HANDLING) || unitCode === state.owner ? 'CASES_SCORED_NOT_ALLOWED' : undefined
    case 'noEarlierMove':
      return state.acts.some((act) => (act.personId === personId || act.postId === postId) && act.move !== 'note') ? 'CASES_EVALUATOR_NOT_ALLOWED' : undefined
    case 'notOwner':
      // Who asked may meanwhile own the case no more, and still does not decide about the own request.
      return unitCode === state.owner || (strand && isRequest(strand.kind) && unitCode === strand.by) ? 'CASES_OWN_REQUEST_NOT_ALLOWED' : undefined
    case 'freshInStrand':
      return strand?.persons.includes(personId) ? 'CASES_OWN_REQUEST_NOT_ALLOWED' : undefined
    case 'outsideChain':
      return unitCode === state.owner || state.acts.some((act) => act.personId === personId && !OUTSIDE.has(act.move))
        ? 'CASES_IN_CHAIN_NOT_ALLOWED'
        : undefined
    default:
      return undefined
  }
}

/** What the ledger itself stands against. */
function factObjection(need: Need, move: Move, state: CaseState, { at, loop, superiorOf }: Circumstances): ErrorCode | undefined {
  const closed = state.acts.findLast((act) => act.move === 'close' || act.move === 'close-linked')
  const since = closed ? (at.getTime() - closed.at.getTime()) / DAY_MS : 0
  const begun = move.strand && !move.strand.from ? state.strands.filter((strand) => strand.kind === move.strand?.kind) : []
  switch (need) {
    case 'refusable':
      return state.ruled ? 'CASES_RULED' : undefined
    case 'superior':
      if (state.owner === null || superiorOf(state.owner) === null) return 'CASES_NO_SUPERIOR'
      return bounced(state) ? 'CASES_ESCALATION_SETTLED' : undefined
    case 'escalatedToMe':
      return state.escalations.at(-1)?.to === state.owner ? undefined : 'CASES_NOT_ESCALATED'
    case 'partsDone':
      return state.strands.some((strand) => strand.kind === 'coHandle' && strand.open) ? 'CASES_PARTS_OPEN' : undefined
    case 'beforeDue': {
      const clock = runningOf(state, 'handle')
      return clock && clock.overdueAt === null && Date.parse(clock.dueAt) > at.getTime() ? undefined : 'CASES_TOO_LATE'
    }
    case 'atMostTwo':
      if (move.kind === 'reopen') return state.acts.filter((act) => act.move === move.id).length >= loop.notFixedTimes ? 'CASES_LIMIT_REACHED' : undefined
      return state.strands.filter((strand) => strand.kind === 'extension' && strand.state === 'granted').length >= loop.extensions ||
        begun.some((strand) => strand.open)
        ? 'CASES_LIMIT_REACHED'
        : undefined
    case 'onlyOnce':
      return begun.some((strand) => strand.state !== 'withdrawn') ? 'CASES_LIMIT_REACHED' : undefined
    case 'handledLate':
      return state.handledOnTime === false ? undefined : 'CASES_NOT_LATE'
    case 'inWindow':
      return since > (move.strand ? loop.appealDays : loop.answerDays) ? 'CASES_WINDOW_OVER' : undefined
    default:
      return undefined
  }
}

/** An escalation that was sent down is settled: what a level sent back is not sent up again without a new round (no bouncing). */
function bounced(state: CaseState): boolean {
  const last = (id: string) => state.acts.findLastIndex((act) => act.move === id)
  const sentDown = last('send-down')
  return sentDown > Math.max(last('dispatch'), last('auto-dispatch'), last('uphold-refusal'), last('not-fixed')) && sentDown > last('reopen')
}

/** The fields that a move needs and the input lacks. */
export function missingInputs(move: Move, state: CaseState, input: MoveInput, circumstances: Circumstances, strand?: Strand): FieldProblem[] {
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
    owner: ['/body/owner', blank(input.owner) && (state.advisedUnit === null || state.state === 'disputed')],
    targets: ['/body/targets', (input.targets ?? []).length === 0],
    target: ['/body/targets', input.targets?.length !== 1],
    limit: ['/body/limit', input.limit === undefined],
    until: ['/body/until', !untilFits(input.until, move, circumstances)],
    citation: ['/body/citation', input.citation === undefined || (blank(input.citation.matter) && blank(input.citation.rule))],
    position: ['/body/position', input.position === undefined],
    rating: ['/body/rating', blank(input.rating)],
    main: ['/body/main', blank(input.main)],
    edition: ['/body/edition', input.edition === undefined],
    // A hard case is put to a lead together with others, or somebody says why one unit is enough (systems A75).
    jointPlan: ['/body/targets', state.track === 'hard' && (input.targets ?? []).length === 0 && blank(input.note)],
    present: [
      '/body/reasonCode',
      strand !== undefined && blank(input.reasonCode) === false && (input.reasonCode === 'no-show') !== (strand.state === 'called'),
    ],
  }
  return move.needs.flatMap((need) => {
    const entry = lacks[need]
    return entry?.[1] ? [{ pointer: entry[0], code: 'required' }] : []
  })
}

/** A day after today and no later than the city lets a case stand still. */
function untilFits(until: string | undefined, move: Move, { at, loop }: Circumstances): boolean {
  if (until === undefined) return false
  const days = (Date.parse(`${until}T00:00:00Z`) - at.getTime()) / DAY_MS
  return days > 0 && days <= (move.strand ? loop.suspensionDays : loop.pauseDays)
}

/** The open strand that a move of this input is about; the only one there is where none is named. */
export function strandOf(move: Move, state: CaseState, actor: Actor, key: string | undefined): Strand | undefined {
  const step = move.strand
  if (!step?.from) return undefined
  const fitting = state.strands.filter((strand) => strand.open && strand.kind === step.kind && step.from?.includes(strand.state))
  if (key !== undefined) return fitting.find((strand) => strand.key === key)
  const mine = actor.kind === 'person' && move.party === 'called' ? fitting.filter((strand) => strand.unit === actor.unitCode) : fitting
  return mine.length === 1 ? mine[0] : undefined
}

export interface DecidedMove {
  readonly move: Move
  readonly strand: Strand | undefined
}

/** The move if this actor may make it with this input; throws the Refusal that says why not. */
export function decideMove(workflow: Workflow, state: CaseState, moveId: string, actor: Actor, input: MoveInput, circumstances: Circumstances): DecidedMove {
  const move = findMove(workflow, moveId)
  // A reporter names no moves: what the version of a case does not know is not possible for it.
  if (!move && actor.kind === 'system' && actor.name === REPORTER.name) throw new Refusal('CASES_MOVE_NOT_ALLOWED')
  if (!move) throw new Refusal('CASES_MOVE_UNKNOWN', [{ pointer: '/body/move', code: 'enum' }])
  const strand = strandOf(move, state, actor, input.strand)
  const code = objection(move, state, actor, circumstances, strand)
  if (code) throw new Refusal(code, [], { state: state.state, move: move.id })
  const missing = missingInputs(move, state, input, circumstances, strand)
  if (missing.length > 0) throw new Refusal('CASES_INPUT_MISSING', missing)
  if (input.reasonCode !== undefined && !(move.reasons ?? []).includes(input.reasonCode)) {
    throw new Refusal('CASES_REASON_UNKNOWN', [{ pointer: '/body/reasonCode', code: 'enum', detail: (move.reasons ?? []).join(', ') }])
  }
  return { move, strand }
}

export interface AbilityValue {
  readonly move: string
  readonly kind: string
  readonly to: string | null
  /** The strand that it would turn, and the unit that strand is put to; null for moves of the case itself and for new strands. */
  readonly strand: string | null
  readonly unit: string | null
  readonly allowed: boolean
  readonly why: ErrorCode | null
  readonly needs: string[]
  readonly reasons: string[]
  readonly aside: boolean
}

/** Every move that leaves the present state, for each open strand apart, and whether this actor may make it: the screen shows just this. */
export function abilitiesOf(workflow: Workflow, state: CaseState, actor: Actor, circumstances: Circumstances): AbilityValue[] {
  return movesFrom(workflow, state.state)
    .filter((move) => move.party !== 'system' && move.party !== 'reporter')
    .flatMap((move) => {
      const { strand: step } = move
      const strands = step?.from ? state.strands.filter((strand) => strand.open && strand.kind === step.kind && step.from?.includes(strand.state)) : [undefined]
      return strands.map((strand) => {
        const why = objection(move, state, actor, circumstances, strand) ?? null
        return {
          move: move.id,
          kind: move.kind,
          to: move.to ?? null,
          strand: strand?.key ?? null,
          unit: strand?.unit ?? null,
          allowed: why === null,
          why,
          needs: [...move.needs],
          reasons: [...(move.reasons ?? [])],
          aside: move.aside === true,
        }
      })
    })
}

/**
 * Whom the case waits for (下一步办理人), as sorted tokens: a permission anywhere in scope, or `unit:<code>/<permission>`.
 * Only moves that the state or an open strand expects count, not what is merely possible.
 */
export function waitingOf(workflow: Workflow, state: CaseState): string[] {
  const tokens = new Set<string>()
  for (const move of movesFrom(workflow, state.state)) {
    if (move.permission === undefined || move.aside || move.kind === 'note' || move.kind === 'reopen') continue
    const { strand: step } = move
    if (step?.from) {
      for (const strand of state.strands)
        if (strand.open && strand.kind === step.kind && step.from.includes(strand.state) && !(move.party === 'caller' && isTheirTurn(workflow, state, strand)))
          tokens.add(tokenOf(move, state, strand))
    } else if (move.kind !== 'side') tokens.add(tokenOf(move, state, undefined))
  }
  if (state.state === 'linked' && state.linkedTo) tokens.add(`case:${state.linkedTo.id}`)
  return [...tokens].sort()
}

/** While the unit that was called still has its time, nobody else is waited for. */
function isTheirTurn(workflow: Workflow, state: CaseState, strand: Strand): boolean {
  if (strand.overdueAt !== null && !state.running.some((deadline) => deadline.strand === strand.key && deadline.overdueAt === null)) return false
  return movesFrom(workflow, state.state).some(
    (move) => move.party === 'called' && move.strand?.kind === strand.kind && move.strand.from?.includes(strand.state),
  )
}

function tokenOf(move: Move, state: CaseState, strand: Strand | undefined): string {
  const permission = move.permission ?? ''
  const unit =
    move.party === 'lead'
      ? state.owner
      : move.party === 'called'
        ? strand?.unit
        : move.party === 'caller' && strand && !isRequest(strand.kind)
          ? strand.by
          : null
  return unit ? `unit:${unit}/${permission}` : permission
}

/** The tokens that an actor answers to. */
export function tokensOf(actor: PersonActor): string[] {
  return [...actor.permissions]
    .filter((permission) => permission.startsWith('cases.'))
    .flatMap((permission) => [permission, `unit:${actor.unitCode}/${permission}`])
}
