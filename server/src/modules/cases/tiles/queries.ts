import { columnOf, INDEX_LEVEL, rowOf } from '@linli/lib/geo/point-index'
import { PointLayer, TILE_EXTENT } from '@linli/lib/geo/point-tile'
import { many, sql, type Db } from '../../../platform/db/database.ts'
import type { PersonActor } from '../../../platform/rights/actor.ts'
import { OPEN, visibleTo } from '../queries.ts'

/** A tile is so many cells wide. */
const CELLS = 32

interface Spot {
  column: number
  row: number
  late: boolean
  n: number
}

/** How many open cases of the actor's scope lie in each cell of a tile and how many are late (案件密度), as a vector tile; numbers alone, nobody's words. */
export async function densityTile(db: Db, actor: PersonActor, z: number, x: number, y: number): Promise<Uint8Array> {
  const [west, north, east, south] = [lonOf(z, x), latOf(z, y), lonOf(z, x + 1), latOf(z, y + 1)]
  // Positions are rounded to less than a tenth of a cell before they are counted, so that a crowded tile is few rows. What is rounded over the
  // edge belongs to the neighbour, and the box is wider by as much.
  const steps = 10 ** Math.max(1, Math.ceil(Math.log10((2 ** z * CELLS * 10) / 360)))
  const edge = 1 / steps
  const spots = await many<Spot>(
    db,
    sql`select floor(lon * ${steps}::float8)::int as "column", floor(lat * ${steps}::float8)::int as "row", overdue as late, count(*) as n from cases."case"
      where lon between ${west - edge} and ${east + edge} and lat between ${south - edge} and ${north + edge} and ${OPEN} and ${visibleTo(actor)} group by 1, 2, 3`,
  )
  return drawCells(spots, steps, z, x, y)
}

const lonOf = (z: number, x: number) => (x / 2 ** z) * 360 - 180
const latOf = (z: number, y: number) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** z))) * 180) / Math.PI

function drawCells(spots: readonly Spot[], steps: number, z: number, x: number, y: number): Uint8Array {
  const side = 2 ** (INDEX_LEVEL - z)
  const cells = new Map<number, { n: number; late: number }>()
  for (const { late, n, ...spot } of spots) {
    const column = columnOf((spot.column + 0.5) / steps) - x * side
    const row = rowOf((spot.row + 0.5) / steps) - y * side
    if (column < 0 || row < 0 || column >= side || row >= side) continue
    const cell = Math.floor((row * CELLS) / side) * CELLS + Math.floor((column * CELLS) / side)
    const counted = cells.get(cell) ?? { n: 0, late: 0 }
    counted.n += n
    if (late) counted.late += n
    cells.set(cell, counted)
  }
  const layer = new PointLayer('density')
  const step = TILE_EXTENT / CELLS
  for (const [cell, counted] of cells) layer.add((cell % CELLS) * step + step / 2, Math.floor(cell / CELLS) * step + step / 2, { ...counted })
  return layer.encode()
}
