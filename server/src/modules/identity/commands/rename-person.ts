import type { Context } from '../context.ts'
import { recordChange, type Deed } from '../people/deed.ts'
import { lockSubject } from '../people/reach.ts'
import { renamePerson as writeName } from '../people/store.ts'

/** Changes a person's name from now on; false where it is that already. */
export async function renamePerson(context: Context, deed: Deed, id: string, name: string): Promise<boolean> {
  const changed = await context.platform.transaction(async (tx) => {
    const person = await lockSubject(context, tx, deed.actor, id)
    if (person.name === name) return false
    await writeName(tx, id, name)
    await recordChange(context, tx, deed, { kind: 'person', object: id, action: 'identity.renamePerson', before: person.name, after: name })
    return true
  })
  context.sessions.forget()
  return changed
}
