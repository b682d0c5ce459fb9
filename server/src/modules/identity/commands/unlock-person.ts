import { nowOf, type Context } from '../context.ts'
import { recordChange, type Deed } from '../people/deed.ts'
import { lockSubject } from '../people/reach.ts'
import { unlockPerson as writeUnlock } from '../people/store.ts'

/** Ends the lock of an account; false where none stands. */
export async function unlockPerson(context: Context, deed: Deed, id: string): Promise<boolean> {
  return context.platform.transaction(async (tx) => {
    await lockSubject(context, tx, deed.actor, id)
    const changed = await writeUnlock(tx, id, nowOf(context))
    if (changed) await recordChange(context, tx, deed, { kind: 'person', object: id, action: 'identity.unlockPerson' })
    return changed
  })
}
