import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildStale } from '../../../scripts/build-web/build-stale.ts'
import { figures, signIn } from '../../../scripts/screenshots/people.ts'
import { walkSixSteps } from '../../../scripts/screenshots/six-steps.ts'
import { REPOSITORY } from '../../src/start.ts'
import { chromium } from '../support/requirements.ts'
import { DESK, PHONE, launchBrowser, noteFaults, seriousFindings } from '../support/browser.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const ready = chromium()

describe.skipIf(!ready)('the command map in a real browser', () => {
  let server: TestServer
  let browser: Browser
  const faults: string[] = []

  beforeAll(async () => {
    await buildStale(REPOSITORY, () => undefined)
    server = await startTestServer({ clock: 'machine' })
    browser = await launchBrowser()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  async function open(options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext({ baseURL: server.running.url, locale: 'zh-CN', reducedMotion: 'reduce', ...options })
    const page = await context.newPage()
    noteFaults(page, server.running.url, faults)
    await page.goto('/')
    return page
  }
  const dispatcher = () => {
    const [first] = figures(server.running, 'dispatcher')
    if (!first) throw new Error('the demo city has no dispatcher')
    return first
  }

  it('A1 lets six different people walk one case through all six steps, and asks nothing of any other host', async () => {
    const id = await walkSixSteps({ running: server.running, open, keep: async () => undefined, close: async () => undefined })
    const acceptor = await server.demoPerson('file')
    const { body } = await acceptor.send<{ rows: { move: string; personName: string | null }[]; intact: boolean }>(
      'GET',
      `/api/v1/cases/${id}/entries`,
      undefined,
      { 'linli-purpose': 'handle-case' },
    )
    expect(body.rows.map((row) => row.move)).toEqual(['report', 'file', 'dispatch', 'accept', 'handle', 'check', 'close', 'evaluate'])
    expect(new Set(body.rows.map((row) => row.personName)).size).toBe(8)
    expect(body.intact).toBe(true)
    expect(faults).toEqual([])
  }, 180_000)

  it('A35 shows a case that arrives while somebody watches, without a reload', async () => {
    const page = await open(DESK)
    await signIn(page, dispatcher())
    await page.locator('#cases').waitFor()
    const { case: opened } = await server.report()
    await page.locator('#cases').getByText(opened.number).waitFor({ timeout: 10_000 })
    await page.context().close()
  }, 60_000)

  it.each([
    ['desk', 'zh-CN', DESK],
    ['phone', 'en-GB', PHONE],
  ] as const)(
    'lets an acceptor on a %s report from the map by keys alone (%s), keeps the words of a form closed by accident, and the key of a report sent twice',
    async (_size, locale, options) => {
      const [acceptor] = figures(server.running, 'acceptor')
      if (!acceptor) throw new Error('the demo city has no acceptor')
      const page = await open({ ...options, locale })
      await page.locator('.demo-people').getByRole('button', { name: acceptor.name }).first().click()
      await page.locator('.account').waitFor()
      const canvas = page.locator('.map-canvas canvas')
      const start = page.locator('.area-card [data-report]')
      // The map hears keys only some time after its canvas is there.
      await vi.waitFor(
        async () => {
          await canvas.press('Enter')
          await start.waitFor({ timeout: 1_000 })
        },
        { timeout: 20_000 },
      )
      await start.press('Enter')
      await page.locator('#report-text').fill('路口的信号灯不亮了')
      expect(await seriousFindings(page)).toEqual([])
      await page.locator('.case-panel .case-bar button').last().press('Enter')
      await start.press('Enter')
      expect(await page.locator('#report-text').inputValue()).toBe('路口的信号灯不亮了')

      const keys: (string | undefined)[] = []
      await page.route('**/api/v1/reports', (route) => {
        keys.push(route.request().headers()['idempotency-key'])
        return keys.length === 1 ? route.abort() : route.continue()
      })
      const send = page.locator('.move-form button[type=submit]')
      await send.press('Enter')
      await page.locator('.move-form [role=alert]').waitFor()
      await send.press('Enter')
      await page.locator('.case-panel .reported').waitFor()
      expect(keys).toEqual([keys[0], keys[0]])
      await page.locator('.case-panel .ledger').waitFor()
      expect(await page.locator('.case-panel #case-title').textContent()).toContain('信号灯')
      await page.context().close()
    },
    90_000,
  )

  it.each([
    ['desk', 'zh', DESK],
    ['desk', 'en', DESK],
    ['phone', 'zh', PHONE],
    ['phone', 'en', PHONE],
  ] as const)(
    'has no serious accessibility finding on a %s in %s, signed out, signed in and with a case open',
    async (_size, language, options) => {
      const { case: opened } = await server.report()
      const page = await open({ ...options, locale: language === 'zh' ? 'zh-CN' : 'en-GB' })
      const check = async (where: string) => expect(await seriousFindings(page), where).toEqual([])
      await page.locator('.demo-people button:enabled').first().waitFor()
      await check('signed out')
      await page.locator('.demo-people').getByRole('button', { name: dispatcher().name }).first().click()
      await page.locator('.account').waitFor()
      await check('signed in')
      await page.goto(`/#/case/${opened.id}`)
      await page.locator('.case-panel .ledger').waitFor()
      await check('case')
      await page.context().close()
    },
    90_000,
  )
})
