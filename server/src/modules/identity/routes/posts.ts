import { identity as contract } from '@linli/contract/endpoints/identity'
import { DUTY_CONFLICTS } from '@linli/contract/duties'
import { Refusal } from '@linli/contract/errors'
import { cursorOf } from '../../../platform/http/cursor.ts'
import { limitOf, route, type Route } from '../../../platform/http/request.ts'
import { within } from '../../../platform/rights/actor.ts'
import { acknowledgeHandOver } from '../commands/acknowledge-hand-over.ts'
import { createPost } from '../commands/create-post.ts'
import { createUnit } from '../commands/create-unit.ts'
import { deputise } from '../commands/deputise.ts'
import { endPost } from '../commands/end-post.ts'
import { endUnit } from '../commands/end-unit.ts'
import { putOnPost } from '../commands/put-on-post.ts'
import { renameUnit } from '../commands/rename-unit.ts'
import { takeOffPost } from '../commands/take-off-post.ts'
import { nowOf, personOf, type Context } from '../context.ts'
import { listHandOvers, listHandOversTo, listHoldersOf, listPostsInside, type HandOverRow } from '../people/queries.ts'
import { findPost, listRoles } from '../people/store.ts'
import { listUnits } from '../store.ts'
import { deedOf, holdingView } from './people.ts'
import { cursorOfText, iso, logRead, pageOf, scopeOf, textCursor, timeCursor } from './shared.ts'

const OPEN_WORK_SHOWN = 200
const OWN_HAND_OVERS = 100
const handOverView = (row: HandOverRow) => ({ ...row, at: row.at.toISOString(), acknowledgedAt: iso(row.acknowledgedAt) })

/** Posts, who holds them, and what is handed over when somebody leaves one. */
export function postRoutes(context: Context): Route[] {
  const { db } = context.platform
  return [
    route(contract.listRoles, async () => {
      const demanding: readonly string[] = context.policy.secondFactorFor
      const roles = await listRoles(db)
      return {
        rows: roles.map(({ name, permissions }) => ({
          role: name,
          permissions,
          secondFactor: permissions.some((permission) => demanding.includes(permission)),
        })),
        conflicts: DUTY_CONFLICTS.map((conflict) => ({ ...conflict, permissions: [...conflict.permissions] })),
      }
    }),
    route(contract.listPosts, async (call) => {
      const limit = limitOf(call.query, 50)
      const { q = '', unit = null, ended, cursor } = call.query
      const rows = await listPostsInside(db, scopeOf(context, call.actor), { q, unit, ended: ended === 'yes', after: textCursor(cursor), limit: limit + 1 })
      const page = pageOf(rows, limit, (last) => cursorOfText(last.code))
      const holders = await listHoldersOf(
        db,
        page.rows.map((row) => row.postId),
        nowOf(context),
      )
      await logRead(context, call, contract.listPosts.id, 'posts', page.rows.length)
      return {
        rows: page.rows.map((row) => ({ ...row, endedAt: iso(row.endedAt), holders: holders.filter((one) => one.postId === row.postId).map(holdingView) })),
        next: page.next,
      }
    }),
    route(contract.createPost, (call) => {
      const { reason: _reason, ...body } = call.body
      return createPost(context, deedOf(call), call.key, body)
    }),
    route(contract.endPost, (call) => endPost(context, { ...deedOf(call), note: call.body.note, takenOverBy: call.body.takenOverBy }, call.params.id)),
    route(contract.putOnPost, (call) => {
      const { reason: _reason, ...placing } = call.body
      return putOnPost(context, deedOf(call), call.key, call.params.id, placing)
    }),
    route(contract.deputise, (call) => {
      const { reason: _reason, ...placing } = call.body
      return deputise(context, deedOf(call), call.key, call.params.id, placing)
    }),
    route(contract.takeOffPost, (call) => takeOffPost(context, { ...deedOf(call), note: call.body.note, takenOverBy: call.body.takenOverBy }, call.params.id)),
    route(contract.listOpenWork, async (call) => {
      const post = await findPost(db, call.params.id)
      if (!post || !within(personOf(call.actor).areaPath, post.area_path)) throw new Refusal('NOT_FOUND')
      const { id, unit_code: unitCode, area_path: areaPath, permissions } = post
      const { total, rows } = await context.ports.openWorkOfPost(db, { id, unitCode, areaPath, permissions }, OPEN_WORK_SHOWN)
      return { total, rows: rows.map((row) => ({ ...row, dueAt: iso(row.dueAt) })) }
    }),
    route(contract.listHandOvers, async (call) => {
      const limit = limitOf(call.query, 50)
      const rows = await listHandOvers(db, scopeOf(context, call.actor), {
        post: call.query.post ?? null,
        before: timeCursor(call.query.cursor),
        limit: limit + 1,
      })
      const page = pageOf(rows, limit, (last) => cursorOf(last.at, last.handOverId))
      await logRead(context, call, contract.listHandOvers.id, call.query.post ?? 'hand-overs', page.rows.length)
      return { rows: page.rows.map(handOverView), next: page.next }
    }),
    route(contract.myHandOvers, async (call) => ({ rows: (await listHandOversTo(db, personOf(call.actor).personId, OWN_HAND_OVERS)).map(handOverView) })),
    route(contract.acknowledgeHandOver, async (call) => {
      const at = await acknowledgeHandOver(context, personOf(call.actor), call.params.id, call.requestId)
      return { acknowledgedAt: at.toISOString() }
    }),
  ]
}

/** Units of the organisation. */
export function unitRoutes(context: Context): Route[] {
  return [
    route(contract.listUnits, async (call) => {
      const units = (await listUnits(context.platform.db)).filter((unit) => (unit.endedAt !== null) === (call.query.ended === 'yes'))
      return { rows: units.map(({ areaPath: _path, ...unit }) => ({ ...unit, endedAt: iso(unit.endedAt) })) }
    }),
    route(contract.createUnit, (call) => {
      const { reason: _reason, ...body } = call.body
      return createUnit(context, deedOf(call), call.key, body)
    }),
    route(contract.renameUnit, async (call) => ({
      changed: await renameUnit(context, deedOf(call), call.params.code, call.body.name, call.body.nameEn),
    })),
    route(contract.endUnit, async (call) => ({ endedAt: (await endUnit(context, deedOf(call), call.params.code)).toISOString() })),
  ]
}
