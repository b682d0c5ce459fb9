import type { AnswerOf, BodyOf } from '@linli/contract/endpoint'
import type { patrol as contract } from '@linli/contract/endpoints/patrol'
import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import { canonical, digest } from '../../../platform/audit/hash.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { Actor } from '../../../platform/rights/actor.ts'
import { diffItems, itemProblems, type Item, type ItemClass } from '../items.ts'
import type { Patrol } from '../patrol.ts'
import { insertItemEdition, lockItems, readItemEditions } from '../store.ts'

type Body = BodyOf<typeof contract.publishItems>

/** Shows what another list of grid items changes, and publishes it as a new edition when asked. Throws DUTY_ITEMS_INVALID and EDITION_STALE. */
export async function publishItems(
  patrol: Patrol,
  body: Body,
  { actor, requestId }: { readonly actor: Actor; readonly requestId: string },
): Promise<AnswerOf<typeof contract.publishItems>> {
  const { platform, register, ports } = patrol
  const problems = itemProblems(body.classes, body.items, ports.hasMatter)
  if (problems.length > 0) throw new Refusal('DUTY_ITEMS_INVALID', problems.slice(0, 50))
  const { current } = register
  refuseStale(body, current?.edition ?? 0)
  const diff = diffItems(current?.items ?? [], body.items)
  const different = diff.added.length + diff.removed.length + diff.changed.length > 0 || canonical(current?.classes ?? []) !== canonical(body.classes)
  if (!body.publish || !different) return { edition: null, ...diff }
  const edition = await platform.transaction(async (tx) => {
    await lockItems(tx)
    const newest = (await readItemEditions(tx)).at(-1)?.edition ?? 0
    refuseStale(body, newest)
    await writeItems(platform, tx, {
      edition: newest + 1,
      note: body.note,
      by: actor.kind === 'person' ? actor.personId : null,
      classes: body.classes,
      items: body.items,
    })
    await writeAudit(tx, platform.runtime, {
      districtId: 0,
      requestId,
      actor,
      action: 'patrol.publishItems',
      objectKind: 'duty-item-edition',
      objectId: String(newest + 1),
      outcome: 'done',
    })
    return newest + 1
  })
  await register.refresh()
  return { edition, ...diff }
}

/** A city without items has edition 0, and its first list is published against edition 1 or any. */
function refuseStale(body: Body, newest: number): void {
  if (newest > 0 && body.edition !== newest) throw new Refusal('EDITION_STALE', [{ pointer: '/body/edition', code: 'EDITION_STALE', detail: String(newest) }])
}

/** Writes grid items as an edition. */
export function writeItems(
  platform: Platform,
  tx: Tx,
  row: { readonly edition: number; readonly note: string; readonly by: string | null; readonly classes: readonly ItemClass[]; readonly items: readonly Item[] },
): Promise<void> {
  return insertItemEdition(tx, {
    ...row,
    at: new Date(platform.runtime.now()),
    digest: digest('sha256', canonical({ classes: row.classes, items: row.items })),
  })
}
