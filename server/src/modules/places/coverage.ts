import { reportCoverage, type Coverage, type CoverageCell } from '@linli/lib/geo/coverage'
import type { Areal } from '@linli/lib/geo/geometry'
import type { Atlas } from './atlas.ts'
import type { GridKind } from './model.ts'

/** Gaps and overlaps of cells, in their parent where one is given (边界检查). */
export function coverageOf(parent: Areal | null, cells: readonly CoverageCell[]): Coverage {
  return reportCoverage(parent, cells)
}

/** Coverage of the whole city by one kind of grid; dedicated grids are an overlay, so only their overlaps count. */
export function coverageOfKind(atlas: Atlas, kind: GridKind): Coverage & { readonly cells: number } {
  const cells = atlas.areas.filter((area) => area.gridKind === kind).map((area) => ({ id: area.code, geometry: area.geometry }))
  if (kind === 'dedicated') return { ...coverageOf(null, cells), gaps: [], cells: cells.length }
  const districts = atlas.areas.filter((area) => area.level === 'district')
  const parts = districts.map((district) =>
    coverageOf(
      district.geometry,
      cells.filter((cell) => atlas.find(cell.id)?.path.split('.').includes(district.code)),
    ),
  )
  return {
    exact: parts.every((part) => part.exact),
    gaps: parts.flatMap((part) => part.gaps),
    overlaps: parts.flatMap((part) => part.overlaps),
    cells: cells.length,
  }
}
