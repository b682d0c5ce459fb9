import { many, one, sql, type Queryable } from '../../../platform/db/database.ts'

const OPEN = sql.raw(`state not in ('closed', 'evaluated', 'voided')`)

export interface OpenCasePlace {
  readonly areaPath: string
  readonly gridCode: string | null
  readonly lon: number
  readonly lat: number
}

/** How many cases are open in the whole city. */
export const countOpenCases = async (db: Queryable) =>
  (await one<{ count: number }>(db, sql`select count(*) as count from cases."case" where ${OPEN}`))?.count ?? 0

/** Where the open cases with a position stand at or below any of the paths. */
export const openCasesBelow = (db: Queryable, paths: readonly string[]) =>
  many<OpenCasePlace>(
    db,
    sql`select area_path as "areaPath", grid_code as "gridCode", lon, lat from cases."case"
      where ${OPEN} and lon is not null and exists (select from unnest(${[...paths]}::text[]) as scope where area_path = scope or starts_with(area_path, scope || '.'))`,
  )

export interface OpenCasesOfEdition {
  readonly matterKey: string
  readonly edition: number
  readonly conditionRow: number | null
  readonly count: number
}

/** Open cases by matter, by the edition of the catalogue that they keep, and by condition row; null where none is chosen yet. */
export const openCasesByEdition = (db: Queryable) =>
  many<OpenCasesOfEdition>(
    db,
    sql`select matter_key as "matterKey", edition, condition_row as "conditionRow", count(*) as count from cases."case"
      where ${OPEN} and matter_key is not null and edition is not null group by 1, 2, 3 order by 1, 2, 3`,
  )
