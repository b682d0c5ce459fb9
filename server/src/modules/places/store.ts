import { many, one, sql, type Queryable, type Tx } from '../../platform/db/database.ts'
import type { AreaWithGeometry } from './model.ts'

export const readAreas = (db: Queryable) =>
  many<AreaWithGeometry>(
    db,
    sql`
  select code, parent_code as "parentCode", path, level, grid_kind as "gridKind", name, area_m2 as "areaM2", lon, lat, version, geometry from places.area order by path`,
  )
export const readDistricts = (db: Queryable) => many<{ code: string; ordinal: number }>(db, sql`select code, ordinal from places.district`)

const CHUNK = 1_000

const HISTORY = sql.raw('code, version, parent_code, path, level, grid_kind, name, area_m2, lon, lat, valid_from, valid_to, geometry, change_id')

/** Writes areas as they are to be; what stood under the same code goes to history. `changeId` names the change that made them. */
export async function putAreas(tx: Tx, areas: readonly AreaWithGeometry[], at: Date, changeId: string | null): Promise<void> {
  for (let start = 0; start < areas.length; start += CHUNK) {
    const rows = JSON.stringify(areas.slice(start, start + CHUNK))
    await sql`insert into places.area_history (${HISTORY})
      select old.code, old.version, old.parent_code, old.path, old.level, old.grid_kind, old.name, old.area_m2, old.lon, old.lat, old.valid_from, ${at}::timestamptz, old.geometry, old.change_id
      from places.area as old join jsonb_to_recordset(${rows}::jsonb) as young (code text) on young.code = old.code on conflict do nothing`.execute(tx)
    await sql`insert into places.area (code, parent_code, path, level, grid_kind, name, area_m2, lon, lat, version, valid_from, geometry, change_id)
      select code, "parentCode", path, level, "gridKind", name, "areaM2", lon, lat, version, ${at}::timestamptz, geometry, ${changeId}::uuid
      from jsonb_to_recordset(${rows}::jsonb) as row (code text, "parentCode" text, path text, level text, "gridKind" text, name text, "areaM2" float8, lon float8, lat float8, version int, geometry jsonb)
      on conflict (code) do update set parent_code = excluded.parent_code, path = excluded.path, level = excluded.level, grid_kind = excluded.grid_kind, name = excluded.name, area_m2 = excluded.area_m2,
        lon = excluded.lon, lat = excluded.lat, version = excluded.version, valid_from = excluded.valid_from, geometry = excluded.geometry, change_id = excluded.change_id`.execute(
      tx,
    )
  }
}

/** Ends areas: they go to history and stand no more. */
export async function endAreas(tx: Tx, codes: readonly string[], at: Date): Promise<void> {
  await sql`with gone as (delete from places.area where code = any(${[...codes]}) returning *)
    insert into places.area_history (${HISTORY})
    select code, version, parent_code, path, level, grid_kind, name, area_m2, lon, lat, valid_from, ${at}::timestamptz, geometry, change_id from gone on conflict do nothing`.execute(
    tx,
  )
}

/** The newest version that each code ever had. */
export async function readVersions(db: Queryable): Promise<Map<string, number>> {
  const rows = await many<{ code: string; version: number }>(
    db,
    sql`select code, max(version) as version from (select code, version from places.area union all select code, version from places.area_history) as all_versions group by code`,
  )
  return new Map(rows.map((row) => [row.code, row.version]))
}

/** Gives new districts the next ordinals, in the order of their codes. */
export async function ensureDistricts(tx: Tx, codes: readonly string[]): Promise<void> {
  for (const code of [...codes].sort()) {
    await sql`insert into places.district (code, ordinal) values (${code}, (select coalesce(max(ordinal), 0) + 1 from places.district)) on conflict (code) do nothing`.execute(
      tx,
    )
  }
}

export interface ComponentRow {
  districtId: number
  scheme: string
  typeCode: string
  code: string
  name: string
  ownerUnit: string | null
  state: string
  lon: number
  lat: number
  areaCode: string | null
  areaPath: string
  version: number
}

