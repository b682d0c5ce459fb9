import { seeded } from '@linli/lib/random'

/** [longitude, latitude] in degrees, WGS84. */
export type Point = readonly [number, number]

/**
 * One stretch of border between two corners. It is drawn once and used by the districts on both of its sides, so neighbours
 * share every vertex and nothing lies between them.
 */
export interface Arc {
  readonly from: string
  readonly to: string
  /** Points that it passes on its way. */
  readonly via?: readonly Point[]
  /** How far it strays from the straight line, as a share of each piece's length: 0.1 follows fields, 0.25 a ridge. */
  readonly roughness: number
  /** Each piece is halved so many times. */
  readonly halvings: number
}

export interface BorderNetwork {
  readonly seed: number
  readonly corners: Readonly<Record<string, Point>>
  readonly arcs: Readonly<Record<string, Arc>>
  /** Each district as the arcs around it, anticlockwise; `-name` runs an arc backwards. */
  readonly districts: Readonly<Record<string, readonly string[]>>
}

/** Draws every district of the network as a closed anticlockwise ring, rounded to 1e-6 degrees (about 0.1 m). Throws ARC_UNKNOWN, CORNER_UNKNOWN or RING_OPEN. */
export function drawDistricts(network: BorderNetwork): Map<string, Point[]> {
  const random = seeded(network.seed)
  const drawn = new Map(Object.entries(network.arcs).map(([name, arc]) => [name, drawArc(arc, network.corners, random)]))
  return new Map(Object.entries(network.districts).map(([district, names]) => [district, joinArcs(names, drawn)]))
}

function drawArc(arc: Arc, corners: BorderNetwork['corners'], random: () => number): Point[] {
  const from = corners[arc.from]
  const to = corners[arc.to]
  if (!from || !to) throw new Error(`CORNER_UNKNOWN ${arc.from} ${arc.to}`)
  let line: Point[] = [from, ...(arc.via ?? []), to]
  for (let halving = 0; halving < arc.halvings; halving++) line = halve(line, arc.roughness, random)
  return line.map(([lon, lat]) => [Number(lon.toFixed(6)), Number(lat.toFixed(6))] as const)
}

/** Puts a point near the middle of each piece, moved sideways: the pieces halve, so their strays halve too and the line looks grown. */
function halve(line: readonly Point[], roughness: number, random: () => number): Point[] {
  const finer: Point[] = []
  line.forEach((here, index) => {
    finer.push(here)
    const next = line[index + 1]
    if (!next) return
    const [dx, dy] = [next[0] - here[0], next[1] - here[1]]
    const along = 0.5 + (random() - 0.5) * 0.2
    const aside = (random() - 0.5) * 2 * roughness
    finer.push([here[0] + dx * along - dy * aside, here[1] + dy * along + dx * aside])
  })
  return finer
}

function joinArcs(names: readonly string[], drawn: ReadonlyMap<string, readonly Point[]>): Point[] {
  const ring: Point[] = []
  for (const name of names) {
    const arc = drawn.get(name.replace(/^-/, ''))
    if (!arc) throw new Error(`ARC_UNKNOWN ${name}`)
    const run = name.startsWith('-') ? arc.toReversed() : arc
    const last = ring.at(-1)
    const first = run[0]
    if (last && first && (last[0] !== first[0] || last[1] !== first[1])) throw new Error(`RING_OPEN ${name}`)
    ring.push(...(last ? run.slice(1) : run))
  }
  const [first, last] = [ring[0], ring.at(-1)]
  if (!first || !last || first[0] !== last[0] || first[1] !== last[1]) throw new Error('RING_OPEN')
  return ring
}

/** A smooth river (河) between two points: a sine of so many bends and so wide a swing, to be passed as an arc's `via`. */
export function meander(from: Point, to: Point, bends: number, swing: number): Point[] {
  const steps = bends * 6
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  return Array.from({ length: steps - 1 }, (_, index) => {
    const along = (index + 1) / steps
    // It comes out of the corner straight, so the two banks never cross the arcs that meet there.
    const aside = Math.sin(along * bends * Math.PI) * swing * Math.sin(along * Math.PI)
    return [from[0] + dx * along - dy * aside, from[1] + dy * along + dx * aside] as const
  })
}
