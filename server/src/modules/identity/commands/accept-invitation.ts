import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import { nowOf, type Context } from '../context.ts'
import { tokenHash } from '../key.ts'
import { hashNewPassword, setNewPassword } from '../sign-in/choose-password.ts'
import { findInvitedPerson, lockInvitation, lockPerson, useInvitation } from '../sign-in/store.ts'
import { deleteSessionsOf, findPersonById } from '../store.ts'

/** Takes up an invitation (邀请码) with a password of one's own, once; earlier sessions and the lock end. Answers the login. */
export async function acceptInvitation(
  context: Context,
  input: { invitation: string; password: string; requestId: string; client: string },
): Promise<{ login: string }> {
  const { platform } = context
  const codeHash = tokenHash(input.invitation)
  const personId = await findInvitedPerson(platform.db, codeHash, nowOf(context))
  const person = personId === undefined ? undefined : await findPersonById(platform.db, personId)
  if (!person || person.ended_at !== null) throw new Refusal('INVITATION_ENDED')
  const hash = await hashNewPassword(context, person, input.password, '/body/password')
  const ended = await platform.transaction(async (tx) => {
    const now = nowOf(context)
    const locked = await lockPerson(tx, person.id)
    if (!(await lockInvitation(tx, codeHash, now)) || locked?.ended_at !== null) throw new Refusal('INVITATION_ENDED')
    await useInvitation(tx, codeHash, now)
    await setNewPassword(context, tx, person.id, hash)
    await writeAudit(tx, platform.runtime, {
      districtId: 0,
      requestId: input.requestId,
      actor: { kind: 'public', client: input.client },
      action: 'identity.acceptInvitation',
      outcome: 'done',
      objectKind: 'person',
      objectId: person.id,
    })
    return deleteSessionsOf(tx, person.id)
  })
  context.sessions.end(ended)
  return { login: person.login }
}
