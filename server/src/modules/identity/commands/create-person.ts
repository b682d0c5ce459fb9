import { Refusal } from '@linli/contract/errors'
import { newId } from '../../../platform/runtime.ts'
import { nowOf, type Context } from '../context.ts'
import { recordChange, type Deed } from '../people/deed.ts'
import { actOnce } from '../people/once.ts'
import { lockNamedUnit } from '../people/reach.ts'
import { insertPerson } from '../people/store.ts'

/** Makes an account for a person of a unit; it has no password and no post yet. LOGIN_TAKEN, UNIT_UNKNOWN. */
export function createPerson(
  context: Context,
  deed: Deed,
  key: string,
  body: { readonly login: string; readonly personName: string; readonly unitCode: string },
): Promise<{ personId: string }> {
  return actOnce(context, deed, 'identity.createPerson', key, { ...body, reason: deed.reason }, async (tx) => {
    const unit = await lockNamedUnit(tx, deed.actor, body.unitCode, '/body/unitCode')
    const id = newId(context.platform.runtime, 0)
    const login = body.login.toLowerCase()
    if (!(await insertPerson(tx, { id, login, name: body.personName, unitCode: unit.code, at: nowOf(context) })))
      throw new Refusal('LOGIN_TAKEN', [{ pointer: '/body/login', code: 'LOGIN_TAKEN' }])
    await recordChange(context, tx, deed, { kind: 'person', object: id, action: 'identity.createPerson', after: `${login} ${body.personName}` })
    return { personId: id }
  })
}
