import type { Queryable } from '../../../platform/db/database.ts'
import type { Carried, GroundFollower } from '../ports.ts'
import { countComponents, moveComponents, readComponentPlaces, type ComponentPlace } from '../store.ts'
import type { GroundChange } from './change.ts'

/** City components (部件) follow the ground by where they stand; one that falls out of every district keeps the city alone. */
export function componentFollower(cityPath: string): GroundFollower {
  const placed = async (db: Queryable, change: GroundChange): Promise<{ was: ComponentPlace; is: ComponentPlace }[]> =>
    (await readComponentPlaces(db, change.scopePaths)).map((was) => {
      const found = change.place(was.lon, was.lat)
      const areaPath = found?.areaPath ?? cityPath
      return {
        was,
        is: {
          ...was,
          areaCode: found ? (found.gridCode ?? areaPath.split('.').at(-1) ?? null) : null,
          areaPath: found ? gridPath(areaPath, found.gridCode) : cityPath,
        },
      }
    })
  const carried = (rows: readonly { was: ComponentPlace; is: ComponentPlace }[]): Carried[] =>
    rows.map(({ was, is }) => ({ from: was.areaCode ?? cityPath, to: is.areaCode ?? cityPath, count: 1 }))
  return {
    what: 'component',
    count: countComponents,
    preview: async (db, change) => carried(await placed(db, change)),
    carry: async (tx, change) => {
      const rows = await placed(tx, change)
      const moving = rows.filter(({ was, is }) => was.areaCode !== is.areaCode || was.areaPath !== is.areaPath)
      await moveComponents(
        tx,
        moving.map(({ is }) => is),
        change.at,
      )
      return carried(rows)
    },
  }
}

/** The path down to a basic grid; the whole path where it has none. */
function gridPath(path: string, gridCode: string | null): string {
  const codes = path.split('.')
  return gridCode === null ? path : codes.slice(0, codes.indexOf(gridCode) + 1).join('.')
}
