import type { AnswerOf, BodyOf } from '@linli/contract/endpoint'
import type { cases, EntryView } from '@linli/contract/endpoints/cases'
import type { Static } from '@sinclair/typebox'
import { type Random } from '@linli/lib/random'
import { pick, weighted } from './random.ts'
import { recognise } from './scenes.ts'
import { noteFor, replyFor } from './words.ts'

export type CaseRow = AnswerOf<typeof cases.list>['rows'][number]
export type CaseDetail = AnswerOf<typeof cases.get>
export type Entry = Static<typeof EntryView>
export type MoveBody = BodyOf<typeof cases.move>
type Ability = CaseDetail['abilities'][number]

/** States in which a case waits for somebody (a linked one waits for another case), and the step that the people who may move it play. */
export const WAITING: Readonly<Record<string, readonly string[]>> = {
  reported: ['file'],
  verifying: ['check', 'report'],
  verified: ['file'],
  filed: ['dispatch'],
  dispatched: ['handle'],
  handling: ['handle'],
  handled: ['check', 'report'],
  checked: ['file'],
  closed: ['evaluate'],
  disputed: ['supervise'],
  paused: ['handle'],
}

/** How often a move is made where it may be; what is not named is left to people. */
const WEIGHTS: Readonly<Record<string, number>> = {
  'ask-verify': 6,
  file: 6,
  void: 1,
  verify: 9,
  'not-found': 1,
  dispatch: 18,
  'return-to-acceptor': 1,
  accept: 14,
  refuse: 1,
  'uphold-refusal': 3,
  'overrule-refusal': 5,
  resume: 8,
  handle: 14,
  check: 8,
  substandard: 1,
  close: 14,
  rework: 1,
  evaluate: 1,
}

/** The chance of a send-back or a void where the person asked may make no forward move. */
const LONE_BACK = 0.03
/** After so many entries a case is only moved forward, so that none goes round for ever. */
const PATIENCE = 14
/** Somebody who tries the demo has the case to themselves for so long. */
const ROOM_MS = 120_000
/** One case in so many is left to become overdue, and for how long after that. */
const NEGLECTED_IN = 10
const NEGLECT_MS = 600_000
/** Neglecting a limit of days would only block the demo. */
const SHORT_LIMIT_MS = 3_600_000

/** True where a person moved or opened the case within the last two minutes; `ours` holds `caseId:seq` of what the driver did itself. */
export function isSomebodysNow(
  caseId: string,
  entries: readonly Pick<Entry, 'seq' | 'at' | 'move' | 'personName'>[],
  ours: ReadonlySet<string>,
  now: number,
): boolean {
  return entries.some(
    (entry) => (entry.personName !== null || entry.move === 'report') && now - Date.parse(entry.at) < ROOM_MS && !ours.has(`${caseId}:${entry.seq}`),
  )
}

/** True for the few cases that are left alone until they have been overdue for ten minutes. */
export function isNeglected(row: Pick<CaseRow, 'id' | 'dueAt'>, now: number): boolean {
  if (row.dueAt === null || Number.parseInt(row.id.slice(-6), 16) % NEGLECTED_IN !== 0) return false
  const left = Date.parse(row.dueAt) - now
  return left < SHORT_LIMIT_MS && left > -NEGLECT_MS
}

/** The move to make among those that the server allows this person; undefined where none is the driver's to make. */
export function chooseMove(abilities: readonly Ability[], row: Pick<CaseRow, 'seq' | 'gridCode'>, random: Random): Ability | undefined {
  const open = abilities.filter((ability) => ability.allowed && !(ability.kind === 'back' && row.seq > PATIENCE))
  // Nobody can go and look at a case that has no place.
  const makeable = open.filter((ability) => ability.move !== 'ask-verify' || row.gridCode !== null)
  // Somebody who may only send back is not asked to do so just because the case came by.
  if (!makeable.some((ability) => ability.kind === 'forward') && random() > LONE_BACK) return undefined
  return weighted(makeable, (ability) => WEIGHTS[ability.move] ?? 0, random)
}

/** What a move needs besides photos: a reason of its own list, words, the condition and the owner. `units` are those that may own a case. */
export function inputFor(ability: Ability, detail: CaseDetail, units: readonly string[], random: Random): MoveBody {
  const needs = new Set(ability.needs)
  const reason = needs.has('reason') ? pick(ability.reasons, random) : undefined
  // Whoever is right in refusing is followed by another unit.
  const others = units.filter((unit) => unit !== detail.case.owner)
  const owner = ability.move === 'uphold-refusal' ? pick(others, random) : (detail.advice?.owner ?? pick(units, random))
  return {
    move: ability.move,
    note: noteFor(ability.move, reason, random),
    ...(reason === undefined ? {} : { reasonCode: reason }),
    ...(needs.has('condition') ? conditionFor(detail) : {}),
    ...(needs.has('closingCondition') ? { closingConditionMet: true } : {}),
    ...(needs.has('publicReply') ? { publicReply: replyFor(ability.move, reason, random) } : {}),
    ...(needs.has('citation') && detail.case.matterKey !== null ? { citation: { matter: detail.case.matterKey, row: detail.condition?.rowNo ?? 1 } } : {}),
    ...(needs.has('owner') && owner !== undefined ? { owner } : {}),
  }
}

/** The condition that the case already has, or the one that its words speak of; an acceptor who recognises nothing takes the commonest. */
function conditionFor(detail: CaseDetail): Pick<MoveBody, 'matter' | 'conditionRow'> {
  if (detail.condition) return { conditionRow: detail.condition.rowNo }
  const read = recognise(detail.said.text)
  const { matterKey } = detail.case
  if (matterKey !== null) return { matter: matterKey, conditionRow: read?.matter === matterKey ? read.row : 1 }
  return { matter: read?.matter ?? 'gbt30428-event-0136', conditionRow: read?.row ?? 1 }
}
