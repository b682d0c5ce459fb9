import { many, one, sql, type Queryable } from '../../platform/db/database.ts'

/** One version of a basic grid with the time in which it stood. */
export interface GridVersion {
  readonly code: string
  readonly name: string
  readonly path: string
  readonly from: Date
  readonly to: Date | null
}

/** Every version of the basic grids at or below a path that stood at some time between two instants. */
export const gridVersions = (db: Queryable, path: string, from: Date, to: Date) =>
  many<GridVersion>(
    db,
    sql`select code, name, path, valid_from as "from", valid_to as "to" from places_pub.area_version
      where grid_kind = 'basic' and (path = ${path} or starts_with(path, ${`${path}.`})) and valid_from < ${to} and (valid_to is null or valid_to >= ${from}) order by code, version`,
  )

/** The grid as it stood at an instant. */
export const gridAsOf = (db: Queryable, code: string, at: Date) =>
  one<GridVersion>(
    db,
    sql`select code, name, path, valid_from as "from", valid_to as "to" from places_pub.area_version
      where code = ${code} and grid_kind = 'basic' and valid_from <= ${at} and (valid_to is null or valid_to > ${at}) order by version desc limit 1`,
  )

/** The last path that a grid had, whether it stands or not. */
export const lastPath = async (db: Queryable, code: string) =>
  (await one<{ path: string }>(db, sql`select path from places_pub.area_version where code = ${code} order by valid_to is null desc, version desc limit 1`))
    ?.path

/** A grid and all that it came from, through merges and splits. */
export const ancestry = async (db: Queryable, code: string) =>
  (
    await many<{ code: string }>(
      db,
      sql`with recursive line (code) as (select ${code}::text union select past.code from line join places_pub.area_successor as past on past.successor = line.code) select code from line`,
    )
  ).map((row) => row.code)

/** The grids that took over from one, if it ended. */
export const successorsOf = async (db: Queryable, code: string) =>
  (await many<{ successor: string }>(db, sql`select distinct successor from places_pub.area_successor where code = ${code} order by 1`)).map(
    (row) => row.successor,
  )

/** The basic grids that a grid came from at the last change that made it. */
export const predecessorsOf = async (db: Queryable, code: string) =>
  (
    await many<{ code: string }>(
      db,
      sql`select distinct past.code from places_pub.area_successor as past join places_pub.area_version as version on version.code = past.code and version.grid_kind = 'basic'
        where past.successor = ${code} and past.at = (select max(at) from places_pub.area_successor where successor = ${code}) order by 1`,
    )
  ).map((row) => row.code)

export interface SettledCount {
  readonly child: string
  readonly itemKey: string
  readonly period: string
  readonly state: 'done' | 'late' | 'excused'
  readonly count: number
}

/**
 * Settled duties due between two days, counted by the area below a path, by item, period and state. A grid counts where it stood when the
 * duty was due, or stands now for a duty that still runs, so that what was done in a grid that ended counts by what was carried on.
 */
export const countSettled = (db: Queryable, filter: { path: string; from: string; to: string; now: Date }) =>
  many<SettledCount>(
    db,
    sql`select split_part(version.path, '.', ${filter.path.split('.').length + 1}) as child, settled.item_key as "itemKey", settled.period, settled.state, count(*) as count
      from patrol.settled join places_pub.area_version as version on version.code = settled.grid_code
        and version.valid_from < least(settled.due_at, ${filter.now}) and (version.valid_to is null or version.valid_to >= least(settled.due_at, ${filter.now}))
      where settled.due_on between ${filter.from}::date and ${filter.to}::date and (version.path = ${filter.path} or starts_with(version.path, ${`${filter.path}.`}))
      group by 1, 2, 3, 4`,
  )

export interface SettledDuty {
  readonly gridCode: string
  readonly itemKey: string
  readonly period: string
  readonly state: 'done' | 'late' | 'excused'
  readonly entryId: string
}
/** Settled duties of one item and period in some grids. */
export const settledOf = (db: Queryable, itemKey: string, period: string, grids: readonly string[]) =>
  many<SettledDuty>(
    db,
    sql`select grid_code as "gridCode", item_key as "itemKey", period, state, entry_id as "entryId" from patrol.settled where item_key = ${itemKey} and period = ${period} and grid_code = any(${[...grids]})`,
  )
