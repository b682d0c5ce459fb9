import { GeoError } from './errors.ts'

/**
 * Shares `total` whole things out in proportion to `weights`, part i getting at least `least[i]` (最大余数法).
 *
 * Hamilton's method of largest remainders; where the minimum lifts a part above its share, the surplus is taken back
 * where it is largest. Ties go to the earlier part, so the result is exact and repeatable. Refuses a total below the
 * sum of the minima, and negative or missing weights, with GEO_COUNT_INVALID.
 */
export function apportion(total: number, weights: readonly number[], least: number | readonly number[] = 0): number[] {
  const minima = weights.map((_, i) => (typeof least === 'number' ? least : (least[i] ?? 0)))
  const needed = minima.reduce((a, b) => a + b, 0)
  const sum = weights.reduce((a, b) => a + b, 0)
  const sound = Number.isInteger(total) && weights.every((weight) => weight >= 0) && sum > 0
  if (!sound || total < needed) {
    throw new GeoError('GEO_COUNT_INVALID', { total, needed, parts: weights.length })
  }
  const quotas = weights.map((weight) => (total * weight) / sum)
  const counts = quotas.map((quota, i) => Math.max(minima[i]!, Math.floor(quota)))
  const owed = (i: number) => quotas[i]! - counts[i]!
  const indexes = weights.map((_, i) => i)
  let left = total - counts.reduce((a, b) => a + b, 0)
  // At most one thing per part is left, for every floor is less than one below its share.
  for (const i of indexes.sort((a, b) => owed(b) - owed(a) || a - b).slice(0, Math.max(left, 0))) {
    counts[i]!++
    left--
  }
  for (; left < 0; left++) {
    const [richest] = indexes.filter((i) => counts[i]! > minima[i]!).sort((a, b) => owed(a) - owed(b) || b - a)
    counts[richest!]!--
  }
  return counts
}

/** Spreads `total` over `parts` as evenly as whole numbers allow, the larger ones scattered: part i of the list. */
export function spread(total: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, i) => Math.floor(((i + 1) * total) / parts) - Math.floor((i * total) / parts))
}
