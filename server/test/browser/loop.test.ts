import { toWgs84 } from '@linli/lib/geo/crs'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildStale } from '../../../scripts/build-web/build-stale.ts'
import { DEMO_PASSWORD } from '../../src/modules/identity/index.ts'
import { exifSegment, jpegWith } from '../../src/platform/testing/photo.ts'
import { REPOSITORY } from '../../src/start.ts'
import { caseIn, playerAt, standardCast, type Cast, type Player } from '../support/cast.ts'
import { chromium } from '../support/requirements.ts'
import { DESK, PHONE, launchBrowser, seriousFindings } from '../support/browser.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const ready = chromium()

describe.skipIf(!ready)('who answers for a case, in a real browser', () => {
  let server: TestServer
  let cast: Cast
  let inspector: Player
  let browser: Browser
  const faults: string[] = []

  beforeAll(async () => {
    await buildStale(REPOSITORY, () => undefined)
    server = await startTestServer({ clock: 'machine' })
    cast = await standardCast(server)
    inspector = await playerAt(server, 'supervisor-1')
    browser = await launchBrowser()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  async function open(path: string, who: Player | undefined, options: BrowserContextOptions = DESK): Promise<Page> {
    const baseURL = server.running.url
    const context = await browser.newContext({ baseURL, locale: 'zh-CN', reducedMotion: 'reduce', ...options })
    const page = await context.newPage()
    page.on('pageerror', (error) => faults.push(String(error)))
    if (who) await page.request.post('/api/v1/session', { data: { login: who.login, password: DEMO_PASSWORD }, headers: { origin: baseURL } })
    await page.goto(path)
    return page
  }
  const openCase = async (id: string, who: Player, options?: BrowserContextOptions) => {
    const page = await open(`/#/case/${id}`, who, options)
    await page.locator('.case-panel .ledger').waitFor()
    return page
  }
  const move = async (who: Player, id: string, name: string, input: Record<string, unknown> = {}) => {
    const answer = await server.move(who, id, name, input)
    if (answer.status !== 200) throw new Error(`${name}: ${JSON.stringify(answer.body)}`)
  }
  const chooseUnit = async (page: Page, name: string) => {
    await page.locator('#move-targets').fill(name)
    await page.locator(`.ant-select-item-option[title="${name}"]`).click()
  }
  const send = (page: Page) => page.locator('.move-form button[type=submit]').click()

  it('A9 a lead whistles for two units, sees each as a card with its clock, and one of them reports in from a phone', async () => {
    const { id } = await caseIn(server, cast, 'handling')
    const page = await openCase(id, cast.manager)
    await page.locator('.moves-more summary').click()
    await page.locator('.moves-more').getByRole('button', { name: '吹哨' }).click()
    await send(page)
    expect(await page.locator('.move-form .field-wrong').count()).toBe(2)
    await chooseUnit(page, '云溪区住房和城乡建设局')
    await chooseUnit(page, '邻里市交通运输局')
    await page.keyboard.press('Escape')
    await page.locator('#move-note').fill('路口积水，请到场')
    expect(await seriousFindings(page)).toEqual([])
    await send(page)
    await page.locator('.strand[data-open=true]').nth(1).waitFor()
    expect(await page.locator('.waiting').textContent()).toContain('云溪区住房和城乡建设局：报到')
    await page.context().close()

    const phone = await openCase(id, await playerAt(server, 'municipal-990101-handler'), PHONE)
    expect(await phone.locator('.waiting [data-mine=true]').textContent()).toContain('报到')
    await phone.locator('.move-buttons').first().getByRole('button', { name: '报到' }).click()
    await phone.locator('.strand .move-form').waitFor()
    await send(phone)
    await phone.locator('.strand .badge', { hasText: '已报到' }).waitFor()
    expect(await seriousFindings(phone)).toEqual([])
    await phone.context().close()
  }, 90_000)

  it('A73 a manager who refuses has to cite a line, and the arbitrator may not give the case back to the same unit', async () => {
    const { id } = await caseIn(server, cast, 'dispatched')
    const page = await openCase(id, cast.manager)
    await page.locator('.moves-more summary').click()
    await page.locator('.moves-more').getByRole('button', { name: '不归本单位，提请裁定' }).click()
    await page.locator('.move-form').getByText('不属于本单位职责').click()
    await send(page)
    expect(await page.locator('.move-form .field-wrong').textContent()).toBe('请选择')
    await page.locator('input[name=move-citation]').first().check()
    await send(page)
    await page.locator('.standing-state', { hasText: '争议待裁定' }).waitFor()
    await page.context().close()

    const ruling = await openCase(id, inspector)
    await ruling.locator('.move-buttons').getByRole('button', { name: '退回成立，改派' }).click()
    await ruling.locator('#move-owner').fill('云溪区水务局')
    await ruling.locator('.ant-select-item-empty, .ant-empty').first().waitFor()
    await ruling.locator('#move-owner').fill('云溪区住房和城乡建设局')
    await ruling.locator('.ant-select-item-option[title="云溪区住房和城乡建设局"]').click()
    await ruling.locator('#move-note').fill('管线不在供水范围')
    await send(ruling)
    await ruling.locator('.moves-said').waitFor()
    await ruling.locator('.facts', { hasText: '责任单位已裁定' }).waitFor()
    await ruling.context().close()
  }, 90_000)

  it('A74 a clerk reads from a table of days how a deadline came about, and its counted parts add up to the limit', async () => {
    const { id } = await caseIn(server, cast, 'handling')
    await move(inspector, id, 'supervise', { targets: ['water-990101'], limit: { clock: 'workDay', amount: 3 }, reasonCode: 'unsolved', note: '久拖未决' })
    for (const options of [DESK, { ...PHONE, locale: 'en-GB' }]) {
      const page = await openCase(id, cast.manager, options)
      await page.locator('.strand .clock-explain').click()
      await page.locator('.explain-table tfoot').waitFor()
      expect(await page.locator('.explain-table tbody tr').count()).toBeGreaterThan(2)
      expect(await page.locator('.explain-table tfoot').textContent()).toMatch(/3 天 = 时限 3 个工作日|3 d = limit 3 working days/)
      expect(await page.locator('.explain').evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)).toBe(0)
      expect(await seriousFindings(page)).toEqual([])
      await page.emulateMedia({ media: 'print' })
      expect(await page.locator('.explain-table').evaluate((table) => globalThis.getComputedStyle(table).visibility)).toBe('visible')
      expect(await page.locator('.top').evaluate((top) => globalThis.getComputedStyle(top).visibility)).toBe('hidden')
      await page.context().close()
    }
  }, 90_000)

  it('A31 a reporter says on a phone that it is not fixed, and the case is on the handler’s own list within seconds, without a reload', async () => {
    const { id, receipt } = await caseIn(server, cast, 'closed')
    const list = await open('/', cast.manager)
    await list.getByRole('button', { name: '待我办理' }).click()
    const item = list.locator(`[data-case="${id}"]`)
    await expect.poll(() => item.count(), { timeout: 10_000 }).toBe(0)

    const phone = await open(`/#/track/${receipt}`, undefined, PHONE)
    await phone.getByRole('button', { name: '没有解决' }).click()
    await phone.locator('.track-ask button[type=submit]').click()
    await phone.locator('.track-ask [role=alert]').waitFor()
    await phone.getByLabel('不满意', { exact: true }).check()
    await phone.locator('.track-words textarea').fill('井盖又翘起来了')
    expect(await seriousFindings(phone)).toEqual([])
    await phone.locator('.track-ask button[type=submit]').click()
    await phone.locator('.track-answered', { hasText: '没有解决' }).waitFor()
    await item.waitFor({ timeout: 10_000 })
    expect(await item.textContent()).toContain('第 2 轮')
    await phone.context().close()
    await item.click()
    await list.locator('.answers', { hasText: '没有解决' }).waitFor()
    await list.locator('.ledger', { hasText: '井盖又翘起来了' }).waitFor()
    await list.context().close()
  }, 90_000)

  it('A31 the page for reporters says what a wrong receipt is, in either language, and finds a report by its receipt', async () => {
    const { receipt, case: opened } = await server.report()
    const page = await open('/#/track', undefined, { ...PHONE, locale: 'en-GB' })
    await page.locator('.track-words input').fill('nothing')
    await page.locator('.track-ask button').click()
    await page.locator('.track-ask [role=alert]').waitFor()
    await page.locator('.track-words input').fill('no-such-receipt-123456789')
    await page.locator('.track-ask button').click()
    await page.locator('.track-wrong').waitFor()
    await page.getByRole('button', { name: 'Look at another' }).click()
    await page.locator('.track-words input').fill(receipt)
    await page.locator('.track-ask button').click()
    await page.locator('.track-head', { hasText: opened.number }).waitFor()
    expect(await page.locator('.track-now').textContent()).toContain('an acceptor is looking at it')
    expect(await seriousFindings(page)).toEqual([])
    await page.context().close()
  }, 60_000)

  it('A72 an acceptor sees which case is alike and links to it, and the panel leads from one to the other', async () => {
    const main = await caseIn(server, cast, 'handling')
    const { case: second } = await server.report({ text: '井盖不见了，路口很危险' })
    const page = await openCase(second.id, cast.acceptor)
    const alike = page.locator('.same li', { hasText: (await server.detail(cast.acceptor, main.id)).case.number })
    await alike.getByRole('button', { name: '关联到此案' }).click()
    await page.locator('input[name=move-main]:checked').waitFor()
    await send(page)
    await page.locator('.standing-state', { hasText: '已关联' }).waitFor()
    await page.locator('.waiting button').click()
    await page.locator('.same button', { hasText: second.number }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.context().close()
  }, 60_000)

  it('A7 a position in doubt is asked about with both places on a map, and a similar report nearby is shown before sending', async () => {
    const page = await open('/', cast.acceptor)
    const canvas = page.locator('.map-canvas canvas').first()
    const start = page.locator('.area-card [data-report]')
    await vi.waitFor(
      async () => {
        await canvas.press('Enter')
        await start.waitFor({ timeout: 1_000 })
      },
      { timeout: 20_000 },
    )
    await start.click()
    const [, lon, lat] = /([\d.]+), ([\d.]+)/.exec((await page.locator('.move-form .field p').first().textContent()) ?? '') ?? []
    const spot = { lon: Number(lon), lat: Number(lat) }
    await server.report({ position: { ...spot, crs: 'wgs84' }, text: '人行道地砖松动，老人绊倒' })
    await page.locator('#report-text').fill('人行道地砖松动')
    await page.locator('.similar-note li').first().waitFor()

    const [takenLon, takenLat] = toWgs84(spot.lon, spot.lat, 'gcj02')
    const photo = Buffer.from(jpegWith({ front: [exifSegment({ lon: takenLon, lat: takenLat, takenAt: '2026:11:22 08:30:11' })] }))
    await page.locator('#report-evidence').setInputFiles({ name: '现场.jpg', mimeType: 'image/jpeg', buffer: photo })
    await page.locator('.files .icon-button').waitFor()
    await page.locator('.move-form button[type=submit]').click()
    await page.locator('.doubt .map-mark').nth(1).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.locator('.doubt').getByRole('button', { name: '是 B 处，提交' }).click()
    await page.locator('.case-panel .reported').waitFor()
    const [, id = ''] = /#\/case\/(.+)$/.exec(page.url()) ?? []
    const { position } = (await server.detail(cast.acceptor, id)).case
    expect(position?.lon).toBeCloseTo(takenLon, 4)
    expect(position?.lat).toBeCloseTo(takenLat, 4)
    await page.context().close()
  }, 90_000)

  it('breaks no page on any of these ways', () => {
    expect(faults).toEqual([])
  })
})
