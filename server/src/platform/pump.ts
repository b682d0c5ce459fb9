import type { Log } from './log.ts'
import type { PumpRecord } from './operations/activity.ts'

/** Work that looks at a table again and again; a wake-up only makes the next look come sooner, so a lost one changes nothing. */
export interface Pump {
  wake(): void
  stop(): Promise<void>
}

/**
 * Runs `work` every `intervalMs` and at each wake-up, one at a time; repeats at once while it returns more than zero.
 * A failure is logged and tried again at the next look. `record` remembers each look for the operations page.
 */
export function startPump(name: string, intervalMs: number, log: Log, work: () => Promise<number>, record?: PumpRecord): Pump {
  let stopped = false
  let woken = false
  let timer: NodeJS.Timeout | undefined
  let resolveWait: (() => void) | undefined
  const wait = () =>
    new Promise<void>((resolve) => {
      resolveWait = resolve
      timer = setTimeout(resolve, intervalMs)
    })
  const loop = (async () => {
    while (!stopped) {
      woken = false
      let count = 0
      try {
        count = await (record ? record.look(work) : work())
      } catch (error) {
        log.error({ pump: name, error: error instanceof Error ? error.stack : String(error) }, 'pump failed; will try again')
      }
      if (!stopped && count === 0 && !woken) await wait()
      clearTimeout(timer)
    }
  })()
  const wake = () => {
    woken = true
    resolveWait?.()
  }
  return {
    wake,
    stop: async () => {
      stopped = true
      wake()
      await loop
      record?.stop()
    },
  }
}