export const listComponents = (db: Queryable, filter: { path: string | undefined; typeCode: string | undefined; after: string; limit: number }) =>
  many<ComponentRow>(
    db,
    sql`
  select district_id as "districtId", scheme, type_code as "typeCode", code, name, owner_unit as "ownerUnit", state, lon, lat, area_code as "areaCode", area_path as "areaPath", version from places.component
  where code > ${filter.after} and (${filter.path ?? null}::text is null or area_path = ${filter.path ?? ''} or area_path like ${`${filter.path ?? ''}.%`}) and (${filter.typeCode ?? null}::text is null or type_code = ${filter.typeCode ?? ''})
  order by code limit ${filter.limit}`,
  )

export const findComponent = (db: Queryable, code: string) =>
  one<{ lon: number; lat: number }>(db, sql`select lon, lat from places.component where code = ${code}`)

/** Adds or updates components; an unchanged row keeps its version. Returns how many were added and changed. */
export async function putComponents(tx: Tx, rows: readonly Omit<ComponentRow, 'version'>[], at: Date): Promise<{ added: number; changed: number }> {
  const result = await one<{ added: number; changed: number }>(
    tx,
    sql`with put as (
      insert into places.component as old (district_id, code, scheme, type_code, name, owner_unit, state, lon, lat, area_code, area_path, version, changed_at)
      select "districtId", code, scheme, "typeCode", name, "ownerUnit", state, lon, lat, "areaCode", "areaPath", 1, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row ("districtId" int, code text, scheme text, "typeCode" text, name text, "ownerUnit" text, state text, lon float8, lat float8, "areaCode" text, "areaPath" text)
      on conflict (district_id, code) do update set scheme = excluded.scheme, type_code = excluded.type_code, name = excluded.name, owner_unit = excluded.owner_unit, state = excluded.state, lon = excluded.lon, lat = excluded.lat,
        area_code = excluded.area_code, area_path = excluded.area_path, version = old.version + 1, changed_at = excluded.changed_at
      where (old.scheme, old.type_code, old.name, old.owner_unit, old.state, old.lon, old.lat, old.area_code) is distinct from (excluded.scheme, excluded.type_code, excluded.name, excluded.owner_unit, excluded.state, excluded.lon, excluded.lat, excluded.area_code)
      returning version)
    select count(*) filter (where version = 1) as added, count(*) filter (where version > 1) as changed from put`,
  )
  return result ?? { added: 0, changed: 0 }
}

export interface ComponentPlace {
  districtId: number
  code: string
  lon: number
  lat: number
  areaCode: string | null
  areaPath: string
}

/** Components that stand at or below any of the paths. */
export const readComponentPlaces = (db: Queryable, paths: readonly string[]) =>
  many<ComponentPlace>(
    db,
    sql`select district_id as "districtId", code, lon, lat, area_code as "areaCode", area_path as "areaPath" from places.component
      where exists (select from unnest(${[...paths]}::text[]) as scope where area_path = scope or starts_with(area_path, scope || '.')) order by code`,
  )

export const countComponents = async (db: Queryable) => (await one<{ count: number }>(db, sql`select count(*) as count from places.component`))?.count ?? 0

/** Writes the areas in which components now stand; their district, once given, stays. */
export async function moveComponents(tx: Tx, rows: readonly ComponentPlace[], at: Date): Promise<void> {
  await sql`update places.component as old set area_code = row."areaCode", area_path = row."areaPath", version = old.version + 1, changed_at = ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row ("districtId" int, code text, "areaCode" text, "areaPath" text) where old.district_id = row."districtId" and old.code = row.code`.execute(
    tx,
  )
}

/** One writer of components at a time, or two would give out the same serials. */
export const lockComponents = (tx: Tx) => sql`select pg_advisory_xact_lock(7262006)`.execute(tx)

/** The highest serial in use for a division and type, so that a new component gets the next (16 digits: 6 division, 4 type, 6 serial). */
export const lastComponentSerial = async (db: Queryable, prefix: string) =>
  (await one<{ serial: number | null }>(db, sql`select max(substr(code, 11))::int as serial from places.component where code like ${`${prefix}%`}`))?.serial ??
  0
