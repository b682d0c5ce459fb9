import type { Tx } from '../../../platform/db/database.ts'
import { Atlas } from '../atlas.ts'
import { moveComponents, readComponentPlaces } from '../store.ts'

/** Gives every component (部件) the grid that it now stands in, in the transaction that changed the ground; one that fell out of every district has none. */
export async function relocateComponents(tx: Tx, cityPath: string, at: Date): Promise<void> {
  const components = await readComponentPlaces(tx)
  if (components.length === 0) return
  const atlas = new Atlas()
  await atlas.refresh(tx)
  const placed = components.map((component) => {
    const located = atlas.locate(component.lon, component.lat)
    const area = located?.basic ?? located?.deepest
    return { ...component, areaCode: area?.code ?? null, areaPath: area?.path ?? cityPath }
  })
  const moved = placed.filter((component, index) => component.areaCode !== components[index]?.areaCode || component.areaPath !== components[index]?.areaPath)
  await moveComponents(tx, moved, at)
}
