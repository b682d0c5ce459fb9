import { areaM2, pointInside } from '@linli/lib/geo/area'
import { meshBoundaries, regionGeometry } from '@linli/lib/geo/city'
import { divideEqually } from '@linli/lib/geo/divide'
import type { Areal, Position } from '@linli/lib/geo/geometry'
import { polygonsOf } from '@linli/lib/geo/geometry'
import { toDegrees, toSteps } from '@linli/lib/geo/lattice'
import type { Segment } from '@linli/lib/geo/segments'
import { meetingOf } from '@linli/lib/geo/segments'

/** Kinds of made-up institution with the half-width in metres that their premises would like to have. */
const INSTITUTIONS = [
  { word: '小学', halfWidthM: 90 },
  { word: '中学', halfWidthM: 120 },
  { word: '医院', halfWidthM: 100 },
  { word: '公园', halfWidthM: 150 },
  { word: '市场', halfWidthM: 70 },
  { word: '车站', halfWidthM: 80 },
] as const

const METRES_PER_DEGREE = 111_195
/** Share of its cell's width that the premises take at most. */
const ROOM = 0.35
const SHRINK = 0.7
const SMALLEST_M = 1

/** A made-up institution with its own grid. */
export interface Premises {
  word: string
  geometry: Areal
}

function rectangle([lon = 0, lat = 0]: Position, halfWidthM: number, ratio: number, turn: number): Position[] {
  const squeeze = Math.cos((lat * Math.PI) / 180)
  const corners = [
    [-1, -ratio],
    [1, -ratio],
    [1, ratio],
    [-1, ratio],
    [-1, -ratio],
  ] as const
  return corners.map(([x, y]) => {
    const east = halfWidthM * (x * Math.cos(turn) - y * Math.sin(turn))
    const north = halfWidthM * (x * Math.sin(turn) + y * Math.cos(turn))
    return [toDegrees(toSteps(lon + east / (METRES_PER_DEGREE * squeeze))), toDegrees(toSteps(lat + north / METRES_PER_DEGREE))]
  })
}

function segmentsOf(rings: readonly Position[][]): Segment[] {
  return rings.flatMap((positions, ring) =>
    positions.slice(1).map(([x2 = 0, y2 = 0], edge) => {
      const [x1 = 0, y1 = 0] = positions[edge]!
      return { ring, edge, x1, y1, x2, y2 }
    }),
  )
}

/** Premises round a point strictly inside the cell, made smaller until no border of the cell is met. */
function fit(cell: Areal, random: () => number): Premises | undefined {
  const { word, halfWidthM } = INSTITUTIONS[Math.floor(random() * INSTITUTIONS.length)]!
  const turn = random() * Math.PI
  const ratio = 0.6 + 0.4 * random()
  const centre = pointInside(cell)
  const borders = segmentsOf(polygonsOf(cell).flat())
  let half = Math.min(halfWidthM * (0.7 + 0.6 * random()), (ROOM / 2) * Math.sqrt(areaM2(cell)))
  for (; half >= SMALLEST_M; half *= SHRINK) {
    const ring = rectangle(centre, half, ratio, turn)
    const walls = segmentsOf([ring])
    if (!borders.some((border) => walls.some((wall) => meetingOf(border, wall)))) {
      return { word, geometry: { type: 'Polygon', coordinates: [ring] } }
    }
  }
  return undefined
}

/**
 * Places `count` institutions inside a community so that none meets another or the community's border: each in a
 * cell of its own of a division made for the purpose only. Fewer come back where there is no room for a metre.
 */
export function placeInstitutions(community: Areal, count: number, random: () => number): Premises[] {
  if (count === 0) return []
  const { mesh, regions } = meshBoundaries([community], 0)
  const cells = divideEqually(mesh, regions[0]!, count)
  return cells.flatMap((cell) => fit(regionGeometry(mesh, cell), random) ?? [])
}
