import { PointLayer, TILE_EXTENT } from '@linli/lib/geo/point-tile'
import { many, sql, type Db } from '../../../platform/db/database.ts'
import type { PersonActor } from '../../../platform/rights/actor.ts'
import { OPEN, visibleTo } from '../queries.ts'

/** A tile is so many cells wide. */
const CELLS = 32
const STEP = TILE_EXTENT / CELLS
/** The box that an index finds is a little wider than the tile, in degrees: which cell a case lies in is reckoned once, and decides. */
const EDGE = 1e-6

interface Cell {
  column: number
  row: number
  n: number
  late: number
}

/** How many open cases of the actor's scope lie in each cell of a tile and how many are late (案件密度), as a vector tile; numbers alone, nobody's words. */
export async function densityTile(db: Db, actor: PersonActor, z: number, x: number, y: number): Promise<Uint8Array> {
  const [west, north, east, south] = [lonOf(z, x), latOf(z, y), lonOf(z, x + 1), latOf(z, y + 1)]
  const across = CELLS * 2 ** z
  const cells = await many<Cell>(
    db,
    sql`select floor((lon + 180) / 360 * ${across}::float8)::int - ${x * CELLS}::int as "column",
        floor((1 - asinh(tan(radians(lat))) / pi()) / 2 * ${across}::float8)::int - ${y * CELLS}::int as "row",
        count(*) as n, count(*) filter (where overdue) as late
      from cases."case" where lon between ${west - EDGE} and ${east + EDGE} and lat between ${south - EDGE} and ${north + EDGE} and ${OPEN} and ${visibleTo(actor)} group by 1, 2`,
  )
  const layer = new PointLayer('density')
  for (const { column, row, n, late } of cells)
    if (column >= 0 && row >= 0 && column < CELLS && row < CELLS) layer.add(column * STEP + STEP / 2, row * STEP + STEP / 2, { n, late })
  return layer.encode()
}

const lonOf = (z: number, x: number) => (x / 2 ** z) * 360 - 180
const latOf = (z: number, y: number) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** z))) * 180) / Math.PI
