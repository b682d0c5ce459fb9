import { dayText, isoWeekday } from '@linli/lib/time/day'
import { dayStart } from '@linli/lib/time/zone'
import { within, type PersonActor } from '../../platform/rights/actor.ts'
import { countPostsAt, gridsOfPosts, listAssignments } from './assignments/store.ts'
import type { ItemEdition } from './items.ts'
import { ownGrids } from './own-duties.ts'
import type { Patrol } from './patrol.ts'
import { lastPath, successorsOf } from './queries.ts'
import { unsettledState, type DutyState } from './rules.ts'
import { countOwnActs, listRefused, liveCalls, liveSettled } from './store.ts'

interface LiveDuties {
  readonly periods: readonly {
    readonly itemKey: string
    readonly period: string
    readonly startsAt: number
    readonly dueAt: number
    readonly closesAt: number
  }[]
  readonly grids: readonly { readonly gridCode: string; readonly states: readonly (DutyState | 'none')[] }[]
}

/** The live duties of some grids as a telephone keeps them: each period once, and the state of each for each grid; `none` where a call does not reach. */
async function liveDutiesOf({ platform, ports, register }: Patrol, codes: readonly string[]): Promise<LiveDuties> {
  const now = platform.runtime.now()
  const due = register.live(now, await liveCalls(platform.db, new Date(now)))
  const settled = new Map((await liveSettled(platform.db, codes, new Date(now))).map((row) => [`${row.gridCode} ${row.itemKey} ${row.period}`, row.state]))
  return {
    periods: due.map(({ item, period }) => ({
      itemKey: item.key,
      period: period.key,
      startsAt: period.startsAt,
      dueAt: period.dueAt,
      closesAt: period.closesAt,
    })),
    grids: codes.map((gridCode) => {
      const path = ports.findArea(gridCode)?.path ?? ''
      return {
        gridCode,
        states: due.map(({ item, period, below }) =>
          below !== undefined && !within(below, path) ? 'none' : (settled.get(`${gridCode} ${item.key} ${period.key}`) ?? unsettledState(period, now)),
        ),
      }
    }),
  }
}

interface GridStanding {
  readonly name: string
  readonly ended: boolean
  readonly to: readonly { readonly postTitle: string; readonly unitName: string }[]
  readonly successors: readonly string[]
}

/** Who has a grid now (网格移交), for somebody who had it or has it in the area; undefined for anybody else. */
async function standingOfGrid({ platform, ports }: Patrol, code: string, actor: PersonActor): Promise<GridStanding | undefined> {
  const { db } = platform
  const now = ports.findArea(code)
  const path = now?.path ?? (await lastPath(db, code))
  const past = await listAssignments(db, { grids: [code], past: true, after: '', limit: 200 })
  if (path === undefined || (!within(actor.areaPath, path) && !past.some((row) => row.postId === actor.postId))) return undefined
  const successors = now ? [] : await successorsOf(db, code)
  const standing = await listAssignments(db, { grids: now ? [code] : successors, past: false, after: '', limit: 200 })
  return {
    name: now?.name ?? code,
    ended: now === undefined,
    to: standing.map(({ postTitle, unitName }) => ({ postTitle, unitName })),
    successors: successors.map((next) => ports.findArea(next)?.name ?? next),
  }
}

/** What the telephones of grid workers ask of rounds (外勤). */
export interface PatrolField {
  ownGrids(actor: PersonActor): ReturnType<typeof ownGrids>
  liveDuties(grids: readonly string[]): Promise<LiveDuties>
  standingOf(gridCode: string, actor: PersonActor): Promise<GridStanding | undefined>
  gridsOfPosts(posts: readonly string[]): ReturnType<typeof gridsOfPosts>
  countPostsAt(grids: readonly string[]): ReturnType<typeof countPostsAt>
  acts(personId: string, from: Date, to: Date): Promise<{ readonly done: number; readonly excused: number; readonly corrected: number }>
  refused(personId: string, from: Date, to: Date): ReturnType<typeof listRefused>
  items(): ItemEdition | undefined
  /** Today in the city's time, with the instants at which it and its week began. */
  today(): { readonly day: number; readonly text: string; readonly startsAt: number; readonly weekStartsAt: number }
}

/** Makes what `field` is given. */
export function patrolField(patrol: Patrol): PatrolField {
  const { platform, register } = patrol
  return {
    ownGrids: (actor) => ownGrids(patrol, actor),
    liveDuties: (grids) => liveDutiesOf(patrol, grids),
    standingOf: (gridCode, actor) => standingOfGrid(patrol, gridCode, actor),
    gridsOfPosts: (posts) => gridsOfPosts(platform.db, posts),
    countPostsAt: (grids) => countPostsAt(platform.db, grids),
    acts: async (personId, from, to) => {
      const { taken = 0, excused = 0, corrected = 0 } = (await countOwnActs(platform.db, personId, from, to)) ?? {}
      return { done: taken - excused, excused, corrected }
    },
    refused: (personId, from, to) => listRefused(platform.db, personId, from, to),
    items: () => register.current,
    today: () => {
      const day = register.today()
      const { zone } = register.days
      return { day, text: dayText(day), startsAt: dayStart(zone, day), weekStartsAt: dayStart(zone, day - isoWeekday(day) + 1) }
    },
  }
}
