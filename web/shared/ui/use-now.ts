import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let now = Date.now()

function listen(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, 1_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

/** The time in milliseconds since 1970, new every second; one timer serves the whole page. */
export function useNow(): number {
  return useSyncExternalStore(listen, () => now)
}

/** The time in steps of so many milliseconds: a screen that only needs minutes is not drawn each second. */
export function useNowEvery(stepMs: number): number {
  return useSyncExternalStore(listen, () => Math.floor(now / stepMs) * stepMs)
}
