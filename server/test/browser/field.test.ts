import { fromWgs84 } from '@linli/lib/geo/crs'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildStale } from '../../../scripts/build-web/build-stale.ts'
import { field as fieldEn } from '../../../web/shared/i18n/en/field.ts'
import { field as fieldZh } from '../../../web/shared/i18n/zh-cn/field.ts'
import { REPOSITORY } from '../../src/start.ts'
import { caseIn, playerAt, standardCast, type Cast, type Player } from '../support/cast.ts'
import { countWaiting, doFirstOn, openPhone, PHONE, reportOn, settled, signInOn, tab, takePhoto } from '../support/field-phone.ts'
import { chromium } from '../support/requirements.ts'
import { DESK, launchBrowser, noteFaults, seriousFindings } from '../support/browser.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const STREET = '990102002000'
const PATIENCE = { timeout: 60_000, interval: 300 }
const WORDS = { 'zh-CN': fieldZh, en: fieldEn }
const LOOKS = [
  ['phone', 'zh-CN', PHONE],
  ['phone', 'en', PHONE],
  ['desk', 'zh-CN', DESK],
  ['desk', 'en', DESK],
] as const satisfies readonly (readonly [string, keyof typeof WORDS, BrowserContextOptions])[]

describe.skipIf(!chromium())('A33 the field application in a real browser', () => {
  let server: TestServer
  let browser: Browser
  let cast: Cast
  let worker: Player
  let spot: { lon: number; lat: number }
  const faults: string[] = []

  beforeAll(async () => {
    await buildStale(REPOSITORY, () => undefined)
    server = await startTestServer()
    cast = await standardCast(server)
    worker = await playerAt(server, `grid-${STREET}-1`)
    const { body } = await worker.send<{ bundle: { grids: { center: typeof spot }[] } }>('GET', '/api/v1/field/bundle')
    spot = body.bundle.grids[0]?.center ?? { lon: 0, lat: 0 }
    browser = await launchBrowser()
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  async function open(login: string, options: BrowserContextOptions, language: keyof typeof WORDS = 'zh-CN', theme: 'light' | 'dark' = 'light'): Promise<Page> {
    const context = await openPhone(browser, server.running.url, spot, { ...options, locale: language, colorScheme: theme })
    const page = await context.newPage()
    noteFaults(page, server.running.url, faults)
    await signInOn(page, login)
    return page
  }
  /** A case for somebody of the worker's street to look at. */
  const aTask = async () => {
    const { case: opened } = await server.report({
      text: '树枝压住电线，说不清属于哪里',
      matter: undefined,
      conditionRow: undefined,
      position: { ...spot, crs: 'wgs84' },
    })
    const asked = await server.move(cast.acceptor, opened.id, 'ask-verify')
    expect(asked.status, JSON.stringify(asked.body)).toBe(200)
    return opened
  }

  it.each(LOOKS)(
    'leads a newcomer through a day without a word of help: %s, %s',
    async (_where, language, options) => {
      const words = WORDS[language]
      const task = await aTask()
      const page = await open(worker.login, options, language)
      await settled(page)
      await page.getByRole('button', { name: words['field.shift.on'], exact: true }).click()
      await page.getByText(words['field.shift.isOn'], { exact: true }).waitFor()
      await expect.poll(() => countWaiting(page), PATIENCE).toBe(0)
      // A report: photo, place, matter found by two letters.
      await tab(page, 'report')
      await takePhoto(page)
      await page.locator('.spot[data-state=there]').waitFor()
      await page.locator('[type=search]').fill('井盖')
      await page.locator('.found .row-button').first().click()
      await page.locator('.foot .main').click()
      await page.getByText(words['field.saved']).waitFor()
      await expect.poll(() => countWaiting(page), PATIENCE).toBe(0)
      // Without a signal: the round, what two ask as one.
      await page.context().setOffline(true)
      await tab(page, 'patrol')
      const joint = page.locator('.card').filter({ hasText: words['field.patrol.askedBy'].split('{who}')[1] ?? '' })
      if ((await joint.count()) > 0) await joint.first().click()
      else await page.locator('.card').first().click()
      await page.locator('.how').waitFor()
      await page.goBack()
      await doFirstOn(page)
      const waiting = await countWaiting(page)
      expect(waiting).toBeGreaterThan(0)
      await page.reload()
      await page.locator('.tabs').waitFor()
      expect(await countWaiting(page)).toBe(waiting)
      await page.context().setOffline(false)
      await expect.poll(() => countWaiting(page), PATIENCE).toBe(0)
      // A case: look, photo, one large button.
      await tab(page, 'today')
      await page.locator(`[href="#/task/${task.id}"]`).click()
      await page.locator('.foot .main').click()
      await takePhoto(page)
      await page.locator('.foot .main').click()
      await expect.poll(() => countWaiting(page), PATIENCE).toBe(0)
      expect((await server.detail(cast.acceptor, task.id)).case.state).toBe('verified')
      // The numbers agree, and off duty.
      await tab(page, 'me')
      await expect.poll(async () => page.locator('.agree').getAttribute('data-waiting'), PATIENCE).toBe('0')
      await tab(page, 'today')
      await page.getByRole('button', { name: words['field.shift.off'], exact: true }).click()
      await page.locator('dialog[open] .main').click()
      await page.getByText(words['field.shift.isOff'], { exact: true }).waitFor()
      await expect.poll(() => countWaiting(page), PATIENCE).toBe(0)
      await page.context().close()
    },
    180_000,
  )

  it('takes an own record back, and counts it as the server does', async () => {
    const page = await open(worker.login, PHONE)
    await settled(page)
    await tab(page, 'patrol')
    const title = (await page.locator('.cards .card strong').nth(3).textContent()) ?? ''
    await page.locator('.cards .card').nth(3).click()
    await page.locator('.how').waitFor()
    for (const plus of await page.locator('.stepper button:last-child').all()) await plus.click()
    if ((await page.locator('.shutter small').count()) === 0) await takePhoto(page)
    if ((await page.locator('.spot').count()) > 0) await page.locator('.spot[data-state=there]').waitFor()
    await page.locator('.foot .main').click()
    await page.locator('details summary').click()
    await page.getByRole('button', { name: `撤回：${title}` }).click({ timeout: 60_000 })
    await page.locator('dialog[open] .careful').click()
    await expect.poll(() => page.locator('.cards .card').filter({ hasText: title }).count(), PATIENCE).toBe(1)
    await tab(page, 'me')
    await expect.poll(async () => page.locator('.numbers [data-row=corrected] td').first().textContent(), PATIENCE).toBe('1')
    await page.context().close()
  }, 90_000)

  it('asks in which system the telephone gave a position that makes more sense in another, and sends it as its worker says', async () => {
    const edge = { ...spot }
    const isInside = async (at: number) => (await server.send('GET', `/api/v1/locate?lon=${at}&lat=${edge.lat}`)).status === 200
    while (await isInside(edge.lon + 0.002)) edge.lon += 0.002
    const [lon, lat] = fromWgs84(edge.lon, edge.lat, 'gcj02')
    const page = await open(worker.login, PHONE)
    await page.context().setGeolocation({ longitude: lon, latitude: lat, accuracy: 9 })
    await reportOn(page, '在边界上的一件')
    await tab(page, 'today')
    await page.locator('.note.late').click({ timeout: 60_000 })
    await page.getByRole('button', { name: fieldZh['field.outbox.asGcj02'] }).click()
    await expect.poll(() => countWaiting(page), PATIENCE).toBe(0)
    const { rows: kept } = await server.running.platform.pool.query<{ crs: string }>(
      `select said_position->>'crs' as crs from intake.report where said = '在边界上的一件'`,
    )
    expect(kept).toEqual([{ crs: 'gcj02' }])
    await page.context().close()
  }, 90_000)

  it('asks twice before it signs out with something unsent, and leaves nothing on the telephone', async () => {
    const page = await open(worker.login, PHONE)
    await settled(page)
    await page.context().setOffline(true)
    await reportOn(page, '还没有发送的一件')
    await tab(page, 'me')
    await page.getByRole('button', { name: fieldZh['field.signOut'], exact: true }).click()
    await page.getByText(fieldZh['field.signOut.unsent'].replace('{n}', '1')).waitFor()
    await page.locator('dialog[open] .big:not(.careful)').click()
    expect(await countWaiting(page)).toBe(1)
    await page.getByRole('button', { name: fieldZh['field.signOut'], exact: true }).click()
    await page.locator('dialog[open] .careful').click()
    await page.locator('[name=login]').waitFor()
    expect(await countWaiting(page)).toBe(0)
    await page.context().close()
  }, 90_000)

  it('clears cases from a telephone that nobody has used for a day, and keeps what waits', async () => {
    await aTask()
    const page = await open(worker.login, PHONE)
    await settled(page)
    await expect.poll(() => page.locator('.card').count(), PATIENCE).toBeGreaterThan(0)
    await page.context().setOffline(true)
    await reportOn(page, '一天以后才发送的一件')
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          const opening = indexedDB.open('linli-field')
          opening.addEventListener('success', () => {
            const tx = opening.result.transaction('kept', 'readwrite')
            tx.objectStore('kept').put(Date.now() - 25 * 3_600_000, 'usedAt')
            tx.addEventListener('complete', () => {
              opening.result.close()
              resolve(undefined)
            })
          })
        }),
    )
    await page.reload()
    await page.locator('[name=login]').waitFor()
    expect(await countWaiting(page)).toBe(1)
    await page.context().close()
  }, 90_000)

  it.each(LOOKS.flatMap(([where, language, options]) => (['light', 'dark'] as const).map((theme) => [where, language, theme, options] as const)))(
    'has no serious finding on any screen: %s, %s, %s',
    async (_where, language, theme, options) => {
      const { id } = await caseIn(server, cast, 'handled')
      const page = await open(cast.checker.login, options, language, theme)
      const findings: string[] = []
      const look = async (name: string) => findings.push(...(await seriousFindings(page)).map((finding) => `${name}: ${finding}`))
      await page.locator(`[href="#/task/${id}"]`).waitFor()
      await look('today')
      await page.goto(`/field/#/task/${id}`)
      await page.locator('.lead').waitFor()
      await look('task')
      await page.locator('.foot a').last().click()
      await page.locator('.choices').first().waitFor()
      await look('move')
      await page.context().close()
      const other = await open(worker.login, options, language, theme)
      for (const [name, ready] of [
        ['report', '.spot[data-state=there]'],
        ['patrol', '.segments'],
        ['me', '.numbers'],
        ['outbox', '.empty'],
      ] as const) {
        await other.goto(`/field/#/${name}`)
        await other.locator(ready).first().waitFor()
        findings.push(...(await seriousFindings(other)).map((finding) => `${name}: ${finding}`))
      }
      await other.goto('/field/#/patrol')
      await other.locator('.card').first().click()
      await other.locator('.how').waitFor()
      findings.push(...(await seriousFindings(other)).map((finding) => `duty: ${finding}`))
      await other.context().close()
      expect(findings).toEqual([])
    },
    120_000,
  )

  it('broke nowhere on the way and asked nobody else for anything', () => {
    expect(faults).toEqual([])
  })
})
