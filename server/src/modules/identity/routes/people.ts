import { identity as contract } from '@linli/contract/endpoints/identity'
import { Refusal } from '@linli/contract/errors'
import { cursorOf } from '../../../platform/http/cursor.ts'
import { limitOf, route, type Route } from '../../../platform/http/request.ts'
import { within, type Actor } from '../../../platform/rights/actor.ts'
import { createPerson } from '../commands/create-person.ts'
import { endPerson } from '../commands/end-person.ts'
import { endSessions } from '../commands/end-sessions.ts'
import { invitePerson } from '../commands/invite-person.ts'
import { renamePerson } from '../commands/rename-person.ts'
import { resetSecondFactor } from '../commands/reset-second-factor.ts'
import { unlockPerson } from '../commands/unlock-person.ts'
import { nowOf, personOf, type Context } from '../context.ts'
import type { Deed } from '../people/deed.ts'
import { findPersonDetail, findUnitPath, listChanges, listHoldingsOf, listPeople, listStale, type HoldingView } from '../people/queries.ts'
import { reachOfPerson } from '../people/reach.ts'
import { findPost } from '../people/store.ts'
import { DAY_MS } from '../rules.ts'
import { findPersonById, listPosts } from '../store.ts'
import { cursorOfText, iso, logRead, pageOf, scopeOf, textCursor, timeCursor } from './shared.ts'

/** A holding as answers carry it. */
export const holdingView = (row: HoldingView) => ({ ...row, fromAt: row.fromAt.toISOString(), toAt: iso(row.toAt) })
/** The act of an administrator that a call describes. */
export const deedOf = (call: { actor: Actor; requestId: string; body: { reason: string } }): Deed => ({
  actor: personOf(call.actor),
  requestId: call.requestId,
  reason: call.body.reason,
})

/** Accounts of people, for who may see and who may change them. */
export function peopleRoutes(context: Context): Route[] {
  const { db } = context.platform
  return [
    route(contract.listPeople, async (call) => {
      const limit = limitOf(call.query, 50)
      const filter = { q: call.query.q ?? '', ended: call.query.ended === 'yes', after: textCursor(call.query.cursor), limit: limit + 1, now: nowOf(context) }
      const page = pageOf(await listPeople(db, scopeOf(context, call.actor), filter), limit, (last) => cursorOfText(last.login))
      await logRead(context, call, contract.listPeople.id, 'list', page.rows.length)
      return { rows: page.rows.map((row) => ({ ...row, lastSeenAt: iso(row.lastSeenAt), endedAt: iso(row.endedAt) })), next: page.next }
    }),
    route(contract.getPerson, async (call) => {
      const actor = personOf(call.actor)
      const { id } = call.params
      const now = nowOf(context)
      const [person, detail, reach] = [await findPersonById(db, id), await findPersonDetail(db, id, now), await reachOfPerson(context, db, actor, id)]
      if (!person || !detail || reach === 'outside') throw new Refusal('NOT_FOUND')
      const [holdings, posts] = [await listHoldingsOf(db, id), await listPosts(db, id, now)]
      const demanding: readonly string[] = context.policy.secondFactorFor
      await logRead(context, call, contract.getPerson.id, id, 1)
      return {
        personId: id,
        login: person.login,
        personName: person.name,
        unitCode: detail.unitCode,
        createdAt: person.created_at.toISOString(),
        endedAt: iso(person.ended_at),
        lastSignInAt: iso(detail.lastSignInAt),
        lockedUntil: person.locked_until && person.locked_until > now ? iso(person.locked_until) : null,
        passwordAt: iso(person.password_at),
        invitedUntil: iso(detail.invitedUntil),
        secondFactorAt: iso(detail.secondFactorAt),
        secondFactorDemanded: !person.demo && posts.some((post) => post.permissions.some((permission) => demanding.includes(permission))),
        sessions: detail.sessions,
        demo: person.demo,
        editable: reach === 'inside' && id !== actor.personId && person.ended_at === null,
        holdings: holdings.map(holdingView),
      }
    }),
    route(contract.createPerson, (call) => {
      const { reason: _reason, ...body } = call.body
      return createPerson(context, deedOf(call), call.key, body)
    }),
    route(contract.renamePerson, async (call) => ({ changed: await renamePerson(context, deedOf(call), call.params.id, call.body.personName) })),
    route(contract.endPerson, (call) => endPerson(context, { ...deedOf(call), note: call.body.note, takenOverBy: call.body.takenOverBy }, call.params.id)),
    route(contract.invitePerson, async (call) => {
      const { invitation, endsAt } = await invitePerson(context, deedOf(call), call.params.id)
      return { invitation, endsAt: endsAt.toISOString() }
    }),
    route(contract.unlockPerson, async (call) => ({ changed: await unlockPerson(context, deedOf(call), call.params.id) })),
    route(contract.endSessions, async (call) => ({ endedSessions: await endSessions(context, deedOf(call), call.params.id) })),
    route(contract.resetSecondFactor, async (call) => ({ endedSessions: await resetSecondFactor(context, deedOf(call), call.params.id) })),
    route(contract.listStaleAccounts, async (call) => {
      const limit = limitOf(call.query, 50)
      const now = nowOf(context)
      const days = call.query.days === undefined ? context.policy.staleDays : Number(call.query.days)
      const rows = await listStale(db, scopeOf(context, call.actor), {
        before: new Date(now.getTime() - days * DAY_MS),
        reason: call.query.reason ?? null,
        demanding: context.policy.secondFactorFor,
        after: textCursor(call.query.cursor),
        limit: limit + 1,
        now,
      })
      const page = pageOf(rows, limit, (last) => cursorOfText(last.login))
      await logRead(context, call, contract.listStaleAccounts.id, 'list', page.rows.length)
      return {
        rows: page.rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString(), lastSignInAt: iso(row.lastSignInAt) })),
        next: page.next,
      }
    }),
    route(contract.listChanges, async (call) => {
      const { kind, object, cursor } = call.query
      if (!(await maySee(context, call.actor, kind, object))) throw new Refusal('NOT_FOUND')
      const limit = limitOf(call.query, 50)
      const rows = await listChanges(db, { kind, object, before: timeCursor(cursor), limit: limit + 1 })
      const page = pageOf(rows, limit, (last) => cursorOf(last.at, last.id))
      await logRead(context, call, contract.listChanges.id, object, page.rows.length)
      return { rows: page.rows.map((row) => ({ ...row, at: row.at.toISOString() })), next: page.next }
    }),
  ]
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** True where a person, post or unit lies in the actor's area. */
async function maySee(context: Context, caller: Actor, kind: 'person' | 'post' | 'unit', object: string): Promise<boolean> {
  const { db } = context.platform
  const actor = personOf(caller)
  if (kind !== 'unit' && !UUID.test(object)) return false
  if (kind === 'person') return (await findPersonById(db, object)) !== undefined && (await reachOfPerson(context, db, actor, object)) !== 'outside'
  const path = kind === 'post' ? (await findPost(db, object))?.area_path : await findUnitPath(db, object)
  return path !== undefined && within(actor.areaPath, path)
}
