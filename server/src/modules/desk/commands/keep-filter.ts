import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { idempotencyKey, once, rememberAnswer } from '../../../platform/idempotency.ts'
import { newId } from '../../../platform/runtime.ts'
import { nowOf, type Context, type Deed } from '../context.ts'
import type { FilterBody } from '../filters.ts'
import { MOST_FILTERS } from '../rules.ts'
import { deleteFilter, insertFilter, lockFilters, orderFilters as writeOrder, updateFilter, type FilterRow } from '../store.ts'

const audit = (context: Context, tx: Tx, { actor, requestId }: Deed, action: string, id: string) =>
  writeAudit(tx, context.platform.runtime, { districtId: 0, requestId, actor, action, objectKind: 'savedFilter', objectId: id, outcome: 'done' })
const refuseTaken = (others: readonly { name: string }[], name: string) => {
  if (others.some((other) => other.name === name)) throw new Refusal('DESK_FILTER_NAME_TAKEN', [{ pointer: '/body/name', code: 'unique' }])
}

/** Saves a filter under a name (常用筛选), last in one's own order. */
export function addFilter(context: Context, deed: Deed, key: string, body: FilterBody): Promise<FilterRow> {
  const { platform } = context
  const { actor } = deed
  const kept = idempotencyKey('desk.addFilter', actor.personId, key, body)
  return once(platform.db, kept, () =>
    platform.transaction(async (tx) => {
      const others = await lockFilters(tx, actor.personId)
      const name = body.name.trim()
      refuseTaken(others, name)
      if (others.length >= MOST_FILTERS) throw new Refusal('DESK_FILTERS_FULL', [], { most: MOST_FILTERS })
      const row = { id: newId(platform.runtime, 0), name, filter: body.filter, shared: body.shared }
      await insertFilter(tx, {
        ...row,
        personId: actor.personId,
        unitCode: actor.unitCode,
        position: Math.max(0, ...others.map((other) => other.position)) + 1,
        at: nowOf(context),
      })
      await audit(context, tx, deed, 'desk.addFilter', row.id)
      const answer = { ...row, own: true }
      await rememberAnswer(tx, kept, 201, answer, nowOf(context))
      return answer
    }),
  )
}

/** Changes one's own filter; another's is not found. */
export function changeFilter(context: Context, deed: Deed, id: string, body: FilterBody): Promise<FilterRow> {
  return context.platform.transaction(async (tx) => {
    const own = await lockFilters(tx, deed.actor.personId)
    if (!own.some((row) => row.id === id)) throw new Refusal('NOT_FOUND')
    const name = body.name.trim()
    refuseTaken(
      own.filter((row) => row.id !== id),
      name,
    )
    await updateFilter(tx, { id, name, filter: body.filter, shared: body.shared, unitCode: deed.actor.unitCode, at: nowOf(context) })
    await audit(context, tx, deed, 'desk.changeFilter', id)
    return { id, name, filter: body.filter, shared: body.shared, own: true }
  })
}

/** Puts one's own filters into an order; ids that are not one's own are passed over. */
export function orderFilters(context: Context, deed: Deed, ids: readonly string[]): Promise<void> {
  return context.platform.transaction(async (tx) => {
    const own = (await lockFilters(tx, deed.actor.personId)).map((row) => row.id)
    const named = ids.filter((id) => own.includes(id))
    await writeOrder(tx, [...named, ...own.filter((id) => !named.includes(id))])
    await audit(context, tx, deed, 'desk.orderFilters', deed.actor.personId)
  })
}

/** Removes one's own filter; another's, or none, is not found. */
export function removeFilter(context: Context, deed: Deed, id: string): Promise<void> {
  return context.platform.transaction(async (tx) => {
    const own = await lockFilters(tx, deed.actor.personId)
    if (!own.some((row) => row.id === id)) throw new Refusal('NOT_FOUND')
    await deleteFilter(tx, id)
    await audit(context, tx, deed, 'desk.removeFilter', id)
  })
}
