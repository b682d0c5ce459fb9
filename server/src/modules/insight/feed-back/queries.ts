import { many, one, sql, type Queryable } from '../../../platform/db/database.ts'
import { indicatorSql } from '../../cases/index.ts'

export interface CaseCounts {
  readonly code: string | null
  readonly name: string | null
  readonly received: number
  readonly filed: number
  readonly handled: number
  readonly handledOnTime: number
  readonly closed: number
  readonly closedOnTime: number
  readonly toClose: number
  readonly open: number
}
interface Span {
  readonly path: string
  readonly from: Date
  readonly to: Date
}
const never = sql.raw('false')
const fulfilled = (indicator: string) => indicatorSql[indicator]?.fulfilled ?? never
// The same clauses as the indicators of the command map, so that both show the same figures.
const counts =
  () => sql`count(*) as received, count(*) filter (where ${fulfilled('filed')}) as filed, count(*) filter (where ${fulfilled('handled')}) as handled,
  count(*) filter (where ${fulfilled('handledOnTime')}) as "handledOnTime", count(*) filter (where ${fulfilled('closed')}) as closed, count(*) filter (where ${fulfilled('closedOnTime')}) as "closedOnTime", count(*) filter (where ${indicatorSql['closedOnTime']?.of ?? never}) as "toClose",
  count(*) filter (where state not in ('closed', 'evaluated', 'voided')) as open`
const received = ({ path, from, to }: Span) =>
  sql`from cases_pub.case_fact where (area_path = ${path} or starts_with(area_path, ${`${path}.`})) and opened_at >= ${from} and opened_at < ${to}`

/** Cases received in a span, by the area one level below; null for what lies in none of them. */
export const casesByArea = (db: Queryable, span: Span) =>
  many<CaseCounts>(
    db,
    sql`select nullif(split_part(area_path, '.', ${span.path.split('.').length + 1}), '') as code, null as name, ${counts()} ${received(span)} group by 1 order by 1`,
  )

/** Cases received in a span, by matter; null where none was chosen. */
export const casesByMatter = (db: Queryable, span: Span) =>
  many<CaseCounts>(db, sql`select matter_key as code, max(matter_name) as name, ${counts()} ${received(span)} group by 1 order by 1`)

/** Components of an area by scheme, type and state. */
export const componentsByType = (db: Queryable, path: string) =>
  many<{ scheme: string; typeCode: string; state: string; count: number }>(
    db,
    sql`select scheme, type_code as "typeCode", state, count(*) as count from places_pub.component where area_path = ${path} or starts_with(area_path, ${`${path}.`}) group by 1, 2, 3 order by 1, 2, 3`,
  )

/** When the last fact came into each source below a path. */
export const lastFacts = (db: Queryable, path: string) =>
  one<{ cases: Date | null; duties: Date | null; components: Date | null }>(
    db,
    sql`select (select max(greatest(opened_at, filed_at, dispatched_at, handled_at, closed_at)) from cases_pub.case_fact where area_path = ${path} or starts_with(area_path, ${`${path}.`})) as cases,
      (select max(received_at) from patrol_pub.entry_fact where starts_with(grid_path, ${`${path}.`}) or grid_path = ${path}) as duties,
      (select max(changed_at) from places_pub.component where area_path = ${path} or starts_with(area_path, ${`${path}.`})) as components`,
  )
