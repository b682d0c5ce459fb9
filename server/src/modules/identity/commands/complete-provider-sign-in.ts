import { Refusal } from '@linli/contract/errors'
import { nowOf, type Context } from '../context.ts'
import { tokenHash } from '../key.ts'
import { admit, tokenOf } from '../sign-in/admit.ts'
import { refuseLocked, writeFailedSignIn } from '../sign-in/failures.ts'
import { takeFlow } from '../sign-in/store.ts'
import { findPersonByLogin } from '../store.ts'

/**
 * Completes a sign-in through the city's sign-in service. The state is used up whatever comes of it and fits one browser alone. It opens accounts
 * that are there and never makes one; a second factor of our own is asked for where the service did not ask for one that counts.
 */
export async function completeProviderSignIn(
  context: Context,
  input: { query: string; browser: string | undefined; postId?: string | undefined; requestId: string; client: string },
): Promise<{ token: string }> {
  const { platform, provider } = context
  if (!provider) throw new Refusal('PROVIDER_NOT_CONFIGURED')
  const state = new URLSearchParams(input.query).get('state') ?? ''
  const browser = input.browser ?? ''
  if (!(await takeFlow(platform.db, tokenHash(state), tokenHash(browser), nowOf(context)))) throw new Refusal('CHALLENGE_ENDED')
  const found = await provider.complete({ state, browser }, input.query)
  const person = await findPersonByLogin(platform.db, found.login)
  if (!person || person.ended_at !== null) {
    await writeFailedSignIn(context, platform.db, { ...input, login: found.login, person, code: 'PROVIDER_PERSON_UNKNOWN' })
    throw new Refusal('PROVIDER_PERSON_UNKNOWN')
  }
  refuseLocked(person, nowOf(context))
  const { requestId, client } = input
  const entrance = { person, postId: input.postId ?? null, way: 'provider' as const, strong: found.strong, requestId, client }
  return { token: tokenOf(await platform.transaction((tx) => admit(context, tx, entrance))) }
}
