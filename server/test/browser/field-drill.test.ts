import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildStale } from '../../../scripts/build-web/build-stale.ts'
import { field as words } from '../../../web/shared/i18n/zh-cn/field.ts'
import { DEMO_PASSWORD } from '../../src/modules/identity/index.ts'
import { REPOSITORY } from '../../src/start.ts'
import { playerAt, type Player } from '../support/cast.ts'
import { countWaiting, doFirstOn, layLine, openPhone, photo, reportOn, settled, signInOn, tab, takePhoto, type Line } from '../support/field-phone.ts'
import { chromium } from '../support/requirements.ts'
import { launchBrowser } from '../support/browser.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { randomUUID } from 'node:crypto'

const STREET = '990102002000'
/** Lets every write to the telephone's store fail as a full one does; deleting still works, as it does there. */
const full = (page: Page, on: boolean) =>
  page.evaluate((isFull) => {
    const { prototype } = IDBObjectStore
    const kept = prototype as unknown as { whole?: IDBObjectStore['put'] }
    kept.whole ??= prototype.put
    prototype.put = isFull
      ? () => {
          throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
        }
      : kept.whole
  }, on)
const PATIENCE = { timeout: 90_000, interval: 500 }

describe.skipIf(!chromium())('A33 A69 the field application without a network', () => {
  let server: TestServer
  let browser: Browser
  let line: Line
  let worker: Player
  let grids: { code: string; name: string; center: { lon: number; lat: number } }[]
  const faults: string[] = []
  const rows = async <T>(sql: string, values: unknown[] = []) => (await server.running.platform.pool.query(sql, values)).rows as T[]
  const watch = (page: Page) => {
    page.on('pageerror', (error) => faults.push(String(error)))
    return page
  }
  const allSent = async (page: Page) => {
    await expect.poll(() => countWaiting(page), PATIENCE).toBe(0)
  }
  const agreement = async (page: Page) => {
    await tab(page, 'me')
    const list = page.locator('.agree')
    return {
      server: Number(await list.getAttribute('data-server')),
      here: Number(await list.getAttribute('data-here')),
      waiting: Number(await list.getAttribute('data-waiting')),
    }
  }

  beforeAll(async () => {
    await buildStale(REPOSITORY, () => undefined)
    server = await startTestServer()
    line = await layLine(server)
    worker = await playerAt(server, `grid-${STREET}-1`)
    const { body } = await worker.send<{ bundle: { grids: typeof grids } }>('GET', '/api/v1/field/bundle')
    ;({ grids } = body.bundle)
    browser = await launchBrowser()
  }, 180_000)
  beforeEach(async () => {
    line.breakAfter(undefined)
    await line.mend()
  })
  afterAll(async () => {
    await browser?.close()
    await line?.close()
    await server?.stop()
  })
  const phoneIn = async (index: number) => openPhone(browser, line.url, grids[index]?.center ?? { lon: 0, lat: 0 })

  it('delivers 20 reports with photos and 30 things of the round once each, though the server was gone and the tab was killed twice', async () => {
    const context = await phoneIn(0)
    let page = watch(await context.newPage())
    await signInOn(page, worker.login)
    await settled(page)
    const before = await rows<{ entries: number; reports: number }>(
      'select (select count(*)::int from patrol.entry) as entries, (select count(*)::int from intake.report) as reports',
    )
    await line.cut()
    for (let n = 1; n <= 8; n += 1) await reportOn(page, `离线上报第${n}件`)
    expect(await countWaiting(page)).toBe(8)
    await page.close()
    page = watch(await context.newPage())
    await page.goto('/field/')
    await page.locator('.tabs').waitFor()
    expect(await countWaiting(page)).toBe(8)
    for (let n = 9; n <= 20; n += 1) await reportOn(page, `离线上报第${n}件`)
    while ((await countWaiting(page)) < 35) await doFirstOn(page)
    // The process of the tab dies, as when a telephone runs out of memory.
    const devtools = await context.newCDPSession(page)
    void devtools.send('Page.crash').catch(() => undefined)
    await page.waitForEvent('crash')
    await page.close()
    page = watch(await context.newPage())
    await page.goto('/field/')
    await page.locator('.tabs').waitFor()
    // A grid has fewer things than thirty: the rest is in the next one.
    let grid = 0
    while ((await countWaiting(page)) < 50) {
      await tab(page, 'patrol')
      await page.goto(`/field/#/patrol/${grids[grid]?.code}`)
      await page.locator('.segments').waitFor()
      if ((await page.locator('.cards .card').count()) === 0) grid += 1
      else await doFirstOn(page)
    }
    const made = await countWaiting(page)
    const pending = await agreement(page)
    expect([pending.server, pending.waiting]).toEqual([0, made])
    await line.mend()
    await allSent(page)
    const reports = await rows<{ said: string; photos: number }>(
      `select said, cardinality(photos) as photos from intake.report where said like '离线上报第%件'`,
    )
    expect(reports.map((row) => row.said).toSorted()).toEqual(Array.from({ length: 20 }, (_, index) => `离线上报第${index + 1}件`).toSorted())
    expect(reports.every((row) => row.photos === 1)).toBe(true)
    const entries = await rows<{ grid_code: string; item_key: string; period: string }>(
      `select grid_code, item_key, period from patrol.entry where person_id = $1 and kind = 'do'`,
      [worker.id],
    )
    expect(entries).toHaveLength(made - 20)
    expect(entries.length).toBeGreaterThanOrEqual(30)
    expect(new Set(entries.map((row) => `${row.grid_code} ${row.item_key} ${row.period}`)).size).toBe(entries.length)
    const [after] = await rows<{ entries: number; reports: number }>(
      'select (select count(*)::int from patrol.entry) as entries, (select count(*)::int from intake.report) as reports',
    )
    expect([(after?.entries ?? 0) - (before[0]?.entries ?? 0), (after?.reports ?? 0) - (before[0]?.reports ?? 0)]).toEqual([made - 20, 20])
    await expect.poll(async () => agreement(page), PATIENCE).toEqual({ server: made, here: made, waiting: 0 })
    await context.close()
  }, 600_000)

  it('D15 delivers once what breaks off at any byte on its way there or back', async () => {
    const context = await phoneIn(1)
    const page = watch(await context.newPage())
    await signInOn(page, worker.login)
    await settled(page)
    await line.cut()
    await reportOn(page, '线路时断时续的一件')
    await page.goto(`/field/#/patrol/${grids[1]?.code}`)
    await page.locator('.segments').waitFor()
    await doFirstOn(page)
    const made = await countWaiting(page)
    const attempt = async () => {
      await page.evaluate(() => globalThis.dispatchEvent(new Event('online')))
      await expect.poll(() => page.locator('.pill').textContent(), PATIENCE).not.toContain(words['field.pill.sending'].slice(0, 2))
    }
    await line.mend()
    const held = async () => (await rows<{ n: number }>('select count(*)::int as n from platform.idempotency where client = $1', [worker.id]))[0]?.n ?? 0
    const heldBefore = await held()
    for (const request of ['POST /api/v1/blobs', 'POST /api/v1/reports', 'POST /api/v1/duties/sync'])
      for (const limit of [{ up: 0 }, { up: 1 }, { up: 90 }, { up: 600 }, { up: 1_000 }, { down: 0 }, { down: 1 }, { down: 90 }]) {
        line.breakAfter({ request, ...limit })
        await attempt()
      }
    // Both ways broke many times over; each thing was taken once, and where its answer was lost the telephone asked again.
    expect(line.broken.up).toBeGreaterThan(10)
    expect(line.broken.down).toBeGreaterThan(2)
    expect(await held()).toBe(heldBefore + made)
    line.breakAfter(undefined)
    await allSent(page)
    expect(await rows(`select from intake.report where said = '线路时断时续的一件'`)).toHaveLength(1)
    const entries = await rows<{ item_key: string; period: string }>('select item_key, period from patrol.entry where grid_code = $1 and person_id = $2', [
      grids[1]?.code,
      worker.id,
    ])
    expect(entries).toHaveLength(made - 1)
    await context.close()
  }, 240_000)

  it('tells of a grid that was taken away meanwhile, delivers what was done there before, and forgets its ground', async () => {
    const context = await phoneIn(2)
    const page = watch(await context.newPage())
    await signInOn(page, worker.login)
    await settled(page)
    await page.goto(`/field/#/patrol/${grids[2]?.code}`)
    await line.cut()
    await page.locator('.segments').waitFor()
    await doFirstOn(page)
    const made = await countWaiting(page)
    const supervisor = await playerAt(server, 'supervisor-1')
    const put = (gridCode: string | undefined, postCode: string) =>
      supervisor.send<{ id: string }>('POST', '/api/v1/grid-posts', { gridCode, postCode, part: 'head' }, { 'idempotency-key': randomUUID() })
    const posts = [await put(grids[0]?.code, worker.post), await put(grids[2]?.code, `grid-${STREET}-2`)]
    const before = await rows('select from patrol.entry where grid_code = $1', [grids[2]?.code])
    await line.mend()
    await allSent(page)
    await tab(page, 'today')
    const note = page.locator(`[data-hand-over="${grids[2]?.code}"]`)
    await note.waitFor({ timeout: 60_000 })
    expect(await note.textContent()).toContain('网格员')
    expect(await rows('select from patrol.entry where grid_code = $1', [grids[2]?.code])).toHaveLength(before.length + made)
    const kept = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const opening = indexedDB.open('linli-field')
          opening.addEventListener('success', () => {
            const asked = opening.result.transaction('kept').objectStore('kept').get('areas')
            asked.addEventListener('success', () => resolve(JSON.stringify(asked.result)))
          })
        }),
    )
    expect(kept).toContain(grids[0]?.code)
    expect(kept).not.toContain(grids[2]?.code)
    await note.locator('button').click()
    await expect.poll(() => note.count()).toBe(0)
    for (const post of posts) await supervisor.send('POST', `/api/v1/grid-posts/${post.body.id}/end`, { reason: '还原' }, { 'idempotency-key': randomUUID() })
    await context.close()
  }, 240_000)

  it('keeps the outbox when the session ends meanwhile, and sends it when its person signs in again', async () => {
    const context = await phoneIn(3)
    const page = watch(await context.newPage())
    await signInOn(page, worker.login)
    await settled(page)
    await line.cut()
    await reportOn(page, '会话过期前后的一件')
    const token = (await context.cookies()).find((cookie) => cookie.name === 'linli_session')?.value ?? ''
    await rows('delete from identity.session where person_id = $1', [worker.id])
    // The program may know a session for some seconds more.
    await expect.poll(async () => (await server.send('GET', '/api/v1/session', undefined, { authorization: `Bearer ${token}` })).status, PATIENCE).toBe(401)
    await line.mend()
    await page.locator('.bar').getByRole('button').click({ timeout: 90_000 })
    await page.getByText(words['field.outboxKept'].replace('{n}', '1')).waitFor()
    expect(await rows(`select from intake.report where said = '会话过期前后的一件'`)).toHaveLength(0)
    await page.locator('[name=login]').fill(worker.login)
    await page.locator('[name=password]').fill(DEMO_PASSWORD)
    await page.locator('form [type=submit]').click()
    await allSent(page)
    expect(await rows(`select from intake.report where said = '会话过期前后的一件' and cardinality(photos) = 1`)).toHaveLength(1)
    worker = await playerAt(server, `grid-${STREET}-1`)
    await context.close()
  }, 180_000)

  it('says so when the telephone is full, and loses nothing that was there', async () => {
    const context = await phoneIn(3)
    const page = watch(await context.newPage())
    await signInOn(page, worker.login)
    await settled(page)
    await line.cut()
    await reportOn(page, '存满之前的一件')
    await full(page, true)
    await tab(page, 'report')
    await page.locator('.screen textarea').first().fill('存满之后的一件')
    await page.locator('.shutter input').setInputFiles(photo())
    await page.locator('.toast-bad').waitFor()
    expect(await page.locator('.toast-bad').textContent()).toContain('存储已满')
    expect(await countWaiting(page)).toBe(1)
    expect(await page.locator('.screen textarea').first().inputValue()).toBe('存满之后的一件')
    // What waits goes although there is no room, and makes some.
    await line.mend()
    await allSent(page)
    await full(page, false)
    await takePhoto(page)
    await page.locator('.foot .main').click()
    await page.locator('.tabs [data-screen=today][aria-current]').waitFor()
    await allSent(page)
    expect(await rows(`select from intake.report where said in ('存满之前的一件', '存满之后的一件')`)).toHaveLength(2)
    await context.close()
  }, 180_000)

  it('shows on a second telephone of the same person what the first has done, and why a thing done twice was refused', async () => {
    const [one, two] = [await phoneIn(4), await phoneIn(4)]
    const [first, second] = [watch(await one.newPage()), watch(await two.newPage())]
    for (const page of [first, second]) {
      await signInOn(page, worker.login)
      await settled(page)
      await page.goto(`/field/#/patrol/${grids[4]?.code}`)
      await page.locator('.segments').waitFor()
    }
    await line.cut()
    await doFirstOn(second)
    await line.mend()
    await allSent(second)
    await line.cut()
    // The first telephone has not heard of it and does the same.
    const done = await countWaiting(first)
    await doFirstOn(first)
    expect(await countWaiting(first)).toBeGreaterThan(done)
    await line.mend()
    await tab(first, 'today')
    await first.locator('.note.late').click({ timeout: 90_000 })
    await first.locator('.refused').first().waitFor()
    expect(await first.locator('.refused').first().textContent()).toContain('已有记录')
    for (const left = first.locator('.refused'); (await left.count()) > 0;) {
      const before = await left.count()
      await left.first().getByRole('button', { name: words['field.outbox.discard'], exact: true }).click()
      await first.locator('dialog[open] .careful').click()
      await expect.poll(() => left.count()).toBe(before - 1)
    }
    expect(await countWaiting(first)).toBe(0)
    await one.close()
    await two.close()
  }, 240_000)

  it('tells the time of an act by the server’s clock, however wrong the telephone’s is', async () => {
    const context = await phoneIn(5)
    await context.clock.install({ time: new Date('2031-05-06T01:02:03Z') })
    const page = watch(await context.newPage())
    await signInOn(page, worker.login)
    await page.goto(`/field/#/patrol/${grids[5]?.code}`)
    await page.locator('.segments').waitFor()
    await doFirstOn(page)
    await allSent(page)
    const [entry] = await rows<{ made_at: Date }>('select made_at from patrol.entry where grid_code = $1 order by received_at desc limit 1', [grids[5]?.code])
    expect(Math.abs((entry?.made_at.getTime() ?? 0) - server.runtime.now())).toBeLessThan(600_000)
    await context.close()
  }, 120_000)

  it('broke nowhere on the way', () => {
    expect(faults).toEqual([])
  })
})
