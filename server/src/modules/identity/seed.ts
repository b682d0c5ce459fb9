import type { Organisation } from '@linli/contract/city'
import { writeAudit } from '../../platform/audit/audit.ts'
import { StartError } from '../../platform/config.ts'
import { one, sql, type Tx } from '../../platform/db/database.ts'
import type { Platform } from '../../platform/platform.ts'
import { SYSTEM } from '../../platform/rights/actor.ts'
import { newId } from '../../platform/runtime.ts'
import { hashPassword } from './password.ts'

/** Known to everybody on purpose; it opens invented people in the demo city and exists nowhere else. */
export const DEMO_PASSWORD = 'linli-demo'

export interface AreaFacts {
  readonly name: string
  readonly path: string
}

/**
 * Writes a city's units, posts and people into an empty database.
 * People with the demo password are made in the demo city alone; elsewhere one administrator comes from LINLI_ADMIN_LOGIN and LINLI_ADMIN_PASSWORD.
 */
export async function seedOrganisation(platform: Platform, tx: Tx, findArea: (code: string) => AreaFacts | undefined): Promise<void> {
  const { city, organisation } = platform.city
  const areaOf = (code: string): AreaFacts => {
    const area = findArea(code)
    if (!area) throw new StartError('CITY_INVALID', `organisation names area ${code}, which does not exist`)
    return area
  }
  for (const unit of organisation.units) {
    await sql`insert into identity.unit (code, name, name_en, kind, parent_code, area_code, area_path) values (${unit.code}, ${unit.name}, ${unit.nameEn ?? null}, ${unit.kind}, ${unit.parent}, ${unit.areaCode}, ${areaOf(unit.areaCode).path})`.execute(
      tx,
    )
  }
  const posts = new Map<string, string>()
  for (const post of organisation.posts) {
    const id = newId(platform.runtime, 0)
    posts.set(post.code, id)
    const area = areaOf(post.areaCode)
    await sql`insert into identity.post (id, code, unit_code, title, area_code, area_name, area_path, roles) values (${id}, ${post.code}, ${post.unit}, ${post.title}, ${post.areaCode}, ${area.name}, ${area.path}, ${post.roles})`.execute(
      tx,
    )
  }
  if (city.demo) await seedDemoPeople(platform, tx, organisation, posts)
}

async function seedDemoPeople(platform: Platform, tx: Tx, organisation: Organisation, posts: ReadonlyMap<string, string>): Promise<void> {
  const hash = await hashPassword(DEMO_PASSWORD)
  for (const person of organisation.people) {
    const held = person.posts.map((code) => posts.get(code)).filter((id) => id !== undefined)
    await insertPerson(platform, tx, { login: person.login, name: person.name, hash, demoStep: person.step ?? '', posts: held })
  }
}

async function insertPerson(
  platform: Platform,
  tx: Tx,
  person: { login: string; name: string; hash: string; demoStep: string | null; posts: readonly string[] },
): Promise<void> {
  const id = newId(platform.runtime, 0)
  const now = new Date(platform.runtime.now())
  await sql`insert into identity.person (id, login, name, password_hash, password_at, created_at, demo_step)
    values (${id}, ${person.login.toLowerCase()}, ${person.name}, ${person.hash}, ${now}, ${now}, ${person.demoStep})`.execute(tx)
  for (const postId of person.posts)
    await sql`insert into identity.holding (id, person_id, post_id, from_at) values (${newId(platform.runtime, 0)}, ${id}, ${postId}, ${now})`.execute(tx)
}

/**
 * Brings the roles to what the city's data says now, so that a new version's permissions reach those who should hold them; a role that the data
 * no longer names keeps what it had. Each role that changes leaves an audit line.
 */
export async function publishRoles(platform: Platform, tx: Tx): Promise<void> {
  for (const [name, permissions] of Object.entries(platform.city.city.roles)) {
    const written = await one<{ changed: boolean }>(
      tx,
      sql`insert into identity.role (name, permissions) values (${name}, ${permissions})
      on conflict (name) do update set permissions = excluded.permissions where role.permissions <> excluded.permissions returning xmax <> 0 as changed`,
    )
    if (written?.changed !== true) continue
    await writeAudit(tx, platform.runtime, {
      districtId: 0,
      requestId: 'start',
      actor: SYSTEM,
      action: 'identity.publishRole',
      outcome: 'done',
      objectKind: 'role',
      objectId: name,
    })
  }
}

/** Makes the administrator that the configuration names, once; a start without people and without one is refused outside the demo city. */
export async function ensureAdministrator(platform: Platform, tx: Tx): Promise<void> {
  const { LINLI_ADMIN_LOGIN: login, LINLI_ADMIN_PASSWORD: password } = platform.config
  const people = await one<{ count: number }>(tx, sql`select count(*)::int as count from identity.person`)
  if (login === undefined || password === undefined) {
    if (people?.count === 0)
      throw new StartError(
        'ADMIN_MISSING',
        'Nobody can sign in: set LINLI_ADMIN_LOGIN and LINLI_ADMIN_PASSWORD (12 characters or more) for the first administrator',
      )
    return
  }
  const there = await one<{ id: string }>(tx, sql`select id from identity.person where login = ${login.toLowerCase()}`)
  if (there) return
  const post = await one<{ id: string }>(tx, sql`select id from identity.post where 'administrator' = any(roles) order by code limit 1`)
  if (!post) throw new StartError('CITY_INVALID', 'The organisation has no post with the role administrator')
  await insertPerson(platform, tx, { login, name: login, hash: await hashPassword(password), demoStep: null, posts: [post.id] })
}
