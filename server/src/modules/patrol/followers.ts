import type { Tx } from '../../platform/db/database.ts'
import { newId } from '../../platform/runtime.ts'
import type { Carried, GroundChange, GroundFollower } from '../places/index.ts'
import { countPosts, endAssignment, endedBy, openAssignment, openedBy, standingAt, type Assignment } from './assignments/store.ts'
import { carryInto } from './carry.ts'
import type { Patrol } from './patrol.ts'
import { carriedState } from './rules.ts'
import { countActs, liveSettled } from './store.ts'

const SINGLE = 'single'
/** Grids that end with the areas that take over from them. */
const ended = (change: GroundChange) => change.areas.filter((area) => area.pathAfter === null && area.gridKind !== null && area.gridKind !== SINGLE)
const pathIn = (change: GroundChange, code: string) => change.areas.find((area) => area.code === code)?.pathAfter ?? null

/** People at grids follow to the grids that take over (人员随网格调整); the undoing of a change puts back those whom it moved. */
export function assignmentFollower(patrol: Patrol): GroundFollower {
  return {
    what: 'assignment',
    count: countPosts,
    preview: async (db, change) => {
      const successors = new Map(ended(change).map((area) => [area.code, area.successors]))
      return (await standingAt(db, [...successors.keys()])).map((row) => ({ from: row.gridCode, to: successors.get(row.gridCode)?.[0] ?? null, count: 1 }))
    },
    carry: async (tx, change) => {
      const back = change.undoes === null ? new Set<string>() : await putBack(patrol, tx, change, change.undoes)
      const carried: Carried[] = []
      for (const area of ended(change))
        for (const row of await standingAt(tx, [area.code])) {
          await endAssignment(tx, row.id, change.at, change.reason, change.id)
          // Whoever was put back to the own grid is not put to its neighbours as well.
          const targets = back.has(row.postId) && row.openedByChange === change.undoes ? [] : area.successors
          for (const code of targets) await openAt(patrol, tx, change, row, code)
          carried.push({ from: row.gridCode, to: area.successors[0] ?? null, count: 1 })
        }
      return carried
    },
  }
}

/** Opens again what the change that is undone had ended, unless it was opened by hand meanwhile; the posts that were put back. */
async function putBack(patrol: Patrol, tx: Tx, change: GroundChange, undone: string): Promise<Set<string>> {
  const moved = new Set((await openedBy(tx, undone)).map((row) => row.postId))
  const back = new Set<string>()
  for (const row of await endedBy(tx, undone)) {
    // Somebody whom the merge moved and who has been taken off since stays off.
    if (!moved.has(row.postId)) continue
    await openAt(patrol, tx, change, row, row.gridCode)
    back.add(row.postId)
  }
  return back
}

async function openAt(patrol: Patrol, tx: Tx, change: GroundChange, row: Assignment, gridCode: string): Promise<void> {
  const path = pathIn(change, gridCode) ?? patrol.ports.findArea(gridCode)?.path ?? ''
  const districtId = patrol.ports.districtIdOf(path) || row.districtId
  await openAssignment(tx, {
    districtId,
    id: newId(patrol.platform.runtime, districtId),
    gridCode,
    postId: row.postId,
    part: row.part,
    fromAt: change.at,
    toAt: null,
    openedByChange: change.id,
  })
}

/** Duties of running periods that every one of the old grids has settled are settled in the new one (巡查任务随网格调整); the others are due there. */
export function dutyFollower(patrol: Patrol): GroundFollower {
  return {
    what: 'duty',
    count: countActs,
    preview: async (db, change) => {
      const carried: Carried[] = []
      for (const { into, from } of lines(change)) {
        const rows = await liveSettled(db, from, change.at)
        for (const settled of Map.groupBy(rows, (row) => `${row.itemKey} ${row.period}`).values())
          if (carriedState(from.map((code) => settled.find((row) => row.gridCode === code)?.state)) !== undefined)
            carried.push({ from: from.join(' '), to: into.code, count: 1 })
      }
      return carried
    },
    carry: async (tx, change) => {
      const carried: Carried[] = []
      for (const { into, from } of lines(change)) {
        const duties = new Map((await liveSettled(tx, from, change.at)).map((row) => [`${row.itemKey} ${row.period}`, row]))
        for (const { itemKey, period } of duties.values())
          if (await carryInto(patrol, tx, { into, itemKey, period, at: change.at, changeId: change.id }, from))
            carried.push({ from: from.join(' '), to: into.code, count: 1 })
      }
      return carried
    },
  }
}

/** Basic grids that begin or begin again, each with the basic grids that it was made from. */
function lines(change: GroundChange): { readonly into: { readonly code: string; readonly path: string }; readonly from: readonly string[] }[] {
  const from = Map.groupBy(
    ended(change).flatMap((area) => (area.gridKind === 'basic' ? area.successors.map((successor) => ({ successor, code: area.code })) : [])),
    (row) => row.successor,
  )
  return [...from.entries()].flatMap(([code, rows]) => {
    const area = change.areas.find((each) => each.code === code)
    const path = area?.pathAfter ?? undefined
    // A grid that stood before has duties of its own.
    return !area || path === undefined || area.pathBefore !== null ? [] : [{ into: { code, path }, from: rows.map((row) => row.code) }]
  })
}
