import type { QueryOf } from '@linli/contract/endpoint'
import type { cases } from '@linli/contract/endpoints/cases'
import { statesOf, type SignName } from '@linli/web-shared/ui'

/** The cases behind a figure: which indicator, which part of its fraction, in which period. */
export interface Behind {
  readonly indicator: string
  readonly part: 'numerator' | 'denominator'
  readonly from: string
  readonly to: string
  readonly period: Period
}
export interface Named {
  readonly code: string
  readonly name: string
}
export type Period = 'today' | 'week' | 'month'

/** What the list of cases is narrowed to (筛选条件). */
export interface Filters {
  readonly sign: SignName | undefined
  readonly overdue: boolean
  readonly mine: boolean
  readonly q: string
  readonly area: Named | undefined
  readonly unit: Named | undefined
  readonly behind: Behind | undefined
}
export const NO_FILTERS: Filters = { sign: undefined, overdue: false, mine: false, q: '', area: undefined, unit: undefined, behind: undefined }

/** The query of the list and of the count for these filters. */
export function queryOf(filters: Filters): QueryOf<typeof cases.count> {
  const q = filters.q.trim()
  return {
    ...(filters.sign === undefined ? {} : { state: statesOf(filters.sign).join(',') }),
    ...(filters.overdue ? { overdue: 'true' as const } : {}),
    ...(filters.mine ? { mine: 'true' as const } : {}),
    ...(q === '' ? {} : { q }),
    ...(filters.area ? { area: filters.area.code } : {}),
    ...(filters.unit ? { owner: filters.unit.code } : {}),
    ...(filters.behind ? { indicator: filters.behind.indicator, part: filters.behind.part, from: filters.behind.from, to: filters.behind.to } : {}),
  }
}

export function isFiltered(filters: Filters): boolean {
  return Object.keys(queryOf(filters)).length > 0
}
