import type { AnswerOf, QueryOf } from '@linli/contract/endpoint'
import type { cases as contract } from '@linli/contract/endpoints/cases'
import { Refusal } from '@linli/contract/errors'
import { many, one, sql, type Db } from '../../platform/db/database.ts'
import { cursorOf, readCursor } from '../../platform/http/cursor.ts'
import { maskColumn } from '../../platform/privacy/masking.ts'
import type { Actor, PersonActor } from '../../platform/rights/actor.ts'
import { indicatorSql } from './indicators.ts'
import type { CasesPorts } from './ports.ts'
import { tokensOf } from './rules.ts'
import type { CaseRecord } from './store.ts'

type ListQuery = QueryOf<typeof contract.list>
type CountQuery = QueryOf<typeof contract.count>
type CaseRow = AnswerOf<typeof contract.list>['rows'][number]
type Condition = ReturnType<typeof sql<boolean>>
const LIST_COLUMNS = sql.raw(
  'district_id, id, number, title, state, step, seq, round, matter_key, matter_name, grid_code, area_path, lon, lat, owner_unit, opened_at, state_at, due_at, overdue, channel, track, joined',
)

/** Only somebody at a post sees lists of cases. */
export function personOf(actor: Actor): PersonActor {
  if (actor.kind !== 'person') throw new Refusal('SESSION_MISSING')
  return actor
}

/** The cases that an actor may see, as SQL: below the post's area, or with a part of its unit (one rule with `isVisible`). */
export function visibleTo(actor: PersonActor): Condition {
  return sql`(area_path = ${actor.areaPath} or area_path like ${`${likeText(actor.areaPath)}.%`} or involved @> array[${actor.unitCode}]::text[])`
}

const likeText = (text: string) => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

/** One page of the cases inside the actor's scope, newest first. */
export async function listCases(db: Db, ports: CasesPorts, actor: PersonActor, query: ListQuery, limit: number): Promise<AnswerOf<typeof contract.list>> {
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor)
  const page = after ? sql`and (opened_at, id) < (${after.at}, ${after.id}::uuid)` : sql``
  const rows = await many<CaseRecord>(
    db,
    sql`select ${LIST_COLUMNS} from cases."case" where ${whereOf(ports, actor, query)} ${page} order by opened_at desc, id desc limit ${limit + 1}`,
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown.map((row) => rowView(ports, row)), next: rows.length > limit && last ? cursorOf(last.opened_at, last.id) : null }
}

/** How many cases the list holds, exactly. */
export async function countCases(db: Db, ports: CasesPorts, actor: PersonActor, query: CountQuery): Promise<number> {
  return (await one<{ count: number }>(db, sql`select count(*) as count from cases."case" where ${whereOf(ports, actor, query)}`))?.count ?? 0
}

const whereOf = (ports: CasesPorts, actor: PersonActor, query: CountQuery) => sql.join([visibleTo(actor), ...filters(ports, actor, query)], sql` and `)

function filters(ports: CasesPorts, actor: PersonActor, query: CountQuery): Condition[] {
  const found: Condition[] = []
  if (query.state !== undefined) found.push(sql`state = any(${query.state.split(',')})`)
  if (query.area !== undefined) {
    const path = ports.areaPathOf(query.area) ?? query.area
    found.push(sql`(area_path = ${path} or area_path like ${`${likeText(path)}.%`})`)
  }
  if (query.owner !== undefined) found.push(sql`owner_unit = ${query.owner}`)
  if (query.matter !== undefined) found.push(sql`matter_key = ${query.matter}`)
  if (query.track !== undefined) found.push(sql`track = ${query.track}`)
  if (query.overdue !== undefined) found.push(sql`overdue`)
  if (query.q !== undefined && query.q.trim() !== '')
    found.push(sql`(title ilike ${`%${likeText(query.q.trim())}%`} or number ilike ${`%${likeText(query.q.trim())}%`})`)
  if (query.from !== undefined) found.push(sql`opened_at >= ${new Date(query.from)}`)
  if (query.to !== undefined) found.push(sql`opened_at < ${new Date(query.to)}`)
  if (query.mine !== undefined) found.push(mineOf(actor))
  if (query.indicator !== undefined) {
    const indicator = indicatorSql[query.indicator]
    if (!indicator) throw new Refusal('INPUT_INVALID', [{ pointer: '/querystring/indicator', code: 'enum' }])
    found.push(sql`${query.part === 'denominator' ? indicator.of : indicator.fulfilled}`)
  }
  return found
}

/** What waits for this very actor: a permission of the post, or of its unit. */
const mineOf = (actor: PersonActor): Condition => sql`(waiting <> '{}' and waiting && ${tokensOf(actor)}::text[])`

/** A case as a list shows it. */
export function rowView(ports: CasesPorts, row: CaseRecord): CaseRow {
  return {
    id: row.id,
    number: row.number,
    title: maskColumn('cases.case.title', row.title),
    state: row.state,
    step: row.step,
    seq: row.seq,
    round: row.round,
    matterKey: row.matter_key,
    matterName: row.matter_name,
    gridCode: row.grid_code,
    areaPath: row.area_path,
    areaNames: ports.areaNames(row.area_path),
    position: row.lon === null || row.lat === null ? null : { lon: row.lon, lat: row.lat },
    owner: row.owner_unit,
    ownerName: row.owner_unit === null ? null : (ports.findUnitName(row.owner_unit) ?? row.owner_unit),
    openedAt: row.opened_at.toISOString(),
    stateAt: row.state_at.toISOString(),
    dueAt: row.due_at?.toISOString() ?? null,
    overdue: row.overdue,
    channel: row.channel,
    track: row.track,
    joined: row.joined,
  }
}

/** Pins inside a box, newest first, ended cases for a day only; `complete` says whether all fitted. */
export async function listPins(db: Db, actor: PersonActor, bbox: string, limit: number, now: Date): Promise<AnswerOf<typeof contract.listPins>> {
  const [west = 0, south = 0, east = 0, north = 0] = bbox.split(',').map(Number)
  const rows = await many<CaseRecord>(
    db,
    sql`select ${LIST_COLUMNS} from cases."case" where ${visibleTo(actor)} and lon between ${west} and ${east} and lat between ${south} and ${north}
    and (state not in ('closed', 'evaluated', 'voided') or state_at > ${new Date(now.getTime() - 86_400_000)}) order by opened_at desc, id desc limit ${limit + 1}`,
  )
  return {
    rows: rows.slice(0, limit).map((row) => ({
      id: row.id,
      number: row.number,
      state: row.state,
      step: row.step,
      overdue: row.overdue,
      lon: row.lon ?? 0,
      lat: row.lat ?? 0,
      matterName: row.matter_name,
      at: row.state_at.toISOString(),
    })),
    complete: rows.length <= limit,
  }
}
