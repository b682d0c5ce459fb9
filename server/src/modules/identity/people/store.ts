import { many, one, sql, type Queryable } from '../../../platform/db/database.ts'

export interface HoldingRow {
  id: string
  person_id: string
  post_id: string
  from_at: Date
  to_at: Date | null
  deputy: boolean
}
export interface PostFacts {
  id: string
  title: string
  unit_code: string
  area_path: string
  ended_at: Date | null
  permissions: string[]
}
export interface UnitFacts {
  code: string
  name: string
  name_en: string | null
  area_path: string
  ended_at: Date | null
}

const HOLDING = sql`select id, person_id, post_id, from_at, to_at, deputy from identity.holding`
const PERMISSIONS = sql`coalesce((select array_agg(distinct permission) from identity.role, unnest(role.permissions) as permission where role.name = any(post.roles)), '{}')`

/** Paths of the areas that a person belongs to: those of the posts held now or later, else of the own unit. */
export const listAreaPaths = async (db: Queryable, personId: string, at: Date): Promise<string[]> =>
  (
    await many<{ path: string }>(
      db,
      sql`with held as (select distinct post.area_path as path from identity.holding join identity.post on post.id = post_id where person_id = ${personId} and post.ended_at is null and (to_at is null or to_at > greatest(${at}, from_at)))
        select path from held union all select unit.area_path from identity.person join identity.unit on unit.code = person.unit_code where person.id = ${personId} and not exists (select 1 from held)`,
    )
  ).map((row) => row.path)

/** Makes an account; false where the login is taken, by whomever and whenever. */
export async function insertPerson(db: Queryable, row: { id: string; login: string; name: string; unitCode: string; at: Date }): Promise<boolean> {
  const { numAffectedRows } =
    await sql`insert into identity.person (id, login, name, unit_code, created_at) values (${row.id}, ${row.login}, ${row.name}, ${row.unitCode}, ${row.at})
    on conflict (login) do nothing`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}
export const renamePerson = (db: Queryable, id: string, name: string) => sql`update identity.person set name = ${name} where id = ${id}`.execute(db)
export const endPerson = (db: Queryable, id: string, at: Date) => sql`update identity.person set ended_at = ${at} where id = ${id}`.execute(db)
/** Ends a lock; false where none stands. */
export async function unlockPerson(db: Queryable, id: string, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`update identity.person set locked_until = null, failures = 0 where id = ${id} and locked_until > ${at}`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}

/** A post with its permissions, locked against ending and granting meanwhile. */
export const lockPost = async (db: Queryable, id: string): Promise<PostFacts | undefined> => {
  const there = await one<{ id: string }>(db, sql`select id from identity.post where id = ${id} for update`)
  return there && findPost(db, id)
}
export const findPost = (db: Queryable, id: string) =>
  one<PostFacts>(db, sql`select id, title, unit_code, area_path, ended_at, ${PERMISSIONS} as permissions from identity.post where id = ${id}`)
