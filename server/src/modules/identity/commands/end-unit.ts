import { Refusal } from '@linli/contract/errors'
import { nowOf, type Context } from '../context.ts'
import { recordChange, type Deed } from '../people/deed.ts'
import { lockLiveUnit } from '../people/reach.ts'
import { countBelow, endUnit as writeEnd } from '../people/store.ts'

/** Ends a unit now (撤销单位). UNIT_IN_USE, with the counts, while it has posts, units below it or open work. */
export async function endUnit(context: Context, deed: Deed, code: string): Promise<Date> {
  const at = nowOf(context)
  await context.platform.transaction(async (tx) => {
    const unit = await lockLiveUnit(tx, deed.actor, code)
    const { posts = 0, units = 0 } = (await countBelow(tx, code)) ?? {}
    const openWork = await context.ports.countOpenWorkOfUnit(tx, code)
    if (posts + units + openWork > 0) throw new Refusal('UNIT_IN_USE', [], { posts, units, openWork })
    await writeEnd(tx, code, at)
    await recordChange(context, tx, deed, { kind: 'unit', object: code, action: 'identity.endUnit', before: unit.name })
  })
  await context.refreshUnits()
  return at
}
