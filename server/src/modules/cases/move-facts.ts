import { Refusal } from '@linli/contract/errors'
import type { Move } from '@linli/contract/workflow'
import type { CaseState, Facts } from './model.ts'
import type { CasesPorts } from './ports.ts'
import type { MoveInput } from './rules.ts'
import { decideTrack, type TrackRule } from './track-rule.ts'

/** What a move is decided from beside its input. */
export interface FactSources {
  readonly ports: CasesPorts
  readonly state: CaseState
  readonly channel: string
  readonly trackRules: readonly TrackRule[]
  readonly at: Date
  /** The day of an instant in the city. */
  dayOf(at: Date): string
}
type Draft = { -readonly [K in keyof Facts]: Facts[K] }

/** The facts that a move brings, each looked up and refused by name where it does not exist. */
export function factsOf(given: FactSources, move: Move, strand: string | undefined, input: MoveInput): Facts {
  const { ports } = given
  const facts: Draft = {}
  if (strand !== undefined) facts.strand = strand
  // Who files may put place and matter right in one line; what the rules then say is said of the new place, once (Amsterdam/signals PR #1120).
  if ((move.needs.includes('position') || move.id === 'file') && input.position) facts.place = ports.place(input.position, '/body/position')
  const sources = facts.place ? { ...given, state: { ...given.state, place: facts.place } } : given
  const { state } = sources
  if (facts.place) Object.assign(facts, adviceFacts(ports, state.matterKey, facts.place.areaPath))
  if (move.needs.includes('condition')) Object.assign(facts, conditionFacts(sources, input))
  if (move.id === 'file') Object.assign(facts, trackFacts(sources, facts.matterKey ?? state.matterKey))
  if (move.id === 'set-track') facts.track = { name: input.reasonCode === 'simple-after-all' ? 'simple' : 'hard', rule: `person:${input.reasonCode ?? ''}` }
  if (move.needs.includes('owner')) Object.assign(facts, ownerFacts(sources, input))
  if (move.party === 'arbitrator') facts.ruling = rulingFacts(sources, input)
  if (move.id === 'escalate' && state.owner !== null) Object.assign(facts, escalation(state.owner, ports.superiorOf(state.owner) ?? state.owner))
  if (move.id === 'send-down') facts.owner = state.escalations.at(-1)?.from ?? state.owner ?? ''
  if (move.strand && !move.strand.from && input.targets) facts.targets = targetsOf(ports, state, input.targets)
  if (move.needs.includes('limit') && input.limit) facts.limit = limitOf(state, move, input.limit)
  else if (input.limit && move.strand && !move.strand.from) facts.limit = input.limit
  if (move.needs.includes('until') && input.until !== undefined) facts.until = input.until
  if (move.needs.includes('citation') && input.citation) facts.citation = citationOf(ports, state, input.citation)
  if (move.needs.includes('rating')) facts.answer = { report: input.report ?? '', fixed: input.fixed === true, rating: input.rating ?? '' }
  if (move.needs.includes('closingCondition')) Object.assign(facts, { closingConditionMet: true, ...replyFacts(sources) })
  if (input.evidence && input.evidence.length > 0) facts.evidence = [...input.evidence]
  return facts
}

function conditionFacts({ ports, state }: FactSources, input: MoveInput): Facts {
  const key = input.matter ?? state.matterKey
  if (key === null || !ports.hasMatter(key)) throw new Refusal('MATTER_UNKNOWN', [{ pointer: '/body/matter', code: 'enum' }])
  const kept = key === state.matterKey ? state.conditionRow : null
  const rowNo = input.conditionRow ?? kept ?? 0
  // A row that was chosen before keeps its edition; a new choice is made from the one in force.
  const edition = input.conditionRow === undefined && kept !== null ? (state.edition ?? undefined) : undefined
  const condition = ports.findCondition(key, rowNo, edition)
  if (!condition) throw new Refusal('CONDITION_UNKNOWN', [{ pointer: '/body/conditionRow', code: 'enum' }])
  return {
    edition: condition.edition,
    matterKey: key,
    matterName: condition.matterName,
    conditionRow: condition.rowNo,
    ...adviceFacts(ports, key, state.place.areaPath),
  }
}

/** Whom the dispatch rules advise for a matter at a place; nothing where none speaks. */
export function adviceFacts(ports: Pick<CasesPorts, 'advise'>, matterKey: string | null, areaPath: string): Pick<Facts, 'advisedUnit' | 'advisedRule'> {
  const advice = matterKey === null ? undefined : ports.advise(matterKey, areaPath)
  return advice === undefined ? {} : { advisedUnit: advice.unit, advisedRule: advice.rule }
}

