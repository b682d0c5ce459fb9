import { gzipSync } from 'node:zlib'
import GeoJSONVT, { type LegacyTile } from 'geojson-vt'
import { fromGeojsonVt } from 'vt-pbf'
import type { Atlas } from './atlas.ts'

const LAYERS = ['district', 'street', 'community', 'basic', 'single', 'dedicated'] as const
/** The lowest zoom at which a layer is worth drawing. */
const FROM_ZOOM: Readonly<Record<string, number>> = { district: 0, street: 7, community: 11, basic: 11, single: 13, dedicated: 11 }
const KEPT = 2_000

/** Vector tiles of the area tree, cut from memory and kept until the tree changes. */
export class AreaTiles {
  readonly #atlas: Atlas
  #generation = -1
  #indexes = new Map<string, GeoJSONVT>()
  readonly #cut = new Map<string, Buffer>()

  constructor(atlas: Atlas) {
    this.#atlas = atlas
  }

  /** One gzipped tile; empty where nothing lies. */
  tile(z: number, x: number, y: number): Buffer {
    this.#renew()
    const key = `${z}/${x}/${y}`
    const kept = this.#cut.get(key)
    if (kept) return kept
    const layers: Record<string, LegacyTile> = {}
    for (const layer of LAYERS) {
      if (z < (FROM_ZOOM[layer] ?? 0)) continue
      const tile = this.#index(layer).getTile(z, x, y)
      if (tile) layers[layer] = tile
    }
    const bytes = gzipSync(fromGeojsonVt(layers, { version: 2 }))
    if (this.#cut.size >= KEPT) this.#cut.clear()
    this.#cut.set(key, bytes)
    return bytes
  }

  #renew(): void {
    if (this.#generation === this.#atlas.generation) return
    this.#generation = this.#atlas.generation
    this.#indexes = new Map()
    this.#cut.clear()
  }

  #index(layer: string): GeoJSONVT {
    const there = this.#indexes.get(layer)
    if (there) return there
    const features = this.#atlas.areas
      .filter((area) => (area.gridKind ?? area.level) === layer)
      .map((area) => ({ type: 'Feature' as const, properties: { code: area.code, name: area.name }, geometry: area.geometry }))
    const index = new GeoJSONVT({ type: 'FeatureCollection', features }, { maxZoom: 18, indexMaxZoom: 5, tolerance: 3, buffer: 64, extent: 4096 })
    this.#indexes.set(layer, index)
    return index
  }
}
