import type { Areal } from './geometry.ts'
import { mapPositions } from './geometry.ts'

/**
 * A coordinate system (坐标系) that a neighbour of this program may speak; inside, everything is WGS84.
 *
 * `cgcs2000` is taken as WGS84: both frames are realisations of the ITRS and differ by centimetres to a few
 * decimetres (plate motion since epoch 2000.0), less than any phone or domestic web map resolves.
 */
export type Crs = 'wgs84' | 'gcj02' | 'cgcs2000'

/** Krasovsky 1940 ellipsoid, on which the published GCJ-02 formula is written. */
const SEMI_MAJOR_M = 6_378_245
const ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943

/** Below this many degrees (0.1 µm) another step of the inverse changes nothing that a double can keep. */
const INVERSE_TOLERANCE = 1e-12
const INVERSE_STEPS = 30

/** [west, south, east, north] boxes that cover the mainland, Hong Kong and Macau, where domestic maps are shifted. */
const SHIFTED_BOXES = [
  [79.4462, 42.8899, 96.33, 49.2204],
  [109.6872, 39.3742, 135.0002, 54.1415],
  [73.124_6, 29.5297, 124.143_255, 42.8899],
  [82.9684, 26.7186, 97.0352, 29.5297],
  [97.0253, 20.414_096, 124.367_395, 29.5297],
  [107.975_793, 17.871_542, 111.744_104, 20.414_096],
] as const

/** Boxes inside those that domestic maps show unshifted: Taiwan, and the neighbours beyond the land border. */
const UNSHIFTED_BOXES = [
  [119.921_265, 21.785_006, 122.497_559, 25.398_623],
  [101.8652, 20.0988, 106.665, 22.284],
  [106.4525, 20.4878, 108.051, 21.5422],
  [109.0323, 50.3257, 119.127, 55.8175],
  [127.4568, 49.5574, 137.0227, 55.8175],
  [131.2662, 42.5692, 137.0227, 44.8922],
] as const

type Boxes = readonly (readonly [number, number, number, number])[]

function within(lon: number, lat: number, boxes: Boxes): boolean {
  return boxes.some(([west, south, east, north]) => lon >= west && lon <= east && lat >= south && lat <= north)
}

/** Returns whether domestic maps shift a WGS84 position: our own region rule, a handful of boxes. */
export function isShifted(lon: number, lat: number): boolean {
  return within(lon, lat, SHIFTED_BOXES) && !within(lon, lat, UNSHIFTED_BOXES)
}

/** East and north shift in metres at (x, y) = degrees from 105°E 35°N. */
function shiftMetres(x: number, y: number): [number, number] {
  const { sin, abs, sqrt, PI } = Math
  const ripple = ((20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * 2) / 3
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * sqrt(abs(x)) +
    ripple +
    ((20 * sin(x * PI) + 40 * sin((x / 3) * PI)) * 2) / 3 +
    ((150 * sin((x / 12) * PI) + 300 * sin((x / 30) * PI)) * 2) / 3
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * sqrt(abs(x)) +
    ripple +
    ((20 * sin(y * PI) + 40 * sin((y / 3) * PI)) * 2) / 3 +
    ((160 * sin((y / 12) * PI) + 320 * sin((y / 30) * PI)) * 2) / 3
  return [east, north]
}

/** The GCJ-02 shift in degrees at a WGS84 position, without the region rule. */
function shiftDegrees(lon: number, lat: number): [number, number] {
  const [east, north] = shiftMetres(lon - 105, lat - 35)
  const phi = (lat * Math.PI) / 180
  const magic = 1 - ECCENTRICITY_SQUARED * Math.sin(phi) ** 2
  const primeVertical = SEMI_MAJOR_M / Math.sqrt(magic)
  const meridian = (primeVertical * (1 - ECCENTRICITY_SQUARED)) / magic
  const degrees = 180 / Math.PI
  return [(east * degrees) / (primeVertical * Math.cos(phi)), (north * degrees) / meridian]
}

function gcj02ToWgs84(lon: number, lat: number): [number, number] {
  let x = lon
  let y = lat
  for (let step = 0; step < INVERSE_STEPS; step++) {
    const [dx, dy] = shiftDegrees(x, y)
    const missX = x + dx - lon
    const missY = y + dy - lat
    x -= missX
    y -= missY
    if (Math.abs(missX) < INVERSE_TOLERANCE && Math.abs(missY) < INVERSE_TOLERANCE) break
  }
  // Along the edge of the region two WGS84 positions have one image: the shifted reading wins.
  return isShifted(x, y) ? [x, y] : [lon, lat]
}

/** Converts a position in degrees to WGS84; the GCJ-02 inverse is iterated until it is exact to 1e-12 degrees. */
export function toWgs84(lon: number, lat: number, crs: Crs): [number, number] {
  return crs === 'gcj02' ? gcj02ToWgs84(lon, lat) : [lon, lat]
}

/** Converts a WGS84 position in degrees to `crs`; outside China GCJ-02 is WGS84. */
export function fromWgs84(lon: number, lat: number, crs: Crs): [number, number] {
  if (crs !== 'gcj02' || !isShifted(lon, lat)) return [lon, lat]
  const [dx, dy] = shiftDegrees(lon, lat)
  return [lon + dx, lat + dy]
}

/** Converts a whole geometry to WGS84; a third coordinate is dropped. */
export function geometryToWgs84(geometry: Areal, crs: Crs): Areal {
  return mapPositions(geometry, ([lon = Number.NaN, lat = Number.NaN]) => toWgs84(lon, lat, crs))
}

/** Converts a whole WGS84 geometry to `crs`; a third coordinate is dropped. */
export function geometryFromWgs84(geometry: Areal, crs: Crs): Areal {
  return mapPositions(geometry, ([lon = Number.NaN, lat = Number.NaN]) => fromWgs84(lon, lat, crs))
}
