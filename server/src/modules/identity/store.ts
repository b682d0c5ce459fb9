import { many, one, sql, type Db, type Queryable } from '../../platform/db/database.ts'

export interface PersonRow {
  id: string
  login: string
  name: string
  password_hash: string | null
  password_at: Date | null
  locked_until: Date | null
  ended_at: Date | null
  created_at: Date
  demo: boolean
  factor_confirmed: boolean
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
  deputy: boolean
  to_at: Date | null
}
export interface SessionRow {
  id: string
  person_id: string
  person_name: string
  post_id: string
  seen_at: Date
  ends_at: Date
  strong: boolean
  way: string
  demo: boolean
  created_at: Date
}
export interface UnitRow {
  code: string
  name: string
  nameEn: string | null
  kind: string
  areaCode: string
  areaPath: string
  parentCode: string | null
  endedAt: Date | null
}

const PERSON = sql`select person.id, login, name, password_hash, password_at, locked_until, ended_at, person.created_at, demo_step is not null as demo, coalesce(confirmed_at is not null, false) as factor_confirmed
  from identity.person left join identity.second_factor on person_id = person.id`
export const findPersonByLogin = (db: Queryable, login: string) => one<PersonRow>(db, sql<PersonRow>`${PERSON} where login = ${login.toLowerCase()}`)
export const findPersonById = (db: Queryable, id: string) => one<PersonRow>(db, sql<PersonRow>`${PERSON} where person.id = ${id}`)

/** Posts that a person holds at an instant, with the permissions that their roles bundle. */
export const listPosts = (db: Queryable, personId: string, at: Date) =>
  many<PostRow>(
    db,
    sql`
  select post.id, post.title, post.unit_code, unit.name as unit_name, post.area_code, post.area_name, post.area_path, holding.deputy, holding.to_at,
    coalesce((select array_agg(distinct permission) from identity.role, unnest(role.permissions) as permission where role.name = any(post.roles)), '{}') as permissions
  from identity.holding join identity.post on post.id = holding.post_id join identity.unit on unit.code = post.unit_code
  where holding.person_id = ${personId} and holding.from_at <= ${at} and (holding.to_at is null or holding.to_at > ${at}) and post.ended_at is null order by holding.deputy, post.code`,
  )

export const findSession = (db: Db, tokenHash: string) =>
  one<SessionRow>(
    db,
    sql`
  select session.id, person_id, person.name as person_name, post_id, seen_at, ends_at, strong, way, demo_step is not null as demo, person.created_at
  from identity.session join identity.person on person.id = person_id where token_hash = ${tokenHash} and person.ended_at is null`,
  )

export const findSessionById = (db: Queryable, sessionId: string) =>
  one<SessionRow>(
    db,
    sql`
  select session.id, person_id, person.name as person_name, post_id, seen_at, ends_at, strong, way, demo_step is not null as demo, person.created_at
  from identity.session join identity.person on person.id = person_id where session.id = ${sessionId}`,
  )

export async function insertSession(
  db: Queryable,
  row: { tokenHash: string; id: string; personId: string; postId: string; at: Date; endsAt: Date; strong: boolean; way: string },
): Promise<void> {
  await sql`insert into identity.session (token_hash, id, person_id, post_id, created_at, seen_at, ends_at, strong, way)
    values (${row.tokenHash}, ${row.id}, ${row.personId}, ${row.postId}, ${row.at}, ${row.at}, ${row.endsAt}, ${row.strong}, ${row.way})`.execute(db)
}
export const touchSession = (db: Db, tokenHash: string, at: Date) =>
  sql`update identity.session set seen_at = ${at} where token_hash = ${tokenHash}`.execute(db)
export const setSessionPost = (db: Queryable, sessionId: string, postId: string) =>
  sql`update identity.session set post_id = ${postId} where id = ${sessionId}`.execute(db)
export const strengthenSession = (db: Queryable, sessionId: string) => sql`update identity.session set strong = true where id = ${sessionId}`.execute(db)
/** Deletes sessions of a person, all but one and at one post where that is said; answers their ids. */
export async function deleteSessionsOf(db: Queryable, personId: string, only: { readonly but?: string; readonly postId?: string } = {}): Promise<string[]> {
  const rows = await many<{ id: string }>(
    db,
    sql`delete from identity.session where person_id = ${personId} and (${only.but ?? null}::uuid is null or id <> ${only.but ?? null}::uuid) and (${only.postId ?? null}::uuid is null or post_id = ${only.postId ?? null}::uuid) returning id`,
  )
  return rows.map((row) => row.id)
}
/** Deletes sessions at posts that their people hold no more, because a time set before has come; answers their ids. */
export async function deleteSessionsWithoutPost(db: Db, at: Date): Promise<string[]> {
  const rows = await many<{ id: string }>(
    db,
    sql`delete from identity.session where not exists (select 1 from identity.holding where holding.person_id = session.person_id and holding.post_id = session.post_id and from_at <= ${at} and (to_at is null or to_at > ${at})) returning id`,
  )
  return rows.map((row) => row.id)
}
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
    await sql`update identity.person set failures = 0, locked_until = null, last_sign_in_at = ${now} where id = ${personId} and ended_at is null and (locked_until is null or locked_until <= ${now})`.execute(
      db,
    )
  return (numAffectedRows ?? 0n) > 0n
}

export const listUnits = (db: Db) =>
  many<UnitRow>(
    db,
    sql`select code, name, name_en as "nameEn", kind, area_code as "areaCode", area_path as "areaPath", parent_code as "parentCode", ended_at as "endedAt" from identity.unit order by code`,
  )

/** The seat of the machine's administrator: whoever holds the first post with that role. */
export const findAdministratorSeat = (db: Db) =>
  one<{ person_id: string; post_id: string }>(
    db,
    sql`
  select holding.person_id, holding.post_id from identity.holding join identity.post on post.id = holding.post_id join identity.person on person.id = holding.person_id
  where 'administrator' = any(post.roles) and holding.to_at is null and not holding.deputy and post.ended_at is null and person.ended_at is null order by post.code limit 1`,
  )

export const listDemoPeople = (db: Db) =>
  many<{ login: string; personName: string; postTitle: string; unitName: string; areaName: string; step: string }>(
    db,
    sql`
  select person.login, person.name as "personName", post.title as "postTitle", unit.name as "unitName", post.area_name as "areaName", person.demo_step as step
  from identity.person join identity.holding on holding.person_id = person.id join identity.post on post.id = holding.post_id join identity.unit on unit.code = post.unit_code
  where person.demo_step is not null and person.ended_at is null and holding.to_at is null and not holding.deputy
    and holding.post_id = (select first.post_id from identity.holding as first join identity.post as p on p.id = first.post_id where first.person_id = person.id and first.to_at is null and not first.deputy order by p.code limit 1)
  order by post.code`,
  )
