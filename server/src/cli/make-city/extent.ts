import type { LonLat } from '../replay/position.ts'

/** West, south, east, north in degrees. */
export type Extent = readonly [west: number, south: number, east: number, north: number]

/** Quartile distances beyond the quartiles after which a position is taken for an error of the file (Tukey's "far out"). */
const FAR_OUT = 3
/** The narrowest spread that is trimmed by, and the narrowest margin, in degrees: about a kilometre. */
const LEAST_DEGREES = 0.01

/** The frame of a city around its usable positions, far-out ones left outside. Undefined without any. */
export function extentOf(points: readonly LonLat[]): Extent | undefined {
  if (points.length === 0) return undefined
  const [west, east] = frame(points.map((point) => point.lon))
  const [south, north] = frame(points.map((point) => point.lat))
  return [down(west - LEAST_DEGREES), down(south - LEAST_DEGREES), up(east + LEAST_DEGREES), up(north + LEAST_DEGREES)]
}

function frame(values: readonly number[]): [low: number, high: number] {
  const sorted = Float64Array.from(values).toSorted()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  const reach = Math.max(at(0.75) - at(0.25), LEAST_DEGREES) * FAR_OUT
  const kept = sorted.filter((value) => value >= at(0.25) - reach && value <= at(0.75) + reach)
  return [kept[0] ?? 0, kept.at(-1) ?? 0]
}

const down = (degrees: number) => Math.floor(degrees * 1_000) / 1_000
const up = (degrees: number) => Math.ceil(degrees * 1_000) / 1_000
