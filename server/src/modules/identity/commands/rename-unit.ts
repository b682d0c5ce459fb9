import type { Context } from '../context.ts'
import { recordChange, type Deed } from '../people/deed.ts'
import { lockLiveUnit } from '../people/reach.ts'
import { renameUnit as writeName } from '../people/store.ts'

/** Changes a unit's name from now on; false where it is that already. */
export async function renameUnit(context: Context, deed: Deed, code: string, name: string, nameEn: string | null): Promise<boolean> {
  const changed = await context.platform.transaction(async (tx) => {
    const unit = await lockLiveUnit(tx, deed.actor, code)
    if (unit.name === name && unit.name_en === nameEn) return false
    await writeName(tx, code, name, nameEn)
    const both = (zh: string, en: string | null) => (en === null ? zh : `${zh} · ${en}`)
    await recordChange(context, tx, deed, {
      kind: 'unit',
      object: code,
      action: 'identity.renameUnit',
      before: both(unit.name, unit.name_en),
      after: both(name, nameEn),
    })
    return true
  })
  await context.refreshUnits()
  context.sessions.forget()
  return changed
}
