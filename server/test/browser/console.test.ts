import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { desk } from '../../../web/shared/i18n/zh-cn/console.ts'
import { deskDuties as duties } from '../../../web/shared/i18n/zh-cn/console-duties.ts'
import { deskGround as ground } from '../../../web/shared/i18n/zh-cn/console-ground.ts'
import { deskPeople as people } from '../../../web/shared/i18n/zh-cn/console-people.ts'
import { deskPrivacy as privacy } from '../../../web/shared/i18n/zh-cn/console-privacy.ts'
import { deskRules as rules } from '../../../web/shared/i18n/zh-cn/console-rules.ts'
import { buildStale } from '../../../scripts/build-web/build-stale.ts'
import { REPOSITORY } from '../../src/start.ts'
import { caseIn, OWNER, playerAt, standardCast } from '../support/cast.ts'
import { authenticator, PASSWORD, REASON } from '../support/organisation.ts'
import { chromium } from '../support/requirements.ts'
import { DESK, PHONE, launchBrowser, noteFaults, seriousFindings } from '../support/browser.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { tinyPng } from '../support/world.ts'

/** The screens of each kind of administrator, and of those who work at a desk. */
const SCREENS: Readonly<Record<string, readonly string[]>> = {
  administrator: [
    'operations',
    'areas',
    'areas/990101001001',
    'merge/990101001001',
    'changes',
    'editions',
    'calendars',
    'calendars/split-office',
    'duty-items',
    'account',
  ],
  'security-administrator': ['people', 'posts', 'units', 'stale', 'roles', 'hand-overs'],
  'data-officer': ['approvals', 'reveals', 'holds', 'retention'],
  'supervisor-1': ['strands', 'coverage', 'feed-back', 'exports', 'exports/new'],
}

