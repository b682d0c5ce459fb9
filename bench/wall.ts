/**
 * The wall over a day, and the map under the hand.
 *
 * A day: 864,000 events (24 hours at ten a second; LINLI_WALL_EVENTS for another number) go through the wall's own page in Chromium at
 * 600 a second or more, over lines that are cut on the way; counted are the events that went in and came out, and the memory in use after a
 * collection, once the screen is full and at the end.
 *
 * Panning: over a city of 22,000 grids with a million components (LINLI_WALL_COMPONENTS) as vector tiles; the longest task of the page's main
 * thread and the script of a frame. What a frame took to draw says more of the renderer, whose name is printed, than of the program.
 *
 * Usage: node bench/wall.ts [--parts day,pan] [--rate 1200] [--data folder]; a folder that is named is kept, with its city.
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Browser } from 'playwright-core'
import { buildStale } from '../scripts/build-web/build-stale.ts'
import { replayStream } from '../server/test/support/replay-stream.ts'
import { CHROMIUM } from '../server/test/support/requirements.ts'
import { runWall } from '../server/test/support/wall-heap.ts'
import { machine, ROOT } from './loop/machine.ts'
import { BENCH_ADMIN, startProgram } from './loop/program.ts'
import { panOver, type Both } from './wall/pan.ts'
import { fillComponents, openEmbedded } from './tiles/ground.ts'

const { values } = parseArgs({
  options: { parts: { type: 'string', default: 'day,pan' }, rate: { type: 'string', default: '1200' }, data: { type: 'string' } },
})
const PARTS = new Set(values.parts.split(','))
const EVENTS = Number(process.env['LINLI_WALL_EVENTS'] ?? 864_000)
const COMPONENTS = Number(process.env['LINLI_WALL_COMPONENTS'] ?? 1_000_000)
const FIRST = Math.min(20_000, Math.round(EVENTS / 4))

const folder = values.data ?? mkdtempSync(join(tmpdir(), 'linli-wall-'))
mkdirSync(folder, { recursive: true })
// PostgreSQL does not run as root: its user must be able to pass.
chmodSync(folder, 0o711)
await buildStale(ROOT, (text) => console.log(text))
const browser = await chromium.launch({
  ...(CHROMIUM ? { executablePath: CHROMIUM } : {}),
  args: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
})
try {
  const { processor, cores, memoryGiB, load } = machine()
  console.log(`${processor}, ${cores} cores, ${memoryGiB} GiB, load ${load}; Chromium ${browser.version()}`)
  if (PARTS.has('day')) await measureDay(browser)
  if (PARTS.has('pan')) await measurePan(browser)
} finally {
  await browser.close()
  if (values.data === undefined) rmSync(folder, { recursive: true, force: true })
}

async function measureDay(browser: Browser): Promise<void> {
  const program = await startProgram(join(folder, 'day'), undefined)
  const cutAfter = [0.2, 0.4, 0.6, 0.8].map((share) => Math.round(EVENTS * share))
  const replaying = await replayStream(program.url, { total: EVENTS, perSecond: Number(values.rate), cutAfter })
  replaying.flowTo(0)
  try {
    const context = await browser.newContext({ baseURL: replaying.url, viewport: { width: 1920, height: 1080 }, reducedMotion: 'reduce', locale: 'zh-CN' })
    const page = await context.newPage()
    const { rows, password } = (await (await fetch(`${program.url}/api/v1/demo-people`)).json()) as {
      rows: { login: string; step: string }[]
      password: string
    }
    await context.request.post('/api/v1/session', { data: { login: rows.find(({ step }) => step === 'dispatch')?.login, password } })
    await page.goto('/?wall')
    await page.locator('.wall-events').waitFor()
    let told = 0
    const run = await runWall(page, replaying, EVENTS, FIRST, (heard) => {
      if (heard < told + EVENTS / 10) return
      told = heard
      console.log(`  ${heard.toLocaleString('en')} events heard`)
    })
    const growth = run.heapAfter / run.heapBefore - 1
    const perSecond = (EVENTS - FIRST) / run.seconds
    console.log(`a day: ${EVENTS.toLocaleString('en')} events, ${perSecond.toFixed(0)} a second, lines cut ${cutAfter.length} times, resumed ${run.resumed}`)
    console.log(`  in ${run.sent}, out ${run.heard}, not readable ${run.strange}`)
    console.log(`  memory after ${FIRST.toLocaleString('en')} events ${mb(run.heapBefore)}, after all ${mb(run.heapAfter)}: ${(growth * 100).toFixed(1)} %`)
    if (run.heard !== EVENTS || run.sent !== EVENTS || growth >= 0.1 || perSecond < 600) process.exitCode = 1
    await context.close()
  } finally {
    await replaying.stop()
    await program.stop()
  }
}

async function measurePan(browser: Browser): Promise<void> {
  const data = join(folder, 'pan')
  const program = await startProgram(data, undefined, 'zaozhuang')
  try {
    const { db } = openEmbedded(data)
    await fillComponents(db, COMPONENTS)
    await db.destroy()
    const context = await browser.newContext({ baseURL: program.url, viewport: { width: 1920, height: 1080 }, reducedMotion: 'reduce', locale: 'zh-CN' })
    const signedIn = await context.request.post('/api/v1/session', { data: BENCH_ADMIN })
    if (!signedIn.ok()) throw new Error(`sign-in answered ${signedIn.status()}`)
    const page = await context.newPage()
    await page.goto('/?wall')
    const pan = await panOver(page)
    console.log(`panning over ${COMPONENTS.toLocaleString('en')} components and all grids, ${pan.steps} steps; renderer: ${pan.renderer}`)
    const told = ({ clock, worked }: Both, digits: number, unit = '') =>
      `${clock.toFixed(digits)}${unit} by the clock, ${worked.toFixed(digits)}${unit} of work`
    console.log(`  longest task of the main thread: ${told(pan.longestTaskMs, 0, ' ms')}; over 50 ms: ${told(pan.longTasks, 0)}`)
    console.log(`  script of a frame, p50: ${told(pan.scriptP50Ms, 1, ' ms')}; p95: ${told(pan.scriptP95Ms, 1, ' ms')}`)
    console.log(`  ${pan.frames} frames, ${pan.framesPerSecond.toFixed(1)} a second; load now ${machine()['load']}`)
    if (pan.longTasks.clock > 0 || pan.scriptP95Ms.clock > 8) process.exitCode = 1
    await context.close()
  } finally {
    await program.stop()
  }
}

function mb(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(1)} MiB`
}
