import { monitorEventLoopDelay, performance } from 'node:perf_hooks'

/** How much later than asked the event loop comes to things. */
export interface LoopView {
  readonly windowS: number
  readonly meanMs: number
  readonly p99Ms: number
  readonly maxMs: number
  readonly utilisation: number
}

const RESOLUTION_MS = 10
const WINDOW_MS = 60_000

/** Watches the event loop's delay; figures are of the current window, which begins anew each minute. */
export class LoopWatch {
  readonly #delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  readonly #timer: NodeJS.Timeout
  #since = performance.now()
  #use = performance.eventLoopUtilization()

  constructor() {
    this.#delays.enable()
    this.#timer = setInterval(() => this.#begin(), WINDOW_MS).unref()
  }

  view(): LoopView {
    const over = (nanoseconds: number) => (Number.isFinite(nanoseconds) ? Math.max(0, Math.round(nanoseconds / 1e4) / 100 - RESOLUTION_MS) : 0)
    const measured = this.#delays.count > 0
    return {
      windowS: Math.round((performance.now() - this.#since) / 100) / 10,
      meanMs: measured ? over(this.#delays.mean) : 0,
      p99Ms: measured ? over(this.#delays.percentile(99)) : 0,
      maxMs: measured ? over(this.#delays.max) : 0,
      utilisation: Math.min(1, Math.max(0, performance.eventLoopUtilization(this.#use).utilization)),
    }
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#delays.disable()
  }

  #begin(): void {
    this.#delays.reset()
    this.#since = performance.now()
    this.#use = performance.eventLoopUtilization()
  }
}
