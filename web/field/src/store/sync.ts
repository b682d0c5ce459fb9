import { ApiProblem } from '@linli/web-shared/api'
import { drain } from '../outbox/drain.ts'
import { isFull } from './db.ts'
import { loadDay } from './load.ts'
import { sendTrack } from './track.ts'
import { getState, reread, setState } from './state.ts'

const EVERY_MS = 20_000
const DAY_EVERY_MS = 3 * 60_000

let running: Promise<void> | undefined
let again = false

/** Sends what waits and loads what is new (同步); calls that come meanwhile are one more round behind it. */
export function syncNow(load = true): Promise<void> {
  if (running) {
    again ||= load
    return running
  }
  running = round(load).finally(() => {
    running = undefined
    if (again) {
      again = false
      void syncNow(true)
    }
  })
  return running
}

async function round(load: boolean): Promise<void> {
  if (!getState().worker) return
  setState({ sending: true })
  try {
    const { end, sent } = await drain()
    if (sent > 0) await reread()
    if (end === 'signIn') return setState({ link: 'signIn' })
    await sendTrack()
    if (load || sent > 0 || Date.now() - getState().loadedAt > DAY_EVERY_MS) await loadDay()
    setState({ link: 'online' })
  } catch (error) {
    if (error instanceof ApiProblem) setState({ link: error.code === 'SESSION_MISSING' ? 'signIn' : error.status === 0 ? 'offline' : getState().link })
    // A telephone without room cannot keep the new day and goes on with the one it has.
    else if (!isFull(error)) globalThis.reportError(error)
  } finally {
    await reread()
    setState({ sending: false })
  }
}

/** Looks again whenever a network may be back: on `online`, when the page is shown, when the worker says so, and every twenty seconds while something waits. */
export function keepInSync(): () => void {
  const look = () => void syncNow(false)
  const gone = () => setState({ link: 'offline' })
  const shown = () => {
    if (document.visibilityState === 'visible') look()
  }
  const told = (event: MessageEvent) => {
    if (event.data === 'drained') void syncNow(true)
  }
  const timer = setInterval(() => {
    const { outbox, loadedAt, link } = getState()
    const waits = outbox.some((entry) => entry.rejection === null)
    if (document.visibilityState === 'visible' && (waits || link === 'offline' || Date.now() - loadedAt > DAY_EVERY_MS)) look()
  }, EVERY_MS)
  globalThis.addEventListener('online', look)
  globalThis.addEventListener('offline', gone)
  document.addEventListener('visibilitychange', shown)
  globalThis.navigator.serviceWorker?.addEventListener('message', told)
  return () => {
    clearInterval(timer)
    globalThis.removeEventListener('online', look)
    globalThis.removeEventListener('offline', gone)
    document.removeEventListener('visibilitychange', shown)
    globalThis.navigator.serviceWorker?.removeEventListener('message', told)
  }
}
