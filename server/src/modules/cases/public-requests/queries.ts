import { sql } from '../../../platform/db/database.ts'

/** A case without anything that its reporter said. */
export interface PublicCaseRow {
  id: string
  number: string
  state: string
  matterKey: string
  matterName: string
  owner: string | null
  areaPath: string
  gridCode: string | null
  lon: number | null
  lat: number | null
  openedAt: Date
  stateAt: Date
  dueAt: Date | null
  publicReply: string | null
}
export interface PublicCaseFilter {
  readonly domains: readonly string[]
  readonly numbers?: readonly string[]
  readonly matterKeys?: readonly string[]
  readonly closed?: boolean
  readonly from?: Date
  readonly before?: Date
  /** Only what somebody has filed: a matter that a reporter chose says nothing yet, and what was not filed concerns nobody else. */
  readonly filed?: boolean
  /** At or below this area. */
  readonly areaPath?: string
  /** Older than this case. */
  readonly after?: { readonly at: Date; readonly id: string }
  readonly limit: number
}

// The newest public reply is looked up for the rows that are shown, not for those that are skipped.
const COLUMNS =
  sql.raw(`id, number, state, matter_key as "matterKey", matter_name as "matterName", owner_unit as owner, area_path as "areaPath", grid_code as "gridCode", lon, lat,
  opened_at as "openedAt", state_at as "stateAt", due_at as "dueAt",
  (select words ->> 'publicReply' from cases.entry_words where entry_words.district_id = found.district_id and entry_words.case_id = found.id and words ->> 'publicReply' is not null
    order by seq desc limit 1) as "publicReply"`)
/** The districts that have cases, one index look-up each: a number alone does not say in which it lies. */
const DISTRICTS = sql.raw(`recursive district (id) as (select min(district_id) from cases."case"
  union all select (select min(district_id) from cases."case" where district_id > district.id) from district where district.id is not null)`)

/** Cases of public matters, newest first: by number through the numbers of each district, else by time, matter or state through their indexes. */
export function publicCases(filter: PublicCaseFilter): ReturnType<typeof sql<PublicCaseRow>> {
  const open = sql.raw("state not in ('closed', 'evaluated', 'voided')")
  const narrowed = [
    // A pattern, because the planner knows how many keys fit one and guesses wrong for a function of the key.
    sql`matter_key like any(${filter.domains.map((domain) => `%-${domain}-%`)})`,
    ...(filter.matterKeys === undefined ? [] : [sql`matter_key = any(${[...filter.matterKeys]})`]),
    ...(filter.closed === undefined ? [] : [filter.closed ? sql`state in ('closed', 'evaluated', 'voided')` : sql`${open}`]),
    ...(filter.from === undefined ? [] : [sql`opened_at >= ${filter.from}`]),
    ...(filter.before === undefined ? [] : [sql`opened_at < ${filter.before}`]),
    ...(filter.filed === true ? [sql.raw("state not in ('reported', 'verifying', 'verified', 'voided')")] : []),
    ...(filter.areaPath === undefined ? [] : [sql`(area_path = ${filter.areaPath} or area_path like ${`${filter.areaPath}.%`})`]),
    ...(filter.after === undefined ? [] : [sql`(opened_at, id) < (${filter.after.at}, ${filter.after.id}::uuid)`]),
  ]
  const where = sql.join(narrowed, sql` and `)
  const newest = sql`order by opened_at desc, id desc limit ${filter.limit}`
  if (filter.numbers === undefined) return sql<PublicCaseRow>`select ${COLUMNS} from (select * from cases."case" where ${where} ${newest}) found ${newest}`
  return sql<PublicCaseRow>`with ${DISTRICTS} select ${COLUMNS} from (select "case".* from district join cases."case" on district_id = district.id and number = any(${[...filter.numbers]}) where ${where} ${newest}) found ${newest}`
}
