import type { AnswerOf } from '@linli/contract/endpoint'
import type { patrol as contract } from '@linli/contract/endpoints/patrol'
import { Refusal } from '@linli/contract/errors'
import { dayNumber } from '@linli/lib/time/day'
import { dayStart } from '@linli/lib/time/zone'
import { within, type PersonActor } from '../../platform/rights/actor.ts'
import type { Patrol } from './patrol.ts'
import type { GridArea } from './ports.ts'
import { countSettled, gridVersions, type GridVersion } from './queries.ts'
import type { ItemPeriod } from './register.ts'
import { shares, unsettledState } from './rules.ts'
import { callsDue } from './store.ts'
import type { Tally } from './own-duties.ts'

export interface Asked {
  readonly parent?: string
  readonly from: string
  readonly to: string
  readonly item?: string
  readonly classCode?: string
}
type Answer = AnswerOf<typeof contract.coverage>

const MOST_DAYS = 400
/** What the figures say, with numerator and denominator. */
const DEFINITIONS: Answer['definitions'] = [
  {
    key: 'due',
    zh: '应巡：区间内到期的任务数，按到期时（或现在）存在的基础网格计',
    en: 'Duties due in the span, by the basic grids that stood when they fell due (or stand now)',
  },
  { key: 'carriedOut', zh: '完成率：（按期完成＋逾期补办）÷（应巡－免办）', en: 'Carried out: (in time + late) ÷ (due − excused)' },
  { key: 'onTime', zh: '按期完成率：按期完成÷（应巡－免办）', en: 'On time: in time ÷ (due − excused)' },
  { key: 'missed', zh: '漏巡：补办期已过仍未办', en: 'Missed: not settled when the days of grace were over' },
]

export interface Span {
  readonly area: GridArea
  readonly due: readonly ItemPeriod[]
  readonly now: number
  versions(): Promise<GridVersion[]>
}

/** What was due below an area between two days, in the caller's scope; NOT_FOUND outside it, SPAN_INVALID for days that make no span. */
export async function spanOf(patrol: Patrol, actor: PersonActor, asked: Asked): Promise<Span> {
  const { platform, ports, register } = patrol
  const area = ports.findArea(asked.parent ?? actor.areaPath.split('.').at(-1) ?? '')
  if (!area || !within(actor.areaPath, area.path)) throw new Refusal('NOT_FOUND')
  const [from, to] = [dayNumber(asked.from), dayNumber(asked.to)]
  if (from > to || to - from >= MOST_DAYS) throw new Refusal('SPAN_INVALID', [{ pointer: '/querystring/to', code: 'SPAN_INVALID' }])
  const { zone } = register.days
  const [start, end] = [new Date(dayStart(zone, from)), new Date(dayStart(zone, to + 1))]
  const calls = await callsDue(platform.db, start, end)
  const now = platform.runtime.now()
  const due = register
    .due(from, to, calls)
    .filter(
      (each) =>
        each.period.startsAt <= now &&
        (asked.item === undefined || each.item.key === asked.item) &&
        (asked.classCode === undefined || each.item.classCode === asked.classCode),
    )
  return { area, due, now, versions: () => gridVersions(platform.db, area.path, start, new Date(Math.max(end.getTime(), now) + 1)) }
}

/** When the grids of a duty are counted: as it fell due, or now while it runs. */
export const countedAt = (each: ItemPeriod, now: number) => Math.min(each.period.dueAt, now)
/** The grids that stood at an instant (epoch ms); exactly one version of each does. */
export const standingAt = (versions: readonly GridVersion[], at: number, below: string | undefined) =>
  versions.filter((grid) => grid.from.getTime() < at && (grid.to === null || grid.to.getTime() >= at) && (below === undefined || within(below, grid.path)))

const empty = (): Tally => ({ due: 0, open: 0, overdue: 0, missed: 0, done: 0, late: 0, excused: 0 })

/** Figures of how far duties were carried out (巡查覆盖), whole and by the areas below, each with its denominator. */
export async function coverageOf(patrol: Patrol, actor: PersonActor, asked: Asked): Promise<Answer> {
  const span = await spanOf(patrol, actor, asked)
  const { area, due, now } = span
  const versions = await span.versions()
  const depth = area.path.split('.').length
  const childOf = (path: string) => path.split('.')[depth] ?? ''
  const settled = Map.groupBy(
    await countSettled(patrol.platform.db, { path: area.path, from: asked.from, to: asked.to, now: new Date(now) }),
    (row) => `${row.itemKey} ${row.period}`,
  )
  const tallies = new Map<string, Tally>()
  const tallyFor = (child: string) => tallies.get(child) ?? (tallies.set(child, empty()).get(child) as Tally)
  const standing = new Map<string, Map<string, number>>()
  const gridsAt = (each: ItemPeriod) => {
    const at = countedAt(each, now)
    const key = `${at} ${each.below ?? ''}`
    const known = standing.get(key)
    if (known) return known
    const counted = new Map<string, number>()
    for (const grid of standingAt(versions, at, each.below)) counted.set(childOf(grid.path), (counted.get(childOf(grid.path)) ?? 0) + 1)
    standing.set(key, counted)
    return counted
  }
  for (const each of due) {
    const rows = Map.groupBy(settled.get(`${each.item.key} ${each.period.key}`) ?? [], (row) => row.child)
    for (const [child, count] of gridsAt(each)) {
      const tally = tallyFor(child)
      const here = rows.get(child) ?? []
      for (const row of here) tally[row.state] += row.count
      tally.due += count
      tally[unsettledState(each.period, now)] += count - here.reduce((sum, row) => sum + row.count, 0)
    }
  }
  const nowStanding = Map.groupBy(patrol.ports.gridsBelow(area.path), (grid) => childOf(grid.path))
  const row = (code: string, name: string, tally: Tally, grids: number) => ({ code, name, grids, ...tally, ...shares(tally) })
  const children = patrol.ports.childrenOf(area.code).filter((child) => child.gridKind === null || child.gridKind === 'basic')
  const total = [...tallies.values()].reduce((sum, tally) => added(sum, tally), empty())
  return {
    asOf: new Date(now).toISOString(),
    from: asked.from,
    to: asked.to,
    definitions: DEFINITIONS.map((definition) => ({ ...definition })),
    total: row(area.code, area.name, total, patrol.ports.gridsBelow(area.path).length),
    rows: [
      ...children.map((child) => row(child.code, child.name, tallies.get(child.code) ?? empty(), nowStanding.get(child.code)?.length ?? 0)),
      // Areas that have ended keep their figures.
      ...[...tallies.entries()]
        .filter(([code]) => code !== '' && !children.some((child) => child.code === code))
        .map(([code, tally]) => row(code, code, tally, 0)),
    ],
  }
}

function added(one: Tally, other: Tally): Tally {
  return {
    due: one.due + other.due,
    open: one.open + other.open,
    overdue: one.overdue + other.overdue,
    missed: one.missed + other.missed,
    done: one.done + other.done,
    late: one.late + other.late,
    excused: one.excused + other.excused,
  }
}
