import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildStale } from '../../../scripts/build-web/build-stale.ts'
import { figures, signIn } from '../../../scripts/screenshots/people.ts'
import { command as commandEn } from '../../../web/shared/i18n/en/command.ts'
import { wall as wallEn } from '../../../web/shared/i18n/en/wall.ts'
import { command as commandZh } from '../../../web/shared/i18n/zh-cn/command.ts'
import { loop } from '../../../web/shared/i18n/zh-cn/loop.ts'
import { wall as wallZh } from '../../../web/shared/i18n/zh-cn/wall.ts'
import { REPOSITORY } from '../../src/start.ts'
import { caseIn, standardCast, type Cast } from '../support/cast.ts'
import { chromium } from '../support/requirements.ts'
import { launchBrowser, noteFaults } from '../support/browser.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const ready = chromium()
const WIDE = { viewport: { width: 1920, height: 1080 } }
const SPLICED = { viewport: { width: 3840, height: 1080 } }
const SAID = '楼下王女士 13812345678 说井盖丢了'
/** 1080 lines on 1.37 m, a wall of 110 inches: at five metres 20 minutes of arc (GB/T 18978.303, the preferred height of a character) are 29 mm, 16 (the least) 23 mm. */
const MM_A_PIXEL = 1_370 / 1_080
const LEAST_MM = 5_000 * Math.tan((16 / 60) * (Math.PI / 180))

