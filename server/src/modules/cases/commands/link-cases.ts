import { Refusal } from '@linli/contract/errors'
import { findMove, type Move } from '@linli/contract/workflow'
import { districtOf } from '@linli/lib/ids'
import type { Tx } from '../../../platform/db/database.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { Actor } from '../../../platform/rights/actor.ts'
import { foldEntries, type CaseState, type Facts } from '../model.ts'
import type { CasesPorts } from '../ports.ts'
import { isVisible } from '../rules.ts'
import { findCase, listEntries, lockCase, toLedgerEntry, type CaseRecord } from '../store.ts'
import { appendTo } from './append.ts'
import type { MoveCommand } from './make-move.ts'
import { workflowOf } from './opened.ts'

const LINKING: ReadonlySet<string> = new Set(['link', 'unlink', 'auto-unlink'])
/** Cases that can take another one in: still open and not linked themselves. */
const SHUT: ReadonlySet<string> = new Set(['linked', 'closed', 'evaluated', 'voided'])

export const isLinking = (move: string): boolean => LINKING.has(move)

/** Locks both cases of a link in the order of their ids, so that two links never wait for each other; the main case, or undefined where there is none. */
export async function lockPair(tx: Tx, { id, input }: MoveCommand): Promise<CaseRecord | undefined> {
  const mainId = input.main ?? (await findCase(tx, districtOf(id), id))?.linked_to ?? undefined
  if (mainId === undefined || mainId === id) return undefined
  for (const one of [id, mainId].toSorted()) await lockCase(tx, districtOf(one), one)
  return findCase(tx, districtOf(mainId), mainId)
}

/** The main case as a fact of the linked one; CASES_LINK_NOT_ALLOWED for a case that cannot take it, is the same, or is not there. */
export function linkFacts(move: Move, state: CaseState, main: CaseRecord | undefined, actor: Actor): Facts {
  if (move.id !== 'link') return {}
  const takes = main && findMove(workflowOf(main), 'joined')?.from.includes(main.state) && !SHUT.has(main.state)
  if (!takes || !isVisible(actor, main.area_path, main.involved) || state.joined.length > 0)
    throw new Refusal('CASES_LINK_NOT_ALLOWED', [{ pointer: '/body/main', code: 'enum' }])
  return { main: { id: main.id, number: main.number } }
}

/** What a linked case takes over when the main one is closed: who put it right and when, and, where it never had an owner, whom “not fixed” must reach. */
export async function answerOfMain(tx: Tx, state: CaseState): Promise<Facts> {
  const id = state.linkedTo?.id ?? ''
  const main = await findCase(tx, districtOf(id), id)
  const { reply, owner } = (main && foldEntries(workflowOf(main), (await listEntries(tx, main.district_id, id)).map(toLedgerEntry))) ?? {}
  return { ...(reply ? { reply } : {}), ...(owner && state.owner === null ? { owner } : {}) }
}

/** Writes on the main case's own ledger that another was linked to it or taken away; its clocks do not move. */
export async function noteOnMain(
  platform: Platform,
  ports: CasesPorts,
  tx: Tx,
  move: Move,
  main: CaseRecord,
  child: CaseRecord,
  actor: Actor,
  at: Date,
): Promise<void> {
  const before = foldEntries(workflowOf(main), (await listEntries(tx, main.district_id, main.id)).map(toLedgerEntry))
  if (!before) throw new Error(`LEDGER_EMPTY ${main.id}`)
  const other = { id: child.id, number: child.number }
  const line = move.id === 'link' ? { move: 'joined', facts: { joined: other } } : { move: 'parted', facts: { parted: other } }
  await appendTo(platform, ports, tx, main, before, new Date(Math.max(at.getTime(), before.acts.at(-1)?.at.getTime() ?? 0)), [
    { ...line, actor, reasonCode: null, words: {} },
  ])
}
