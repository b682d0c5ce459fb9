import type { AnswerOf, QueryOf } from '@linli/contract/endpoint'
import type { patrol as contract } from '@linli/contract/endpoints/patrol'
import { Refusal } from '@linli/contract/errors'
import { dayText, isoWeekday } from '@linli/lib/time/day'
import { within, type PersonActor } from '../../platform/rights/actor.ts'
import { gridsOfPost } from './assignments/store.ts'
import type { Patrol } from './patrol.ts'
import type { GridArea } from './ports.ts'
import type { ItemPeriod } from './register.ts'
import { unsettledState, type DutyState } from './rules.ts'
import { liveCalls, liveSettled } from './store.ts'
import { dutyView, type DutyView } from './views.ts'

type Answer = AnswerOf<typeof contract.listDuties>
type Query = QueryOf<typeof contract.listDuties>
export type Tally = Record<DutyState | 'due', number>

/** The basic grids of a post: those that it is put to, else all of its area. */
export async function ownGrids(patrol: Patrol, actor: PersonActor): Promise<(GridArea & { readonly part: string | null })[]> {
  const put = await gridsOfPost(patrol.platform.db, actor.postId)
  const all = patrol.ports.gridsBelow(actor.areaPath)
  if (put.length === 0) return all.map((grid) => ({ ...grid, part: null }))
  const parts = new Map(put.map((row) => [row.gridCode, row.part]))
  const standing = put.flatMap((row) => patrol.ports.findArea(row.gridCode) ?? [])
  const basic = new Set(standing.flatMap((grid) => patrol.ports.gridsBelow(grid.path).map((each) => each.code)))
  return standing.filter((grid) => basic.has(grid.code)).map((grid) => ({ ...grid, part: parts.get(grid.code) ?? null }))
}

/** What a post has to do now (我的巡查任务), by grid and then by item; settled duties of running periods among it. */
export async function listOwnDuties(patrol: Patrol, actor: PersonActor, query: Query, limit: number): Promise<Answer> {
  const { platform, register } = patrol
  const now = platform.runtime.now()
  const own = await ownGrids(patrol, actor)
  const grids = query.grid === undefined ? own : own.filter((grid) => grid.code === query.grid)
  if (query.grid !== undefined && grids.length === 0) throw new Refusal('NOT_FOUND')
  const until = lastDueDay(query.until, register.today())
  const due = register.live(now, await liveCalls(platform.db, new Date(now))).filter((each) => each.period.dueDay <= until)
  const after = cursorOf(query.cursor)
  const from = after === undefined ? 0 : grids.findIndex((grid) => grid.code >= after.grid)
  const rows: DutyView[] = []
  let next: string | null = null
  // Grids are taken a few at a time: a post over a whole city looks at one page, not at all of them.
  for (let at = from < 0 ? grids.length : from; at < grids.length && next === null; at += CHUNK) {
    const some = grids.slice(at, at + CHUNK)
    const settled = new Map(
      (
        await liveSettled(
          platform.db,
          some.map((grid) => grid.code),
          new Date(now),
        )
      ).map((row) => [`${row.gridCode} ${row.itemKey} ${row.period}`, row]),
    )
    for (const grid of some)
      for (const [place, each] of dutiesOf(grid, due).entries()) {
        if (after !== undefined && grid.code === after.grid && place < after.place) continue
        const row = settled.get(`${grid.code} ${each.item.key} ${each.period.key}`)
        const state = row?.state ?? unsettledState(each.period, now)
        if (query.state !== undefined && state !== query.state) continue
        if (rows.length < limit) rows.push(dutyView(grid, each, state, row?.entryId ?? null))
        else next ??= Buffer.from(JSON.stringify([grid.code, place])).toString('base64url')
      }
  }
  return {
    asOf: new Date(now).toISOString(),
    today: dayText(register.today()),
    edition: register.current?.edition ?? 0,
    grids: own.map(({ code, name, part }) => ({ code, name, part })),
    rows,
    next,
  }
}

const CHUNK = 20
const dutiesOf = (grid: GridArea, due: readonly ItemPeriod[]) => due.filter((each) => each.below === undefined || within(each.below, grid.path))

/** Today, or the Sunday of this week, or no end. */
function lastDueDay(until: Query['until'], today: number): number {
  if (until === 'today') return today
  return until === 'week' ? today - isoWeekday(today) + 7 : Number.POSITIVE_INFINITY
}

function cursorOf(cursor: string | undefined): { grid: string; place: number } | undefined {
  if (cursor === undefined) return undefined
  try {
    const [grid, place] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, unknown]
    if (typeof grid !== 'string' || typeof place !== 'number') throw new Error('shape')
    return { grid, place }
  } catch {
    throw new Refusal('CURSOR_INVALID', [{ pointer: '/querystring/cursor', code: 'CURSOR_INVALID' }])
  }
}

/** How the live duties of some grids stand, without a row for each. */
export async function tallyOf(patrol: Patrol, grids: readonly GridArea[]): Promise<Tally> {
  const { platform, register } = patrol
  const now = platform.runtime.now()
  const tally: Tally = { due: 0, open: 0, overdue: 0, missed: 0, done: 0, late: 0, excused: 0 }
  const settled = Map.groupBy(
    await liveSettled(
      platform.db,
      grids.map((grid) => grid.code),
      new Date(now),
    ),
    (row) => `${row.itemKey} ${row.period}`,
  )
  for (const each of register.live(now, await liveCalls(platform.db, new Date(now)))) {
    const concerned = grids.filter((grid) => each.below === undefined || within(each.below, grid.path)).length
    const rows = settled.get(`${each.item.key} ${each.period.key}`) ?? []
    tally.due += concerned
    for (const row of rows) tally[row.state] += 1
    tally[unsettledState(each.period, now)] += concerned - rows.length
  }
  return tally
}
