import { identity } from '@linli/contract/endpoints/identity'
import { isSignedOut, type Client, type SessionView } from '@linli/web-shared/api'

/** Signs out here, and at the city's sign-in service (统一身份认证) where the session came from there. */
export async function signOut(client: Client, session: SessionView): Promise<void> {
  const ended = await client.call(identity.signOut).catch((problem: unknown) => {
    if (!isSignedOut(problem)) throw problem
    return undefined
  })
  if (ended?.providerUrl !== undefined) globalThis.location.assign(ended.providerUrl)
  else await session.signOut()
}
