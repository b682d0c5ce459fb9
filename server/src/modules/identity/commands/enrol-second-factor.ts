import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import type { PersonActor } from '../../../platform/rights/actor.ts'
import { nowOf, type Context } from '../context.ts'
import { findFactor, putFactor } from '../factor/store.ts'
import { newSecret, otpauthUri } from '../factor/totp.ts'
import { requirePassword } from '../sign-in/require-password.ts'
import { findPersonById, findSessionById } from '../store.ts'

/** Makes a new secret for one's own authenticator; it counts once a code of it was shown. Asks for the password, so that a session left open is not enough. */
export async function enrolSecondFactor(
  context: Context,
  actor: PersonActor,
  input: { password?: string | undefined; requestId: string },
): Promise<{ secret: string; uri: string }> {
  const { platform, key } = context
  const { db, runtime, city } = platform
  const person = await findPersonById(db, actor.personId)
  if (!person) throw new Refusal('SESSION_MISSING')
  if (person.demo) throw new Refusal('DEMO_ACCOUNT_FIXED')
  if ((await findFactor(db, person.id))?.confirmed_at) throw new Refusal('SECOND_FACTOR_ENROLLED')
  if ((await findSessionById(db, actor.sessionId))?.way === 'password') await requirePassword(context, person, input.password ?? '')
  const secret = newSecret((bytes) => runtime.random(bytes))
  await platform.transaction(async (tx) => {
    if (!(await putFactor(tx, person.id, key.seal(secret, person.id), nowOf(context)))) throw new Refusal('SECOND_FACTOR_ENROLLED')
    await writeAudit(tx, runtime, {
      districtId: 0,
      requestId: input.requestId,
      actor,
      action: 'identity.enrolSecondFactor',
      outcome: 'done',
      objectKind: 'person',
      objectId: person.id,
    })
  })
  return { secret, uri: otpauthUri(secret, `${city.city.name} Linli`, person.login) }
}
