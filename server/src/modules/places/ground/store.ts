import { many, one, sql, type Queryable, type Tx } from '../../../platform/db/database.ts'
import type { AreaWithGeometry } from '../model.ts'
import type { ChangeKind } from './change.ts'
import type { Report } from './report.ts'

const AREA = sql.raw('code, parent_code as "parentCode", path, level, grid_kind as "gridKind", name, area_m2 as "areaM2", lon, lat, version, geometry')

/** One who changes the ground at a time; what was planned on an older ground is found out by versions. */
export const lockGround = (tx: Tx) => sql`select pg_advisory_xact_lock(7262007)`.execute(tx)

/** Versions of the codes that stand now. */
export async function readStandingVersions(db: Queryable, codes: readonly string[]): Promise<Map<string, number>> {
  const rows = await many<{ code: string; version: number }>(db, sql`select code, version from places.area where code = any(${[...codes]})`)
  return new Map(rows.map((row) => [row.code, row.version]))
}

/** Every code that ever stood below a community or grid, with its newest version; `prefixes` are codes of communities. */
export async function readCodesEver(db: Queryable, prefixes: readonly string[]): Promise<Map<string, number>> {
  const rows = await many<{ code: string; version: number }>(
    db,
    sql`select code, max(version) as version from (select code, version from places.area union all select code, version from places.area_history) as ever
      where substr(code, 1, 12) = any(${[...prefixes]}) group by code`,
  )
  return new Map(rows.map((row) => [row.code, row.version]))
}

/** An area as it was at an instant; undefined where it did not stand. Versions from before areas were measured in history come without size and centre. */
export const findAreaAt = (db: Queryable, code: string, at: Date) =>
  one<PastArea>(
    db,
    sql`select * from (select ${AREA}, valid_from, null::timestamptz as valid_to from places.area where code = ${code}
        union all select ${AREA}, valid_from, valid_to from places.area_history where code = ${code}) as ever
      where valid_from < ${at} and (valid_to is null or valid_to >= ${at}) order by version desc limit 1`,
  )
export type PastArea = Omit<AreaWithGeometry, 'areaM2' | 'lon' | 'lat'> & {
  readonly areaM2: number | null
  readonly lon: number | null
  readonly lat: number | null
}

/** The area tree as it was at an instant, without boundaries of what still stands unchanged being read twice. */
export const readAreasAt = (db: Queryable, at: Date) =>
  many<PastArea>(
    db,
    sql`select ${AREA} from places.area where valid_from < ${at} union all
      select ${AREA} from places.area_history where valid_from < ${at} and valid_to >= ${at} order by path`,
  )

export interface VersionRow {
  version: number
  name: string
  path: string
  areaM2: number | null
  validFrom: Date
  validTo: Date | null
  changeId: string | null
  geometry: AreaWithGeometry['geometry']
}
export const listVersions = (db: Queryable, code: string) =>
  many<VersionRow>(
    db,
    sql`select version, name, path, area_m2 as "areaM2", valid_from as "validFrom", null::timestamptz as "validTo", change_id as "changeId", geometry from places.area where code = ${code}
      union all select version, name, path, area_m2, valid_from, valid_to, change_id, geometry from places.area_history where code = ${code} order by version desc`,
  )

/** One version of one area, from history. */
export const findPastVersion = (db: Queryable, code: string, version: number) =>
  one<PastArea>(db, sql`select ${AREA} from places.area_history where code = ${code} and version = ${version}`)

export interface ChangeRow {
  id: string
  kind: ChangeKind
  at: Date
  reason: string
  postTitle: string | null
  unitName: string | null
  areas: number
  moving: number
  undoes: string | null
  undoneBy: string | null
}
const CHANGE =
  sql.raw(`change.id, change.kind, change.at, change.reason, change.post_title as "postTitle", change.unit_name as "unitName", change.area_count as areas, change.moving_count as moving,
  change.undoes, (select later.id from places.change as later where later.undoes = change.id) as "undoneBy"`)

export const listChanges = (db: Queryable, filter: { area: string | undefined; after: { at: Date; id: string } | undefined; limit: number }) =>
  many<ChangeRow>(
    db,
    sql`select ${CHANGE} from places.change where (${filter.area ?? null}::text is null or exists (select from places.change_area where change_id = change.id and code = ${filter.area ?? ''}))
      and (${filter.after === undefined} or (at, id) < (${filter.after?.at ?? null}::timestamptz, ${filter.after?.id ?? null}::uuid)) order by at desc, id desc limit ${filter.limit}`,
  )
export const findChange = (db: Queryable, id: string) =>
  one<ChangeRow & { report: Report }>(db, sql`select ${CHANGE}, change.report from places.change where id = ${id}`)

export interface StepRow {
  code: string
  beforeVersion: number | null
  afterVersion: number | null
  successors: string[]
}
export const readSteps = (db: Queryable, changeId: string) =>
  many<StepRow>(
    db,
    sql`select code, before_version as "beforeVersion", after_version as "afterVersion", successors from places.change_area where change_id = ${changeId} order by code`,
  )

export async function insertChange(
  tx: Tx,
  row: Omit<ChangeRow, 'undoneBy'> & { readonly personId: string | null; readonly report: Report; readonly scopePaths: readonly string[] },
  steps: readonly StepRow[],
): Promise<void> {
  await sql`insert into places.change (id, kind, at, reason, person_id, post_title, unit_name, undoes, area_count, moving_count, report, scope_paths)
    values (${row.id}, ${row.kind}, ${row.at}, ${row.reason}, ${row.personId}, ${row.postTitle}, ${row.unitName}, ${row.undoes}, ${row.areas}, ${row.moving}, ${JSON.stringify(row.report)}::jsonb, ${[...row.scopePaths]})`.execute(
    tx,
  )
  await sql`insert into places.change_area (change_id, code, before_version, after_version, successors)
    select ${row.id}::uuid, code, "beforeVersion", "afterVersion", successors
    from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) as step (code text, "beforeVersion" int, "afterVersion" int, successors text[])`.execute(tx)
}

/** Changes after whose commit something is still to be done, oldest first. */
export const listUnsettled = (db: Queryable) =>
  many<{ id: string; scopePaths: string[] }>(db, sql`select id, scope_paths as "scopePaths" from places.change where settled_at is null order by at limit 20`)

/** Marks a change as settled; false where another did so meanwhile. */
export const markSettled = async (db: Queryable, id: string, at: Date) =>
  (await one(db, sql`update places.change set settled_at = ${at} where id = ${id} and settled_at is null returning id`)) !== undefined
