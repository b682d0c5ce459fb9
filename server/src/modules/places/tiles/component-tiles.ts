import { setImmediate as breathe } from 'node:timers/promises'
import { cellOf, cellsIn, INDEX_LEVEL, stretchOf } from '@linli/lib/geo/point-index'
import { PointLayer, TILE_EXTENT } from '@linli/lib/geo/point-tile'
import { packTile, type Tile } from '../../../platform/http/tile-answer.ts'
import type { Platform } from '../../../platform/platform.ts'
import { ComponentPoints } from './component-points.ts'
import { lastComponentChange, readChangedComponents, readComponentPoints } from './queries.ts'
import { TileCache } from './tile-cache.ts'

const CHUNK = 20_000
const LOOK_EVERY_MS = 2_000
const MOST_BYTES = 48 * 1024 * 1024
/** From here on each component is a point of its own, unless a tile would hold more than `MOST_SINGLE`. */
const SINGLE_FROM_ZOOM = 14
const MOST_SINGLE = 5_000
/** Below it a tile is 64 cells wide, and each cell that holds components is one point with their number. */
const CELL_LEVELS = 6
/** Details cost bytes: they come where a reader can point at one component. */
const DETAILS_FROM_ZOOM = 15

/**
 * Vector tiles of the city's components (部件瓦片): counted by cell at low zooms, one by one at high ones. They are read into memory when
 * first asked for, follow the table by the instants of its changes, and only the tiles that a change touches are cut anew.
 */
export class ComponentTiles {
  readonly #platform: Pick<Platform, 'db' | 'runtime'>
  readonly #cut = new TileCache(MOST_BYTES)
  #points: Promise<ComponentPoints> | undefined
  #seen: Date | undefined
  #lookedAt = 0
  #looking: Promise<void> | undefined

  constructor(platform: Pick<Platform, 'db' | 'runtime'>) {
    this.#platform = platform
  }

  /** One tile with the layer `component`; empty where none stands. */
  async tile(z: number, x: number, y: number): Promise<Tile> {
    this.#points ??= this.#load().catch((error: unknown) => {
      this.#points = undefined
      throw error
    })
    const points = await this.#points
    const now = this.#platform.runtime.now()
    if (Math.abs(now - this.#lookedAt) >= LOOK_EVERY_MS) this.#looking ??= this.#follow(points, now)
    await this.#looking
    return this.#cut.take(z, x, y, () => packTile(drawTile(points, z, x, y)))
  }

  async #load(): Promise<ComponentPoints> {
    const { db, runtime } = this.#platform
    const points = new ComponentPoints()
    this.#seen = await lastComponentChange(db)
    let after = { districtId: 0, code: '' }
    for (;;) {
      const rows = await readComponentPoints(db, after, CHUNK)
      points.append(rows)
      const last = rows.at(-1)
      if (!last || rows.length < CHUNK) break
      after = last
      await breathe()
    }
    this.#lookedAt = runtime.now()
    return points
  }

  async #follow(points: ComponentPoints, now: number): Promise<void> {
    const { db } = this.#platform
    try {
      const last = await lastComponentChange(db)
      if (last && last.getTime() !== this.#seen?.getTime()) {
        const touched = points.merge(await readChangedComponents(db, this.#seen ?? new Date(0)))
        this.#seen = last
        for (const key of keysOver(touched)) this.#cut.drop(key)
      }
      this.#lookedAt = now
    } finally {
      this.#looking = undefined
    }
  }
}

/** The addresses of every tile over some places of the curve. */
function keysOver(places: ReadonlySet<number>): Set<string> {
  const keys = new Set<string>()
  for (const place of places) {
    const { column, row } = cellOf(place)
    for (let z = 0; z <= 18; z++) keys.add(`${z}/${column >>> (INDEX_LEVEL - z)}/${row >>> (INDEX_LEVEL - z)}`)
  }
  return keys
}

function drawTile(points: ComponentPoints, z: number, x: number, y: number): Uint8Array {
  const { index } = points
  const layer = new PointLayer('component')
  const stretch = stretchOf(index, z, x, y)
  const side = 2 ** (INDEX_LEVEL - z)
  const put = (place: number, properties: Readonly<Record<string, string | number>>) => {
    const { column, row } = cellOf(index.keys[place] ?? 0)
    layer.add(Math.floor(((column - x * side) * TILE_EXTENT) / side), Math.floor(((row - y * side) * TILE_EXTENT) / side), properties)
  }
  const single = z >= SINGLE_FROM_ZOOM && stretch.to - stretch.from <= MOST_SINGLE
  const standing = (place: number) => points.stateAt(index.rows[place] ?? 0) !== 'removed'
  if (single)
    for (let place = stretch.from; place < stretch.to; place++) {
      const row = index.rows[place] ?? 0
      if (standing(place))
        put(
          place,
          z >= DETAILS_FROM_ZOOM
            ? { n: 1, type: points.typeAt(row), state: points.stateAt(row), code: points.codeAt(row), name: points.nameAt(row) }
            : { n: 1 },
        )
    }
  else
    for (const { from, to } of cellsIn(index, stretch, z + CELL_LEVELS)) {
      let n = 0
      for (let place = from; place < to; place++) if (standing(place)) n += 1
      // A cell shows where its middle component stands: centres of cells would look like a grid.
      if (n > 0) put((from + to) >>> 1, { n })
    }
  return layer.encode()
}
