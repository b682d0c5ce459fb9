import type { AnswerOf, QueryOf } from '@linli/contract/endpoint'
import type { insight as contract } from '@linli/contract/endpoints/reach'
import { Refusal } from '@linli/contract/errors'
import { many, sql } from '../../../platform/db/database.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { PersonActor } from '../../../platform/rights/actor.ts'
import { visibleTo } from '../../cases/index.ts'
import { scopeOf, type InsightPorts } from '../queries.ts'

type Query = QueryOf<typeof contract.breakdown>
type Answer = AnswerOf<typeof contract.breakdown>
interface Row {
  whole: boolean
  matter: string | null
  matter_name: string | null
  area: string | null
  day: string | null
  count: number
  before: number
  open: number
  overdue: number
}

const MOST = 200
/** What came so often at one place in a window is frequent (高频). */
const FREQUENT_FROM = 3
/** City, district, street, community: the depth of a path at which what is frequent is counted. */
const COMMUNITY = 4
const LONGEST_MS = 400 * 86_400_000

/** How many reports came in a window and in the one before it, by day, matter, area, or matter and community (诉求定性分析). */
export async function breakdown(
  platform: Platform,
  ports: InsightPorts & { areaName(code: string): string },
  actor: PersonActor,
  query: Query,
): Promise<Answer> {
  const { path } = scopeOf(platform, ports, actor, query.parent)
  const [from, to] = [Date.parse(query.from), Date.parse(query.to)]
  if (!(from < to) || to - from > LONGEST_MS) throw new Refusal('INPUT_INVALID', [{ pointer: '/querystring/to', code: 'minimum' }])
  const start = new Date(from)
  const before = new Date(from - (to - from))
  const depth = path.split('.').length
  const columns = {
    // A day of the window before stands beside the day of the window that it is compared with.
    day: sql`null::text as matter, null::text as area, to_char((case when opened_at < ${start} then opened_at + make_interval(secs => ${(to - from) / 1_000}::float8) else opened_at end) at time zone ${platform.city.city.timeZone}, 'YYYY-MM-DD') as day`,
    matter: sql`coalesce(matter_key, 'none') as matter, null::text as area, null::text as day`,
    area: sql`null::text as matter, nullif(split_part(area_path, '.', ${depth + 1}), '') as area, null::text as day`,
    frequent: sql`coalesce(matter_key, 'none') as matter, (string_to_array(area_path, '.'))[least(${COMMUNITY}, cardinality(string_to_array(area_path, '.')))] as area, null::text as day`,
  }[query.by]
  const rows = await many<Row>(
    platform.db,
    sql`select grouping(matter, area, day) = 7 as whole, matter, area, day, max(matter_name) as matter_name,
        count(*) filter (where opened_at >= ${start}) as count, count(*) filter (where opened_at < ${start}) as before,
        count(*) filter (where opened_at >= ${start} and state not in ('closed', 'evaluated', 'voided')) as open, count(*) filter (where opened_at >= ${start} and overdue) as overdue
      from (select opened_at, state, overdue, matter_name, ${columns} from cases_pub.case_fact
        where ${visibleTo(actor)} and (area_path = ${path} or area_path like ${`${path}.%`}) and opened_at >= ${before} and opened_at < ${new Date(to)}) as fact
      group by grouping sets ((), (matter, area, day))
      having grouping(matter, area, day) = 7 or ${query.by === 'frequent' ? sql`count(*) filter (where opened_at >= ${start}) >= ${FREQUENT_FROM}` : sql`true`}
      order by whole desc, ${query.by === 'day' ? sql`day` : sql`count desc, before desc, matter, area`} limit ${MOST + 2}`,
  )
  const whole = rows.find((row) => row.whole)
  const parts = rows.filter((row) => !row.whole)
  const figures = (row: Row | undefined) => ({ count: row?.count ?? 0, before: row?.before ?? 0, open: row?.open ?? 0, overdue: row?.overdue ?? 0 })
  return {
    asOf: new Date(platform.runtime.now()).toISOString(),
    from: query.from,
    to: query.to,
    beforeFrom: before.toISOString(),
    total: figures(whole),
    rows: parts.slice(0, MOST).map((row) => ({
      matter: row.matter,
      matterName: row.matter === 'none' ? null : row.matter_name,
      area: row.area,
      areaName: row.area === null ? null : ports.areaName(row.area),
      day: row.day,
      ...figures(row),
    })),
    complete: parts.length <= MOST,
  }
}
