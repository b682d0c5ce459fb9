import type { STALE_REASONS } from '@linli/contract/endpoints/identity'
import { many, one, sql, type Db } from '../../../platform/db/database.ts'

/** Whose people and posts may be seen: an area path, and whether it is the whole city's. */
export interface Scope {
  readonly path: string
  readonly whole: boolean
}
export interface HoldingView {
  holdingId: string
  personId: string
  personName: string
  postId: string
  postTitle: string
  unitName: string
  deputy: boolean
  fromAt: Date
  toAt: Date | null
  reason: string | null
}

const inside = (column: ReturnType<typeof sql>, scope: Scope) =>
  sql`(${scope.whole} or ${column} = ${scope.path} or starts_with(${column}, ${`${scope.path}.`}))`
const runs = (at: Date) => sql`(holding.from_at <= ${at} and (holding.to_at is null or holding.to_at > ${at}) and post.ended_at is null)`
/** A person is seen where a post held now or later lies in the area, or, without any, the own unit. */
const personInside = (scope: Scope, at: Date) => sql`(${scope.whole} or exists (
    select 1 from identity.holding join identity.post on post.id = post_id where holding.person_id = person.id and post.ended_at is null and (to_at is null or to_at > greatest(${at}, from_at)) and ${inside(sql`post.area_path`, scope)})
  or (exists (select 1 from identity.unit where unit.code = person.unit_code and ${inside(sql`unit.area_path`, scope)})
    and not exists (select 1 from identity.holding join identity.post on post.id = post_id where holding.person_id = person.id and post.ended_at is null and (to_at is null or to_at > greatest(${at}, from_at)))))`
const titles = (at: Date) =>
  sql`coalesce((select array_agg(post.title order by post.code) from identity.holding join identity.post on post.id = holding.post_id where holding.person_id = person.id and ${runs(at)}), '{}')`
const LAST_SEEN = sql`greatest(person.last_sign_in_at, (select max(seen_at) from identity.session where session.person_id = person.id))`
const FACTOR = sql`exists (select 1 from identity.second_factor where second_factor.person_id = person.id and confirmed_at is not null)`

export interface ListedPerson {
  personId: string
  login: string
  personName: string
  postTitles: string[]
  locked: boolean
  secondFactor: boolean
  lastSeenAt: Date | null
  endedAt: Date | null
}
/** People by login, with the posts they hold now and when they were last here. */
export const listPeople = (db: Db, scope: Scope, filter: { q: string; ended: boolean; after: string; limit: number; now: Date }) =>
  many<ListedPerson>(
    db,
    sql`
  select person.id as "personId", person.login, person.name as "personName", coalesce(person.locked_until > ${filter.now}, false) as locked, ${FACTOR} as "secondFactor",
    ${LAST_SEEN} as "lastSeenAt", person.ended_at as "endedAt", ${titles(filter.now)} as "postTitles"
  from identity.person where person.login > ${filter.after} and (person.ended_at is not null) = ${filter.ended} and (strpos(person.login, ${filter.q}) > 0 or strpos(person.name, ${filter.q}) > 0)
    and ${personInside(scope, filter.now)} order by person.login limit ${filter.limit}`,
  )

export interface PersonDetail {
  unitCode: string | null
  lastSignInAt: Date | null
  invitedUntil: Date | null
  secondFactorAt: Date | null
  sessions: number
}
export const findPersonDetail = (db: Db, id: string, at: Date) =>
  one<PersonDetail>(
    db,
    sql`select unit_code as "unitCode", last_sign_in_at as "lastSignInAt",
    (select max(ends_at) from identity.invitation where invitation.person_id = person.id and used_at is null and revoked_at is null and ends_at > ${at}) as "invitedUntil",
    (select confirmed_at from identity.second_factor where second_factor.person_id = person.id) as "secondFactorAt",
    (select count(*)::int from identity.session where session.person_id = person.id and ends_at > ${at}) as sessions
  from identity.person where person.id = ${id}`,
  )

const HOLDING = sql`select holding.id as "holdingId", holding.person_id as "personId", person.name as "personName", holding.post_id as "postId", post.title as "postTitle", unit.name as "unitName",
    holding.deputy, holding.from_at as "fromAt", holding.to_at as "toAt", holding.reason
  from identity.holding join identity.person on person.id = holding.person_id join identity.post on post.id = holding.post_id join identity.unit on unit.code = post.unit_code`
/** Every holding of a person, past, present and to come, newest first. */
export const listHoldingsOf = (db: Db, personId: string) =>
  many<HoldingView>(db, sql<HoldingView>`${HOLDING} where holding.person_id = ${personId} order by holding.from_at desc, holding.id`)

export interface ListedPost {
  postId: string
  code: string
  postTitle: string
  unitCode: string
  unitName: string
  areaCode: string
  areaName: string
  roles: string[]
  endedAt: Date | null
}
export const listPostsInside = (db: Db, scope: Scope, filter: { q: string; unit: string | null; ended: boolean; after: string; limit: number }) =>
  many<ListedPost>(
    db,
    sql`select post.id as "postId", post.code, post.title as "postTitle", post.unit_code as "unitCode", unit.name as "unitName", post.area_code as "areaCode", post.area_name as "areaName", post.roles, post.ended_at as "endedAt"
  from identity.post join identity.unit on unit.code = post.unit_code
  where post.code > ${filter.after} and (post.ended_at is not null) = ${filter.ended} and (${filter.unit}::text is null or post.unit_code = ${filter.unit}) and ${inside(sql`post.area_path`, scope)}
    and (strpos(post.code, ${filter.q}) > 0 or strpos(post.title, ${filter.q}) > 0 or strpos(unit.name, ${filter.q}) > 0) order by post.code limit ${filter.limit}`,
  )