function trackFacts({ ports, state, channel, trackRules }: FactSources, matterKey: string | null): Facts {
  const advice = matterKey === null ? undefined : ports.advise(matterKey, state.place.areaPath)
  const { name, rule } = decideTrack(trackRules, { ownerKnown: advice !== undefined, coOwners: advice?.coOwners.length ?? 0 }, matterKey, channel)
  return { track: { name, rule } }
}

function ownerFacts({ ports, state }: FactSources, input: MoveInput): Facts {
  const owner = input.owner ?? state.advisedUnit ?? ''
  if (!ports.unitActs(owner)) throw new Refusal('UNIT_UNKNOWN', [{ pointer: '/body/owner', code: 'enum' }])
  // A refusal that is upheld goes to somebody else; if the same unit keeps it, the refusal is overruled.
  if (state.state === 'disputed' && owner === state.owner) throw new Refusal('UNIT_UNKNOWN', [{ pointer: '/body/owner', code: 'same' }])
  return { owner, ...(owner === state.advisedUnit && state.advisedRule !== null ? { rule: state.advisedRule } : {}) }
}

/** A ruling holds for the matter from today on, in the case's community or a wider area that is named. */
function rulingFacts({ state, at, dayOf }: FactSources, input: MoveInput): NonNullable<Facts['ruling']> {
  const codes = state.place.areaPath.split('.')
  const areaCode = input.ruleArea ?? codes.at(-2) ?? codes[0] ?? ''
  if (!codes.includes(areaCode)) throw new Refusal('INPUT_INVALID', [{ pointer: '/body/ruleArea', code: 'enum', detail: codes.join(', ') }])
  return { rule: '', areaCode, validFrom: dayOf(at) }
}

const escalation = (from: string, to: string): Facts => ({ owner: to, escalated: { from, to } })

function targetsOf(ports: CasesPorts, state: CaseState, targets: readonly string[]): string[] {
  const wrong = targets.findIndex((unit) => !ports.unitActs(unit))
  if (wrong >= 0) throw new Refusal('UNIT_UNKNOWN', [{ pointer: `/body/targets/${wrong}`, code: 'enum' }])
  const taken = targets.findIndex((unit) => state.strands.some((strand) => strand.open && strand.kind === 'coHandle' && strand.unit === unit))
  if (taken >= 0) throw new Refusal('CASES_LIMIT_REACHED', [{ pointer: `/body/targets/${taken}`, code: 'taken' }])
  return [...targets]
}

/** An extension is counted by the clock that it extends and is at most as long as its first limit. */
function limitOf(state: CaseState, move: Move, limit: NonNullable<MoveInput['limit']>): NonNullable<Facts['limit']> {
  const running = state.running.find((deadline) => deadline.stage === 'handle')
  if (move.strand?.kind === 'extension' && running && (limit.clock !== running.clock || limit.amount > running.amount))
    throw new Refusal('INPUT_INVALID', [{ pointer: '/body/limit', code: 'maximum', detail: `${running.clock} ${running.amount}` }])
  return limit
}

/** A refusal leans on a line that exists: a condition row of the catalogue, or a rule of dispatch (standards §3.2: the published dispatch catalogue). */
function citationOf(ports: CasesPorts, state: CaseState, citation: NonNullable<MoveInput['citation']>): NonNullable<Facts['citation']> {
  const { matter, row, rule } = citation
  if (rule !== undefined && !ports.ruleExists(rule)) throw new Refusal('CONDITION_UNKNOWN', [{ pointer: '/body/citation/rule', code: 'enum' }])
  if (matter !== undefined && !ports.findCondition(matter, row ?? 1, state.edition ?? undefined))
    throw new Refusal('CONDITION_UNKNOWN', [{ pointer: '/body/citation/matter', code: 'enum' }])
  return { ...(matter === undefined ? {} : { matter, row: row ?? 1 }), ...(rule === undefined ? {} : { rule }) }
}

/** Every public reply that closes a case names the unit, the day and, in its words, the act (事事有回音). */
function replyFacts({ ports, state, at, dayOf }: FactSources): Facts {
  if (state.owner === null) return {}
  return { reply: { unit: state.owner, unitName: ports.findUnitName(state.owner) ?? state.owner, actedOn: dayOf(state.handledAt ?? at) } }
}
