import type { AnswerOf } from '@linli/contract/endpoint'
import type { field } from '@linli/contract/endpoints/field'
import type { AreaLabel, WorkerCount } from '@linli/web-shared/map'

type Grid = Pick<AnswerOf<typeof field.roster>['grids'][number], 'code' | 'onShift'>
/** A grid's code begins with that of its community, twelve digits (GB/T 30428.1). */
const COMMUNITY_DIGITS = 12

/** How many are on shift in each community, street and district (在岗人数), from the counts of their grids; nobody is named or placed. */
export function workersOf(grids: readonly Grid[], labels: readonly AreaLabel[]): WorkerCount[] {
  const known = new Map(labels.map((label) => [label.code, label]))
  const counts = new Map<string, { onShift: number; uncovered: number }>()
  for (const { code, onShift } of grids) {
    let label = known.get(code.slice(0, COMMUNITY_DIGITS))
    while (label) {
      const count = counts.get(label.code) ?? { onShift: 0, uncovered: 0 }
      count.onShift += onShift
      if (onShift === 0) count.uncovered += 1
      counts.set(label.code, count)
      label = label.parentCode === null ? undefined : known.get(label.parentCode)
    }
  }
  return [...counts].flatMap(([code, count]) => {
    const label = known.get(code)
    return label ? [{ code, level: label.level, lon: label.lon, lat: label.lat, ...count }] : []
  })
}
