import { Refusal } from '@linli/contract/errors'
import { districtOf } from '@linli/lib/ids'
import { dayOf } from '@linli/lib/time/day-of'
import { writeAudit } from '../../../platform/audit/audit.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { onceWhole, rememberAnswer, type IdempotencyKey } from '../../../platform/idempotency.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { Actor } from '../../../platform/rights/actor.ts'
import { foldEntries, type CaseState, type Facts } from '../model.ts'
import { factsOf } from '../move-facts.ts'
import type { CasesPorts } from '../ports.ts'
import { decideMove, isVisible, type Circumstances, type DecidedMove, type MoveInput } from '../rules.ts'
import { lockWithEntries, toLedgerEntry, type CaseRecord } from '../store.ts'
import { appendTo } from './append.ts'
import { answerOfMain, isLinking, linkFacts, lockPair, noteOnMain } from './link-cases.ts'
import { workflowOf } from './opened.ts'

export interface MoveCommand {
  readonly id: string
  readonly move: string
  readonly actor: Actor
  readonly requestId: string
  readonly ifMatch: number | undefined
  /** Of an act that its sender may send again. */
  readonly key?: IdempotencyKey | undefined
  readonly input: MoveInput
}
export interface MovedCase {
  readonly id: string
  readonly number: string
  readonly state: string
  readonly step: string
  readonly seq: number
}

/** Locks the case, allows, decides and appends: all or nothing; a resend with its key gets the first answer. */
export async function makeMove(platform: Platform, ports: CasesPorts, command: MoveCommand): Promise<MovedCase> {
  const { key } = command
  if (!key) return platform.transaction((tx) => makeMoveIn(platform, ports, tx, command))
  return onceWhole(platform.db, key, () =>
    platform.transaction(async (tx) => {
      const moved = await makeMoveIn(platform, ports, tx, command)
      await rememberAnswer(tx, key, 200, moved, new Date(platform.runtime.now()))
      return moved
    }),
  )
}

/** What a city allows beside the steps, at this instant. */
export function circumstancesOf(platform: Platform, ports: CasesPorts, at: Date): Circumstances {
  return { at, loop: platform.city.city.loop, superiorOf: (unit) => ports.superiorOf(unit) }
}

/** The same inside a transaction that the caller has opened. */
export async function makeMoveIn(platform: Platform, ports: CasesPorts, tx: Tx, command: MoveCommand): Promise<MovedCase> {
  const { actor, input } = command
  const main = isLinking(command.move) ? await lockPair(tx, command) : undefined
  const { row, entries } = (await lockWithEntries(tx, districtOf(command.id), command.id)) ?? {}
  if (!row || !entries || !isVisible(actor, row.area_path, row.involved)) throw new Refusal('NOT_FOUND')
  if (command.ifMatch !== undefined && command.ifMatch !== row.seq) throw new Refusal('SEQ_STALE', [], { seq: row.seq, state: row.state })
  const before = foldEntries(workflowOf(row), entries.map(toLedgerEntry))
  if (!before) throw new Error(`LEDGER_EMPTY ${row.id}`)
  const at = new Date(Math.max(platform.runtime.now(), before.acts.at(-1)?.at.getTime() ?? 0))
  const decided = decideMove(workflowOf(row), before, command.move, actor, input, circumstancesOf(platform, ports, at))
  const facts = {
    ...moveFacts(platform, ports, row, before, decided, input, at),
    ...linkFacts(decided.move, before, main, actor),
    ...(command.move === 'close-linked' ? await answerOfMain(tx, before) : {}),
  }
  if (input.evidence && actor.kind === 'person') await ports.takeEvidence(tx, input.evidence, actor.personId, row.id)
  const words = {
    ...(input.note === undefined ? {} : { note: input.note }),
    ...(input.publicReply === undefined ? {} : { publicReply: input.publicReply }),
  }
  const [state] = await Promise.all([
    appendTo(platform, ports, tx, row, before, at, [{ move: decided.move.id, actor, reasonCode: input.reasonCode ?? null, facts, words }]),
    main ? noteOnMain(platform, ports, tx, decided.move, main, row, actor, at) : undefined,
    facts.ruling && facts.owner !== undefined ? learn(ports, tx, row, before, facts, facts.owner) : undefined,
    writeAudit(tx, platform.runtime, {
      districtId: row.district_id,
      requestId: command.requestId,
      actor,
      action: `cases.move.${decided.move.id}`,
      objectKind: 'case',
      objectId: row.id,
      outcome: 'done',
    }),
  ])
  platform.metrics.moves.inc({ move: decided.move.id })
  return { id: row.id, number: row.number, state: state.state, step: state.step, seq: state.seq }
}

function moveFacts(
  platform: Platform,
  ports: CasesPorts,
  row: CaseRecord,
  before: CaseState,
  { move, strand }: DecidedMove,
  input: MoveInput,
  at: Date,
): Facts {
  const sources = {
    ports,
    state: before,
    channel: row.channel,
    trackRules: platform.city.city.trackRules,
    at,
    dayOf: (instant: Date) => dayOf(platform.city.city.timeZone, instant.getTime()),
  }
  const facts = factsOf(sources, move, strand?.key, input)
  if (!facts.ruling) return facts
  return { ...facts, owner: facts.owner ?? before.owner ?? '', ruling: { ...facts.ruling, rule: `ruling-${row.number}-${before.seq + 1}` } }
}

/** What an arbitration has ruled is a rule of dispatch from that day on. */
function learn(ports: CasesPorts, tx: Tx, row: CaseRecord, before: CaseState, { ruling }: Facts, owner: string): Promise<void> | undefined {
  if (!ruling || before.matterKey === null) return undefined
  return ports.learnRuling(tx, { ...ruling, matterKey: before.matterKey, owner, caseNumber: row.number })
}
