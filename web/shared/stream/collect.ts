/** How long events are gathered before a screen is drawn, in milliseconds: short while they trickle, longer while they pour. */
const CALM_MS = 200
const BUSY_MS = 1_000
const BUSY_FROM = 40

export interface Collector<T> {
  add(item: T): void
  /** Hands over what waits, now. */
  flush(): void
  stop(): void
}

/** Gathers events and hands them over together (攒批), in the order in which they came: a screen is drawn a few times a second, however many there are. */
export function collect<T>(take: (batch: readonly T[]) => void, timers: Pick<typeof globalThis, 'setTimeout' | 'clearTimeout'> = globalThis): Collector<T> {
  let waiting: T[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let busy = false
  const flush = () => {
    timers.clearTimeout(timer)
    timer = undefined
    if (waiting.length === 0) return
    const batch = waiting
    waiting = []
    busy = batch.length >= BUSY_FROM
    take(batch)
  }
  return {
    add: (item) => {
      waiting.push(item)
      timer ??= timers.setTimeout(flush, busy ? BUSY_MS : CALM_MS)
    },
    flush,
    stop: () => {
      timers.clearTimeout(timer)
      timer = undefined
      waiting = []
    },
  }
}
