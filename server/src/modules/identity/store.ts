import { many, one, sql, type Db, type Queryable } from '../../platform/db/database.ts'

export interface PersonRow {
  id: string
  login: string
  name: string
  password_hash: string
  failures: number
  locked_until: Date | null
}
export interface PostRow {
  id: string
  title: string
  unit_code: string
  unit_name: string
  area_code: string
  area_name: string
  area_path: string
  permissions: string[]
}
export interface SessionRow {
  id: string
  person_id: string
  person_name: string
  post_id: string
  seen_at: Date
  ends_at: Date
}
export interface UnitRow {
  code: string
  name: string
  nameEn: string | null
  kind: string
  areaCode: string
  areaPath: string
}

export const findPersonByLogin = (db: Db, login: string) =>
  one<PersonRow>(db, sql`select id, login, name, password_hash, failures, locked_until from identity.person where login = ${login.toLowerCase()}`)

/** Posts that a person holds at an instant, with the permissions that their roles bundle. */
export const listPosts = (db: Queryable, personId: string, at: Date) =>
  many<PostRow>(
    db,
    sql`
  select post.id, post.title, post.unit_code, unit.name as unit_name, post.area_code, post.area_name, post.area_path,
    coalesce((select array_agg(distinct permission) from identity.role, unnest(role.permissions) as permission where role.name = any(post.roles)), '{}') as permissions
  from identity.holding join identity.post on post.id = holding.post_id join identity.unit on unit.code = post.unit_code
  where holding.person_id = ${personId} and holding.from_at <= ${at} and (holding.to_at is null or holding.to_at > ${at}) order by post.code`,
  )

export const findSession = (db: Db, tokenHash: string) =>
  one<SessionRow>(
    db,
    sql`
  select session.id, person_id, person.name as person_name, post_id, seen_at, ends_at from identity.session join identity.person on person.id = person_id where token_hash = ${tokenHash}`,
  )

export async function insertSession(
  db: Queryable,
  row: { tokenHash: string; id: string; personId: string; postId: string; at: Date; endsAt: Date },
): Promise<void> {
  await sql`insert into identity.session (token_hash, id, person_id, post_id, created_at, seen_at, ends_at) values (${row.tokenHash}, ${row.id}, ${row.personId}, ${row.postId}, ${row.at}, ${row.at}, ${row.endsAt})`.execute(
    db,
  )
}
export const touchSession = (db: Db, tokenHash: string, at: Date) =>
  sql`update identity.session set seen_at = ${at} where token_hash = ${tokenHash}`.execute(db)
export const setSessionPost = (db: Queryable, sessionId: string, postId: string) =>
  sql`update identity.session set post_id = ${postId} where id = ${sessionId}`.execute(db)
export const deleteSession = (db: Queryable, sessionId: string) => sql`delete from identity.session where id = ${sessionId}`.execute(db)
/** True while a session stands; watching a stream counts as being there. */
export async function isSessionLive(db: Db, sessionId: string, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`update identity.session set seen_at = ${at} where id = ${sessionId} and ends_at > ${at}`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}
export const deleteEndedSessions = (db: Db, at: Date) => sql`delete from identity.session where ends_at < ${at}`.execute(db)

/** Counts a failure and locks after `limit` of them; returns when the lock ends, if there is one now. */
export const countFailure = (db: Queryable, personId: string, limit: number, lockUntil: Date) =>
  one<{ locked_until: Date | null }>(
    db,
    sql`
  update identity.person set failures = case when failures + 1 >= ${limit} then 0 else failures + 1 end, locked_until = case when failures + 1 >= ${limit} then ${lockUntil} else locked_until end
  where id = ${personId} returning locked_until`,
  )
/** Forgets failures after a success; false where the account was locked meanwhile, by guesses that ran beside it. */
export async function clearFailures(db: Queryable, personId: string, now: Date): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update identity.person set failures = 0, locked_until = null where id = ${personId} and (locked_until is null or locked_until <= ${now})`.execute(
      db,
    )
  return (numAffectedRows ?? 0n) > 0n
}

export const listUnits = (db: Db) =>
  many<UnitRow>(db, sql`select code, name, name_en as "nameEn", kind, area_code as "areaCode", area_path as "areaPath" from identity.unit order by code`)

export interface ListedPerson {
  login: string
  personName: string
  postTitles: string[]
  locked: boolean
  lastSeenAt: Date | null
}
/** People by login, with the posts they hold now and when a session of theirs was last used. */
export const listPeople = (db: Db, filter: { q: string; after: string; limit: number; now: Date }) =>
  many<ListedPerson>(
    db,
    sql`
  select person.login, person.name as "personName", coalesce(person.locked_until > ${filter.now}, false) as locked, (select max(seen_at) from identity.session where session.person_id = person.id) as "lastSeenAt",
    coalesce((select array_agg(post.title order by post.code) from identity.holding join identity.post on post.id = holding.post_id where holding.person_id = person.id and holding.to_at is null), '{}') as "postTitles"
  from identity.person where person.login > ${filter.after} and (strpos(person.login, ${filter.q}) > 0 or strpos(person.name, ${filter.q}) > 0) order by person.login limit ${filter.limit}`,
  )

/** The seat of the machine's administrator: whoever holds the first post with that role. */
export const findAdministratorSeat = (db: Db) =>
  one<{ person_id: string; post_id: string }>(
    db,
    sql`
  select holding.person_id, holding.post_id from identity.holding join identity.post on post.id = holding.post_id where 'administrator' = any(post.roles) and holding.to_at is null order by post.code limit 1`,
  )

export const listDemoPeople = (db: Db) =>
  many<{ login: string; personName: string; postTitle: string; unitName: string; areaName: string; step: string }>(
    db,
    sql`
  select person.login, person.name as "personName", post.title as "postTitle", unit.name as "unitName", post.area_name as "areaName", person.demo_step as step
  from identity.person join identity.holding on holding.person_id = person.id join identity.post on post.id = holding.post_id join identity.unit on unit.code = post.unit_code
  where person.demo_step is not null and holding.to_at is null
    and holding.post_id = (select first.post_id from identity.holding as first join identity.post as p on p.id = first.post_id where first.person_id = person.id and first.to_at is null order by p.code limit 1)
  order by post.code`,
  )
