const WINDOW_MS = 60_000
const MOST_CLIENTS = 10_000

/** Counts requests per client and minute in this process. */
export class MinuteLimiter {
  readonly #windows = new Map<string, { startedAt: number; count: number }>()

  /** Counts one request at `now` (Unix milliseconds); the seconds to wait where it is one too many, else 0. */
  take(client: string, most: number, now: number): number {
    const known = this.#windows.get(client)
    const window = known && now - known.startedAt < WINDOW_MS && now >= known.startedAt ? known : { startedAt: now, count: 0 }
    window.count += 1
    this.#windows.set(client, window)
    if (this.#windows.size > MOST_CLIENTS) this.#forget(now)
    return window.count > most ? Math.max(1, Math.ceil((window.startedAt + WINDOW_MS - now) / 1_000)) : 0
  }

  #forget(now: number): void {
    for (const [client, window] of this.#windows) if (now - window.startedAt >= WINDOW_MS) this.#windows.delete(client)
  }
}
