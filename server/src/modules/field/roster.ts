import type { AnswerOf } from '@linli/contract/endpoint'
import type { field as contract } from '@linli/contract/endpoints/field'
import { Refusal } from '@linli/contract/errors'
import { within, type PersonActor } from '../../platform/rights/actor.ts'
import type { Field } from './field.ts'
import { FRESH_MS } from './rules.ts'
import { shiftsAround, type OnShift } from './store.ts'

type Roster = AnswerOf<typeof contract.roster>

/** How many are on shift below an area (在岗情况), by unit and by grid; NOT_FOUND outside the caller's scope. */
export async function rosterOf({ platform, ports }: Field, actor: PersonActor, code: string | undefined): Promise<Roster> {
  const area = ports.findArea(code ?? actor.areaPath.split('.').at(-1) ?? '')
  if (!area || !within(actor.areaPath, area.path)) throw new Refusal('NOT_FOUND')
  const now = platform.runtime.now()
  const grids = ports.basicGridsBelow(area.path)
  const codes = grids.map((grid) => grid.code)
  const around = await shiftsAround(platform.db, area.path, new Date(now), new Date(now - FRESH_MS))
  const put = await ports.gridsOfPosts([...new Set(around.map((shift) => shift.postId))])
  const answersFor = (shift: OnShift, grid: (typeof grids)[number]) => put.get(shift.postId)?.includes(grid.code) ?? within(shift.areaPath, grid.path)
  // Somebody whose area reaches beyond this one counts here where they answer for a grid of it.
  const shifts = around.filter((shift) => within(area.path, shift.areaPath) || grids.some((grid) => answersFor(shift, grid)))
  const posts = await ports.countPostsAt(codes)
  const rows = grids.map((grid) => ({
    code: grid.code,
    name: grid.name,
    posts: posts.get(grid.code) ?? 0,
    onShift: shifts.filter((shift) => answersFor(shift, grid)).length,
    there: shifts.filter((shift) => shift.gridCode === grid.code).length,
  }))
  const units = Map.groupBy(shifts, (shift) => shift.unitCode)
  return {
    asOf: new Date(now).toISOString(),
    code: area.code,
    name: area.name,
    onShift: shifts.length,
    unplaced: shifts.filter((shift) => !shift.placed).length,
    units: [...units]
      .map(([unit, members]) => ({ code: unit, name: ports.unitName(unit), onShift: members.length }))
      .toSorted((one, other) => one.code.localeCompare(other.code)),
    grids: rows,
    uncovered: rows.filter((row) => row.onShift === 0).length,
  }
}
