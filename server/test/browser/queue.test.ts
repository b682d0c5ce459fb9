import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildStale } from '../../../scripts/build-web/build-stale.ts'
import { command as commandEn } from '../../../web/shared/i18n/en/command.ts'
import { deskQueue as queueEn } from '../../../web/shared/i18n/en/console-queue.ts'
import { loop as loopEn } from '../../../web/shared/i18n/en/loop.ts'
import { command } from '../../../web/shared/i18n/zh-cn/command.ts'
import { deskQueue } from '../../../web/shared/i18n/zh-cn/console-queue.ts'
import { loop } from '../../../web/shared/i18n/zh-cn/loop.ts'
import { REPOSITORY } from '../../src/start.ts'
import { caseIn, playerAt, sendMove, standardCast, type Cast } from '../support/cast.ts'
import { chromium } from '../support/requirements.ts'
import { DESK, PHONE, launchBrowser, noteFaults, seriousFindings } from '../support/browser.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { until } from '../support/stream.ts'

const WORDS = { 'zh-CN': { ...loop, ...command, ...deskQueue }, 'en-GB': { ...loopEn, ...commandEn, ...queueEn } }
const SIZES = { desk: DESK, phone: PHONE }

describe.skipIf(!chromium())('the queue in a real browser', () => {
  let server: TestServer
  let browser: Browser
  let cast: Cast
  const faults: string[] = []

  beforeAll(async () => {
    await buildStale(REPOSITORY, () => undefined)
    server = await startTestServer({ clock: 'machine' })
    cast = await standardCast(server)
    for (const state of ['reported', 'filed', 'dispatched', 'handling', 'handled', 'checked', 'closed', 'disputed']) await caseIn(server, cast, state)
    for (let index = 1; index < 6; index += 1)
      await server.report({ position: { ...server.point(index), crs: 'wgs84' }, reporter: { name: '欧阳修文', contact: '13812345678' } })
    browser = await launchBrowser()
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  async function open(post: string, address = 'queue', options: BrowserContextOptions = DESK): Promise<Page> {
    const context = await browser.newContext({ baseURL: server.running.url, locale: 'zh-CN', reducedMotion: 'reduce', ...options })
    const { token } = await playerAt(server, post)
    await context.addCookies([{ name: 'linli_session', value: token, url: server.running.url, httpOnly: true }])
    const page = await context.newPage()
    noteFaults(page, server.running.url, faults)
    await page.goto(`/console/#/${address}`)
    return page
  }
  const rowOf = (page: Page, number: string) => page.locator('.queue-row').filter({ hasText: number })
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.closest('[data-case]')?.getAttribute('data-case') ?? null)
  const menuIsInTheWay = (name: string) => name === 'phone'

  for (const locale of ['zh-CN', 'en-GB'] as const)
    for (const [size, options] of Object.entries(SIZES))
      it(`leads a newcomer through docs/scripts/console.md by keys alone (${size}, ${locale})`, { timeout: 120_000 }, async () => {
        const t = WORDS[locale]
        const { case: one } = await server.report()
        const { case: other } = await server.report()
        const page = await open('acceptor-1', 'queue', { ...options, locale })
        await page.locator('.queue-row').first().waitFor()
        expect(await page.locator('.queue-count').textContent()).toMatch(/\d/)
        // Along the list, and help.
        await page.keyboard.press('?')
        await page.locator('dialog[open] .keys').waitFor()
        await page.keyboard.press('Escape')
        await page.locator('.keys').waitFor({ state: 'detached' })
        await page.keyboard.press('j')
        expect(await focused(page)).toBe(other.id)
        await page.keyboard.press('j')
        expect(await focused(page)).toBe(one.id)
        await page.keyboard.press('k')
        expect(await focused(page)).toBe(other.id)
        // I am on it, and not any more.
        await page.keyboard.press('c')
        await rowOf(page, other.number).locator('.claim-mine').waitFor()
        await page.keyboard.press('r')
        await rowOf(page, other.number).locator('.claim-mine').waitFor({ state: 'detached' })
        // What waits for me, kept under a name.
        await page.getByRole('button', { name: t['command.onlyOverdue'], exact: true }).focus()
        await page.keyboard.press('Enter')
        await page.waitForURL(/overdue=true/)
        const name = `${size} ${locale}`
        await page.getByRole('button', { name: t['queue.save'], exact: true }).focus()
        await page.keyboard.press('Enter')
        await page.locator('dialog[open] [name=name]').focus()
        await page.keyboard.type(name)
        await page.keyboard.press('Enter')
        const tab = page.locator('.saved-tab', { hasText: name })
        await tab.waitFor()
        await tab.locator('em').waitFor()
        await page.getByRole('button', { name: t['queue.change'], exact: true }).focus()
        await page.keyboard.press('Enter')
        await page.locator('dialog[open] [name=shared]').focus()
        await page.keyboard.press('Space')
        await page.locator('dialog[open] [name=name]').focus()
        await page.keyboard.press('End')
        await page.keyboard.type('!')
        await page.keyboard.press('Enter')
        await tab.filter({ hasText: `${name}!` }).waitFor()
        await page.getByRole('button', { name: t['queue.remove'], exact: true }).focus()
        await page.keyboard.press('Enter')
        await tab.waitFor({ state: 'detached' })
        await page.locator('.saved-tab').first().focus()
        await page.keyboard.press('Enter')
        await rowOf(page, one.number).waitFor()
        // Two at once.
        await page.keyboard.press('j')
        await rowOf(page, other.number).locator('a').focus()
        await page.keyboard.press('x')
        await page.keyboard.press('j')
        await page.keyboard.press('x')
        await page.keyboard.press('m')
        const note = page.locator('dialog[open] input[name=move][value=note]')
        await note.focus()
        await page.keyboard.press('Space')
        await page.locator('dialog[open] textarea').first().focus()
        await page.keyboard.type('雨后复查')
        await page.locator('dialog[open] footer .button-main:not([disabled])').focus()
        await page.keyboard.press('Enter')
        await until(async () => (await page.locator('dialog[open] .bulk-result.good').count()) === 2, 'both cases of the batch')
        await page.keyboard.press('Escape')
        for (const { id } of [one, other]) {
          const { rows } = await server.running.platform.pool.query(`select 1 from cases.entry where case_id = $1 and move = 'note'`, [id])
          expect(rows).toHaveLength(1)
        }
        // One case, what may be done and what not, the next one and back.
        await rowOf(page, other.number).locator('a').focus()
        await page.keyboard.press('Enter')
        await page.locator('.case-page h1').waitFor()
        expect(await page.locator('.case-page-number').textContent()).toContain(other.number)
        await page.getByText(t['notes.title'], { exact: true }).waitFor()
        await page.locator('.ledger li[data-kind]').first().waitFor()
        await page.keyboard.press('j')
        await page.locator('.case-page-number').filter({ hasText: one.number }).waitFor()
        await page.keyboard.press('q')
        await page.locator('.queue-row').first().waitFor()
        // Behind a number.
        await page.goto('/console/#/indicators?view=category')
        const figure = page.locator('.figure-link').first()
        const shown = Number((await figure.textContent())?.replaceAll(/\D/g, ''))
        await figure.focus()
        await page.keyboard.press('Enter')
        await page
          .locator('.queue-count')
          .filter({ hasText: String(shown) })
          .waitFor()
        await page.context().close()
      })

  it('shows two people on one case to each other, and lets one take over with a reason', { timeout: 60_000 }, async () => {
    const { case: opened } = await server.report()
    const [one, other] = [await open('acceptor-1', `cases/${opened.number}`), await open('acceptor-2', `cases/${opened.number}`)]
    await one.locator('.who').filter({ hasText: '2号受理员' }).waitFor()
    await other.locator('.who').filter({ hasText: '1号受理员' }).waitFor()
    await one.locator('.case-ways .claim').click()
    await other.locator('.claim-other').waitFor()
    await other.locator('.claim-other').click()
    await other.locator('dialog[open] [name=reason]').fill('同事已下班')
    await other.locator('dialog[open] [type=submit]').click()
    await other.locator('.claim-mine').waitFor()
    await one.locator('.claim-other').waitFor()
    // A move of the one is on the other's page at once.
    await sendMove(cast.acceptor, opened.id, 1, { move: 'note', note: '已电话核实' })
    await other.getByText('已电话核实').first().waitFor()
    await one.context().close()
    await other.locator('.who').waitFor({ state: 'detached' })
    await other.context().close()
  })

  it('says of each case of a batch why it stays, makes the others once, and tries again what failed', { timeout: 60_000 }, async () => {
    const [filed, late, reported] = [await caseIn(server, cast, 'filed'), await caseIn(server, cast, 'filed'), await caseIn(server, cast, 'reported')]
    const numbers = new Map<string, string>()
    for (const { id } of [filed, late, reported]) numbers.set(id, (await server.detail(cast.dispatcher, id)).case.number)
    const page = await open('dispatcher-1')
    for (const { id } of [filed, late, reported])
      await rowOf(page, numbers.get(id) ?? '')
        .locator('input[type=checkbox]')
        .check()
    await page.keyboard.press('m')
    await page.locator('dialog[open] input[value=dispatch]').check()
    await until(async () => (await page.locator('dialog[open] .bulk-result').count()) === 3, 'a preview of three')
    expect(await page.locator('dialog[open] .bulk-result.faint').count()).toBe(1)
    // Somebody is quicker: that case fails, is looked at anew, and does not go a second time.
    expect((await sendMove(cast.dispatcher, late.id, 2, { move: 'dispatch' })).status).toBe(200)
    await page.locator('dialog[open] footer .button-main').click()
    await until(async () => (await page.locator('dialog[open] .bulk-result.good').count()) === 1, 'the one that went')
    expect(await page.locator('dialog[open] .bulk-result.late').count()).toBe(1)
    for (const { id } of [filed, late]) {
      const { rows } = await server.running.platform.pool.query(`select 1 from cases.entry where case_id = $1 and move = 'dispatch'`, [id])
      expect(rows, id).toHaveLength(1)
    }
    await page.context().close()
  })

  it('prints a case with its number, steps and times on A4, and no more of the reporter than the screen shows', { timeout: 60_000 }, async () => {
    const { case: opened } = await server.report({ reporter: { name: '欧阳修文', contact: '13812345678' } })
    const page = await open('acceptor-1', `cases/${opened.number}`)
    await page.locator('.ledger li[data-kind]').first().waitFor()
    await page.emulateMedia({ media: 'print' })
    const text = await page.locator('.desk').innerText()
    expect(text).toContain(opened.number)
    expect(text).toContain(deskQueue['page.printed'].split('·').at(-1)?.trim())
    for (const secret of ['欧阳修文', '13812345678']) expect(text).not.toContain(secret)
    for (const off of ['.top', '.menu', '.case-ways', '.moves', '.case-map', '.bell']) expect(await page.locator(off).first().isVisible(), off).toBe(false)
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000)
    await page.context().close()
  })

  it('rings for what is new, keeps quiet when told to, and leaves a receipt', { timeout: 60_000 }, async () => {
    const { case: opened } = await server.report()
    const page = await open('acceptor-2')
    await page.locator('.bell em').waitFor()
    await page.locator('.bell').click()
    await page.locator('.alerts li').first().waitFor()
    await until(
      async () => (await server.running.platform.pool.query('select 1 from desk.receipt where case_id = $1', [opened.id])).rows.length === 1,
      'the receipt of the alert',
    )
    await page.locator('.quiet-hours summary').click()
    await page.locator('.quiet-hours input').first().fill('00:00')
    await page.locator('.quiet-hours input').last().fill('00:00')
    await page.locator('.quiet-hours [type=submit]').click()
    await page.locator('.bell[data-silent=true]').waitFor()
    await page.context().close()
  })

  it('says what was not found, and opens an old address with what it still knows', async () => {
    const page = await open('acceptor-1', 'cases/LL-20200101-999999')
    await page.getByText('LL-20200101-999999').waitFor()
    await page.goto('/console/#/queue?order=by-name&mine=true&later=1')
    await page.locator('.queue-row').first().waitFor()
    expect(await page.getByRole('button', { name: command['command.mine'], exact: true }).last().getAttribute('aria-pressed')).toBe('true')
    await page.context().close()
  })

  for (const theme of ['light', 'dark'] as const)
    for (const [size, options] of Object.entries(SIZES))
      it(`has no serious finding of axe on any screen (${size}, ${theme})`, { timeout: 180_000 }, async () => {
        const { case: opened } = await server.report()
        const page = await open('supervisor-1', 'queue', options)
        await page.locator('.queue-row').first().waitFor()
        if (theme === 'dark') {
          if (menuIsInTheWay(size)) await page.locator('.account').click()
          await page.getByRole('button', { name: command['command.theme.dark'], exact: true }).locator('visible=true').click()
          if (menuIsInTheWay(size)) await page.keyboard.press('Escape')
        }
        const findings: string[] = []
        const look = async (name: string) => findings.push(...(await seriousFindings(page)).map((finding) => `${name}: ${finding}`))
        await look('queue')
        await page.getByText(deskQueue['queue.more'], { exact: true }).click()
        await look('queue with all filters')
        await page.keyboard.press('j')
        await page.keyboard.press('x')
        await page.keyboard.press('m')
        await page.locator('dialog[open] .bulk-moves label').first().waitFor()
        await page.locator('dialog[open] input[name=move]:not([disabled])').first().check()
        await page.locator('dialog[open] .bulk-result').first().waitFor()
        await look('bulk')
        await page.keyboard.press('Escape')
        await page.locator('.bell').click()
        await look('alerts')
        await page.keyboard.press('Escape')
        await page.goto(`/console/#/cases/${opened.number}`)
        await page.locator('.ledger li[data-kind]').first().waitFor()
        await look('case')
        for (const view of ['rates', 'volume', 'category', 'area', 'ranking', 'ledger', 'frequent']) {
          await page.goto(`/console/#/indicators?view=${view}`)
          await page.locator('.page table, .view-empty').first().waitFor()
          await look(view)
        }
        expect(findings).toEqual([])
        await page.context().close()
      })

  it('shows an auditor who did what and who read what, and narrows it to one object', { timeout: 60_000 }, async () => {
    const page = await open('auditor', 'audit')
    await page.locator('.table tbody tr').first().waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.getByRole('button', { name: deskQueue['audit.reads'], exact: true }).click()
    await page.locator('.table tbody .text-button').first().click()
    await page.waitForURL(/object=/)
    await page.locator('.table tbody tr').first().waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.context().close()
  })

  it('throws nothing and asks no other host', () => {
    expect(faults).toEqual([])
  })
})