export async function insertPost(
  db: Queryable,
  row: { id: string; code: string; unitCode: string; title: string; areaCode: string; areaName: string; areaPath: string; roles: readonly string[]; at: Date },
): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into identity.post (id, code, unit_code, title, area_code, area_name, area_path, roles, created_at)
    values (${row.id}, ${row.code}, ${row.unitCode}, ${row.title}, ${row.areaCode}, ${row.areaName}, ${row.areaPath}, ${row.roles}, ${row.at}) on conflict (code) do nothing`.execute(
    db,
  )
  return (numAffectedRows ?? 0n) > 0n
}
export const endPost = (db: Queryable, id: string, at: Date) => sql`update identity.post set ended_at = ${at} where id = ${id}`.execute(db)
export const listRoles = (db: Queryable) => many<{ name: string; permissions: string[] }>(db, sql`select name, permissions from identity.role order by name`)

export const findHolding = (db: Queryable, id: string) => one<HoldingRow>(db, sql<HoldingRow>`${HOLDING} where id = ${id}`)
/** Holdings of a post that run now or later. */
export const listHoldingsOfPost = (db: Queryable, postId: string, at: Date) =>
  many<HoldingRow>(db, sql<HoldingRow>`${HOLDING} where post_id = ${postId} and (to_at is null or to_at > greatest(${at}, from_at)) order by id`)
export const listHoldingsOfPerson = (db: Queryable, personId: string, at: Date) =>
  many<HoldingRow>(db, sql<HoldingRow>`${HOLDING} where person_id = ${personId} and (to_at is null or to_at > greatest(${at}, from_at)) order by id`)
export const insertHolding = (db: Queryable, row: HoldingRow & { reason: string; by: string | null }) =>
  sql`insert into identity.holding (id, person_id, post_id, from_at, to_at, deputy, reason, granted_by)
    values (${row.id}, ${row.person_id}, ${row.post_id}, ${row.from_at}, ${row.to_at}, ${row.deputy}, ${row.reason}, ${row.by})`.execute(db)
/** Ends a holding now; one that has not begun ends as it begins and so never was. */
export const endHolding = (db: Queryable, id: string, at: Date, by: string) =>
  sql`update identity.holding set to_at = greatest(${at}, from_at), ended_by = ${by} where id = ${id}`.execute(db)
/** Whether somebody with a live account and a password holds a post with a permission now. */
export const isHeldBySomebody = async (db: Queryable, permission: string, at: Date): Promise<boolean> =>
  (await one(
    db,
    sql`select 1 from identity.holding join identity.post on post.id = post_id join identity.person on person.id = person_id join identity.role on role.name = any(post.roles)
      where ${permission} = any(role.permissions) and from_at <= ${at} and (to_at is null or to_at > ${at}) and post.ended_at is null and person.ended_at is null and password_hash is not null limit 1`,
  )) !== undefined
/** The first live post with a role, and the unit it is in. */
export const findPostWithRole = (db: Queryable, role: string) =>
  one<{ id: string; unit_code: string }>(db, sql`select id, unit_code from identity.post where ${role} = any(roles) and ended_at is null order by code limit 1`)
/** Permissions and period of what a person holds or will hold. */
export const listDuties = (db: Queryable, personId: string, at: Date) =>
  many<{ permissions: string[]; from: Date; to: Date | null }>(
    db,
    sql`select from_at as "from", to_at as "to", ${PERMISSIONS} as permissions from identity.holding join identity.post on post.id = post_id
      where person_id = ${personId} and post.ended_at is null and (to_at is null or to_at > greatest(${at}, from_at))`,
  )

export const insertHandOver = (
  db: Queryable,
  row: { id: string; at: Date; postId: string; personId: string; takenOverBy: string | null; note: string; openWork: number },
) =>
  sql`insert into identity.hand_over (id, at, post_id, person_id, taken_over_by, note, open_work)
    values (${row.id}, ${row.at}, ${row.postId}, ${row.personId}, ${row.takenOverBy}, ${row.note}, ${row.openWork})`.execute(db)
/** Acknowledges a hand-over to a person; a second time changes nothing. Answers when it was acknowledged first. */
export const acknowledgeHandOver = (db: Queryable, id: string, personId: string, at: Date) =>
  one<{ acknowledged_at: Date }>(
    db,
    sql`update identity.hand_over set acknowledged_at = coalesce(acknowledged_at, ${at}) where id = ${id} and taken_over_by = ${personId} returning acknowledged_at`,
  )

export const lockUnit = (db: Queryable, code: string) =>
  one<UnitFacts>(db, sql`select code, name, name_en, area_path, ended_at from identity.unit where code = ${code} for update`)
export async function insertUnit(
  db: Queryable,
  row: { code: string; name: string; nameEn: string | null; kind: string; parentCode: string | null; areaCode: string; areaPath: string; at: Date },
): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into identity.unit (code, name, name_en, kind, parent_code, area_code, area_path, created_at)
    values (${row.code}, ${row.name}, ${row.nameEn}, ${row.kind}, ${row.parentCode}, ${row.areaCode}, ${row.areaPath}, ${row.at}) on conflict (code) do nothing`.execute(
    db,
  )
  return (numAffectedRows ?? 0n) > 0n
}
export const renameUnit = (db: Queryable, code: string, name: string, nameEn: string | null) =>
  sql`update identity.unit set name = ${name}, name_en = ${nameEn} where code = ${code}`.execute(db)
export const endUnit = (db: Queryable, code: string, at: Date) => sql`update identity.unit set ended_at = ${at} where code = ${code}`.execute(db)
/** How many live posts and units a unit has below it. */
export const countBelow = (db: Queryable, code: string) =>
  one<{ posts: number; units: number }>(
    db,
    sql`select (select count(*)::int from identity.post where unit_code = ${code} and ended_at is null) as posts, (select count(*)::int from identity.unit where parent_code = ${code} and ended_at is null) as units`,
  )
export const findArea = (db: Queryable, code: string) =>
  one<{ name: string; path: string }>(db, sql`select name, path from places_pub.area where code = ${code}`)

export const insertChange = (
  db: Queryable,
  row: {
    id: string
    at: Date
    kind: string
    object: string
    action: string
    before: string | null
    after: string | null
    reason: string
    personId: string
    postId: string
  },
) =>
  sql`insert into identity.change (id, at, kind, object, action, before, after, reason, person_id, post_id)
    values (${row.id}, ${row.at}, ${row.kind}, ${row.object}, ${row.action}, ${row.before}, ${row.after}, ${row.reason}, ${row.personId}, ${row.postId})`.execute(
    db,
  )
