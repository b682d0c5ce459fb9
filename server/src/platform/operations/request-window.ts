/** What was answered lately. */
export interface RequestsView {
  readonly windowS: number
  readonly perMinute: number
  readonly errorsPerMinute: number
  readonly errorRate: number | null
  readonly inFlight: number
}

const WINDOW_S = 60

/** Counts answers of the last minute in buckets of a second; `now` gives monotonic milliseconds. */
export class RequestWindow {
  readonly #now: () => number
  readonly #began: number
  readonly #second = new Float64Array(WINDOW_S).fill(-1)
  readonly #answers = new Uint32Array(WINDOW_S)
  readonly #errors = new Uint32Array(WINDOW_S)
  #inFlight = 0
  #forwardedAt: number | undefined

  constructor(now: () => number) {
    this.#now = now
    this.#began = now()
  }

  /** Seconds since a request came through the trusted proxy; undefined where none has. */
  get forwardedAgoS(): number | undefined {
    return this.#forwardedAt === undefined ? undefined : (this.#now() - this.#forwardedAt) / 1000
  }

  get inFlight(): number {
    return this.#inFlight
  }

  begin(): void {
    this.#inFlight += 1
  }

  /** A request came through the trusted proxy. */
  forwarded(): void {
    this.#forwardedAt = this.#now()
  }

  end(): void {
    this.#inFlight -= 1
  }

  /** Counts one answer; a fault of ours is 500 and above. */
  answered(status: number): void {
    const second = Math.floor(this.#now() / 1000)
    const slot = second % WINDOW_S
    if (this.#second[slot] !== second) {
      this.#second[slot] = second
      this.#answers[slot] = 0
      this.#errors[slot] = 0
    }
    this.#answers[slot] = (this.#answers[slot] ?? 0) + 1
    if (status >= 500) this.#errors[slot] = (this.#errors[slot] ?? 0) + 1
  }

  view(): RequestsView {
    const second = Math.floor(this.#now() / 1000)
    let answers = 0
    let errors = 0
    for (let slot = 0; slot < WINDOW_S; slot++) {
      const age = second - (this.#second[slot] ?? -1)
      if ((this.#second[slot] ?? -1) < 0 || age >= WINDOW_S) continue
      answers += this.#answers[slot] ?? 0
      errors += this.#errors[slot] ?? 0
    }
    const windowS = Math.min(WINDOW_S, Math.max(1, (this.#now() - this.#began) / 1000))
    const perMinute = (count: number) => Math.round((count * 600) / windowS) / 10
    return {
      windowS: Math.round(windowS * 10) / 10,
      perMinute: perMinute(answers),
      errorsPerMinute: perMinute(errors),
      errorRate: answers === 0 ? null : errors / answers,
      inFlight: this.#inFlight,
    }
  }
}
