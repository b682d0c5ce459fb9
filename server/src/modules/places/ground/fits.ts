import { boxOf } from '@linli/lib/geo/area'
import { reportCoverage, type Coverage } from '@linli/lib/geo/coverage'
import type { Atlas } from '../atlas.ts'
import type { AreaWithGeometry } from '../model.ts'
import type { AreaStep } from './change.ts'
import type { Fit } from './report.ts'

const kindOf = (area: AreaWithGeometry) => area.gridKind ?? area.level
const at = (point: readonly number[]) => ({ lon: point[0] ?? 0, lat: point[1] ?? 0 })
const cell = (area: AreaWithGeometry) => ({ id: area.code, geometry: area.geometry })

/**
 * How areas fit after a change (缝隙与重叠检查): each changed area with its siblings against their parent, its own children against it,
 * and against neighbours of its kind wherever they belong. Dedicated grids lie over the others, so only overlaps among them count.
 */
export function fitsOf(after: Atlas, steps: readonly AreaStep[]): Fit[] {
  const changed = steps.flatMap((step) => (step.after ? [step.after] : []))
  const families = new Map<string, { parent: AreaWithGeometry; kind: string }>()
  const look = (parent: AreaWithGeometry | undefined, kind: string) => {
    if (parent && parent.geometry.coordinates.length > 0 && kind !== 'dedicated') families.set(`${parent.code} ${kind}`, { parent, kind })
  }
  for (const step of steps) {
    const area = step.after ?? step.before
    if (area?.parentCode) look(after.find(area.parentCode), kindOf(area))
  }
  for (const area of changed) for (const child of after.childrenOf(area.code)) look(area, kindOf(child))
  const inParents = [...families.values()].map(({ parent, kind }) =>
    fit(
      kind,
      parent.code,
      reportCoverage(
        parent.geometry,
        after
          .childrenOf(parent.code)
          .filter((child) => kindOf(child) === kind)
          .map(cell),
      ),
    ),
  )
  return [...inParents, ...amongNeighbours(after, changed)]
}

/** Overlaps of changed areas with areas of their kind that have another parent; kinds without any are left out. */
function amongNeighbours(after: Atlas, changed: readonly AreaWithGeometry[]): Fit[] {
  const fits: Fit[] = []
  for (const [kind, mine] of Map.groupBy(changed, kindOf)) {
    const own = new Set(mine.map((area) => area.code))
    const boxes = mine.map((area) => boxOf(area.geometry))
    const near = after.areas.filter((area) => {
      if (kindOf(area) !== kind || own.has(area.code)) return false
      const [west, south, east, north] = boxOf(area.geometry)
      return boxes.some((box) => west <= box[2] && box[0] <= east && south <= box[3] && box[1] <= north)
    })
    const parents = new Map([...mine, ...near].map((area) => [area.code, area.parentCode]))
    const report = reportCoverage(null, [...mine, ...near].map(cell))
    const overlaps = report.overlaps.filter(
      ({ ids: [one, other] }) => (own.has(one) || own.has(other)) && (kind === 'dedicated' || parents.get(one) !== parents.get(other)),
    )
    if (overlaps.length > 0) fits.push(fit(kind, null, { ...report, gaps: [], overlaps }))
  }
  return fits
}

function fit(kind: string, parentCode: string | null, coverage: Coverage): Fit {
  return {
    kind,
    parentCode,
    gaps: coverage.gaps.map((gap) => ({ areaM2: gap.areaM2, at: at(gap.point) })),
    overlaps: coverage.overlaps.map((overlap) => ({ areaM2: overlap.areaM2, codes: [...overlap.ids], at: at(overlap.point) })),
  }
}
