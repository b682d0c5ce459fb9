import { nowOf, type Context } from '../context.ts'
import { recordChange } from '../people/deed.ts'
import { leavePost, type Leaving } from '../people/leave.ts'
import { lockSubject } from '../people/reach.ts'
import { endPerson as writeEnd, listHoldingsOfPerson, lockPost } from '../people/store.ts'
import { deleteChallengesOf, lockPeople, revokeInvitations } from '../sign-in/store.ts'
import { deleteSessionsOf } from '../store.ts'

/** Ends an account now (停用账号): every post is handed over, every session, challenge and invitation ends; nothing is deleted. */
export async function endPerson(context: Context, deed: Leaving, id: string): Promise<{ handOvers: string[]; endedSessions: number }> {
  const { handOvers, sessions } = await context.platform.transaction(async (tx) => {
    await lockPeople(tx, [id, deed.takenOverBy])
    const person = await lockSubject(context, tx, deed.actor, id)
    const now = nowOf(context)
    const left = []
    for (const holding of (await listHoldingsOfPerson(tx, id, now)).toSorted((a, b) => a.post_id.localeCompare(b.post_id))) {
      await lockPost(tx, holding.post_id)
      left.push(await leavePost(context, tx, deed, holding))
    }
    await writeEnd(tx, id, now)
    await revokeInvitations(tx, id, now)
    await deleteChallengesOf(tx, id)
    await recordChange(context, tx, deed, { kind: 'person', object: id, action: 'identity.endPerson', before: person.login })
    return {
      handOvers: left.flatMap((one) => one.handOver ?? []),
      sessions: [...left.flatMap((one) => one.endedSessions), ...(await deleteSessionsOf(tx, id))],
    }
  })
  context.sessions.end(sessions)
  return { handOvers, endedSessions: sessions.length }
}
