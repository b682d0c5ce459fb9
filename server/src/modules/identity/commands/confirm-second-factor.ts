import type { PersonActor } from '../../../platform/rights/actor.ts'
import { nowOf, type Context } from '../context.ts'
import { newRecoveryCodes, plainCode } from '../factor/recovery.ts'
import { confirmFactor, replaceRecoveryCodes } from '../factor/store.ts'
import { withCode } from '../factor/with-code.ts'
import { tokenHash } from '../key.ts'
import { deleteChallengesOf } from '../sign-in/store.ts'
import { deleteSessionsOf, strengthenSession } from '../store.ts'

/** Confirms a new second factor with its first code; answers its recovery codes, which are kept as hashes alone. Other sessions of the person end. */
export async function confirmSecondFactor(context: Context, actor: PersonActor, input: { code: string; requestId: string }): Promise<string[]> {
  const codes = newRecoveryCodes((bytes) => context.platform.runtime.random(bytes))
  const ended = await withCode(context, actor, { ...input, action: 'identity.confirmSecondFactor', pending: true }, async (tx) => {
    await confirmFactor(tx, actor.personId, nowOf(context))
    await replaceRecoveryCodes(tx, actor.personId, codes.map(plainCode).map(tokenHash))
    await strengthenSession(tx, actor.sessionId)
    await deleteChallengesOf(tx, actor.personId)
    return deleteSessionsOf(tx, actor.personId, { but: actor.sessionId })
  })
  context.sessions.end(ended)
  return codes
}
