import type { AnswerOf, QueryOf } from '@linli/contract/endpoint'
import type { insight as contract } from '@linli/contract/endpoints/reach'
import { many, sql } from '../../../platform/db/database.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { PersonActor } from '../../../platform/rights/actor.ts'
import { visibleTo } from '../../cases/index.ts'
import { rateColumns, ratesOf, scopeOf, type Counted, type InsightPorts } from '../queries.ts'

const STANDARD_DAYS = 14

/** Each of the last days of the city (趋势), today last: what came, what closed, and the rates of what came that day; a day without reports has no rate. */
export async function history(
  platform: Platform,
  ports: Pick<InsightPorts, 'areaPathOf'>,
  actor: PersonActor,
  query: QueryOf<typeof contract.history>,
): Promise<AnswerOf<typeof contract.history>> {
  const { path } = scopeOf(platform, ports, actor, query.parent)
  const { timeZone } = platform.city.city
  const now = new Date(platform.runtime.now())
  const days = Number(query.days ?? STANDARD_DAYS)
  const seen = sql`${visibleTo(actor)} and (area_path = ${path} or area_path like ${`${path}.%`})`
  const dayOf = (column: string) => sql`(${sql.raw(column)} at time zone ${timeZone}::text)::date`
  const first = sql`((${now}::timestamptz at time zone ${timeZone}::text)::date - ${days - 1}::int)`
  const since = sql`(${first}::timestamp at time zone ${timeZone}::text)`
  const rows = await many<Counted & { day: string; received: number; closed: number }>(
    platform.db,
    sql`with came as (select ${dayOf('opened_at')} as on_day, count(*) as received, ${rateColumns()} from cases_pub.case_fact where ${seen} and opened_at >= ${since} and opened_at <= ${now} group by 1),
      went as (select ${dayOf('closed_at')} as day, count(*) as closed from cases_pub.case_fact where ${seen} and closed_at >= ${since} and closed_at <= ${now} group by 1)
    select came.*, calendar.day::text as day, coalesce(came.received, 0) as received, coalesce(went.closed, 0) as closed
    from (select ${first} + step as day from generate_series(0, ${days - 1}::int) as step) as calendar
      left join came on came.on_day = calendar.day left join went on went.day = calendar.day order by calendar.day`,
  )
  return { asOf: now.toISOString(), rows: rows.map((row) => ({ day: row.day, received: row.received, closed: row.closed, rates: ratesOf(row) })) }
}
