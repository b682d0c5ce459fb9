import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase, sql, type Db } from '../../server/src/platform/db/database.ts'

/** Where the embedded database of a data folder listens. */
export function embeddedUrl(data: string): string {
  return `postgresql:///linli?host=${encodeURIComponent(join(realpathSync(data), 'socket'))}&user=linli&port=5432`
}

/**
 * Puts so many components around the city's grids, as many in a small grid as in a large one, so that towns are crowded as towns are. They go in
 * by SQL: a million by the import would measure the import.
 */
export async function fillComponents(db: Db, count: number): Promise<void> {
  await sql`create schema if not exists bench`.execute(db)
  await sql`create table if not exists bench.grid (at int primary key, code text, path text, lon float8, lat float8, area_m2 float8)`.execute(db)
  await sql`insert into bench.grid select row_number() over (order by code) - 1, code, path, lon, lat, area_m2 from places.area where grid_kind = 'single' on conflict do nothing`.execute(
    db,
  )
  await sql`analyze bench.grid`.execute(db)
  for (let from = 1; from <= count; from += CHUNK) await fillSome(db, from, Math.min(count, from + CHUNK - 1))
  await sql`analyze places.component`.execute(db)
}

/** Statements have a limit of time. */
const CHUNK = 50_000

const fillSome = (db: Db, from: number, to: number) =>
  sql`insert into places.component (district_id, code, scheme, type_code, name, owner_unit, state, lon, lat, area_code, area_path, version, changed_at)
    select 1, lpad(n::text, 16, '0'), 'cjt214', (100 + n % 140)::text, 'component ' || n % 140, null, case when n % 50 = 0 then 'damaged' else 'intact' end,
      lon + (random() - 0.5) * sqrt(area_m2) / 92000, lat + (random() - 0.5) * sqrt(area_m2) / 111000, code, path, 1, now()
    from (select n, (n % (select count(*) from bench.grid))::int as at from generate_series(${from}::int, ${to}::int) as n) as made join bench.grid using (at)
    on conflict do nothing`.execute(db)

/** Tiles of a zoom that hold components, by their addresses. */
export async function tilesWithComponents(db: Db, z: number, most: number): Promise<string[]> {
  const { rows } = await sql<{
    address: string
  }>`select distinct ${z}::int || '/' || floor((lon + 180) / 360 * 2 ^ ${z}::int) || '/' || floor((1 - asinh(tan(radians(lat))) / pi()) / 2 * 2 ^ ${z}::int) as address
    from places.component order by 1 limit ${most}`.execute(db)
  return rows.map(({ address }) => address)
}

export const openEmbedded = (data: string) => openDatabase({ connectionString: embeddedUrl(data) }, 2)
