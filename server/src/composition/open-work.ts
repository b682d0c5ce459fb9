import type { IdentityPorts, OpenWork } from '../modules/identity/index.ts'
import { many, one, sql } from '../platform/db/database.ts'

/** What waits for a unit: its own open cases, and the parts that it has in the cases of others (co-handling, whistles, supervise orders). */
const OPEN = sql`with work as (
    select 'case' as kind, fact.district_id, fact.id, fact.state, fact.owner_unit as unit, null::timestamptz as due_at, fact.overdue, fact.opened_at
    from cases_pub.case_fact as fact where fact.closed_at is null and fact.voided_at is null
    union all
    select strand.kind, strand.district_id, strand.case_id, strand.state, strand.unit_code, strand.due_at, strand.overdue_at is not null, strand.opened_at
    from cases_pub.strand_fact as strand where strand.open)`

/** Open work of a post as the cases know it: work is a unit's, wherever it lies, and every post of the unit may take it up. */
export const openWorkOfPost: IdentityPorts['openWorkOfPost'] = async (db, post, limit) => {
  const rows = await many<OpenWork>(
    db,
    sql<OpenWork>`${OPEN} select work.kind, work.id as "objectId", number, work.state, due_at as "dueAt" from work join cases_pub.case_number using (district_id, id)
      where unit = ${post.unitCode} order by overdue desc, due_at nulls last, opened_at limit ${limit}`,
  )
  return { total: await countOpenWorkOfUnit(db, post.unitCode), rows }
}

/** How many pieces of open work a unit owns, wherever they lie. */
export const countOpenWorkOfUnit: IdentityPorts['countOpenWorkOfUnit'] = async (db, unitCode) =>
  (await one<{ total: number }>(db, sql<{ total: number }>`${OPEN} select count(*)::int as total from work where unit = ${unitCode}`))?.total ?? 0
