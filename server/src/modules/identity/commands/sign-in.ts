import { Refusal } from '@linli/contract/errors'
import { nowOf, type Context } from '../context.ts'
import { hashPassword, verifyPassword } from '../password.ts'
import { admit, tokenOf } from '../sign-in/admit.ts'
import { countWrong, refuseLocked, writeFailedSignIn } from '../sign-in/failures.ts'
import { findPersonByLogin } from '../store.ts'

// An unknown login costs as much time as a known one, so that a clock does not tell them apart.
const decoy = hashPassword('no such person')

/** Signs a person in at a post by password; SECOND_FACTOR_NEEDED or PASSWORD_EXPIRED carry the challenge of the next step. */
export async function signIn(
  context: Context,
  input: { login: string; password: string; postId?: string | undefined; requestId: string; client: string },
): Promise<{ token: string }> {
  const { platform } = context
  const now = nowOf(context)
  const person = await findPersonByLogin(platform.db, input.login)
  const fits = await verifyPassword(input.password, person?.password_hash ?? (await decoy))
  const failed = async (code: 'ACCOUNT_LOCKED' | 'SIGN_IN_FAILED', isWrong: boolean) =>
    platform.transaction(async (tx) => {
      if (person && isWrong) await countWrong(context, tx, person.id)
      await writeFailedSignIn(context, tx, { login: input.login, person, code, requestId: input.requestId, client: input.client })
    })
  if (person?.locked_until && person.locked_until > now) {
    await failed('ACCOUNT_LOCKED', false)
    refuseLocked(person, now)
  }
  if (!person || !fits || person.password_hash === null || person.ended_at !== null) {
    await failed('SIGN_IN_FAILED', true)
    throw new Refusal('SIGN_IN_FAILED')
  }
  const { requestId, client } = input
  const entrance = { person, postId: input.postId ?? null, way: 'password' as const, strong: false, requestId, client }
  return { token: tokenOf(await platform.transaction((tx) => admit(context, tx, entrance))) }
}
