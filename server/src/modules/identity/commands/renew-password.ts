import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import { nowOf, type Context } from '../context.ts'
import { tokenHash } from '../key.ts'
import { hashNewPassword, setNewPassword } from '../sign-in/choose-password.ts'
import { findChallengePerson, lockChallenge, lockPerson } from '../sign-in/store.ts'
import { deleteSessionsOf, findPersonById } from '../store.ts'

/** Sets a new password in place of one that is too old, with the challenge that the sign-in gave; CHALLENGE_ENDED where that is over or used. */
export async function renewPassword(context: Context, input: { challenge: string; newPassword: string; requestId: string; client: string }): Promise<void> {
  const { platform } = context
  const challengeHash = tokenHash(input.challenge)
  const personId = await findChallengePerson(platform.db, challengeHash)
  const person = personId === undefined ? undefined : await findPersonById(platform.db, personId)
  if (!person || person.ended_at !== null) throw new Refusal('CHALLENGE_ENDED')
  const hash = await hashNewPassword(context, person, input.newPassword, '/body/newPassword')
  const ended = await platform.transaction(async (tx) => {
    await lockPerson(tx, person.id)
    if (!(await lockChallenge(tx, challengeHash, 'password', nowOf(context)))) throw new Refusal('CHALLENGE_ENDED')
    await setNewPassword(context, tx, person.id, hash)
    await writeAudit(tx, platform.runtime, {
      districtId: 0,
      requestId: input.requestId,
      actor: { kind: 'public', client: input.client },
      action: 'identity.renewPassword',
      outcome: 'done',
      objectKind: 'person',
      objectId: person.id,
    })
    return deleteSessionsOf(tx, person.id)
  })
  context.sessions.end(ended)
}
