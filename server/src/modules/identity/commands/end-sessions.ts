import type { Context } from '../context.ts'
import { recordChange, type Deed } from '../people/deed.ts'
import { lockSubject } from '../people/reach.ts'
import { deleteSessionsOf } from '../store.ts'

/** Ends every session of a person now; answers how many. */
export async function endSessions(context: Context, deed: Deed, id: string): Promise<number> {
  const ended = await context.platform.transaction(async (tx) => {
    await lockSubject(context, tx, deed.actor, id, true)
    const sessions = await deleteSessionsOf(tx, id)
    await recordChange(context, tx, deed, { kind: 'person', object: id, action: 'identity.endSessions', before: String(sessions.length) })
    return sessions
  })
  context.sessions.end(ended)
  return ended.length
}
