import { Refusal } from '@linli/contract/errors'
import { within } from '../../../platform/rights/actor.ts'
import { nowOf, type Context } from '../context.ts'
import { leavePost, type Leaving } from '../people/leave.ts'
import { findHolding, lockPost } from '../people/store.ts'
import { lockPeople } from '../sign-in/store.ts'

/** Takes a person off a post now (免职), with a hand-over where the holding was their own; their sessions at the post end at once. */
export async function takeOffPost(context: Context, deed: Leaving, holdingId: string): Promise<{ handOver: string | null; endedSessions: number }> {
  const left = await context.platform.transaction(async (tx) => {
    const before = await findHolding(tx, holdingId)
    if (!before) throw new Refusal('NOT_FOUND')
    await lockPeople(tx, [before.person_id, deed.takenOverBy])
    const post = await lockPost(tx, before.post_id)
    if (!post || !within(deed.actor.areaPath, post.area_path)) throw new Refusal('NOT_FOUND')
    if (before.person_id === deed.actor.personId) throw new Refusal('OWN_ACCOUNT_NOT_ALLOWED')
    const holding = await findHolding(tx, holdingId)
    const now = nowOf(context)
    if (!holding || (holding.to_at !== null && (holding.to_at <= now || holding.to_at <= holding.from_at))) throw new Refusal('HOLDING_ENDED')
    return leavePost(context, tx, deed, holding)
  })
  context.sessions.end(left.endedSessions)
  return { handOver: left.handOver, endedSessions: left.endedSessions.length }
}
