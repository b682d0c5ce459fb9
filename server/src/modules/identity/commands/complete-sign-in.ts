import { Refusal } from '@linli/contract/errors'
import { nowOf, type Context } from '../context.ts'
import { usesCode } from '../factor/use-code.ts'
import { tokenHash } from '../key.ts'
import { admit, tokenOf, type Admission } from '../sign-in/admit.ts'
import { countWrong, refuseLocked, writeFailedSignIn } from '../sign-in/failures.ts'
import { deleteChallenge, failChallenge, findChallengePerson, lockChallenge, lockPerson } from '../sign-in/store.ts'
import { findPersonById } from '../store.ts'

const CODES_PER_CHALLENGE = 5

/** Takes the second step of a sign-in (双因素登录): the challenge with a code of the authenticator or a recovery code. */
export async function completeSignIn(
  context: Context,
  input: { challenge: string; code: string; requestId: string; client: string },
): Promise<{ token: string }> {
  const { platform } = context
  const now = nowOf(context)
  const hash = tokenHash(input.challenge)
  const admission = await platform.transaction(async (tx): Promise<Admission | undefined> => {
    // The person before the challenge, as everywhere: codes of one person are tried one after another, however many challenges there are.
    const personId = await findChallengePerson(tx, hash)
    if (personId === undefined) throw new Refusal('CHALLENGE_ENDED')
    await lockPerson(tx, personId)
    const [challenge, person] = [await lockChallenge(tx, hash, 'code', now), await findPersonById(tx, personId)]
    if (!challenge || !person || person.ended_at !== null) throw new Refusal('CHALLENGE_ENDED')
    refuseLocked(person, now)
    if (!(await usesCode(context, tx, personId, input.code, { recovery: true }))) {
      await failChallenge(tx, hash, CODES_PER_CHALLENGE)
      await countWrong(context, tx, personId)
      await writeFailedSignIn(context, tx, { ...input, login: person.login, person, code: 'SECOND_FACTOR_WRONG' })
      return undefined
    }
    await deleteChallenge(tx, hash)
    const way = challenge.way === 'provider' ? 'provider' : 'password'
    return admit(context, tx, { person, postId: challenge.post_id, way, strong: true, requestId: input.requestId, client: input.client })
  })
  if (!admission) throw new Refusal('SECOND_FACTOR_WRONG')
  return { token: tokenOf(admission) }
}