/** Who holds posts now or later. */
export const listHoldersOf = (db: Db, postIds: readonly string[], at: Date) =>
  many<HoldingView>(
    db,
    sql<HoldingView>`${HOLDING} where holding.post_id = any(${postIds}::uuid[]) and (holding.to_at is null or holding.to_at > greatest(${at}, holding.from_at)) order by holding.deputy, holding.from_at, holding.id`,
  )

export interface StaleAccount {
  personId: string
  login: string
  personName: string
  postTitles: string[]
  reasons: (typeof STALE_REASONS)[number][]
  createdAt: Date
  lastSignInAt: Date | null
}
/** Live accounts with at least one reason to look at them, by login; invented people of the demo city need no second factor. */
export const listStale = (
  db: Db,
  scope: Scope,
  filter: { before: Date; reason: string | null; demanding: readonly string[]; after: string; limit: number; now: Date },
) =>
  many<StaleAccount>(
    db,
    sql`
  with account as (
    select person.id, person.login, person.name, person.created_at, person.last_sign_in_at, ${titles(filter.now)} as titles, array_remove(array[
      case when person.last_sign_in_at is null then 'never-signed-in' end,
      case when person.last_sign_in_at < ${filter.before} then 'not-seen' end,
      case when not exists (select 1 from identity.holding join identity.post on post.id = post_id where holding.person_id = person.id and post.ended_at is null and (to_at is null or to_at > greatest(${filter.now}, from_at))) then 'no-post' end,
      case when person.demo_step is null and not ${FACTOR} and exists (select 1 from identity.holding join identity.post on post.id = post_id join identity.role on role.name = any(post.roles)
        where holding.person_id = person.id and role.permissions && ${filter.demanding}::text[] and ${runs(filter.now)}) then 'second-factor-missing' end,
      case when person.locked_until > ${filter.now} then 'locked' end], null) as reasons
    from identity.person where person.login > ${filter.after} and person.ended_at is null and ${personInside(scope, filter.now)})
  select id as "personId", login, name as "personName", titles as "postTitles", reasons, created_at as "createdAt", last_sign_in_at as "lastSignInAt" from account
  where cardinality(reasons) > 0 and (${filter.reason}::text is null or ${filter.reason} = any(reasons)) order by login limit ${filter.limit}`,
  )

export interface HandOverRow {
  handOverId: string
  at: Date
  postId: string
  postTitle: string
  unitName: string
  personName: string
  takenOverByName: string | null
  note: string
  openWork: number
  acknowledgedAt: Date | null
}
const HAND_OVER = sql`select hand_over.id as "handOverId", hand_over.at, hand_over.post_id as "postId", post.title as "postTitle", unit.name as "unitName", leaver.name as "personName", taker.name as "takenOverByName",
    hand_over.note, hand_over.open_work as "openWork", hand_over.acknowledged_at as "acknowledgedAt"
  from identity.hand_over join identity.post on post.id = hand_over.post_id join identity.unit on unit.code = post.unit_code
    join identity.person as leaver on leaver.id = hand_over.person_id left join identity.person as taker on taker.id = hand_over.taken_over_by`
export const listHandOvers = (db: Db, scope: Scope, filter: { post: string | null; before: { at: Date; id: string } | null; limit: number }) =>
  many<HandOverRow>(
    db,
    sql<HandOverRow>`${HAND_OVER} where ${inside(sql`post.area_path`, scope)} and (${filter.post}::uuid is null or hand_over.post_id = ${filter.post}::uuid)
      and (${filter.before?.at ?? null}::timestamptz is null or (hand_over.at, hand_over.id) < (${filter.before?.at ?? null}::timestamptz, ${filter.before?.id ?? null}::uuid)) order by hand_over.at desc, hand_over.id desc limit ${filter.limit}`,
  )
export const listHandOversTo = (db: Db, personId: string, limit: number) =>
  many<HandOverRow>(
    db,
    sql<HandOverRow>`${HAND_OVER} where hand_over.taken_over_by = ${personId} order by hand_over.acknowledged_at is not null, hand_over.at desc, hand_over.id desc limit ${limit}`,
  )

export interface ChangeRow {
  id: string
  at: Date
  action: string
  before: string | null
  after: string | null
  reason: string
  personId: string | null
  personName: string | null
  postTitle: string | null
}
export const listChanges = (db: Db, filter: { kind: string; object: string; before: { at: Date; id: string } | null; limit: number }) =>
  many<ChangeRow>(
    db,
    sql`select change.id, change.at, change.action, change.before, change.after, change.reason, change.person_id as "personId", person.name as "personName", post.title as "postTitle"
  from identity.change left join identity.person on person.id = change.person_id left join identity.post on post.id = change.post_id
  where change.kind = ${filter.kind} and change.object = ${filter.object}
    and (${filter.before?.at ?? null}::timestamptz is null or (change.at, change.id) < (${filter.before?.at ?? null}::timestamptz, ${filter.before?.id ?? null}::uuid)) order by change.at desc, change.id desc limit ${filter.limit}`,
  )
export const findUnitPath = async (db: Db, code: string): Promise<string | undefined> =>
  (await one<{ path: string }>(db, sql`select area_path as path from identity.unit where code = ${code}`))?.path
