import type { Workflow } from '@linli/contract/workflow'
import { workflows } from '@linli/contract/workflows/all'
import { newId } from '../../../platform/runtime.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { Platform } from '../../../platform/platform.ts'
import { SYSTEM, type Actor } from '../../../platform/rights/actor.ts'
import { saidDigest } from '../ledger.ts'
import type { Advice, CasesPorts } from '../ports.ts'
import { waitingOf } from '../rules.ts'
import { writeCase, type OpeningFacts } from '../store.ts'
import { decideTrack } from '../track-rule.ts'
import { announce, chainMoves, type Decided } from './append.ts'

/** A located report that becomes a case (立案前), with what the filing rules said of it. */
export interface OpenInput {
  readonly actor: Actor
  readonly channel: string
  readonly title: string
  /** The report word for word. */
  readonly said: string
  readonly districtId: number
  readonly areaPath: string
  readonly gridCode: string | null
  readonly position: { readonly lon: number; readonly lat: number } | null
  readonly at: Date
  readonly matterKey: string | null
  readonly matterName: string | null
  readonly edition: number | null
  readonly conditionRow: number | null
  readonly photos: readonly string[]
  readonly filing: { readonly then: 'file' | 'reject' | 'person'; readonly rule: string; readonly explanation: string }
}
export interface OpenedCase {
  readonly id: string
  readonly number: string
  readonly state: string
  readonly owner: string | null
  readonly advised: string | null
}

/** Opens a case and makes the moves that rules decided, all as one write inside the caller's transaction. */
export async function openCase(
  platform: Platform,
  ports: CasesPorts,
  tx: Tx,
  input: OpenInput & { readonly number: string; readonly id: string },
): Promise<OpenedCase> {
  const workflow = workflows['joint-event']
  if (!workflow) throw new Error('WORKFLOW_UNKNOWN')
  const opening: OpeningFacts = {
    districtId: input.districtId,
    id: input.id,
    number: input.number,
    workflow: workflow.name,
    workflowVersion: workflow.version,
    channel: input.channel,
    title: input.title,
    openedAt: input.at,
  }
  const { state, headHash, lines } = chainMoves(
    platform,
    ports,
    workflow,
    opening,
    { state: undefined, headHash: '' },
    input.at,
    openingMoves(platform, ports, opening, workflow, input),
  )
  await Promise.all([
    writeCase(tx, { opening, before: undefined, state, headHash, waiting: waitingOf(workflow, state), lines, at: input.at }),
    announce(tx, opening, state, lines),
  ])
  for (const line of lines) platform.metrics.moves.inc({ move: line.move })
  return { id: opening.id, number: opening.number, state: state.state, owner: state.owner, advised: state.advisedUnit }
}

function openingMoves(platform: Platform, ports: CasesPorts, opening: OpeningFacts, workflow: Workflow, input: OpenInput): Decided[] {
  const advice = input.matterKey === null ? undefined : ports.advise(input.matterKey, input.areaPath)
  const { number, workflowVersion, channel } = opening
  const moves: Decided[] = [
    {
      move: workflow.opening,
      actor: input.actor,
      reasonCode: null,
      words: { saidDigest: saidDigest(platform.config.LINLI_LEDGER_ALG, input.title, input.said) },
      facts: {
        opening: {
          number,
          workflow: workflow.name,
          workflowVersion,
          channel,
          areaPath: input.areaPath,
          gridCode: input.gridCode,
          lon: input.position?.lon ?? null,
          lat: input.position?.lat ?? null,
        },
        ...matterFacts(input),
        ...(advice === undefined ? {} : { advisedUnit: advice.unit, advisedRule: advice.rule }),
        ...(input.photos.length > 0 ? { evidence: [...input.photos] } : {}),
      },
    },
  ]
  return [...moves, ...ruledMoves(platform, input, advice)]
}

function matterFacts(input: OpenInput) {
  if (input.matterKey === null || input.edition === null) return {}
  return {
    edition: input.edition,
    matterKey: input.matterKey,
    ...(input.matterName === null ? {} : { matterName: input.matterName }),
    ...(input.conditionRow === null ? {} : { conditionRow: input.conditionRow }),
  }
}

/** What the filing rule decided, and what the track rule makes of it. */
function ruledMoves(platform: Platform, input: OpenInput, advice: Advice | undefined): Decided[] {
  const line = { actor: SYSTEM, reasonCode: 'filing-rule' }
  if (input.filing.then === 'reject')
    return [{ ...line, move: 'auto-reject', facts: { rule: input.filing.rule }, words: { publicReply: input.filing.explanation } }]
  if (input.filing.then !== 'file') return []
  const known = { ownerKnown: advice !== undefined, coOwners: advice?.coOwners.length ?? 0 }
  const { name, rule, byRule } = decideTrack(platform.city.city.trackRules, known, input.matterKey, input.channel)
  const filed: Decided = { ...line, move: 'auto-file', facts: { rule: input.filing.rule, track: { name, rule } }, words: {} }
  if (!byRule || !advice) return [filed]
  return [filed, { move: 'auto-dispatch', actor: SYSTEM, reasonCode: 'dispatch-rule', words: {}, facts: { owner: advice.unit, rule: advice.rule } }]
}

/** The id that the next case of a district gets. */
export const nextCaseId = (platform: Platform, districtId: number): string => newId(platform.runtime, districtId)
