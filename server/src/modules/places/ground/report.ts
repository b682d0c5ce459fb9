import type { AnswerOf } from '@linli/contract/endpoint'
import type { places as contract } from '@linli/contract/endpoints/places'
import { BOM, csvLine } from '../../../platform/privacy/csv.ts'
import type { Carried } from '../ports.ts'
import type { AreaStep } from './change.ts'

export type Report = AnswerOf<typeof contract.previewMerge>
export type Fit = Report['fits'][number]

/** What one kind of follower brought: how many there are in all, and where each goes. */
export interface Followed {
  readonly what: string
  readonly before: number
  readonly after: number
  readonly carried: readonly Carried[]
}

/** The report of a change (调整报告): areas by code, how they fit, and what stands there. Things that stay are in the totals alone. */
export function reportOf(steps: readonly AreaStep[], fits: readonly Fit[], followed: readonly Followed[]): Report {
  const moved = followed.flatMap(({ what, carried }) => summed(carried).map((row) => ({ what, from: row.from, to: row.to, count: row.count })))
  const renamed = steps.flatMap(({ before, after, successors }) =>
    before && !after ? successors.map((to) => ({ what: 'area', from: before.code, to, count: 1 })) : [],
  )
  return {
    areas: steps.map(areaLine).toSorted((one, other) => (one.code < other.code ? -1 : 1)),
    fits: [...fits],
    clean: fits.every((fit) => fit.gaps.length === 0 && fit.overlaps.length === 0),
    moved: [...renamed, ...moved],
    totals: followed.map(({ what, before, after }) => ({
      what,
      before,
      after,
      moving: moved.filter((row) => row.what === what).reduce((sum, row) => sum + row.count, 0),
    })),
  }
}

function areaLine({ before, after, successors }: AreaStep): Report['areas'][number] {
  const area = after ?? before
  if (!area) throw new Error('STEP_EMPTY')
  return {
    code: area.code,
    name: area.name,
    level: area.level,
    gridKind: area.gridKind,
    change: before && after ? 'changed' : after ? 'added' : 'ended',
    versionBefore: before?.version ?? null,
    versionAfter: after?.version ?? null,
    areaM2Before: before?.areaM2 ?? null,
    areaM2After: after?.areaM2 ?? null,
    successors: [...successors],
  }
}

/** One line for each pair of areas; what stays where it was is left out. */
function summed(carried: readonly Carried[]): Carried[] {
  const sums = new Map<string, Carried>()
  for (const { from, to, count } of carried) {
    if (from === to || count === 0) continue
    const key = `${from} ${to ?? ''}`
    sums.set(key, { from, to, count: (sums.get(key)?.count ?? 0) + count })
  }
  return [...sums.values()].toSorted((one, other) => (`${one.from} ${one.to}` < `${other.from} ${other.to}` ? -1 : 1))
}

/** The stored report as a table (UTF-8 with BOM): areas first, then what moved; names are those at the time of the change. */
export function reportCsv(report: Report): string {
  const names = new Map(report.areas.map((area) => [area.code, area.name]))
  const lines = [
    ...report.areas.map((area) => [
      area.change,
      area.code,
      area.name,
      area.successors.join(' '),
      area.successors.map((code) => names.get(code) ?? '').join(' '),
      1,
    ]),
    ...report.moved.map((row) => [row.what, row.from ?? '', names.get(row.from ?? '') ?? '', row.to ?? '', names.get(row.to ?? '') ?? '', row.count]),
    ...report.totals.map((row) => [`${row.what} 合计 total`, '', '', '', `前 before ${row.before} / 后 after ${row.after}`, row.moving]),
  ]
  return BOM + csvLine(['类别 what', '原编码 old code', '原名称 old name', '新编码 new code', '新名称 new name', '数量 count']) + lines.map(csvLine).join('')
}
