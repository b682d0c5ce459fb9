import { Refusal } from '@linli/contract/errors'
import { nowOf, type Context } from '../context.ts'
import { newToken, tokenHash } from '../key.ts'
import { insertFlow } from '../sign-in/store.ts'

export const FLOW_MINUTES = 10

/** Begins a sign-in through the city's sign-in service (OIDC): where to go, and the secret that this browser must bring back. */
export async function beginProviderSignIn(context: Context): Promise<{ url: string; browser: string }> {
  const { platform, provider } = context
  if (!provider) throw new Refusal('PROVIDER_NOT_CONFIGURED')
  const [state, browser] = [newToken(platform.runtime), newToken(platform.runtime)]
  const url = await provider.begin({ state, browser })
  await insertFlow(platform.db, tokenHash(state), tokenHash(browser), new Date(nowOf(context).getTime() + FLOW_MINUTES * 60_000))
  return { url, browser }
}
