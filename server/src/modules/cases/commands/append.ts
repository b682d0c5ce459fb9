import type { Workflow } from '@linli/contract/workflow'
import { findMove } from '@linli/contract/workflow'
import type { Tx } from '../../../platform/db/database.ts'
import { writeEvents, type DomainEvent } from '../../../platform/outbox.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { Actor } from '../../../platform/rights/actor.ts'
import { chainLine, type ChainedLine, type Words } from '../ledger.ts'
import { applyEntry, type CaseState, type DeadlineFact, type Facts } from '../model.ts'
import type { CasesPorts } from '../ports.ts'
import type { OpeningFacts } from '../store.ts'

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
  const lines: ChainedLine[] = []
  for (const decided of moves) {
    const facts = withDeadlines(ports, workflow, decided, state, at)
    const line = chainLine(
      platform.config.LINLI_LEDGER_ALG,
      headHash,
      {
        districtId: opening.districtId,
        caseId: opening.id,
        seq: (state?.seq ?? 0) + 1,
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

function withDeadlines(ports: CasesPorts, workflow: Workflow, decided: Decided, state: CaseState | undefined, at: Date): Facts {
  const starts = findMove(workflow, decided.move)?.starts ?? []
  if (starts.length === 0) return decided.facts
  const matterKey = decided.facts.matterKey ?? state?.matterKey
  const row = decided.facts.conditionRow ?? state?.conditionRow
  const edition = decided.facts.edition ?? state?.edition ?? undefined
  const limit = matterKey && row ? (ports.findCondition(matterKey, row, edition)?.limit ?? null) : null
  const deadlines = starts.map((stage): DeadlineFact => {
    const set = ports.deadlineOf(stage, at, stage === 'handle' ? limit : null)
    return { stage, clock: set.clock, amount: set.amount, calendar: set.calendar, dueAt: set.dueAt.toISOString(), provisional: set.provisional }
  })
  return { ...decided.facts, deadlines }
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
        areaPath: opening.areaPath,
        owner: state.owner,
        lon: opening.lon,
        lat: opening.lat,
        matterName: state.matterName,
        // Only the last line of a command carries the state that the case is now in.
        ...(index === lines.length - 1 ? { state: state.state, step: state.step, overdue: state.overdue } : {}),
      },
    })),
  )
}
