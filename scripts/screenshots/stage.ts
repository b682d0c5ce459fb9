import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { startDemoDriver } from '../../server/src/cli/demo-driver.ts'
import { readConfig } from '../../server/src/platform/config.ts'
import { createLog } from '../../server/src/platform/log.ts'
import { REPOSITORY, startServer, type Running } from '../../server/src/start.ts'
import { CHROMIUM } from '../../server/test/support/requirements.ts'
import { buildStale } from '../build-web/build-stale.ts'

const PICTURES = join(REPOSITORY, 'docs/pictures')
/** A software renderer draws the map on machines without a graphics card. */
const GRAPHICS = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist']

/** The running demo city with a browser in front of it. */
export interface Stage {
  readonly running: Running
  /** A page in a browser of its own; close its context when done, since each open map keeps the processor busy. */
  open(options: BrowserContextOptions): Promise<Page>
  /** Keeps what the page (or one part of it) shows as `docs/pictures/<name>.png`. */
  keep(name: string, what: { screenshot(options: { path: string }): Promise<Buffer> }): Promise<void>
  close(): Promise<void>
}

/** Starts the demo city in a temporary folder and waits until its first cases are there. Throws CHROMIUM_MISSING. */
export async function openStage(): Promise<Stage> {
  if (CHROMIUM === undefined) throw new Error('CHROMIUM_MISSING: install Chromium, or name it in LINLI_CHROMIUM')
  await buildStale(REPOSITORY, (text) => console.error(text))
  mkdirSync(PICTURES, { recursive: true })
  const dataFolder = mkdtempSync(join(tmpdir(), 'linli-pictures-'))
  const config = readConfig({ LINLI_DATA: dataFolder, LINLI_CITY: 'demo', PORT: '0', LINLI_LOG_LEVEL: 'error', LINLI_REPORTS_PER_MINUTE: '100000' })
  const running = await startServer({ config, log: createLog('error') })
  const stopping = new AbortController()
  const { driver, filled } = startDriver(running, stopping.signal)
  await filled
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...GRAPHICS, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])] })
  return {
    running,
    open: (options) => newPage(browser, running.url, options),
    keep: async (name, what) => {
      const { length } = await what.screenshot({ path: join(PICTURES, `${name}.png`) })
      console.log(`${name}.png ${Math.round(length / 1000)} kB`)
    },
    close: async () => {
      await browser.close()
      stopping.abort()
      await driver.finished
      await running.stop()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

/** The driver, and a promise that is kept when it says that its first cases stand. */
function startDriver(running: Running, signal: AbortSignal): { driver: ReturnType<typeof startDemoDriver>; filled: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>()
  const log = { info: () => resolve(), debug: () => undefined }
  const driver = startDemoDriver({ baseUrl: running.url, signal, log, seed: running.platform.city.city.seed, ratePerMinute: 20 })
  return { driver, filled: promise }
}

async function newPage(browser: Browser, baseURL: string, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ baseURL, locale: 'zh-CN', deviceScaleFactor: 1, reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  await page.goto('/')
  return page
}
