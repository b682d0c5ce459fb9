/** A feature of a vector tile as a test sees it: its properties and, where it is a point, where it lies in units of the tile. */
export interface TileFeature {
  readonly properties: Readonly<Record<string, string | number>>
  readonly x: number
  readonly y: number
}

/** Reads a vector tile (Mapbox Vector Tile 2.1) by the letter of its description, layer by layer; written apart from what writes tiles. */
export function readTile(bytes: Uint8Array): Record<string, TileFeature[]> {
  const layers: Record<string, TileFeature[]> = {}
  for (const [field, layer] of fieldsOf(bytes)) if (field === 3 && typeof layer !== 'number') Object.assign(layers, readLayer(layer))
  return layers
}

type Field = readonly [number: number, value: number | Uint8Array]

function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  const at = { now: 0 }
  while (at.now < bytes.length) {
    const tag = varint(bytes, at)
    const wire = tag & 7
    if (wire === 0) yield [tag >> 3, varint(bytes, at)]
    else if (wire === 2) {
      const length = varint(bytes, at)
      yield [tag >> 3, bytes.subarray(at.now, at.now + length)]
      at.now += length
    } else throw new Error(`a tile has no wire type ${wire} here`)
  }
}

function varint(bytes: Uint8Array, at: { now: number }): number {
  let [value, unit] = [0, 1]
  for (;;) {
    const byte = bytes[at.now++]
    if (byte === undefined) throw new Error('a tile ends within a number')
    value += (byte & 0x7f) * unit
    if (byte < 0x80) return value
    unit *= 0x80
  }
}

function numbersOf(bytes: Uint8Array): number[] {
  const [at, numbers] = [{ now: 0 }, [] as number[]]
  while (at.now < bytes.length) numbers.push(varint(bytes, at))
  return numbers
}

const textOf = (bytes: number | Uint8Array | undefined) => (typeof bytes === 'object' ? new TextDecoder('utf-8', { fatal: true }).decode(bytes) : '')
const unzigzag = (value: number) => (value & 1 ? -((value + 1) / 2) : value / 2)

function readLayer(bytes: Uint8Array): Record<string, TileFeature[]> {
  const fields = [...fieldsOf(bytes)]
  const of = (number: number) => fields.flatMap(([field, value]) => (field === number && typeof value !== 'number' ? [value] : []))
  const keys = of(3).map(textOf)
  const values = of(4).map((value) => {
    const [[field, held] = [0, 0]] = [...fieldsOf(value)]
    return field === 1 ? textOf(held) : Number(held)
  })
  const features = of(2).map((feature): TileFeature => {
    const parts = new Map(fieldsOf(feature))
    const tags = numbersOf(parts.get(2) as Uint8Array)
    const [, x = 0, y = 0] = numbersOf(parts.get(4) as Uint8Array)
    const properties: Record<string, string | number> = {}
    for (let at = 0; at < tags.length; at += 2) properties[keys[tags[at] ?? 0] ?? ''] = values[tags[at + 1] ?? 0] ?? ''
    return { properties, x: unzigzag(x), y: unzigzag(y) }
  })
  return { [textOf(of(1)[0])]: features }
}
