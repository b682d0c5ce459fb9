import type { IdentityPorts, OpenWork } from './modules/identity/index.ts'
import { many, one, sql } from './platform/db/database.ts'

/** What waits for a unit in an area: its own open cases, and the parts that it has in the cases of others (co-handling, whistles, supervise orders). */
const OPEN = sql`with work as (
    select 'case' as kind, fact.district_id, fact.id, fact.state, fact.owner_unit as unit, fact.area_path, null::timestamptz as due_at, fact.overdue, fact.opened_at
    from cases_pub.case_fact as fact where fact.closed_at is null and fact.voided_at is null
    union all
    select strand.kind, strand.district_id, strand.case_id, strand.state, strand.unit_code, strand.area_path, strand.due_at, strand.overdue_at is not null, strand.opened_at
    from cases_pub.strand_fact as strand where strand.open)`

/** Open work of a post as the cases know it: work is a unit's, so a post has what its unit has inside the post's area. */
export const openWorkOfPost: IdentityPorts['openWorkOfPost'] = async (db, post, limit) => {
  const mine = sql`unit = ${post.unitCode} and (area_path = ${post.areaPath} or starts_with(area_path, ${`${post.areaPath}.`}))`
  const counted = await one<{ total: number }>(db, sql<{ total: number }>`${OPEN} select count(*)::int as total from work where ${mine}`)
  const rows = await many<OpenWork>(
    db,
    sql<OpenWork>`${OPEN} select work.kind, work.id as "objectId", number, work.state, due_at as "dueAt" from work join cases_pub.case_number using (district_id, id)
      where ${mine} order by overdue desc, due_at nulls last, opened_at limit ${limit}`,
  )
  return { total: counted?.total ?? 0, rows }
}

/** How many pieces of open work a unit owns, wherever they lie. */
export const countOpenWorkOfUnit: IdentityPorts['countOpenWorkOfUnit'] = async (db, unitCode) =>
  (await one<{ total: number }>(db, sql<{ total: number }>`${OPEN} select count(*)::int as total from work where unit = ${unitCode}`))?.total ?? 0
