import type { Endpoint } from '@linli/contract/endpoint'
import type { Log } from '../log.ts'

/** 0 serves everything; 1 refuses lists and exports; 2 all but sign-in, reports and the operator; 3 every endpoint. Health is no endpoint. */
export type ShedLevel = 0 | 1 | 2 | 3
export interface Pressure {
  /** How late the event loop is, in milliseconds. */
  readonly loopMs: number
  /** How many statements and transactions wait for a database connection. */
  readonly waiting: number
}

/** How loaded the program is: the limit itself is level 1, twice as much 2, four times 3; the worse of the two counts. */
export function levelOf(pressure: Pressure, limits: Pressure): ShedLevel {
  const times = Math.max(pressure.loopMs / limits.loopMs, pressure.waiting / limits.waiting)
  return times >= 4 ? 3 : times >= 2 ? 2 : times >= 1 ? 1 : 0
}

/** From which level on an endpoint is refused: lists and exports first; what the public sends (reports, photos, sign-in) and what the operator looks at last. */
export function shedFrom(endpoint: Pick<Endpoint, 'method' | 'permission' | 'answer' | 'contentType'>): Exclude<ShedLevel, 0> {
  if (endpoint.permission === 'platform.operate' || (endpoint.permission === 'public' && endpoint.method === 'POST')) return 3
  const fields: unknown = endpoint.answer['properties']
  const isList = endpoint.method === 'GET' && typeof fields === 'object' && fields !== null && ('rows' in fields || 'features' in fields)
  return isList || endpoint.contentType === 'text/csv' ? 1 : 2
}

const SAMPLE_MS = 100
/** How many samples are looked back on, and how many of them must be that bad: one long pause (a first start, a big import, a collection of garbage) is no overload. */
const SAMPLES = 10
const BAD = 3

/** The level that enough of the recent samples reached. */
export function sustainedLevel(recent: readonly ShedLevel[]): ShedLevel {
  return recent.toSorted((one, other) => other - one)[BAD - 1] ?? 0
}

/** Watches the pressure ten times a second and says what is refused now; the work of a request that was let in is never cut. */
export class Shedding {
  readonly #limits: Pressure
  readonly #waiting: () => number
  readonly #log: Pick<Log, 'warn' | 'info'>
  readonly #now: () => number
  readonly #recent: ShedLevel[] = []
  readonly #timer: NodeJS.Timeout
  #expected: number
  #level: ShedLevel = 0
  #shed = 0
  #lastAt: number | undefined

  /** `now` gives Unix milliseconds. */
  constructor(limits: Pressure, waiting: () => number, log: Pick<Log, 'warn' | 'info'>, now: () => number) {
    this.#limits = limits
    this.#waiting = waiting
    this.#log = log
    this.#now = now
    this.#expected = performance.now() + SAMPLE_MS
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MS).unref()
  }

  get level(): ShedLevel {
    return this.#level
  }
  get shed(): number {
    return this.#shed
  }
  /** Unix milliseconds of the last refusal. */
  get lastAt(): number | undefined {
    return this.#lastAt
  }

  /** Seconds after which a refused caller may come again, or undefined where it is served. */
  refuses(endpoint: Parameters<typeof shedFrom>[0]): number | undefined {
    if (this.#level < shedFrom(endpoint)) return undefined
    this.#shed += 1
    this.#lastAt = this.#now()
    return 2 ** this.#level
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #sample(): void {
    const at = performance.now()
    const loopMs = Math.max(0, at - this.#expected)
    this.#expected = at + SAMPLE_MS
    this.#recent.push(levelOf({ loopMs, waiting: this.#waiting() }, this.#limits))
    if (this.#recent.length > SAMPLES) this.#recent.shift()
    const level = sustainedLevel(this.#recent)
    if (level === this.#level) return
    const facts = { level, before: this.#level, loopMs: Math.round(loopMs), waiting: this.#waiting() }
    if (level > this.#level) this.#log.warn(facts, 'overloaded: part of the requests is refused')
    else this.#log.info(facts, 'less loaded')
    this.#level = level
  }
}
