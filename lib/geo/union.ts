import { areaM2 } from './area.ts'
import { meshBoundaries, regionGeometry } from './city.ts'
import { reportCoverage } from './coverage.ts'
import { GeoError } from './errors.ts'
import type { Areal } from './geometry.ts'
import { polygonsOf } from './geometry.ts'

/** Share of the ground that cleaning of seams may move; more than that is an overlap and not a seam. */
const SEAM_SHARE = 1e-4

/**
 * The ground of adjoining cells as one geometry (合并边界), their common borders taken out; WGS84 degrees. Cells that share their
 * vertices are joined as they are, so their outer border stays to the last digit; only where that leaves slivers are seams cleaned.
 * Cells that cover ground twice are refused with GEO_BOUNDARIES_OVERLAP: which of them owns it is not for a union to say.
 */
export function unionOf(cells: readonly Areal[]): Areal {
  const sum = cells.reduce((total, cell) => total + areaM2(cell), 0)
  const { overlaps } = reportCoverage(
    null,
    cells.map((geometry, index) => ({ id: String(index), geometry })),
  )
  const twice = overlaps.reduce((total, overlap) => total + overlap.areaM2, 0)
  if (twice > SEAM_SHARE * sum) throw new GeoError('GEO_BOUNDARIES_OVERLAP', { areaM2: Math.round(twice) })
  const exact = joined(cells, 0)
  return ringsOf(exact) === 1 ? exact : fewer(exact, joined(cells))
}

function joined(cells: readonly Areal[], snap?: number): Areal {
  const { mesh, regions } = meshBoundaries(cells, snap)
  return regionGeometry(mesh, regions.flat())
}

const ringsOf = (geometry: Areal) => polygonsOf(geometry).flat().length
const fewer = (one: Areal, other: Areal) => (ringsOf(one) <= ringsOf(other) ? one : other)
