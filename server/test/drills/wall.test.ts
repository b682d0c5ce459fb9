import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildStale } from '../../../scripts/build-web/build-stale.ts'
import { figures, signIn } from '../../../scripts/screenshots/people.ts'
import { REPOSITORY } from '../../src/start.ts'
import { replayStream, type Replaying } from '../support/replay-stream.ts'
import { chromium } from '../support/requirements.ts'
import { launchBrowser } from '../support/browser.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { heardOn, runWall } from '../support/wall-heap.ts'

const TOTAL = 20_000
const FIRST = 6_000
const ready = chromium()

describe.skipIf(!ready)('a wall that runs for days', () => {
  let server: TestServer
  let browser: Browser
  let replaying: Replaying

  beforeAll(async () => {
    await buildStale(REPOSITORY, () => undefined)
    server = await startTestServer()
    browser = await launchBrowser()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await replaying?.stop()
    await server?.stop()
  })

  it('hears every event once over cut lines, and is as small afterwards as before', async () => {
    replaying = await replayStream(server.running.url, { total: TOTAL, perSecond: 2_000, cutAfter: [3_000, 9_000, 15_000] })
    replaying.flowTo(0)
    const context = await browser.newContext({ baseURL: replaying.url, viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce', locale: 'zh-CN' })
    const page = await context.newPage()
    await page.goto('/?wall')
    const [dispatcher] = figures(server.running, 'dispatcher')
    if (!dispatcher) throw new Error('the demo city has no dispatcher')
    await signIn(page, dispatcher)
    await page.locator('.wall-events').waitFor()
    const run = await runWall(page, replaying, TOTAL, FIRST)
    expect(run).toMatchObject({ sent: TOTAL, heard: TOTAL, strange: 0, resumed: 3 })
    expect(run.heapAfter / run.heapBefore, JSON.stringify(run)).toBeLessThan(1.1)

    // A line that is lost is said at once, and comes back by itself.
    replaying.cut()
    await page.locator('.offline[role=alert]').waitFor()
    await page.locator('.wall-sources [data-source=stream][data-state=stale]').waitFor()
    replaying.mend()
    await page.locator('.wall-sources [data-source=stream][data-state=fresh]').waitFor({ timeout: 60_000 })
    expect(await page.locator('.offline').count()).toBe(0)
    expect((await heardOn(page)).heard).toBe(TOTAL)
    await context.close()
  }, 240_000)
})
