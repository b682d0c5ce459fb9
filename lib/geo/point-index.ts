/** Positions are kept on a square of so many steps a side: about 0.6 m at the equator. */
export const INDEX_LEVEL = 26
const SIDE = 2 ** INDEX_LEVEL
const HALF_BITS = 13
const HALF = 2 ** INDEX_LEVEL
const MOST_LATITUDE = 85.051_128_779_806_59

/** A stretch of the sorted points: from the first one up to, and without, the second. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** Points along a Z-order curve: those of one map tile lie side by side, and so do those of each cell in it. */
export interface PointIndex {
  /** Places on the curve, ascending. */
  readonly keys: Float64Array
  /** Which of the given points lies there. */
  readonly rows: Uint32Array
}

/** The step of a longitude (WGS84, degrees) from west to east in web mercator, 0 to 2^26 - 1. */
export function columnOf(lon: number): number {
  return clamp(Math.floor(((lon + 180) / 360) * SIDE))
}

/** The step of a latitude (WGS84, degrees) from north to south in web mercator, 0 to 2^26 - 1. */
export function rowOf(lat: number): number {
  const sine = Math.sin((Math.max(-MOST_LATITUDE, Math.min(MOST_LATITUDE, lat)) * Math.PI) / 180)
  return clamp(Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * SIDE))
}

const clamp = (step: number) => Math.max(0, Math.min(SIDE - 1, step))

/** The place of a column and a row on the curve; 52 bits, which a double holds exactly. */
export function curveOf(column: number, row: number): number {
  const mask = 2 ** HALF_BITS - 1
  const high = spread(column >>> HALF_BITS) | (spread(row >>> HALF_BITS) << 1)
  const low = spread(column & mask) | (spread(row & mask) << 1)
  return high * HALF + low
}

/** The column and the row of a place on the curve. */
export function cellOf(key: number): { readonly column: number; readonly row: number } {
  const high = Math.floor(key / HALF)
  const low = key - high * HALF
  return { column: (gather(high) << HALF_BITS) | gather(low), row: (gather(high >>> 1) << HALF_BITS) | gather(low >>> 1) }
}

/** Puts a zero before each of 13 bits (Morton 1966). */
function spread(value: number): number {
  let bits = value & 0x1f_ff
  bits = (bits | (bits << 8)) & 0x00_ff_00_ff
  bits = (bits | (bits << 4)) & 0x0f_0f_0f_0f
  bits = (bits | (bits << 2)) & 0x33_33_33_33
  return (bits | (bits << 1)) & 0x55_55_55_55
}

function gather(value: number): number {
  let bits = value & 0x55_55_55_55
  bits = (bits | (bits >>> 1)) & 0x33_33_33_33
  bits = (bits | (bits >>> 2)) & 0x0f_0f_0f_0f
  bits = (bits | (bits >>> 4)) & 0x00_ff_00_ff
  return (bits | (bits >>> 8)) & 0x00_00_ff_ff
}

/** Sorts points, given as longitudes and latitudes (WGS84, degrees), along the curve; time grows with their number alone. */
export function indexPoints(lons: Float64Array, lats: Float64Array, count = lons.length): PointIndex {
  const keys = new Float64Array(count)
  for (let at = 0; at < count; at++) keys[at] = curveOf(columnOf(lons[at] ?? 0), rowOf(lats[at] ?? 0))
  return radixSort(keys)
}

const DIGIT_BITS = 13
const DIGITS = 4

/** Least significant digit first, four digits of 13 bits: a comparison sort of a million takes twenty times as long. */
function radixSort(given: Float64Array): PointIndex {
  const count = given.length
  let [keys, spareKeys] = [Float64Array.from(given), new Float64Array(count)]
  let rows = Uint32Array.from({ length: count }, (_, at) => at)
  let spareRows = new Uint32Array(count)
  const size = 2 ** DIGIT_BITS
  for (let digit = 0, unit = 1; digit < DIGITS; digit++, unit *= size) {
    const starts = new Uint32Array(size + 1)
    for (let at = 0; at < count; at++) starts[digitOf(keys[at] ?? 0, unit, size) + 1]! += 1
    for (let at = 1; at <= size; at++) starts[at]! += starts[at - 1] ?? 0
    for (let at = 0; at < count; at++) {
      const key = keys[at] ?? 0
      const to = starts[digitOf(key, unit, size)]!++
      spareKeys[to] = key
      spareRows[to] = rows[at] ?? 0
    }
    ;[keys, spareKeys] = [spareKeys, keys]
    ;[rows, spareRows] = [spareRows, rows]
  }
  return { keys, rows }
}

const digitOf = (key: number, unit: number, size: number) => Math.floor(key / unit) % size

/** Where the points of a map tile lie; z up to 26, x and y within 2^z. */
export function stretchOf(index: PointIndex, z: number, x: number, y: number): Stretch {
  const side = 2 ** (INDEX_LEVEL - z)
  const first = curveOf(x * side, y * side)
  return { from: lowerBound(index.keys, first), to: lowerBound(index.keys, first + side * side) }
}

/** The stretches of the cells within a stretch, each cell being a tile of the level `cellLevel` that holds a point. */
export function* cellsIn({ keys }: PointIndex, { from, to }: Stretch, cellLevel: number): Generator<Stretch> {
  const size = 4 ** (INDEX_LEVEL - cellLevel)
  for (let start = from; start < to;) {
    const end = (Math.floor((keys[start] ?? 0) / size) + 1) * size
    let next = start + 1
    // Most cells hold few points; a crowded one is left by halving, not by walking.
    while (next < to && next - start < 16 && (keys[next] ?? 0) < end) next += 1
    if (next - start === 16) next = lowerBound(keys, end, next, to)
    yield { from: start, to: next }
    start = next
  }
}

function lowerBound(keys: Float64Array, key: number, from = 0, to = keys.length): number {
  let [low, high] = [from, to]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((keys[middle] ?? 0) < key) low = middle + 1
    else high = middle
  }
  return low
}