describe.skipIf(!ready)('the wall in a real browser', () => {
  let server: TestServer
  let browser: Browser
  let cast: Cast
  const faults: string[] = []

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

  const firstOf = (role: string) => {
    const [first] = figures(server.running, role)
    if (!first) throw new Error(`the demo city has no ${role}`)
    return first
  }
  async function open(options: BrowserContextOptions, role: string, address = '/?wall'): Promise<Page> {
    const context = await browser.newContext({ baseURL: server.running.url, locale: 'zh-CN', reducedMotion: 'reduce', ...options })
    const page = await context.newPage()
    noteFaults(page, server.running.url, faults)
    await page.goto(address)
    if (options.locale === undefined) await signIn(page, firstOf(role))
    else {
      await page
        .locator('.demo-people')
        .getByRole('button', { name: firstOf(role).name })
        .first()
        .click()
      await page.locator('.account').waitFor()
    }
    return page
  }
  const serious = async (page: Page) =>
    (await new AxeBuilder({ page }).analyze()).violations
      .filter((found) => found.impact === 'serious' || found.impact === 'critical')
      .map((found) => `${found.id} ${found.nodes[0]?.target.join(' ')}`)
  /** Words whose letters are too small to be read from five metres, and boxes that words run out of. */
  const tooSmall = (page: Page) =>
    page.evaluate(
      ({ mm, least }) =>
        [...document.querySelectorAll<HTMLElement>('.room *')]
          .filter((element) => element.getClientRects().length > 0 && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()))
          .filter((element) => !element.closest('.unseen') && Number.parseFloat(getComputedStyle(element).fontSize) * mm < least)
          .map((element) => `${element.className} ${element.textContent?.trim().slice(0, 20)} ${getComputedStyle(element).fontSize}`),
      { mm: MM_A_PIXEL, least: LEAST_MM },
    )

  it.each([
    ['16:9', WIDE],
    ['32:9', SPLICED],
  ] as const)('A17 fits a screen of %s: everything there at once, nothing cut off, every word large enough for five metres', async (_ratio, options) => {
    await caseIn(server, cast, 'handling')
    const page = await open(options, 'supervisor')
    for (const part of ['.wall-title', '.wall-figures li', '.wall-left .ranking', '.wall-duty', '.wall-events', '.wall-sources', '.map-canvas canvas'])
      await page.locator(part).first().waitFor()
    expect(await tooSmall(page)).toEqual([])
    const { width, height } = options.viewport
    for (const part of ['.wall-title', '.wall-figures', '.wall-left', '.wall-right', '.wall-sources']) {
      const box = await page.locator(part).boundingBox()
      expect(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= width + 1 && box.y + box.height <= height + 1, part).toBe(true)
    }
    const values = page.locator('.wall-figure-open strong')
    for (const value of await values.all()) expect(await value.evaluate((element) => element.scrollWidth <= element.clientWidth + 1)).toBe(true)
    await page.context().close()
  })

  it('A17 shows no words of a report and nobody who reported, neither in lists nor in a case', async () => {
    const { case: opened } = await server.report({ text: SAID, reporter: { name: '王女士', contact: '13812345678' } })
    const page = await open(WIDE, 'acceptor')
    await page.keyboard.press('l')
    await page.locator('#cases').getByText(opened.number).waitFor()
    expect(await page.locator('body').innerText()).not.toMatch(/王女士|1381234|井盖丢了/)
    await page.goto(`/?wall#/case/${opened.id}`)
    await page.locator('.case-panel .moves').waitFor()
    expect(await page.locator('body').innerText()).not.toMatch(/王女士|138\d|井盖丢了/)
    await page.context().close()
  })

  it('A85 says of each source when it last spoke, and says at once when the stream is lost and when it is back', async () => {
    const page = await open(WIDE, 'supervisor')
    const stream = page.locator('.wall-sources [data-source=stream]')
    await page.locator('.wall-sources [data-source=stream][data-state=fresh]').waitFor()
    await page.locator('.wall-sources [data-source=figures][data-state=fresh]').waitFor()
    await page.context().setOffline(true)
    await page.locator('.offline[role=alert]').waitFor()
    expect(await stream.getAttribute('data-state')).toBe('stale')
    const missed = await server.report()
    await page.context().setOffline(false)
    await page.locator('.wall-sources [data-source=stream][data-state=fresh]').waitFor({ timeout: 60_000 })
    // What happened meanwhile is there too.
    await page.keyboard.press('l')
    await page.locator('#cases').getByText(missed.case.number).waitFor()
    await page.context().close()
  }, 120_000)

  it('A65 lets a dispatcher send out and take back by keys alone, and a supervisor order and write, from the wall', async () => {
    const filed = await caseIn(server, cast, 'filed')
    const byKeys = await open(WIDE, 'dispatcher')
    await byKeys.keyboard.press('l')
    const item = byKeys.locator(`#cases [data-case="${filed.id}"]`)
    await item.waitFor()
    await item.press('Enter')
    const send = byKeys.locator('.move-buttons').getByRole('button', { name: loop['move.dispatch'], exact: true })
    await send.press('Enter')
    const form = byKeys.getByRole('form', { name: loop['move.dispatch'], exact: true })
    const submit = form.locator('button[type=submit]')
    await submit.waitFor()
    await submit.press('Enter')
    await byKeys.locator('.moves-said').waitFor()
    // What can be taken back is offered at once, and so is every other way on.
    const more = byKeys.locator('.moves-more summary')
    await more.press('Enter')
    for (const move of ['move.recall', 'move.note'] as const)
      await byKeys.locator('.moves').getByRole('button', { name: loop[move], exact: true }).first().waitFor()
    expect((await server.detail(cast.dispatcher, filed.id)).case.state).toBe('dispatched')
    await byKeys.locator('.moves').getByRole('button', { name: loop['move.recall'], exact: true }).first().press('Enter')
    const back = byKeys.getByRole('form', { name: loop['move.recall'], exact: true })
    await back.locator('input[type=radio]').first().press('Space')
    await back.locator('button[type=submit]').press('Enter')
    await byKeys.locator('.moves-said').waitFor()
    await expect.poll(async () => (await server.detail(cast.dispatcher, filed.id)).case.state).toBe('filed')
    await byKeys.keyboard.press('Escape')
    await byKeys.locator('.case-panel').waitFor({ state: 'detached' })
    await byKeys.context().close()

    const byMouse = await open(WIDE, 'supervisor', `/?wall#/case/${filed.id}`)
    await byMouse.locator('.case-panel .moves').waitFor()
    await byMouse.locator('.moves-more summary').click()
    for (const move of ['move.supervise', 'move.note'] as const)
      expect(await byMouse.getByRole('button', { name: loop[move], exact: true }).count(), move).toBeGreaterThan(0)
    await byMouse.getByRole('button', { name: loop['move.note'], exact: true }).first().click()
    const note = byMouse.getByRole('form', { name: loop['move.note'], exact: true })
    await note.locator('textarea').first().fill('请今天到现场')
    await note.locator('button[type=submit]').click()
    await byMouse.locator('.moves-said').waitFor()
    await byMouse.context().close()
  }, 120_000)

  it('opens a figure with its definition, its days as a table, and the cases behind it', async () => {
    const page = await open(WIDE, 'supervisor')
    await page.locator('.wall-figure[data-indicator=received] .wall-figure-open').click()
    const dialog = page.locator('.wall-dialog')
    await dialog.getByRole('button', { name: wallZh['chart.table'], exact: true }).click()
    expect(await dialog.locator('tbody tr').count()).toBe(14)
    const today = Number(await dialog.locator('tbody tr td').first().innerText())
    expect(today).toBeGreaterThan(0)
    await page.keyboard.press('Escape')
    await page.locator('.wall-figure[data-indicator=open] .wall-figure-open').click()
    await page.getByRole('button', { name: commandZh['command.onlyOverdue'], exact: true }).click()
    await page.locator('.wall-list #cases').waitFor()
    await page.context().close()
  })

  it.each([
    ['zh', 'wall', WIDE],
    ['en', 'wall-light', WIDE],
    ['en', 'wall', SPLICED],
  ] as const)('has no serious accessibility finding in %s, %s', async (language, theme, options) => {
    const { id } = await caseIn(server, cast, 'filed')
    const page = await open({ ...options, ...(language === 'en' ? { locale: 'en-GB' } : {}) }, 'dispatcher')
    await page.locator('.wall-figure').first().waitFor()
    if (theme === 'wall-light') await page.getByRole('button', { name: new RegExp(`^${commandEn['command.theme']}`) }).click()
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe(theme)
    expect(await serious(page), 'wall').toEqual([])
    if (language === 'en') {
      await page.getByText(wallEn['wall.duty']).waitFor()
      expect(await tooSmall(page)).toEqual([])
    }
    await page.evaluate((to) => {
      location.hash = `#/case/${to}`
    }, id)
    await page.locator('.case-panel .moves').waitFor()
    expect(await serious(page), 'case').toEqual([])
    await page.context().close()
  })

  it('shows every component in every theme, none with a serious finding', async () => {
    const context = await browser.newContext({ baseURL: server.running.url, locale: 'zh-CN', reducedMotion: 'reduce', viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    page.on('pageerror', (error) => faults.push(String(error)))
    await page.goto('/#components')
    for (const theme of ['dark', 'light', 'elder', 'wall', 'wall-light'] as const) {
      await page
        .locator('.parts > header')
        .getByRole('button', { name: commandZh[`command.theme.${theme}`], exact: true })
        .click()
      expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe(theme)
      expect(await serious(page), theme).toEqual([])
    }
    await context.close()
  })

  it('meets no fault and asks nothing of any other host', () => {
    expect(faults).toEqual([])
  })
})
