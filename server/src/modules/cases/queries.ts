import type { AnswerOf } from '@linli/contract/endpoint'
import type { cases as contract } from '@linli/contract/endpoints/cases'
import { Refusal } from '@linli/contract/errors'
import { sql, together, type Db } from '../../platform/db/database.ts'
import { maskColumn } from '../../platform/privacy/masking.ts'
import type { Actor, PersonActor } from '../../platform/rights/actor.ts'
import type { CasesPorts } from './ports.ts'
import type { CaseRecord } from './store.ts'

type CaseRow = AnswerOf<typeof contract.list>['rows'][number]
type Condition = ReturnType<typeof sql<boolean>>
export const LIST_COLUMNS = sql.raw(
  'district_id, id, number, title, state, step, seq, round, matter_key, matter_name, grid_code, area_path, lon, lat, owner_unit, opened_at, state_at, due_at, overdue, channel, track, joined',
)

/** Only somebody at a post sees lists of cases. */
export function personOf(actor: Actor): PersonActor {
  if (actor.kind !== 'person') throw new Refusal('SESSION_MISSING')
  return actor
}

/** The cases that an actor may see, as SQL: below the post's area, or with a part of its unit (one rule with `isVisible`). */
export function visibleTo(actor: PersonActor): Condition {
  return sql`(${belowPath(actor.areaPath)} or involved @> array[${actor.unitCode}]::text[])`
}

/** At an area or below it. */
export const belowPath = (path: string): Condition => sql`(area_path = ${path} or area_path like ${`${likeText(path)}.%`})`
/** Cases that go on. */
export const OPEN = sql.raw<boolean>("state not in ('closed', 'evaluated', 'voided')")
export const likeText = (text: string) => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

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
  const inBox = sql`lon between ${west} and ${east} and lat between ${south} and ${north} and ${visibleTo(actor)}`
  const day = new Date(now.getTime() - 86_400_000)
  const [rows] = await together(
    db,
    sql<CaseRecord>`select ${LIST_COLUMNS} from (
      select * from cases."case" where lon is not null and ${OPEN} and ${inBox}
      union all
      select * from cases."case" where state in ('closed', 'evaluated', 'voided') and state_at > ${day} and ${inBox}) as pin
    order by opened_at desc, id desc limit ${limit + 1}`,
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
