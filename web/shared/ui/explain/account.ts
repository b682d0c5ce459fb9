import type { AnswerOf } from '@linli/contract/endpoint'
import type { cases } from '@linli/contract/endpoints/cases'

export type Account = AnswerOf<typeof cases.explainDeadlines>
export type AccountRow = Account['rows'][number]

/** Whether a clock counts in hours; the others count in days. */
export const countsHours = (clock: string): boolean => clock.endsWith('Hour')

/** A counted amount without the noise of division: at most so many digits behind the point. */
export function roundAmount(amount: number, digits = 3): number {
  return Math.round(amount * 10 ** digits) / 10 ** digits
}

/** Each row with the sum of what was counted up to its end, so that anybody can follow the count to the limit. */
export function runningSums(rows: readonly AccountRow[]): { readonly row: AccountRow; readonly sum: number }[] {
  let sum = 0
  return rows.map((row) => {
    sum += row.amount
    return { row, sum: roundAmount(sum) }
  })
}

/** A span's place in its day as shares of 24 hours, for a bar; `dayStart` in milliseconds. */
export function placeInDay(span: { readonly from: string; readonly to: string }, dayStart: number): { readonly left: number; readonly width: number } {
  const share = (at: string) => Math.min(1, Math.max(0, (Date.parse(at) - dayStart) / 86_400_000))
  const left = share(span.from)
  return { left, width: share(span.to) - left }
}
