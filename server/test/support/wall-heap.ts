import { setTimeout as sleep } from 'node:timers/promises'
import type { CDPSession, Page } from 'playwright-core'
import type { Replaying } from './replay-stream.ts'

export interface WallRun {
  readonly sent: number
  readonly heard: number
  readonly strange: number
  readonly resumed: number
  readonly seconds: number
  /** Bytes in use after a collection: once the screen is full, and at the end. */
  readonly heapBefore: number
  readonly heapAfter: number
}

const MOST_SILENT_MS = 60_000

/** Bytes that are in use in the page when everything that can be collected is. */
async function heapOf(session: CDPSession): Promise<number> {
  // What a first collection frees may hold back what a second one can: weak references, finished callbacks.
  for (let time = 0; time < 3; time += 1) {
    await session.send('HeapProfiler.collectGarbage')
    await sleep(200)
  }
  return ((await session.send('Runtime.getHeapUsage')) as { usedSize: number }).usedSize
}

/** How many events the wall says it heard, and how many of them it could not read. */
export async function heardOn(page: Page): Promise<{ heard: number; strange: number }> {
  const events = page.locator('.wall-events')
  return { heard: Number(await events.getAttribute('data-heard')), strange: Number(await events.getAttribute('data-strange')) }
}

async function heardAll(page: Page, count: number, onCount: (heard: number) => void): Promise<void> {
  let last = { heard: -1, at: performance.now() }
  for (;;) {
    const { heard } = await heardOn(page)
    onCount(heard)
    if (heard >= count) return
    if (heard !== last.heard) last = { heard, at: performance.now() }
    else if (performance.now() - last.at > MOST_SILENT_MS) throw new Error(`the wall heard ${heard} of ${count} events and then nothing more`)
    await sleep(250)
  }
}

/** Lets a wall hear the whole replay and looks at its memory: after the first events, which fill what a screen keeps, and after the last. */
export async function runWall(
  page: Page,
  replaying: Replaying,
  total: number,
  first: number,
  onCount: (heard: number) => void = () => undefined,
): Promise<WallRun> {
  const session = await page.context().newCDPSession(page)
  replaying.flowTo(first)
  await heardAll(page, first, onCount)
  // The map and the lists settle.
  await sleep(4_000)
  const heapBefore = await heapOf(session)
  const began = performance.now()
  replaying.flowTo(total)
  await heardAll(page, total, onCount)
  const seconds = (performance.now() - began) / 1_000
  await sleep(4_000)
  const heapAfter = await heapOf(session)
  return { ...(await heardOn(page)), sent: replaying.sent, resumed: replaying.resumed, seconds, heapBefore, heapAfter }
}
