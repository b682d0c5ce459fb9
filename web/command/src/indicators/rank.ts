/** One row of a ranking with its place; rows without cases in the period have none. */
export interface Ranked<T> {
  readonly row: T
  readonly place: number | null
  readonly value: number | null
}

interface Rates {
  readonly name: string
  readonly rates: readonly { readonly indicator: string; readonly value: number | null; readonly denominator: number }[]
}

/** Rows by the value of one indicator: the best first (for rework the least), equal values share a place, empty ones come last (排行). */
export function rankBy<T extends Rates>(rows: readonly T[], indicator: string): Ranked<T>[] {
  const worse = indicator === 'sentBack' ? 1 : -1
  const valueOf = (row: T) => row.rates.find((rate) => rate.indicator === indicator)?.value ?? null
  const sorted = rows
    .map((row) => ({ row, value: valueOf(row) }))
    .toSorted((one, other) => {
      if (one.value === null || other.value === null) return Number(one.value === null) - Number(other.value === null)
      return (one.value - other.value) * worse
    })
  return sorted.map(({ row, value }) => ({
    row,
    value,
    place: value === null ? null : 1 + sorted.filter((other) => other.value !== null && (other.value - value) * worse < 0).length,
  }))
}
