import type { DutyConflict } from '@linli/contract/duties'
import { Refusal } from '@linli/contract/errors'
import type { Tx } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/runtime.ts'
import { nowOf, type Context } from '../context.ts'
import { conflictsBeside, overlaps, periodProblem } from '../rules.ts'
import { recordChange, type Deed } from './deed.ts'
import { lockLivePost, lockNamed } from './reach.ts'
import { insertHolding, listDuties, listHoldingsOfPerson } from './store.ts'

export interface Placing {
  readonly personId: string
  readonly fromAt?: string | undefined
  readonly toAt?: string | undefined
  readonly deputy: boolean
}

/** DUTIES_CONFLICT with a field problem for each declared pair that would be held together. */
export function refuseConflicts(conflicts: readonly DutyConflict[], pointer: string): void {
  if (conflicts.length === 0) return
  throw new Refusal(
    'DUTIES_CONFLICT',
    conflicts.map((conflict) => ({ pointer, code: conflict.rule, detail: `${conflict.zh} · ${conflict.en}: ${conflict.permissions.join(' + ')}` })),
  )
}

/** Puts a person on a post or lets them stand in at it (代理), once the rules of separation, area and time allow. Nobody does so for themselves. */
export async function putOn(context: Context, tx: Tx, deed: Deed, postId: string, placing: Placing): Promise<{ holdingId: string }> {
  const { actor } = deed
  if (placing.personId === actor.personId) throw new Refusal('OWN_ACCOUNT_NOT_ALLOWED')
  // The person is locked first: two grants that are harmless alone wait for each other and are judged together.
  const person = await lockNamed(context, tx, actor, placing.personId, '/body/personId')
  const post = await lockLivePost(tx, actor, postId)
  const now = nowOf(context)
  const from = placing.fromAt === undefined ? now : new Date(placing.fromAt)
  const to = placing.toAt === undefined ? null : new Date(placing.toAt)
  const wrong = periodProblem(now, from, to, placing.deputy)
  if (wrong !== undefined) throw new Refusal('PERIOD_INVALID', [{ pointer: wrong, code: 'PERIOD_INVALID' }])
  const held = await listHoldingsOfPerson(tx, person.id, now)
  if (held.some((other) => other.post_id === postId && overlaps({ from, to }, { from: other.from_at, to: other.to_at }))) throw new Refusal('HOLDING_OVERLAPS')
  refuseConflicts(conflictsBeside({ permissions: post.permissions, from, to }, await listDuties(tx, person.id, now)), '/body/personId')
  const id = newId(context.platform.runtime, 0)
  await insertHolding(tx, {
    id,
    person_id: person.id,
    post_id: postId,
    from_at: from,
    to_at: to,
    deputy: placing.deputy,
    reason: deed.reason,
    by: actor.personId,
  })
  const action = placing.deputy ? 'identity.deputise' : 'identity.putOnPost'
  const period = `${from.toISOString()} – ${to?.toISOString() ?? ''}`
  await recordChange(
    context,
    tx,
    deed,
    { kind: 'person', object: person.id, action, after: `${post.title} ${period}` },
    { kind: 'post', object: postId, action, after: `${person.name} ${period}` },
  )
  return { holdingId: id }
}
