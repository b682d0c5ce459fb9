const LONGEST_ERROR = 300

/** What recurring work has done since this process started, as the operations page shows it. */
export interface RunView {
  readonly runs: number
  readonly failures: number
  readonly failuresInARow: number
  readonly lastStartedAt: string | null
  readonly lastEndedAt: string | null
  readonly lastMs: number | null
  readonly lastError: string | null
  readonly lastErrorAt: string | null
}

/** Remembers the runs of one pump or job; `now` gives Unix milliseconds. */
export class RunRecord {
  readonly #now: () => number
  #runs = 0
  #failures = 0
  #failuresInARow = 0
  #startedAt: number | undefined
  #endedAt: number | undefined
  #lastMs: number | undefined
  #error: { readonly text: string; readonly at: number } | undefined
  #under = 0

  constructor(now: () => number) {
    this.#now = now
  }

  /** True while a run is under way. */
  get running(): boolean {
    return this.#under > 0
  }

  /** Runs the work and remembers how it went; passes on what it returned or threw. */
  async track<T>(work: () => Promise<T>): Promise<T> {
    const began = performance.now()
    this.#startedAt = this.#now()
    this.#runs += 1
    this.#under += 1
    try {
      const value = await work()
      this.#failuresInARow = 0
      return value
    } catch (error) {
      this.#failures += 1
      this.#failuresInARow += 1
      this.#error = { text: firstLine(error), at: this.#now() }
      throw error
    } finally {
      this.#under -= 1
      this.#endedAt = this.#now()
      this.#lastMs = Math.round(performance.now() - began)
    }
  }

  view(): RunView {
    return {
      runs: this.#runs,
      failures: this.#failures,
      failuresInARow: this.#failuresInARow,
      lastStartedAt: instantOf(this.#startedAt),
      lastEndedAt: instantOf(this.#endedAt),
      lastMs: this.#lastMs ?? null,
      lastError: this.#error?.text ?? null,
      lastErrorAt: instantOf(this.#error?.at),
    }
  }
}

/** What an error says, short enough for a page and a line. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error)
  return (text.split('\n')[0] ?? '').slice(0, LONGEST_ERROR)
}

const instantOf = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString())
