import { identity } from '@linli/contract/endpoints/identity'
import { client } from '../api.ts'
import { reread } from '../store/state.ts'
import { wipeAll } from '../store/wipe.ts'

/** Signs out and clears the telephone (退出登录): cases, drafts and what has not been sent; whoever calls has asked first. */
export async function signOut(): Promise<void> {
  // Without a network the session ends by itself on the server; the telephone is cleared either way.
  await client.call(identity.signOut).catch(() => undefined)
  await wipeAll()
  await reread()
  globalThis.location.hash = ''
}
