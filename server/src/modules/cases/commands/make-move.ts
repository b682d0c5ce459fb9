import { Refusal } from '@linli/contract/errors'
import type { Move, Workflow } from '@linli/contract/workflow'
import { workflows } from '@linli/contract/workflows/all'
import { districtOf } from '@linli/lib/ids'
import { writeAudit } from '../../../platform/audit/audit.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { Actor } from '../../../platform/rights/actor.ts'
import { foldEntries, type CaseState, type Facts } from '../model.ts'
import type { CasesPorts } from '../ports.ts'
import { decideMove, isVisible, type MoveInput } from '../rules.ts'
import { appendLines, listEntries, lockCase, stopDeadlines, toLedgerEntry, updateCase, type CaseRecord, type OpeningFacts } from '../store.ts'
import { announce, chainMoves } from './append.ts'

export interface MoveCommand {
  readonly id: string
  readonly move: string
  readonly actor: Actor
  readonly requestId: string
  readonly ifMatch: number | undefined
  readonly input: MoveInput
}
export interface MovedCase {
  readonly id: string
  readonly number: string
  readonly state: string
  readonly step: string
  readonly seq: number
}

export const openingOf = (row: CaseRecord): OpeningFacts => ({
  districtId: row.district_id,
  id: row.id,
  number: row.number,
  workflow: row.workflow,
  workflowVersion: row.workflow_version,
  channel: row.channel,
  title: row.title,
  areaPath: row.area_path,
  gridCode: row.grid_code,
  lon: row.lon,
  lat: row.lat,
  openedAt: row.opened_at,
})

/** The workflow that a case opened with. */
export function workflowOf(row: Pick<CaseRecord, 'workflow'>): Workflow {
  const workflow = workflows[row.workflow]
  if (!workflow) throw new Error(`WORKFLOW_UNKNOWN ${row.workflow}`)
  return workflow
}

/** Locks the case, allows, decides and appends: all or nothing. */
export async function makeMove(platform: Platform, ports: CasesPorts, command: MoveCommand): Promise<MovedCase> {
  return platform.transaction((tx) => makeMoveIn(platform, ports, tx, command))
}

/** The same inside a transaction that the caller has opened. */
export async function makeMoveIn(platform: Platform, ports: CasesPorts, tx: Tx, command: MoveCommand): Promise<MovedCase> {
  const row = await lockCase(tx, districtOf(command.id), command.id)
  if (!row || !isVisible(command.actor, row.area_path, row.owner_unit)) throw new Refusal('NOT_FOUND')
  if (command.ifMatch !== undefined && command.ifMatch !== row.seq) throw new Refusal('SEQ_STALE', [], { seq: row.seq, state: row.state })
  const workflow = workflowOf(row)
  const before = foldEntries(workflow, (await listEntries(tx, row.district_id, row.id)).map(toLedgerEntry))
  if (!before) throw new Error(`LEDGER_EMPTY ${row.id}`)
  const move = decideMove(workflow, before, command.move, command.actor, command.input)
  const facts = factsOf(ports, move, before, row, command.input)
  if (command.input.evidence && command.actor.kind === 'person') await ports.takeEvidence(tx, command.input.evidence, command.actor.personId, row.id)
  const at = new Date(Math.max(platform.runtime.now(), before.stateAt.getTime()))
  const words = {
    ...(command.input.note === undefined ? {} : { note: command.input.note }),
    ...(command.input.publicReply === undefined ? {} : { publicReply: command.input.publicReply }),
  }
  const { state, headHash, lines } = chainMoves(
    platform,
    ports,
    workflow,
    { districtId: row.district_id, id: row.id },
    { state: before, headHash: row.head_hash },
    at,
    [{ move: move.id, actor: command.actor, reasonCode: command.input.reasonCode ?? null, facts, words }],
  )
  await stopDeadlines(tx, row.district_id, row.id, move.stops, at)
  await appendLines(tx, lines)
  await updateCase(tx, row.district_id, row.id, state, headHash)
  await announce(tx, openingOf(row), state, lines)
  await writeAudit(tx, platform.runtime, {
    districtId: row.district_id,
    requestId: command.requestId,
    actor: command.actor,
    action: `cases.move.${move.id}`,
    objectKind: 'case',
    objectId: row.id,
    outcome: 'done',
  })
  platform.metrics.moves.inc({ move: move.id })
  return { id: row.id, number: row.number, state: state.state, step: state.step, seq: state.seq }
}

/** The facts that a move brings, each looked up and refused by name where it does not exist. */
function factsOf(ports: CasesPorts, move: Move, state: CaseState, row: CaseRecord, input: MoveInput): Facts {
  const facts: { -readonly [K in keyof Facts]: Facts[K] } = {}
  if (move.needs.includes('condition')) Object.assign(facts, conditionFacts(ports, state, row, input))
  if (move.needs.includes('owner')) {
    const owner = input.owner ?? state.advisedUnit ?? ''
    if (ports.findUnitName(owner) === undefined) throw new Refusal('UNIT_UNKNOWN', [{ pointer: '/body/owner', code: 'enum' }])
    facts.owner = owner
    if (owner === state.advisedUnit && state.advisedRule !== null) facts.rule = state.advisedRule
  }
  if (move.needs.includes('closingCondition')) facts.closingConditionMet = true
  if (input.evidence && input.evidence.length > 0) facts.evidence = [...input.evidence]
  return facts
}

function conditionFacts(ports: CasesPorts, state: CaseState, row: CaseRecord, input: MoveInput): Facts {
  const key = input.matter ?? state.matterKey
  if (key === null || !ports.hasMatter(key)) throw new Refusal('MATTER_UNKNOWN', [{ pointer: '/body/matter', code: 'enum' }])
  // A case keeps the edition it was filed under; another matter, or the first filing, takes the one in force.
  const edition = key === state.matterKey && state.filedAt !== null ? (state.edition ?? undefined) : undefined
  const condition = ports.findCondition(key, input.conditionRow ?? state.conditionRow ?? 0, edition)
  if (!condition) throw new Refusal('CONDITION_UNKNOWN', [{ pointer: '/body/conditionRow', code: 'enum' }])
  const advice = ports.advise(key, row.area_path)
  return {
    edition: condition.edition,
    matterKey: key,
    matterName: condition.matterName,
    conditionRow: condition.rowNo,
    ...(advice === undefined ? {} : { advisedUnit: advice.unit, advisedRule: advice.rule }),
  }
}
