import { Refusal } from '@linli/contract/errors'
import { nowOf, type Context } from '../context.ts'
import { recordChange } from '../people/deed.ts'
import { leavePost, type Leaving } from '../people/leave.ts'
import { lockLivePost } from '../people/reach.ts'
import { endPost as writeEnd, listHoldingsOfPost } from '../people/store.ts'
import { lockPeople } from '../sign-in/store.ts'

/** Ends a post now (撤销岗位): everybody on it is taken off, with hand-overs; it stays readable where it was recorded. */
export async function endPost(context: Context, deed: Leaving, postId: string): Promise<{ handOvers: string[]; endedSessions: number }> {
  const { handOvers, sessions } = await context.platform.transaction(async (tx) => {
    const now = nowOf(context)
    const before = await listHoldingsOfPost(tx, postId, now)
    await lockPeople(tx, [...before.map((holding) => holding.person_id), deed.takenOverBy])
    const post = await lockLivePost(tx, deed.actor, postId)
    const holdings = await listHoldingsOfPost(tx, postId, now)
    if (holdings.some((holding) => holding.person_id === deed.actor.personId)) throw new Refusal('OWN_ACCOUNT_NOT_ALLOWED')
    const left = []
    for (const holding of holdings) left.push(await leavePost(context, tx, deed, holding, { postEnds: true }))
    await writeEnd(tx, postId, now)
    await recordChange(context, tx, deed, { kind: 'post', object: postId, action: 'identity.endPost', before: post.title })
    return { handOvers: left.flatMap((one) => one.handOver ?? []), sessions: left.flatMap((one) => one.endedSessions) }
  })
  context.sessions.end(sessions)
  return { handOvers, endedSessions: sessions.length }
}
