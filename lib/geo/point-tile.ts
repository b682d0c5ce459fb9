/** The side of a tile in its own units (Mapbox Vector Tile 2.1, 4.1). */
export const TILE_EXTENT = 4096

type Value = string | number

/**
 * One layer of points of a vector tile (矢量瓦片), written as it is filled: Mapbox Vector Tile 2.1 as protocol buffers. A general encoder
 * builds an object for each feature first, which costs more than the tile.
 */
export class PointLayer {
  readonly #name: string
  readonly #keys = new Map<string, number>()
  readonly #values = new Map<Value, number>()
  readonly #features = new Bytes()
  readonly #feature = new Bytes()
  readonly #part = new Bytes()

  constructor(name: string) {
    this.#name = name
  }

  /** Adds a point in units of the tile; numbers must be whole and not negative. */
  add(x: number, y: number, properties: Readonly<Record<string, Value>>): void {
    this.#feature.clear()
    this.#part.clear()
    for (const name in properties) {
      this.#part.varint(ordinalOf(this.#keys, name))
      this.#part.varint(ordinalOf(this.#values, properties[name] ?? ''))
    }
    this.#feature.message(2, this.#part)
    this.#feature.varint(TYPE_POINT)
    this.#feature.varint(1)
    this.#part.clear()
    this.#part.varint(MOVE_TO)
    this.#part.varint(zigzag(x))
    this.#part.varint(zigzag(y))
    this.#feature.message(4, this.#part)
    this.#features.message(2, this.#feature)
  }

  /** The whole tile, not compressed; without points it is empty. */
  encode(): Uint8Array {
    if (this.#features.length === 0) return new Uint8Array()
    const layer = new Bytes()
    layer.text(1, this.#name)
    layer.append(this.#features)
    for (const name of this.#keys.keys()) layer.text(3, name)
    for (const value of this.#values.keys()) {
      this.#part.clear()
      if (typeof value === 'string') this.#part.text(1, value)
      else {
        this.#part.varint(UINT_VALUE)
        this.#part.varint(value)
      }
      layer.message(4, this.#part)
    }
    layer.varint(EXTENT)
    layer.varint(TILE_EXTENT)
    layer.varint(VERSION)
    layer.varint(2)
    const tile = new Bytes()
    tile.message(3, layer)
    return tile.taken()
  }
}

const tag = (field: number, wire: number) => (field << 3) | wire
const TYPE_POINT = tag(3, 0)
const UINT_VALUE = tag(5, 0)
const EXTENT = tag(5, 0)
const VERSION = tag(15, 0)
/** The command MoveTo, once. */
const MOVE_TO = (1 << 3) | 1
const zigzag = (value: number) => (value << 1) ^ (value >> 31)

function ordinalOf<T>(known: Map<T, number>, value: T): number {
  const ordinal = known.get(value)
  if (ordinal !== undefined) return ordinal
  known.set(value, known.size)
  return known.size - 1
}

const encoder = new TextEncoder()

/** Bytes that grow as they are written. */
class Bytes {
  #bytes = new Uint8Array(256)
  length = 0

  clear(): void {
    this.length = 0
  }

  varint(value: number): void {
    this.#reserve(10)
    let rest = value
    while (rest > 0x7f) {
      this.#bytes[this.length++] = (rest % 0x80) | 0x80
      rest = Math.floor(rest / 0x80)
    }
    this.#bytes[this.length++] = rest
  }

  text(field: number, text: string): void {
    const bytes = encoder.encode(text)
    this.varint(tag(field, 2))
    this.varint(bytes.length)
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.length)
    this.length += bytes.length
  }

  message(field: number, part: Bytes): void {
    this.varint(tag(field, 2))
    this.varint(part.length)
    this.append(part)
  }

  append(part: Bytes): void {
    this.#reserve(part.length)
    this.#bytes.set(part.#bytes.subarray(0, part.length), this.length)
    this.length += part.length
  }

  taken(): Uint8Array {
    return this.#bytes.slice(0, this.length)
  }

  #reserve(more: number): void {
    if (this.length + more <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + more))
    larger.set(this.#bytes.subarray(0, this.length))
    this.#bytes = larger
  }
}
