import type { Catalog } from '../modules/catalog/index.ts'
import type { Dispatch } from '../modules/dispatch/index.ts'
import type { Identity } from '../modules/identity/index.ts'
import type { Patrol } from '../modules/patrol/index.ts'
import type { Places } from '../modules/places/index.ts'
import { StartError } from '../platform/config.ts'
import { one, sql, type Tx } from '../platform/db/database.ts'
import type { Platform } from '../platform/platform.ts'

/** Fills an empty database from the city's data, once; refuses one that belongs to another city. */
export async function seedCity(
  platform: Platform,
  modules: { identity: Identity; places: Places; catalog: Catalog; dispatch: Dispatch; patrol: Patrol },
): Promise<boolean> {
  return platform.transaction(async (tx) => {
    await sql`select pg_advisory_xact_lock(7262004)`.execute(tx)
    const { city } = platform.city
    const there = await one<{ value: string }>(tx, sql`select value #>> '{}' as value from platform.setting where name = 'city'`)
    if (there && there.value !== city.code)
      throw new StartError(
        'CITY_CHANGED',
        `This data belongs to the city "${there.value}", not "${city.code}"; set LINLI_CITY=${there.value} or use another LINLI_DATA`,
      )
    if (!there) {
      await sql`insert into platform.setting (name, value) values ('city', to_jsonb(${city.code}::text))`.execute(tx)
      await modules.places.seed(tx)
      const areas = await areaFacts(tx)
      await modules.identity.seed(tx, (code) => areas.get(code))
      await modules.catalog.seed(tx)
      await modules.dispatch.seed(tx)
      await modules.patrol.seed(tx, await seededMatters(tx))
    }
    await modules.identity.ensureAdministrator(tx)
    return !there
  })
}

/** The matters of the first edition, which is not in memory while the city is being filled. */
async function seededMatters(tx: Tx): Promise<(key: string) => boolean> {
  const { rows } = await sql<{ key: string }>`select key from catalog_pub.matter_key where edition = 1`.execute(tx)
  const keys = new Set(rows.map((row) => row.key))
  return (key) => keys.has(key)
}

async function areaFacts(tx: Tx): Promise<Map<string, { name: string; path: string }>> {
  const { rows } = await sql<{ code: string; name: string; path: string }>`select code, name, path from places_pub.area where level <> 'grid'`.execute(tx)
  return new Map(rows.map((row) => [row.code, row]))
}
