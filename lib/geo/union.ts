import { areaM2 } from './area.ts'
import { meshBoundaries, regionGeometry } from './city.ts'
import { GeoError } from './errors.ts'
import type { Areal } from './geometry.ts'

/** Share of the ground that cleaning of seams may move; more than that is an overlap and not a seam. */
const SEAM_SHARE = 1e-4

/**
 * The ground of adjoining cells as one geometry (合并边界), their common borders taken out; WGS84 degrees. Cells that
 * cover ground twice are refused with GEO_BOUNDARIES_OVERLAP: which of them owns it is not for a union to say.
 */
export function unionOf(cells: readonly Areal[]): Areal {
  const { mesh, regions } = meshBoundaries(cells)
  const whole = regionGeometry(mesh, regions.flat())
  const sum = cells.reduce((total, cell) => total + areaM2(cell), 0)
  const areaOfWhole = whole.coordinates.length === 0 ? 0 : areaM2(whole)
  if (Math.abs(areaOfWhole - sum) > SEAM_SHARE * sum) throw new GeoError('GEO_BOUNDARIES_OVERLAP', { areaM2: Math.round(Math.abs(areaOfWhole - sum)) })
  return whole
}
