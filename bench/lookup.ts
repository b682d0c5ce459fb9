/**
 * Exact lookups per second over 22,000 cells, beside two yardsticks of the same run: the R-tree search alone (the
 * floor that no lookup built on it can pass) and the same tree with point-in-polygon-hao as exact test (the peer).
 * Also compares 100,000 positions with a scan of all cells in unbounded arithmetic.
 *
 * Usage: node bench/lookup.ts [--check]; `--check` alone skips the timing.
 */
import Flatbush from 'flatbush'
import pointInPolygon from 'point-in-polygon-hao'
import { boxOf } from '../lib/geo/area.ts'
import { meshBoundaries, regionGeometry } from '../lib/geo/city.ts'
import { divideEqually } from '../lib/geo/divide.ts'
import type { Areal } from '../lib/geo/geometry.ts'
import { polygonsOf } from '../lib/geo/geometry.ts'
import type { LookupUnit } from '../lib/geo/lookup.ts'
import { buildLookup } from '../lib/geo/lookup.ts'
import { bruteForce, randomOf, samplePoints } from '../lib/geo/oracle.testing.ts'
import { readRealDistricts } from '../lib/geo/real-boundaries.testing.ts'

const CELLS = 22_000
const LOOKUPS = 300_000
const RUNS = 5
const CHECKED = 100_000
const TARGET_PER_SECOND = 250_000

function madeUpDistricts(): Areal[] {
  return Array.from({ length: 6 }, (_, i): Areal => {
    const west = 117 + (i % 3) * 0.3
    const south = 34.5 + Math.floor(i / 3) * 0.4
    const [east, north] = [west + 0.3, south + 0.4]
    const ring = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ]
    return { type: 'Polygon', coordinates: [ring] }
  })
}

function cells(): LookupUnit[] {
  const boundaries = readRealDistricts('370400')?.map(({ geometry }) => geometry) ?? madeUpDistricts()
  const { mesh, regions } = meshBoundaries(boundaries)
  return regions
    .flatMap((region) => divideEqually(mesh, region, Math.ceil(CELLS / regions.length)))
    .map((cell, i) => ({
      id: String(i).padStart(6, '0'),
      kind: 'grid',
      geometry: regionGeometry(mesh, cell),
    }))
}

/** Lookups per second of `find` over the points, median of five runs after one to warm up. */
function rate(points: readonly [number, number][], find: (lon: number, lat: number) => unknown): number {
  const rates = Array.from({ length: RUNS + 1 }, () => {
    const startedAt = performance.now()
    for (const [lon, lat] of points) find(lon, lat)
    return (points.length / (performance.now() - startedAt)) * 1000
  }).slice(1)
  return Math.round(rates.sort((a, b) => a - b)[RUNS >> 1]!)
}

const units = cells()
const { find } = buildLookup(units)
const tree = new Flatbush(units.length)
for (const { geometry } of units) tree.add(...boxOf(geometry))
tree.finish()

const positions = samplePoints(units, CHECKED, randomOf(2026))
const oracle = bruteForce(units)
const differ = positions.filter(([lon, lat]) => find(lon, lat, 'grid') !== oracle(lon, lat)).length
console.log(`cells ${units.length}, positions compared ${CHECKED} (half on borders), different ${differ}`)

if (!process.argv.includes('--check')) {
  const spots = samplePoints(units, LOOKUPS * 3, randomOf(1)).filter(([lon, lat], i) => i % 2 === 0 && find(lon, lat, 'grid') >= 0)
  const inside = spots.slice(0, LOOKUPS)
  const ours = rate(inside, (lon, lat) => find(lon, lat, 'grid'))
  const floor = rate(inside, (lon, lat) => tree.search(lon, lat, lon, lat))
  const peer = rate(inside, (lon, lat) =>
    tree
      .search(lon, lat, lon, lat)
      .find((i) => polygonsOf(units[i]!.geometry).some((rings) => pointInPolygon([lon, lat], rings as [number, number][][]) !== false)),
  )
  console.log(`positions inside the city ${inside.length}, median of ${RUNS} runs, lookups per second`)
  console.log(`  lookup, exact           ${ours.toLocaleString('en')}`)
  console.log(`  R-tree search alone     ${floor.toLocaleString('en')}`)
  console.log(`  R-tree + hao, per cell  ${peer.toLocaleString('en')}`)
  if (ours < TARGET_PER_SECOND) process.exitCode = 1
}
if (differ > 0) process.exitCode = 1
