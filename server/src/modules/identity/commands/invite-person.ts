import { Refusal } from '@linli/contract/errors'
import { nowOf, type Context } from '../context.ts'
import { newToken, tokenHash } from '../key.ts'
import { recordChange, type Deed } from '../people/deed.ts'
import { lockSubject } from '../people/reach.ts'
import { insertInvitation, revokeInvitations } from '../sign-in/store.ts'

const HOURS = 72

/** Makes a one-time invitation of 72 hours, with which a person sets the own password; no administrator ever knows it. An earlier one ends. */
export async function invitePerson(context: Context, deed: Deed, id: string): Promise<{ invitation: string; endsAt: Date }> {
  const invitation = newToken(context.platform.runtime)
  const now = nowOf(context)
  const endsAt = new Date(now.getTime() + HOURS * 3_600_000)
  await context.platform.transaction(async (tx) => {
    const person = await lockSubject(context, tx, deed.actor, id)
    if (person.demo) throw new Refusal('DEMO_ACCOUNT_FIXED')
    await revokeInvitations(tx, id, now)
    await insertInvitation(tx, { codeHash: tokenHash(invitation), personId: id, at: now, by: deed.actor.personId, endsAt })
    await recordChange(context, tx, deed, { kind: 'person', object: id, action: 'identity.invitePerson', after: endsAt.toISOString() })
  })
  return { invitation, endsAt }
}
