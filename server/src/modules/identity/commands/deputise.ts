import type { Context } from '../context.ts'
import type { Deed } from '../people/deed.ts'
import { actOnce } from '../people/once.ts'
import { putOn, type Placing } from '../people/put-on.ts'

/** Lets a person stand in at another's post (代理) for a time; what they do is recorded under their own name at that post. */
export async function deputise(
  context: Context,
  deed: Deed,
  key: string,
  postId: string,
  placing: Omit<Placing, 'deputy'> & { readonly toAt: string },
): Promise<{ holdingId: string }> {
  const body = { postId, ...placing, reason: deed.reason }
  const answer = await actOnce(context, deed, 'identity.deputise', key, body, (tx) => putOn(context, tx, deed, postId, { ...placing, deputy: true }))
  context.sessions.forget()
  return answer
}
