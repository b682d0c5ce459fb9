import type { Tx } from '../../../platform/db/database.ts'
import { idempotencyKey, once, rememberAnswer } from '../../../platform/idempotency.ts'
import { nowOf, type Context } from '../context.ts'
import type { Deed } from './deed.ts'

/** Runs a creating act once per key of a person: a resend, also one that races, is answered like the first. The body is what tells a resend from a misuse. */
export async function actOnce<T>(context: Context, deed: Deed, endpoint: string, key: string, body: unknown, act: (tx: Tx) => Promise<T>): Promise<T> {
  const { platform } = context
  const kept = idempotencyKey(endpoint, deed.actor.personId, key, body)
  return once(platform.db, kept, () =>
    platform.transaction(async (tx) => {
      const answer = await act(tx)
      await rememberAnswer(tx, kept, 201, answer, nowOf(context))
      return answer
    }),
  )
}
