import type { PersonActor } from '../../../platform/rights/actor.ts'
import type { Context } from '../context.ts'
import { deleteFactor } from '../factor/store.ts'
import { withCode } from '../factor/with-code.ts'
import { deleteSessionsOf } from '../store.ts'

/** Takes one's own second factor away; answers how many sessions ended, this one among them. */
export async function removeSecondFactor(context: Context, actor: PersonActor, input: { code: string; requestId: string }): Promise<number> {
  const ended = await withCode(context, actor, { ...input, action: 'identity.removeSecondFactor' }, async (tx) => {
    await deleteFactor(tx, actor.personId)
    return deleteSessionsOf(tx, actor.personId)
  })
  context.sessions.end(ended)
  return ended.length
}
