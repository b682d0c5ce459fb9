import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'

export interface Panned {
  readonly steps: number
  readonly renderer: string
  readonly frames: number
  readonly framesPerSecond: number
  /** By the clock, and by what the thread worked. */
  readonly longTasks: Both
  readonly longestTaskMs: Both
  readonly scriptP50Ms: Both
  readonly scriptP95Ms: Both
}

export interface Both {
  readonly clock: number
  readonly worked: number
}

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly ts: number
  readonly dur?: number
  /** What the thread itself worked of it, in microseconds; the rest it waited, for the renderer or for a processor. */
  readonly tdur?: number
  readonly tid: number
  readonly pid: number
  readonly cat: string
}

const STEPS = 24
const SETTLE_MS = 8_000
/** What of a frame is our script: callbacks, events and messages, not what the renderer then draws. */
const SCRIPT = new Set(['FunctionCall', 'EvaluateScript', 'FireAnimationFrame', 'EventDispatch', 'TimerFire', 'v8.callFunction', 'RunMicrotasks'])

/** Draws everything, goes nearer in three steps and drags the map to and fro, while the browser writes down what its main thread does. */
export async function panOver(page: Page): Promise<Panned> {
  const canvas = page.locator('.map-canvas canvas')
  await canvas.waitFor()
  for (const name of ['部件', '专属网格']) await page.locator('.map-layers').getByRole('button', { name, exact: true }).click()
  await sleep(SETTLE_MS)
  const box = await canvas.boundingBox()
  if (!box) throw new Error('the map has no place')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const renderer = await page.evaluate(() => {
    const gl = document.createElement('canvas').getContext('webgl2')
    const info = gl?.getExtension('WEBGL_debug_renderer_info')
    return String(gl && info ? gl.getParameter(info.UNMASKED_RENDERER_WEBGL) : 'unknown')
  })
  const session = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => void events.push(...(value as unknown as TraceEvent[])))
  const ended = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()))
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['devtools.timeline', 'toplevel', '__metadata'] } })
  const began = performance.now()
  for (let zoom = 0; zoom < 3; zoom += 1) {
    for (let step = 0; step < STEPS / 3; step += 1) {
      const way = step % 2 === 0 ? 1 : -1
      await page.mouse.move(x - 200 * way, y - 60 * way)
      await page.mouse.down()
      await page.mouse.move(x + 200 * way, y + 60 * way, { steps: 12 })
      await page.mouse.up()
    }
    await page.mouse.move(x, y)
    await page.mouse.wheel(0, -700)
    await sleep(2_000)
  }
  const seconds = (performance.now() - began) / 1_000
  await session.send('Tracing.end')
  await ended
  return { steps: STEPS, renderer, ...measure(events, seconds) }
}

function measure(events: readonly TraceEvent[], seconds: number) {
  // The main thread of the page is the one that runs animation frames.
  const main = events.find(({ name }) => name === 'FireAnimationFrame')
  const own = events.filter(({ pid, tid }) => pid === main?.pid && tid === main.tid)
  const tasks = own.filter(({ name, ph }) => (name === 'RunTask' || name === 'ThreadControllerImpl::RunTask') && ph === 'X')
  const frames = own
    .filter(({ name }) => name === 'FireAnimationFrame')
    .map(({ ts }) => ts)
    .sort((one, other) => one - other)
  // Only the outermost calls: those within another are counted with it.
  let until = 0
  const scripts = own
    .filter(({ name, ph, dur }) => ph === 'X' && dur !== undefined && SCRIPT.has(name))
    .sort((one, other) => one.ts - other.ts)
    .filter(({ ts, dur = 0 }) => {
      if (ts < until) return false
      until = ts + dur
      return true
    })
  const both = (of: (time: (event: TraceEvent) => number) => number): Both => ({
    clock: of(({ dur = 0 }) => dur / 1_000),
    worked: of(({ tdur = 0 }) => tdur / 1_000),
  })
  const script = (part: number) =>
    both((time) => {
      const perFrame = frames.map((from, at) => {
        const to = frames[at + 1] ?? Infinity
        return scripts.filter(({ ts }) => ts >= from && ts < to).reduce((sum, event) => sum + time(event), 0)
      })
      perFrame.sort((one, other) => one - other)
      return perFrame[Math.min(perFrame.length - 1, Math.floor(perFrame.length * part))] ?? 0
    })
  return {
    frames: frames.length,
    framesPerSecond: frames.length / seconds,
    longTasks: both((time) => tasks.filter((task) => time(task) > LONG_MS).length),
    longestTaskMs: both((time) => Math.max(0, ...tasks.map(time))),
    scriptP50Ms: script(0.5),
    scriptP95Ms: script(0.95),
  }
}

/** A task from which on somebody feels it (W3C Long Tasks). */
const LONG_MS = 50
