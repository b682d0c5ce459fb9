import { Refusal } from '@linli/contract/errors'
import type { Tx } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/runtime.ts'
import { nowOf, type Context } from '../context.ts'
import { deleteSessionsOf, findPersonById } from '../store.ts'
import { recordChange, type Deed } from './deed.ts'
import { lockNamed } from './reach.ts'
import { endHolding, findPost, insertHandOver, listHoldingsOfPost, type HoldingRow } from './store.ts'

export interface Leaving extends Deed {
  readonly note: string
  readonly takenOverBy?: string | undefined
}
export interface Left {
  readonly handOver: string | null
  readonly endedSessions: readonly string[]
}

/**
 * Takes a person off a post now: the holding and the sessions at it end, and a hand-over (交接) records the note, how much is open and who takes it
 * up. HAND_OVER_MISSING where work is open, nobody is named and nobody else holds the post. Lock the people and the post before.
 */
export async function leavePost(
  context: Context,
  tx: Tx,
  deed: Leaving,
  holding: HoldingRow,
  { postEnds = false }: { readonly postEnds?: boolean } = {},
): Promise<Left> {
  const now = nowOf(context)
  const post = await findPost(tx, holding.post_id)
  if (!post) throw new Refusal('NOT_FOUND')
  const isOver = holding.from_at > now || holding.deputy
  const handOver = isOver ? null : newId(context.platform.runtime, 0)
  if (handOver !== null) {
    const { unit_code: unitCode, area_path: areaPath, permissions, id } = post
    const { total } = await context.ports.openWorkOfPost(tx, { id, unitCode, areaPath, permissions }, 0)
    const stays = (await listHoldingsOfPost(tx, id, now)).some(
      (other) => other.id !== holding.id && !other.deputy && other.from_at <= now && other.person_id !== holding.person_id,
    )
    if (total > 0 && deed.takenOverBy === undefined && (postEnds || !stays))
      throw new Refusal('HAND_OVER_MISSING', [{ pointer: '/body/takenOverBy', code: 'HAND_OVER_MISSING' }], { openWork: total })
    if (deed.takenOverBy === holding.person_id) throw new Refusal('PERSON_UNKNOWN', [{ pointer: '/body/takenOverBy', code: 'PERSON_UNKNOWN' }])
    if (deed.takenOverBy !== undefined) await lockNamed(context, tx, deed.actor, deed.takenOverBy, '/body/takenOverBy')
    await insertHandOver(tx, {
      id: handOver,
      at: now,
      postId: id,
      personId: holding.person_id,
      takenOverBy: deed.takenOverBy ?? null,
      note: deed.note,
      openWork: total,
    })
  }
  await endHolding(tx, holding.id, now, deed.actor.personId)
  const leaver = await findPersonById(tx, holding.person_id)
  await recordChange(
    context,
    tx,
    deed,
    { kind: 'person', object: holding.person_id, action: 'identity.takeOffPost', before: post.title },
    { kind: 'post', object: post.id, action: 'identity.takeOffPost', before: leaver?.name ?? null },
  )
  return { handOver, endedSessions: await deleteSessionsOf(tx, holding.person_id, { postId: post.id }) }
}
