import { writeAudit } from '../../../platform/audit/audit.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { PersonActor } from '../../../platform/rights/actor.ts'
import { newId } from '../../../platform/runtime.ts'
import { nowOf, type Context } from '../context.ts'
import { insertChange } from './store.ts'

/** An act of an administrator: who, in which request, and why. */
export interface Deed {
  readonly actor: PersonActor
  readonly requestId: string
  readonly reason: string
}
interface Change {
  readonly kind: 'person' | 'post' | 'unit'
  readonly object: string
  readonly action: string
  readonly before?: string | null
  readonly after?: string | null
}

/** Writes what an administrator changed: the record of changes with before and after, and one audit line about the first, in the act's transaction. */
export async function recordChange(context: Context, tx: Tx, deed: Deed, first: Change, ...others: readonly Change[]): Promise<void> {
  const { runtime } = context.platform
  const { actor, reason } = deed
  for (const { kind, object, action, before = null, after = null } of [first, ...others])
    await insertChange(tx, {
      id: newId(runtime, 0),
      at: nowOf(context),
      kind,
      object,
      action,
      before,
      after,
      reason,
      personId: actor.personId,
      postId: actor.postId,
    })
  await writeAudit(tx, runtime, {
    districtId: 0,
    requestId: deed.requestId,
    actor,
    action: first.action,
    outcome: 'done',
    objectKind: first.kind,
    objectId: first.object,
  })
}
