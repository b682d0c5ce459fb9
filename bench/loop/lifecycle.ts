import { drained, walkCase, type City } from './city.ts'
import { HttpConnection } from './http.ts'
import { medianOf, runWindow, spread, type Window } from './windows.ts'

export interface LifecycleFigures {
  /** Whole lifecycles; its times are those of whole lifecycles. */
  readonly lifecycles: Window
  /** Times of the single requests of which they consist. */
  readonly requests: Pick<Window, 'p50' | 'p95' | 'p99'>
  readonly drainS: number
}

let turn = 0

/** Whole lifecycles at sixteen connections. */
export async function measureLifecycles(city: City, seconds: number, windows: number): Promise<LifecycleFigures> {
  const times: number[] = []
  const work = async (connection: HttpConnection) => {
    await walkCase(city, connection, (turn += 1), 'close', (ms) => times.push(ms))
    return true
  }
  await runWindow(city.url, 2, work)
  await drained(city)
  times.length = 0
  const found: Window[] = []
  for (let round = 0; round < windows; round++) found.push(await runWindow(city.url, seconds, work))
  return { lifecycles: medianOf(found), requests: spread(times), drainS: await drained(city) }
}

export interface BurstFigures {
  readonly sustainedPerSecond: number
  readonly bursts: readonly {
    readonly perSecond: number
    readonly lifecycles: number
    readonly failed: number
    /** Answers that asked to come again later; each was repeated when it had asked for. */
    readonly shed: number
    /** Milliseconds from the planned start of a lifecycle to its end. */
    readonly p95: number
    readonly requestP95: number
    /** Lifecycles begun and not ended when the burst ended, and when its valley ended. */
    readonly backlogAtPeak: number
    readonly backlogAfterValley: number
  }[]
}

/** Peaks at three times the sustained rate and valleys at a quarter of it. Starts are planned by the clock, whatever the answers do. */
export async function measureBursts(city: City, sustainedPerSecond: number, burstS: number, valleyS: number): Promise<BurstFigures> {
  const crowd = new Crowd(city)
  const bursts = []
  for (let round = 0; round < 3; round++) {
    const peak = new Round()
    await crowd.arrive(peak, sustainedPerSecond * 3, burstS)
    const backlogAtPeak = crowd.running
    const valley = new Round()
    await crowd.arrive(valley, sustainedPerSecond / 4, valleyS)
    bursts.push({
      perSecond: sustainedPerSecond * 3,
      lifecycles: peak.begun,
      failed: peak.failed,
      shed: peak.shed + valley.shed,
      p95: spread(peak.times).p95,
      requestP95: spread(peak.requests).p95,
      backlogAtPeak,
      backlogAfterValley: crowd.running,
    })
  }
  await crowd.end()
  await drained(city)
  return { sustainedPerSecond, bursts }
}

class Round {
  begun = 0
  failed = 0
  shed = 0
  readonly times: number[] = []
  readonly requests: number[] = []
}

const MOST_CONNECTIONS = 256

/** People who come when they come: at most so many at once hold a connection, the others wait for one and their waiting counts. */
class Crowd {
  readonly #city: City
  readonly #idle: HttpConnection[] = []
  readonly #queue: (() => void)[] = []
  #open = 0
  running = 0

  constructor(city: City) {
    this.#city = city
  }

  async arrive(round: Round, perSecond: number, seconds: number): Promise<void> {
    const began = performance.now()
    for (;;) {
      const elapsed = performance.now() - began
      if (elapsed >= seconds * 1_000) return
      while (round.begun < (elapsed / 1_000) * perSecond) {
        void this.#live(round, began + (round.begun / perSecond) * 1_000)
        round.begun += 1
      }
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  async end(): Promise<void> {
    while (this.running > 0) await new Promise((resolve) => setTimeout(resolve, 20))
    for (const connection of this.#idle) connection.close()
  }

  async #live(round: Round, plannedAt: number): Promise<void> {
    this.running += 1
    const connection = await this.#take()
    try {
      await walkCase(
        this.#city,
        connection,
        (turn += 1),
        'close',
        (ms) => round.requests.push(ms),
        () => (round.shed += 1),
      )
      round.times.push(performance.now() - plannedAt)
    } catch (error) {
      round.failed += 1
      if (round.failed === 1) console.error(String(error).slice(0, 300))
    }
    this.running -= 1
    this.#give(connection)
  }

  async #take(): Promise<HttpConnection> {
    const idle = this.#idle.pop()
    if (idle?.open) return idle
    if (this.#open >= MOST_CONNECTIONS) {
      await new Promise<void>((resolve) => this.#queue.push(resolve))
      return this.#take()
    }
    this.#open += 1
    return HttpConnection.open(this.#city.url)
  }

  #give(connection: HttpConnection): void {
    if (connection.open) this.#idle.push(connection)
    else this.#open -= 1
    this.#queue.shift()?.()
  }
}
