import type { Context } from '../context.ts'
import type { Deed } from '../people/deed.ts'
import { actOnce } from '../people/once.ts'
import { putOn, type Placing } from '../people/put-on.ts'

/** Puts a person on a post from an instant on (任职); who has a session sees the post at the next request. */
export async function putOnPost(context: Context, deed: Deed, key: string, postId: string, placing: Omit<Placing, 'deputy'>): Promise<{ holdingId: string }> {
  const body = { postId, ...placing, reason: deed.reason }
  const answer = await actOnce(context, deed, 'identity.putOnPost', key, body, (tx) => putOn(context, tx, deed, postId, { ...placing, deputy: false }))
  context.sessions.forget()
  return answer
}
