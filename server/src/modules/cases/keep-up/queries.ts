import { many, sql, type Db } from '../../../platform/db/database.ts'

const OVER = sql.raw(`('closed', 'evaluated', 'voided')`)

export interface CaseKey {
  readonly district_id: number
  readonly id: string
}

/** Open cases with a position at or below the given area paths; all of them where none is named. */
export function openPlacedCases(db: Db, below: readonly string[]): Promise<CaseKey[]> {
  const within =
    below.length === 0
      ? sql`true`
      : sql`(${sql.join(
          below.map((path) => sql`area_path = ${path} or starts_with(area_path, ${`${path}.`})`),
          sql` or `,
        )})`
  return many(db, sql`select district_id, id from cases."case" where state not in ${OVER} and lon is not null and ${within} order by district_id, id`)
}

/** Open cases of a matter that keep to one edition of the catalogue. */
export const openCasesOfEdition = (db: Db, matterKey: string, edition: number): Promise<CaseKey[]> =>
  many(
    db,
    sql`select district_id, id from cases."case" where state not in ${OVER} and matter_key = ${matterKey} and edition = ${edition} order by district_id, id`,
  )

/** Cases with a running deadline beyond the days that the calendar knew when it was set. */
export const casesWithProvisional = (db: Db): Promise<CaseKey[]> =>
  many(db, sql`select distinct district_id, case_id as id from cases.deadline where provisional and stopped_at is null and overdue_at is null order by 1, 2`)
