import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import type { PersonActor } from '../../../platform/rights/actor.ts'
import type { Context } from '../context.ts'
import { hashNewPassword, setNewPassword } from '../sign-in/choose-password.ts'
import { requirePassword } from '../sign-in/require-password.ts'
import { lockPerson } from '../sign-in/store.ts'
import { deleteSessionsOf, findPersonById } from '../store.ts'

/** Changes one's own password; answers how many other sessions of oneself ended. */
export async function changePassword(
  context: Context,
  actor: PersonActor,
  input: { password: string; newPassword: string; requestId: string },
): Promise<number> {
  const { platform } = context
  const person = await findPersonById(platform.db, actor.personId)
  if (!person) throw new Refusal('SESSION_MISSING')
  if (person.demo) throw new Refusal('DEMO_ACCOUNT_FIXED')
  await requirePassword(context, person, input.password)
  const hash = await hashNewPassword(context, person, input.newPassword, '/body/newPassword')
  const ended = await platform.transaction(async (tx) => {
    await lockPerson(tx, person.id)
    // Somebody else with the old password may have been quicker.
    if ((await findPersonById(tx, person.id))?.password_hash !== person.password_hash) throw new Refusal('PASSWORD_WRONG')
    await setNewPassword(context, tx, person.id, hash)
    await writeAudit(tx, platform.runtime, {
      districtId: 0,
      requestId: input.requestId,
      actor,
      action: 'identity.changePassword',
      outcome: 'done',
      objectKind: 'person',
      objectId: person.id,
    })
    return deleteSessionsOf(tx, person.id, { but: actor.sessionId })
  })
  context.sessions.end(ended)
  return ended.length
}
