import { places } from '@linli/contract/endpoints/places'
import type { CallApi } from './client.ts'

/** The middle of a basic grid, where things may happen. */
export interface Cell {
  readonly path: string
  readonly lon: number
  readonly lat: number
}

/** More than the demo city has; a larger city is sampled. */
const MOST_PAGES = 10

/** The basic grids of the city (基础网格); empty while the server cannot say. */
export async function listCells(call: CallApi): Promise<Cell[]> {
  const cells: Cell[] = []
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await call(places.listAreas, { query: { level: 'grid', limit: '200', ...(cursor === undefined ? {} : { cursor }) } })
    if (!answer.ok) return cells
    for (const area of answer.value.rows) if (area.gridKind === 'basic') cells.push({ path: area.path, ...area.center })
    if (answer.value.next === null) return cells
    cursor = answer.value.next
  }
  return cells
}
