import type { Workflow } from '@linli/contract/workflow'
import { findMove } from '@linli/contract/workflow'
import type { Tx } from '../../../platform/db/database.ts'
import { writeEvents, type DomainEvent } from '../../../platform/outbox.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { Actor } from '../../../platform/rights/actor.ts'
import { withClocks } from '../clock-facts.ts'
import { chainLine, type ChainedLine, type Words } from '../ledger.ts'
import { applyEntry, type CaseState, type Facts } from '../model.ts'
import type { CasesPorts } from '../ports.ts'
import { waitingOf } from '../rules.ts'
import { writeCase, type CaseRecord, type OpeningFacts } from '../store.ts'
import { openingOf, workflowOf } from './opened.ts'

/** One move that has been decided, ready to be written. */
export interface Decided {
  readonly move: string
  readonly actor: Actor
  readonly reasonCode: string | null
  readonly facts: Facts
  readonly words: Words
}

export interface Appended {
  readonly state: CaseState
  readonly headHash: string
  readonly lines: ChainedLine[]
}

/** Chains decided moves behind a ledger and folds them; sets the deadlines that each starts. Pure but for salt. */
export function chainMoves(
  platform: Platform,
  ports: CasesPorts,
  workflow: Workflow,
  opening: Pick<OpeningFacts, 'districtId' | 'id'>,
  before: { state: CaseState | undefined; headHash: string },
  at: Date,
  moves: readonly Decided[],
): Appended {
  let { state, headHash } = before
  // A case of the first version of the workflow has no ladder: its ledger knows no such line.
  const ladder = findMove(workflow, 'raise') ? platform.city.city.loop.ladder : []
  const lines: ChainedLine[] = []
  for (const decided of moves) {
    const move = findMove(workflow, decided.move)
    if (!move) throw new Error(`LEDGER_MOVE_UNKNOWN ${decided.move}`)
    const seq = (state?.seq ?? 0) + 1
    const facts = withClocks(ports, ladder, move, decided.facts, state, seq, at)
    const line = chainLine(
      platform.config.LINLI_LEDGER_ALG,
      headHash,
      {
        districtId: opening.districtId,
        caseId: opening.id,
        seq,
        at,
        move: decided.move,
        actorKind: decided.actor.kind === 'system' ? `system:${decided.actor.name}` : decided.actor.kind,
        personId: decided.actor.kind === 'person' ? decided.actor.personId : null,
        postId: decided.actor.kind === 'person' ? decided.actor.postId : null,
        unitCode: decided.actor.kind === 'person' ? decided.actor.unitCode : null,
        reasonCode: decided.reasonCode,
        facts,
        words: decided.words,
      },
      Buffer.from(platform.runtime.random(16)).toString('hex'),
    )
    lines.push(line)
    headHash = line.hash
    state = applyEntry(workflow, state, {
      seq: line.seq,
      at,
      move: line.move,
      personId: line.personId,
      postId: line.postId,
      unitCode: line.unitCode,
      reasonCode: line.reasonCode,
      facts,
    })
  }
  if (!state) throw new Error('NO_MOVES')
  return { state, headHash, lines }
}

/** Writes the events of appended lines: facts for screens and other modules, no words of anybody. */
export async function announce(tx: Tx, opening: OpeningFacts, state: CaseState, lines: readonly ChainedLine[]): Promise<void> {
  await writeEvents(
    tx,
    lines.map((line, index): DomainEvent => ({
      districtId: opening.districtId,
      caseId: opening.id,
      seq: line.seq,
      topic: 'case.moved',
      at: line.at,
      hash: line.hash,
      payload: {
        id: opening.id,
        number: opening.number,
        seq: line.seq,
        move: line.move,
        areaPath: state.place.areaPath,
        owner: state.owner,
        involved: [...state.involved],
        lon: state.place.lon,
        lat: state.place.lat,
        matterName: state.matterName,
        // Only the last line of a command carries the state that the case is now in.
        ...(index === lines.length - 1 ? { state: state.state, step: state.step, overdue: state.overdue } : {}),
      },
    })),
  )
}

/** Appends decided moves to a locked case: lines, clocks, strands, the row and the events. */
export async function appendTo(
  platform: Platform,
  ports: CasesPorts,
  tx: Tx,
  row: CaseRecord,
  before: CaseState,
  at: Date,
  moves: readonly Decided[],
): Promise<CaseState> {
  const workflow = workflowOf(row)
  const opening = openingOf(row)
  const { state, headHash, lines } = chainMoves(platform, ports, workflow, opening, { state: before, headHash: row.head_hash }, at, moves)
  await writeCase(tx, { opening, before, state, headHash, waiting: waitingOf(workflow, state), lines, at })
  await announce(tx, opening, state, lines)
  return state
}
