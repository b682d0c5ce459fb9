import { Refusal } from '@linli/contract/errors'
import { newId } from '../../../platform/runtime.ts'
import { nowOf, type Context } from '../context.ts'
import { recordChange, type Deed } from '../people/deed.ts'
import { actOnce } from '../people/once.ts'
import { refuseConflicts } from '../people/put-on.ts'
import { areaInside, lockNamedUnit } from '../people/reach.ts'
import { insertPost, listRoles } from '../people/store.ts'
import { conflictsOf } from '../rules.ts'

/** Makes a post (岗位) in a unit, for an area inside the administrator's own. ROLE_UNKNOWN, DUTIES_CONFLICT, POST_CODE_TAKEN, UNIT_UNKNOWN, AREA_UNKNOWN. */
export function createPost(
  context: Context,
  deed: Deed,
  key: string,
  body: { readonly code: string; readonly postTitle: string; readonly unitCode: string; readonly areaCode: string; readonly roles: readonly string[] },
): Promise<{ postId: string }> {
  return actOnce(context, deed, 'identity.createPost', key, { ...body, reason: deed.reason }, async (tx) => {
    const unit = await lockNamedUnit(tx, deed.actor, body.unitCode, '/body/unitCode')
    const area = await areaInside(tx, deed.actor, body.areaCode)
    const roles = await listRoles(tx)
    const unknown = body.roles.findIndex((name) => !roles.some((role) => role.name === name))
    if (unknown >= 0) throw new Refusal('ROLE_UNKNOWN', [{ pointer: `/body/roles/${unknown}`, code: 'ROLE_UNKNOWN' }])
    const permissions = roles.filter((role) => body.roles.includes(role.name)).flatMap((role) => role.permissions)
    refuseConflicts([...conflictsOf(permissions, 'post'), ...conflictsOf(permissions, 'person')], '/body/roles')
    const id = newId(context.platform.runtime, 0)
    const facts = { id, code: body.code, unitCode: unit.code, title: body.postTitle, areaCode: body.areaCode, areaName: area.name, areaPath: area.path }
    if (!(await insertPost(tx, { ...facts, roles: body.roles, at: nowOf(context) })))
      throw new Refusal('POST_CODE_TAKEN', [{ pointer: '/body/code', code: 'POST_CODE_TAKEN' }])
    const change = { kind: 'post' as const, object: id, action: 'identity.createPost', after: `${body.code} ${body.postTitle}: ${body.roles.join(', ')}` }
    await recordChange(context, tx, deed, change)
    return { postId: id }
  })
}
