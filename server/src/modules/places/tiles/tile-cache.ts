import type { Tile } from '../../../platform/http/tile-answer.ts'

/** Tiles that were cut, the longest unused going first when they take more than so many bytes together. */
export class TileCache {
  readonly #tiles = new Map<string, Tile>()
  readonly #mostBytes: number
  #bytes = 0

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  /** The kept tile, or the one that `cut` makes now. */
  take(z: number, x: number, y: number, cut: () => Tile): Tile {
    const key = `${z}/${x}/${y}`
    const kept = this.#tiles.get(key)
    if (kept) {
      this.#tiles.delete(key)
      this.#tiles.set(key, kept)
      return kept
    }
    const tile = cut()
    this.#tiles.set(key, tile)
    this.#bytes += tile.bytes.length
    for (const oldest of this.#tiles.keys()) {
      if (this.#bytes <= this.#mostBytes) break
      this.drop(oldest)
    }
    return tile
  }

  drop(key: string): void {
    this.#bytes -= this.#tiles.get(key)?.bytes.length ?? 0
    this.#tiles.delete(key)
  }

  /** Drops every tile that the test names by its address. */
  dropWhere(changed: (z: number, x: number, y: number) => boolean): void {
    for (const key of this.#tiles.keys()) {
      const [z = 0, x = 0, y = 0] = key.split('/').map(Number)
      if (changed(z, x, y)) this.drop(key)
    }
  }
}
