import { Refusal } from '@linli/contract/errors'
import type { Context } from '../context.ts'
import { deleteFactor } from '../factor/store.ts'
import { recordChange, type Deed } from '../people/deed.ts'
import { lockSubject } from '../people/reach.ts'
import { deleteChallengesOf } from '../sign-in/store.ts'
import { deleteSessionsOf } from '../store.ts'

/** Takes a lost second factor away from a person; their sessions end. SECOND_FACTOR_NOT_ENROLLED where there is none. */
export async function resetSecondFactor(context: Context, deed: Deed, id: string): Promise<number> {
  const ended = await context.platform.transaction(async (tx) => {
    await lockSubject(context, tx, deed.actor, id)
    if (!(await deleteFactor(tx, id))) throw new Refusal('SECOND_FACTOR_NOT_ENROLLED')
    await deleteChallengesOf(tx, id)
    await recordChange(context, tx, deed, { kind: 'person', object: id, action: 'identity.resetSecondFactor' })
    return deleteSessionsOf(tx, id)
  })
  context.sessions.end(ended)
  return ended.length
}
