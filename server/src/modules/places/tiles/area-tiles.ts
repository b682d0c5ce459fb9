import { boxOf } from '@linli/lib/geo/area'
import { columnOf, INDEX_LEVEL, rowOf } from '@linli/lib/geo/point-index'
import GeoJSONVT, { type LegacyTile } from 'geojson-vt'
import { fromGeojsonVt } from 'vt-pbf'
import { packTile, type Tile } from '../../../platform/http/tile-answer.ts'
import type { Atlas } from '../atlas.ts'
import type { AreaWithGeometry } from '../model.ts'
import { TileCache } from './tile-cache.ts'

const LAYERS = ['district', 'street', 'community', 'basic', 'single', 'dedicated'] as const
/** The lowest zoom at which a layer is worth drawing. */
const FROM_ZOOM: Readonly<Record<string, number>> = { district: 0, street: 7, community: 11, basic: 11, single: 13, dedicated: 11 }
const EXTENT = 4096
const BUFFER = 64
const MOST_BYTES = 48 * 1024 * 1024
/** What an index keeps of the cuts on its way down; beyond this it is made anew. */
const MOST_CUTS = 20_000
/** More changed areas than this and all tiles are cut anew. */
const MOST_CHANGED = 2_000

/** Vector tiles of the area tree (区域瓦片), cut from memory, simplified for each zoom; after a change only the tiles that it touches are cut anew. */
export class AreaTiles {
  readonly #atlas: Atlas
  #generation = -1
  #known = new Map<string, AreaWithGeometry>()
  readonly #indexes = new Map<string, GeoJSONVT>()
  readonly #cut = new TileCache(MOST_BYTES)

  constructor(atlas: Atlas) {
    this.#atlas = atlas
  }

  /** One tile; empty where nothing lies. */
  tile(z: number, x: number, y: number): Tile {
    this.#renew()
    return this.#cut.take(z, x, y, () => {
      const layers: Record<string, LegacyTile> = {}
      for (const layer of LAYERS) {
        const tile = z < (FROM_ZOOM[layer] ?? 0) ? null : this.#index(layer).getTile(z, x, y)
        if (tile) layers[layer] = tile
      }
      return packTile(fromGeojsonVt(layers, { version: 2 }))
    })
  }

  #renew(): void {
    if (this.#generation === this.#atlas.generation) return
    const [was, is] = [this.#known, new Map(this.#atlas.areas.map((area) => [area.code, area]))]
    const changed = [...was.values()].filter((area) => !isSame(area, is.get(area.code)))
    changed.push(...[...is.values()].filter((area) => !isSame(area, was.get(area.code))))
    this.#generation = this.#atlas.generation
    this.#known = is
    for (const layer of new Set(changed.map(layerOf))) this.#indexes.delete(layer)
    const spans = changed.filter((area) => area.geometry.coordinates.length > 0).map(spanOf)
    if (changed.length > MOST_CHANGED) this.#cut.dropWhere(() => true)
    else if (spans.length > 0) this.#cut.dropWhere((z, x, y) => spans.some((span) => touches(span, z, x, y)))
  }

  #index(layer: string): GeoJSONVT {
    const there = this.#indexes.get(layer)
    if (there && there.tileCoords.length < MOST_CUTS) return there
    const features = this.#atlas.areas
      .filter((area) => layerOf(area) === layer)
      .map((area) => ({ type: 'Feature' as const, properties: { code: area.code, name: area.name }, geometry: area.geometry }))
    const index = new GeoJSONVT({ type: 'FeatureCollection', features }, { maxZoom: 18, indexMaxZoom: 5, tolerance: 3, buffer: BUFFER, extent: EXTENT })
    this.#indexes.set(layer, index)
    return index
  }
}

const layerOf = (area: AreaWithGeometry) => area.gridKind ?? area.level
const isSame = (one: AreaWithGeometry, other: AreaWithGeometry | undefined) =>
  one.version === other?.version && one.path === other.path && one.name === other.name

/** First and last column, first and last row, in steps of the whole square. */
type Span = readonly [number, number, number, number]

function spanOf({ geometry }: AreaWithGeometry): Span {
  const [west, south, east, north] = boxOf(geometry)
  return [columnOf(west), columnOf(east), rowOf(north), rowOf(south)]
}

/** True where a tile, with what it holds beyond its edge, meets a span. */
function touches([west, east, north, south]: Span, z: number, x: number, y: number): boolean {
  const side = 2 ** (INDEX_LEVEL - z)
  const beyond = (side * BUFFER) / EXTENT
  return east >= x * side - beyond && west <= (x + 1) * side + beyond && south >= y * side - beyond && north <= (y + 1) * side + beyond
}
