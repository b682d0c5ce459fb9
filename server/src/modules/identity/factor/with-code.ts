import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { PersonActor } from '../../../platform/rights/actor.ts'
import { nowOf, type Context } from '../context.ts'
import { countWrong, refuseLocked } from '../sign-in/failures.ts'
import { lockPerson } from '../sign-in/store.ts'
import { findPersonById } from '../store.ts'
import { lockFactor } from './store.ts'
import { usesCode } from './use-code.ts'

/**
 * Does something with one's own second factor that a code of it must allow, in one transaction with its audit line. A wrong code counts like a
 * failed sign-in. `pending` is for a factor that waits for its first code.
 */
export async function withCode<T>(
  context: Context,
  actor: PersonActor,
  input: { readonly code: string; readonly requestId: string; readonly action: string; readonly pending?: boolean },
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { platform } = context
  const { personId } = actor
  const done = await platform.transaction(async (tx) => {
    await lockPerson(tx, personId)
    const [person, factor] = [await findPersonById(tx, personId), await lockFactor(tx, personId)]
    if (!person || !factor || (factor.confirmed_at === null && input.pending !== true)) throw new Refusal('SECOND_FACTOR_NOT_ENROLLED')
    if (factor.confirmed_at !== null && input.pending === true) throw new Refusal('SECOND_FACTOR_ENROLLED')
    refuseLocked(person, nowOf(context))
    if (!(await usesCode(context, tx, personId, input.code, { pending: input.pending === true }))) {
      await countWrong(context, tx, personId)
      return undefined
    }
    const result = await work(tx)
    await writeAudit(tx, platform.runtime, {
      districtId: 0,
      requestId: input.requestId,
      actor,
      action: input.action,
      outcome: 'done',
      objectKind: 'person',
      objectId: personId,
    })
    return { result }
  })
  if (!done) throw new Refusal('SECOND_FACTOR_WRONG')
  return done.result
}
