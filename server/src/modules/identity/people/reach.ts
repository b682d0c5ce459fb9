import { Refusal } from '@linli/contract/errors'
import type { Queryable, Tx } from '../../../platform/db/database.ts'
import { within, type PersonActor } from '../../../platform/rights/actor.ts'
import { nowOf, type Context } from '../context.ts'
import { reachOf, type Reach } from '../rules.ts'
import { lockPerson } from '../sign-in/store.ts'
import { findPersonById, type PersonRow } from '../store.ts'
import { findArea, listAreaPaths, lockPost, lockUnit, type PostFacts, type UnitFacts } from './store.ts'

/** How a person lies to an administrator's area. */
export async function reachOfPerson(context: Context, db: Queryable, actor: PersonActor, personId: string): Promise<Reach> {
  return reachOf(actor.areaPath, context.platform.city.city.division, await listAreaPaths(db, personId, nowOf(context)))
}

/**
 * Locks a person whom an administrator wants to change. NOT_FOUND outside the area, PERSON_OUTSIDE_AREA where a post lies outside it,
 * OWN_ACCOUNT_NOT_ALLOWED for oneself, PERSON_ENDED unless `ended` may be.
 */
export async function lockSubject(context: Context, tx: Tx, actor: PersonActor, personId: string, ended = false): Promise<PersonRow> {
  if (personId === actor.personId) throw new Refusal('OWN_ACCOUNT_NOT_ALLOWED')
  await lockPerson(tx, personId)
  const person = await findPersonById(tx, personId)
  const reach = person && (await reachOfPerson(context, tx, actor, personId))
  if (!person || reach === 'outside') throw new Refusal('NOT_FOUND')
  if (reach === 'across') throw new Refusal('PERSON_OUTSIDE_AREA')
  if (person.ended_at !== null && !ended) throw new Refusal('PERSON_ENDED')
  return person
}

/** Locks a person named in a body, visible to the administrator and live. PERSON_UNKNOWN, PERSON_ENDED. */
export async function lockNamed(context: Context, tx: Tx, actor: PersonActor, personId: string, pointer: string): Promise<PersonRow> {
  await lockPerson(tx, personId)
  const person = await findPersonById(tx, personId)
  if (!person || (await reachOfPerson(context, tx, actor, personId)) === 'outside') throw new Refusal('PERSON_UNKNOWN', [{ pointer, code: 'PERSON_UNKNOWN' }])
  if (person.ended_at !== null) throw new Refusal('PERSON_ENDED')
  return person
}

/** Locks a live post inside the administrator's area. NOT_FOUND, POST_ENDED. */
export async function lockLivePost(tx: Tx, actor: PersonActor, postId: string): Promise<PostFacts> {
  const post = await lockPost(tx, postId)
  if (!post || !within(actor.areaPath, post.area_path)) throw new Refusal('NOT_FOUND')
  if (post.ended_at !== null) throw new Refusal('POST_ENDED')
  return post
}

/** Locks a live unit inside the administrator's area. NOT_FOUND, UNIT_ENDED. */
export async function lockLiveUnit(tx: Tx, actor: PersonActor, code: string): Promise<UnitFacts> {
  const unit = await lockUnit(tx, code)
  if (!unit || !within(actor.areaPath, unit.area_path)) throw new Refusal('NOT_FOUND')
  if (unit.ended_at !== null) throw new Refusal('UNIT_ENDED')
  return unit
}

/** Locks a live unit that a body names, inside the administrator's area. UNIT_UNKNOWN. */
export async function lockNamedUnit(tx: Tx, actor: PersonActor, code: string, pointer: string): Promise<UnitFacts> {
  const unit = await lockUnit(tx, code)
  if (!unit || unit.ended_at !== null || !within(actor.areaPath, unit.area_path)) throw new Refusal('UNIT_UNKNOWN', [{ pointer, code: 'UNIT_UNKNOWN' }])
  return unit
}

/** An area inside the administrator's own. AREA_UNKNOWN. */
export async function areaInside(tx: Tx, actor: PersonActor, code: string): Promise<{ name: string; path: string }> {
  const area = await findArea(tx, code)
  if (!area || !within(actor.areaPath, area.path)) throw new Refusal('AREA_UNKNOWN', [{ pointer: '/body/areaCode', code: 'AREA_UNKNOWN' }])
  return area
}
