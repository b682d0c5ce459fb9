/** A value with the instant at which it was measured. */
export interface AsOf<T> {
  readonly at: Date
  readonly value: T
}

/** Measures at most once in `forMs` and never twice at a time; a failed measurement is not kept. `now` gives Unix milliseconds. */
export function keep<T>(forMs: number, now: () => number, measure: () => Promise<T>): () => Promise<AsOf<T>> {
  let kept: AsOf<T> | undefined
  let under: Promise<AsOf<T>> | undefined
  return async () => {
    const age = kept === undefined ? Infinity : now() - kept.at.getTime()
    if (kept !== undefined && age >= 0 && age < forMs) return kept
    under ??= measure()
      .then((value) => (kept = { at: new Date(now()), value }))
      .finally(() => (under = undefined))
    return under
  }
}
