import { Refusal } from '@linli/contract/errors'
import { nowOf, type Context } from '../context.ts'
import { recordChange, type Deed } from '../people/deed.ts'
import { actOnce } from '../people/once.ts'
import { areaInside, lockNamedUnit } from '../people/reach.ts'
import { insertUnit } from '../people/store.ts'

export interface NewUnit {
  readonly code: string
  readonly name: string
  readonly nameEn?: string | undefined
  readonly kind: string
  readonly parentCode: string | null
  readonly areaCode: string
}

/** Makes a unit (单位) for an area inside the administrator's own. UNIT_CODE_TAKEN also for a code of a unit that has ended. */
export async function createUnit(context: Context, deed: Deed, key: string, body: NewUnit): Promise<{ code: string }> {
  const answer = await actOnce(context, deed, 'identity.createUnit', key, { ...body, reason: deed.reason }, async (tx) => {
    const area = await areaInside(tx, deed.actor, body.areaCode)
    if (body.parentCode !== null) await lockNamedUnit(tx, deed.actor, body.parentCode, '/body/parentCode')
    if (!(await insertUnit(tx, { ...body, nameEn: body.nameEn ?? null, areaPath: area.path, at: nowOf(context) })))
      throw new Refusal('UNIT_CODE_TAKEN', [{ pointer: '/body/code', code: 'UNIT_CODE_TAKEN' }])
    await recordChange(context, tx, deed, { kind: 'unit', object: body.code, action: 'identity.createUnit', after: body.name })
    return { code: body.code }
  })
  await context.refreshUnits()
  return answer
}
