import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildStale } from '../../../scripts/build-web/build-stale.ts'
import { figures } from '../../../scripts/screenshots/people.ts'
import { createWords } from '../../../web/shared/i18n/translate.ts'
import { REPOSITORY } from '../../src/start.ts'
import { caseIn, standardCast, type Cast } from '../support/cast.ts'
import { chromium } from '../support/requirements.ts'
import { DESK, PHONE, launchBrowser } from '../support/browser.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const ready = chromium()

describe.skipIf(!ready)('a newcomer at the command map (docs/scripts/command.md)', () => {
  let server: TestServer
  let browser: Browser
  let cast: Cast

  beforeAll(async () => {
    await buildStale(REPOSITORY, () => undefined)
    server = await startTestServer()
    cast = await standardCast(server)
    browser = await launchBrowser()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  it.each([
    ['desk', 'zh-CN', DESK],
    ['desk', 'en', DESK],
    ['phone', 'zh-CN', PHONE],
    ['phone', 'en', PHONE],
  ] as const)(
    'walks the five minutes on a %s in %s',
    async (size, language, options) => {
      const words = createWords(language)
      const { t, word } = words
      const { id } = await caseIn(server, cast, 'filed')
      const context = await browser.newContext({
        baseURL: server.running.url,
        reducedMotion: 'reduce',
        locale: language === 'en' ? 'en-GB' : 'zh-CN',
        ...options,
      })
      const page = await context.newPage()
      const tab = async (name: 'cases' | 'indicators') => {
        if (size === 'phone') await page.getByRole('tab', { name: t(`command.tab.${name}`), exact: true }).click()
      }
      // 0: sign in by a click on a dispatcher.
      await page.goto('/')
      const [dispatcher] = figures(server.running, 'dispatcher')
      await page
        .locator('.demo-people')
        .getByRole('button', { name: dispatcher?.name ?? '' })
        .first()
        .click()
      await page.locator('#cases').waitFor()
      // 1: what waits for me.
      await page.getByRole('button', { name: t('command.mine'), exact: true }).click()
      await page.locator(`#cases [data-case="${id}"]`).click()
      await page.locator('.case-panel .standing').waitFor()
      await page.locator('.case-panel .waiting').waitFor()
      // 2: the move that it waits for, to the advised unit.
      await page
        .locator('.move-buttons')
        .getByRole('button', { name: word('move', 'dispatch'), exact: true })
        .click()
      await page
        .getByRole('form', { name: word('move', 'dispatch'), exact: true })
        .locator('button[type=submit]')
        .click()
      await page.locator('.moves-said').waitFor()
      expect((await server.detail(cast.dispatcher, id)).case.state).toBe('dispatched')
      await page.locator('.case-bar button').last().click()
      // 3: a figure and the cases behind it.
      await tab('indicators')
      const rate = page.locator('.indicator[data-indicator=dispatched] .indicator-parts button').last()
      await rate.waitFor()
      const counted = Number(await rate.innerText())
      await rate.click()
      await tab('cases')
      await page.locator('.chip').waitFor()
      await expect.poll(() => page.locator('#cases [data-case]').count()).toBe(Math.min(50, counted))
      // 4: what else the map can show, where it has room for the choice.
      if (size === 'desk') {
        for (const layer of ['heat', 'components'] as const) {
          const toggle = page.locator('.map-layers').getByRole('button', { name: t(`layer.${layer}`), exact: true })
          await toggle.click()
          expect(await toggle.getAttribute('aria-pressed')).toBe('true')
        }
        // 5: the same on the wall.
        await page.getByRole('link', { name: t('wall.open'), exact: true }).click()
        await page.locator('.wall-figure').first().waitFor()
        for (const [key, place] of [
          ['d', '#wall-duty'],
          ['e', '#wall-events'],
          ['r', '#wall-ranking'],
        ] as const) {
          await page.keyboard.press(key)
          expect(await page.locator(`${place}:focus`).count(), key).toBe(1)
        }
        await page.keyboard.press('l')
        await page.locator('.wall-list #cases').waitFor()
        await page.keyboard.press('Escape')
        await page.locator('.wall-duty').waitFor()
      }
      await context.close()
    },
    120_000,
  )
})
