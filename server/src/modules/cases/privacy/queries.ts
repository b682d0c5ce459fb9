import { many, one, sql, type Queryable } from '../../../platform/db/database.ts'
import type { ExportFilter } from '../../../platform/privacy/dataset.ts'
import type { PersonActor } from '../../../platform/rights/actor.ts'
import { visibleTo } from '../queries.ts'
import type { CaseRecord } from '../store.ts'

const likeText = (text: string) => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

/** The cases that an export's filter finds inside the asker's scope; `areaPath` is that of the area it names. */
function matching(asker: PersonActor, filter: ExportFilter, areaPath: string | undefined) {
  return sql.join(
    [
      visibleTo(asker),
      ...(filter.from === undefined ? [] : [sql`opened_at >= ${new Date(filter.from)}`]),
      ...(filter.to === undefined ? [] : [sql`opened_at < ${new Date(filter.to)}`]),
      ...(areaPath === undefined ? [] : [sql`(area_path = ${areaPath} or area_path like ${`${likeText(areaPath)}.%`})`]),
      ...(filter.owner === undefined ? [] : [sql`owner_unit = ${filter.owner}`]),
      ...(filter.matter === undefined ? [] : [sql`matter_key = ${filter.matter}`]),
      ...(filter.state === undefined ? [] : [sql`state = any(${filter.state.split(',')})`]),
      ...(filter.overdue === undefined ? [] : [sql`overdue`]),
    ],
    sql` and `,
  )
}

export async function countExported(db: Queryable, asker: PersonActor, filter: ExportFilter, areaPath: string | undefined): Promise<number> {
  const row = await one<{ count: number }>(db, sql`select count(*) as count from cases."case" where ${matching(asker, filter, areaPath)}`)
  return row?.count ?? 0
}

/** The next cases of an export, newest first, behind a case. */
export function listExported(
  db: Queryable,
  asker: PersonActor,
  filter: ExportFilter,
  areaPath: string | undefined,
  after: readonly [at: string, id: string] | undefined,
  limit: number,
): Promise<CaseRecord[]> {
  const behind = after === undefined ? sql`` : sql`and (opened_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
  return many(db, sql`select * from cases."case" where ${matching(asker, filter, areaPath)} ${behind} order by opened_at desc, id desc limit ${limit}`)
}