describe.skipIf(!chromium())('the console in a real browser', () => {
  let server: TestServer
  let browser: Browser
  const faults: string[] = []

  beforeAll(async () => {
    await buildStale(REPOSITORY, () => undefined)
    server = await startTestServer({ clock: 'machine' })
    browser = await launchBrowser()
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  /** A browser of somebody's own, signed in as who holds a post where one is named. */
  async function open(post: string | undefined, options: BrowserContextOptions = DESK, address = ''): Promise<Page> {
    const context = await browser.newContext({ baseURL: server.running.url, locale: 'zh-CN', reducedMotion: 'reduce', ...options })
    if (post !== undefined) {
      const { token } = await playerAt(server, post)
      await context.addCookies([{ name: 'linli_session', value: token, url: server.running.url, httpOnly: true }])
    }
    const page = await context.newPage()
    noteFaults(page, server.running.url, faults)
    await page.goto(`/console/#/${address}`)
    return page
  }
  const dialog = (page: Page) => page.locator('dialog[open]').last()
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()

  it('leads a new colleague in: account, invitation, own password, second factor, and the second step at the next sign-in', async () => {
    const admin = await open('security-administrator', DESK, 'people')
    await press(admin, people['people.create'])
    await dialog(admin).locator('[name=personName]').fill('柳新')
    await dialog(admin).locator('[name=login]').fill('liuxin')
    await dialog(admin).locator('.pick input[type=search]').fill('监督中心')
    await dialog(admin).getByRole('radio').first().check()
    await dialog(admin).locator('[name=reason]').fill(REASON)
    await dialog(admin).locator('[type=submit]').click()
    await admin.getByRole('heading', { name: '柳新' }).waitFor()
    await press(admin, people['people.putOn'])
    await dialog(admin).locator('.pick input[type=search]').fill('acceptor-2')
    await dialog(admin).getByRole('radio').first().check()
    await dialog(admin).locator('[name=reason]').fill(REASON)
    await dialog(admin).locator('[type=submit]').click()
    await admin.locator('.table').getByText('2号受理员').first().waitFor()
    await press(admin, people['people.invite'])
    await dialog(admin).locator('[name=reason]').fill(REASON)
    await dialog(admin).locator('[type=submit]').click()
    const invitation = (await admin.locator('.secret-note code').first().textContent()) ?? ''
    await admin.context().close()

    const page = await open(undefined, PHONE, `invitation/${invitation}`)
    await page.locator('[name=newPassword]').fill(PASSWORD)
    await page.locator('[name=again]').fill(PASSWORD)
    await page.locator('[type=submit]').click()
    await page.locator('[name=login]').waitFor()
    expect(await page.locator('[name=login]').inputValue()).toBe('liuxin')
    await page.locator('[name=password]').fill(PASSWORD)
    await page.locator('.enter-fields [type=submit]').click()
    await page.locator('.account').waitFor()
    await page.goto('/console/#/account')
    await press(page, desk['console.enrol'])
    await dialog(page).locator('[name=password]').fill(PASSWORD)
    await dialog(page).locator('[type=submit]').click()
    await page.locator('.qr').waitFor()
    const secret = ((await page.locator('.enrol-secret code').textContent()) ?? '').replaceAll(' ', '')
    const code = authenticator(server, secret)
    await dialog(page).locator('[name=code]').fill(code())
    await dialog(page).locator('[type=submit]').click()
    await page.locator('.codes li').first().waitFor()
    expect(await page.locator('.codes li').count()).toBe(10)
    expect(await seriousFindings(page)).toEqual([])
    await press(page, desk['console.codesKept'])
    await page.locator('.account').click()
    await page.locator('.account-card .account-ways button').click()
    await page.locator('[name=login]').fill('liuxin')
    await page.locator('[name=password]').fill(PASSWORD)
    await page.locator('.enter-fields [type=submit]').click()
    await page.locator('[name=code]').fill('000000')
    await page.locator('[type=submit]').click()
    await page.getByRole('alert').waitFor()
    await page.locator('[name=code]').fill(code(1))
    await page.locator('[type=submit]').click()
    await page.locator('.account').waitFor()
    await page.context().close()
  }, 120_000)

  it('explains why somebody may not be put on a post whose duties conflict with their own', async () => {
    const auditor = await playerAt(server, 'auditor')
    const page = await open('security-administrator', DESK, `people/${auditor.id}`)
    await press(page, people['people.putOn'])
    await dialog(page).locator('.pick input[type=search]').fill('administrator')
    await dialog(page).locator('.pick-rows label', { hasText: '系统管理员' }).getByRole('radio').check()
    await dialog(page).locator('[name=reason]').fill(REASON)
    await dialog(page).locator('[type=submit]').click()
    await dialog(page).getByText('系统、安全、审计三员分立').waitFor()
    await page.context().close()
  }, 60_000)

  it('shows in the menu only what a post may use, says so at an address that it may not, and keeps working by keys', async () => {
    const page = await open('data-officer', DESK, 'operations')
    await page.getByText(desk['console.notAllowed']).waitFor()
    expect(await page.locator('.menu li').allTextContents()).not.toContain(desk['console.screen.operations'])
    await page.locator('.skip').focus()
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')
    await page.locator('.menu').getByText(desk['console.screen.holds']).press('Enter')
    await page.getByRole('heading', { name: desk['console.screen.holds'] }).waitFor()
    await page.context().close()
  }, 60_000)

  it('A39 says what to do about each warning, with an instant on every figure, and tells when it is cut off', async () => {
    const page = await open('administrator')
    await page.locator('.warnings li').first().waitFor()
    expect(await page.locator('.warnings li').first().textContent()).toContain('linli backup')
    expect(await page.locator('.figures').count()).toBe(await page.locator('.figures time').count())
    await page.context().setOffline(true)
    await page.getByText(desk['console.offline']).waitFor()
    await page.locator('.old').waitFor({ timeout: 40_000 })
    expect(await page.locator('.figures').count()).toBeGreaterThan(0)
    await page.context().close()
  }, 90_000)

  it('lets an export be asked for, decided by another person, and fetched', async () => {
    const asking = await open('supervisor-1', DESK, 'exports/new')
    await press(asking, privacy['privacy.chooseNotPersonal'])
    await asking.locator('[name=reason]').fill('季度分析')
    await asking.locator('[type=submit]').click()
    // The notice says it too.
    await asking.locator('.table').getByText(privacy['privacy.state.asked']).first().waitFor()
    const officer = await open('data-officer', DESK, 'approvals')
    await officer.locator('.table .text-button').first().click()
    await press(officer, privacy['privacy.approve'])
    await dialog(officer).locator('[name=note]').fill('用途明确')
    await dialog(officer).locator('[type=submit]').click()
    await officer.getByText(privacy['privacy.noApprovals']).waitFor()
    await expect
      .poll(
        async () => {
          await press(asking, privacy['privacy.again'])
          return asking.getByText(privacy['privacy.state.ready']).count()
        },
        { timeout: 30_000, interval: 500 },
      )
      .toBe(1)
    const download = asking.waitForEvent('download')
    await press(asking, privacy['privacy.fetch'])
    expect((await download).suggestedFilename()).toMatch(/\.csv$/)
    await asking.context().close()
    await officer.context().close()
  }, 90_000)

  it('A6 merges two grids only after the report was seen, keeps the report, and undoes it', async () => {
    const page = await open('administrator', DESK, 'merge/990101001001')
    const boxes = page.locator('.merge-list input')
    await boxes.nth(0).check()
    await boxes.nth(1).check()
    await page.locator('.form input').fill('第一社区南片')
    await press(page, ground['areas.preview'])
    await page.getByText(ground['ground.nothingLost']).waitFor()
    await press(page, ground['merge.apply'])
    await dialog(page).locator('[name=reason]').fill(REASON)
    await dialog(page).locator('[type=submit]').click()
    await page.getByRole('heading', { name: ground['ground.kind.merge'] }).waitFor()
    await page.locator('.table').getByText('第一社区南片').first().waitFor()
    await press(page, ground['ground.undo'])
    await dialog(page).locator('[name=reason]').fill(REASON)
    await dialog(page).locator('[type=submit]').click()
    await page.getByRole('heading', { name: ground['ground.kind.undo'] }).waitFor()
    await page.context().close()
  }, 90_000)

  it('moves open cases to a newer edition only where somebody ticked the matter', async () => {
    await server.report()
    const administrator = await playerAt(server, 'administrator')
    const text = readFileSync(join(REPOSITORY, 'cities/demo/matters.csv'), 'utf8').replaceAll('紧急工作时', '工作时')
    const body = { fileName: 'matters.csv', base64: Buffer.from(text).toString('base64'), publish: true }
    expect((await administrator.send<{ edition: number }>('POST', '/api/v1/matters/import', body)).body.edition).toBe(2)
    const page = await open('administrator', DESK, 'editions')
    await page.getByText(rules['rules.migration'], { exact: true }).click()
    await page.locator('.matter').first().waitFor()
    expect(await seriousFindings(page)).toEqual([])
    const before = await page.locator('.matter').count()
    await page.locator('.matter input[type=checkbox]').first().check()
    await page.locator('.sticky-acts button').first().click()
    await dialog(page).locator('[name=reason]').fill(REASON)
    await dialog(page).locator('[type=submit]').click()
    await page.locator('.notice').waitFor()
    await expect.poll(() => page.locator('.matter').count()).toBe(before - 1)
    await page.context().close()
  }, 60_000)

  it('A9 lists a supervise order with its case', async () => {
    const cast = await standardCast(server)
    const { id } = await caseIn(server, cast, 'dispatched')
    const inspector = await playerAt(server, 'supervisor-1')
    const order = { targets: [OWNER], limit: { clock: 'workDay', amount: 1 }, reasonCode: 'unsolved', note: '久拖未决' }
    expect((await server.move(inspector, id, 'supervise', order)).status).toBe(200)
    const page = await open('supervisor-1', DESK, 'strands?view=supervise')
    expect(await page.locator('.case-link').first().getAttribute('href')).toBe(`#/cases/${(await server.detail(inspector, id)).case.number}`)
    await page.context().close()
  }, 60_000)

  it('A5 lets a grid worker on a telephone do a duty where they stand, excuse another, and take that back', async () => {
    const [seat] = server.running.platform.city.organisation.posts.filter((post) => post.roles.includes('grid-worker') && post.code.startsWith('grid-'))
    const worker = await playerAt(server, seat?.code ?? '')
    const { rows } = (await worker.send<{ rows: { gridCode: string }[] }>('GET', '/api/v1/duties?until=today')).body
    const { center } = (await worker.send<{ area: { center: { lon: number; lat: number } } }>('GET', `/api/v1/areas/${rows[0]?.gridCode}`)).body.area
    const here = { permissions: ['geolocation'], geolocation: { longitude: center.lon, latitude: center.lat, accuracy: 8 } }
    const page = await open(seat?.code, { ...PHONE, ...here }, 'duties')
    await page.locator('.duty').first().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    const before = await page.locator('.duty').count()
    await page.locator('.duty').first().getByText(duties['duties.do'], { exact: true }).click()
    for (const field of await dialog(page).locator('[name^="form."]').all()) await field.fill('2')
    await dialog(page).getByText(duties['duties.locate']).click()
    await dialog(page).getByText('±8').waitFor()
    await dialog(page)
      .locator('[type=file]')
      .setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: Buffer.from(tinyPng()) })
    await dialog(page).locator('.files li').waitFor()
    await dialog(page).locator('[type=submit]').click()
    await expect.poll(() => page.locator('.duty').count()).toBe(before - 1)
    const line = page.locator('.duty').first()
    await line.getByText(duties['duties.excuse'], { exact: true }).click()
    await dialog(page).locator('[name=reasonCode]').selectOption('weather')
    await dialog(page).locator('[type=submit]').click()
    await expect.poll(() => page.locator('.duty').count()).toBe(before - 2)
    await page.getByRole('button', { name: duties['duties.view.settled'], exact: true }).click()
    await expect.poll(() => page.locator('.duty').count()).toBe(2)
    await page.locator('.duty[data-state=excused]').getByText(duties['duties.correct'], { exact: true }).click()
    await dialog(page).locator('[name=reason]').fill(REASON)
    await dialog(page).locator('[type=submit]').click()
    await expect.poll(() => page.locator('.duty').count()).toBe(1)
    await page.context().close()
  }, 60_000)

  it.each([
    ['desk', 'light', 'zh-CN', DESK],
    ['phone', 'dark', 'en-GB', PHONE],
  ] as const)(
    'has no serious accessibility finding and nothing wider than the screen: %s, %s, %s',
    async (_size, theme, locale, options) => {
      for (const [post, screens] of Object.entries(SCREENS)) {
        const page = await open(post, { ...options, locale })
        await page.evaluate((name) => localStorage.setItem('linli.theme', name), theme)
        await page.reload()
        for (const screen of screens) {
          await page.goto(`/console/#/${screen}`)
          await page.locator('.page h1').waitFor()
          await expect.poll(() => page.locator('.view-loading').count(), { timeout: 15_000, message: screen }).toBe(0)
          expect(await page.locator('.view-problem').count(), screen).toBe(0)
          expect(await seriousFindings(page), screen).toEqual([])
          expect(await page.locator('.content').evaluate((box) => box.scrollWidth <= box.clientWidth + 1), screen).toBe(true)
        }
        await page.context().close()
      }
      expect(faults).toEqual([])
    },
    240_000,
  )
})
