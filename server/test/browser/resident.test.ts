import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildStale } from '../../../scripts/build-web/build-stale.ts'
import { en } from '../../src/modules/resident/words/en.ts'
import { zhCn } from '../../src/modules/resident/words/zh-cn.ts'
import { REPOSITORY } from '../../src/start.ts'
import { exifSegment, jpegWith } from '../../src/platform/testing/photo.ts'
import { OWNER, standardCast, type Cast } from '../support/cast.ts'
import { chromium } from '../support/requirements.ts'
import { DESK, PHONE, launchBrowser, noteFaults, seriousFindings } from '../support/browser.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { Person } from '../support/world.ts'

describe.skipIf(!chromium())('the residents’ pages in a real browser', () => {
  let server: TestServer
  let cast: Cast
  let browser: Browser
  let closed: { id: string; receipt: string; number: string }
  const faults: string[] = []

  beforeAll(async () => {
    await buildStale(REPOSITORY, () => undefined)
    server = await startTestServer()
    cast = await standardCast(server)
    closed = await closedCase()
    browser = await launchBrowser()
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  async function open(path: string, options: BrowserContextOptions = PHONE, cookies: Record<string, string> = {}): Promise<Page> {
    const context = await browser.newContext({ baseURL: server.running.url, locale: 'zh-CN', reducedMotion: 'reduce', ...options })
    await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url: `${server.running.url}/r/` })))
    const page = await context.newPage()
    noteFaults(page, server.running.url, faults)
    await page.goto(path)
    return page
  }
  const paths = () => [
    '/r/',
    '/r/report',
    '/r/track',
    `/r/track/${closed.receipt}`,
    `/r/track/${closed.receipt}?new=yes`,
    `/r/track/${closed.receipt}/why`,
    `/r/track/${closed.receipt}/reads`,
    '/r/map?which=all',
    `/r/cases/${closed.number}`,
    '/r/my',
    '/r/consents',
    '/r/settings',
    '/r/nowhere',
  ]

  it.each([
    ['phone', 'zh-CN', PHONE],
    ['phone', 'en-GB', PHONE],
    ['desk', 'zh-CN', DESK],
    ['desk', 'en-GB', DESK],
  ] as const)(
    'lets a newcomer on a %s (%s) report with a photo, follow it, and find it under “my reports”: docs/scripts/resident.md from start to end',
    async (_size, locale, options) => {
      const words = locale === 'en-GB' ? en : zhCn
      const page = await open('/r/', {
        ...options,
        locale,
        permissions: ['geolocation'],
        geolocation: { longitude: server.point().lon, latitude: server.point().lat, accuracy: 12 },
      })
      await page.getByRole('link', { name: words['home.report'] }).first().click()
      await page.getByLabel(words['report.what']).fill('路灯坏了三天，晚上看不见路')
      await page.locator('#photo').setInputFiles({ name: 'lamp.jpg', mimeType: 'image/jpeg', buffer: jpegWith({ front: [exifSegment(server.point())] }) })
      await page.locator('.previews img').waitFor()
      await page.getByRole('button', { name: words['report.next'] }).click()
      await page.getByRole('button', { name: words['report.here'] }).click()
      await page.locator('[data-place-said]').filter({ hasText: '社区' }).waitFor()
      await page.getByLabel(words['report.address']).fill('东门菜市场南门口')
      await page.getByRole('button', { name: words['report.next'] }).click()
      await page.locator('.summary').getByText('路灯坏了三天').waitFor()
      await page.getByRole('button', { name: words['report.send'], exact: true }).click()
      await page.getByRole('heading', { name: words['report.sentTitle'] }).waitFor()
      const number = (await page.locator('.receipt dd').first().textContent()) ?? ''
      await page.locator('[data-kept]').waitFor()
      await page.goto('/r/my')
      await page.getByRole('link', { name: number }).click()
      await page.getByText(words['now.reported']).first().waitFor()
      await page.getByRole('link', { name: words['track.reads'] }).click()
      await page.getByText(words['reads.none']).waitFor()
      expect(await page.evaluate(() => localStorage.getItem('linli.draft'))).toBeNull()
      const { rows } = await server.running.platform.pool.query<{ lon: number; photos: string[] }>(
        'select lon, photos from cases."case" join intake.report on report.case_id = "case".id where number = $1',
        [number],
      )
      expect(rows[0]?.photos).toHaveLength(1)
      expect(rows[0]?.lon).toBeCloseTo(server.point().lon, 4)
      expect(faults).toEqual([])
      await page.context().close()
    },
    90_000,
  )

  it('reports and follows with scripting off, and says what the device cannot do', async () => {
    const page = await open('/r/report', { ...PHONE, javaScriptEnabled: false })
    await page.locator('#text').fill('垃圾桶满了没人清')
    await page.locator('#photo').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: jpegWith({ front: [exifSegment(server.point())] }) })
    await page.getByRole('button', { name: zhCn['report.next'] }).click()
    // The place comes from the photo, without a script.
    expect(await page.locator('[name=usePhoto]').isChecked()).toBe(true)
    expect(await page.locator('[data-here]').isVisible()).toBe(false)
    await page.getByRole('button', { name: zhCn['report.next'] }).click()
    await page.locator('.summary').getByText('社区').waitFor()
    await page.getByRole('button', { name: zhCn['report.send'], exact: true }).click()
    await page.getByRole('heading', { name: zhCn['report.sentTitle'] }).waitFor()
    const receipt = ((await page.locator('.receipt .code').textContent()) ?? '').trim()
    expect(await page.locator('[data-read]').isVisible()).toBe(false)
    await page.goto('/r/track')
    await page.locator('#sought').fill(receipt)
    await page.keyboard.press('Enter')
    await page.getByText(zhCn['now.reported']).waitFor()
    await page.goto('/r/my')
    await page.getByText(zhCn['my.noScript']).waitFor()
    await page.context().close()
  }, 60_000)

  it('can be walked by keys alone, with the mistakes first to be reached', async () => {
    const page = await open('/r/', DESK)
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key)
    }
    const tabTo = async (locator: string) => {
      for (let count = 0; count < 60; count += 1) {
        await press('Tab')
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, locator)) return
      }
      throw new Error(`no key leads to ${locator}`)
    }
    await press('Tab')
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip')
    await tabTo('.start')
    await press('Enter')
    await page.locator('#text').waitFor()
    await tabTo('.buttons .main')
    await press('Enter')
    await page.locator('.wrong-list').waitFor()
    expect(await page.evaluate(() => document.activeElement?.classList.contains('wrong-list'))).toBe(true)
    await press('Tab', 'Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('text')
    await page.keyboard.type('Broken bench')
    await tabTo('.buttons .main')
    await press('Enter')
    await page.locator('#address').waitFor()
    await tabTo('#address')
    await page.keyboard.type('East gate')
    // Return in a field goes on, and is not taken by the switches above.
    await press('Enter')
    await page.locator('.summary').waitFor()
    expect(await page.evaluate(() => document.documentElement.className)).toBe('plain')
    await tabTo('.buttons .main')
    await press('Enter')
    await page.locator('.receipt').waitFor()
    await page.goto(`/r/track/${closed.receipt}`)
    await tabTo('input[name=fixed]')
    await press('Space')
    await tabTo('input[name=rating]')
    await press('ArrowDown')
    expect(await page.locator('input[name=rating]:checked').count()).toBe(1)
    await page.context().close()
  }, 90_000)

  it('picks a place on the map by keys, and shows public cases on it', async () => {
    const page = await open('/r/report', DESK)
    await page.locator('#text').fill('绿化带的树倒了')
    await page.locator('.buttons .main').click()
    await page.locator('[data-open-map]').click()
    await page.locator('[data-map][data-ready]').waitFor()
    await page.locator('.maplibregl-canvas').press('ArrowUp')
    await page.locator('[data-map-this]').press('Enter')
    await page.locator('[data-place-said]').filter({ hasText: '区' }).waitFor()
    expect(await page.locator('[data-spot]').inputValue()).toMatch(/^11[23]\.\d+,32\.\d+,,0$/)
    await page.goto('/r/map?which=all')
    await page.locator('[data-open-map]').click()
    await page.locator('[data-map][data-ready]').waitFor()
    expect(await page.locator('[data-map-said]').textContent()).toMatch(/[1-9]/)
    expect(faults).toEqual([])
    await page.context().close()
  }, 90_000)

  it('makes a large photo small before it is sent, with the place where it was taken still in it', async () => {
    const page = await open('/r/report')
    const made = await page.evaluate(() => {
      const canvas = document.createElement('canvas')
      canvas.width = 3_000
      canvas.height = 2_000
      const context = canvas.getContext('2d')
      for (let index = 0; index < 30_000 && context; index += 1) {
        context.fillStyle = `hsl(${String(index % 360)} 80% ${String(index % 90)}%)`
        context.fillRect((index * 97) % 3_000, (index * 61) % 2_000, 17, 13)
      }
      return canvas.toDataURL('image/jpeg', 0.95).slice('data:image/jpeg;base64,'.length)
    })
    const plain = Buffer.from(made, 'base64')
    const photo = Buffer.concat([plain.subarray(0, 2), exifSegment(server.point()), plain.subarray(2)])
    expect(photo.length).toBeGreaterThan(600_000)
    await page.locator('#photo').setInputFiles({ name: 'large.jpg', mimeType: 'image/jpeg', buffer: photo })
    await page.locator('.previews img').waitFor()
    const size = await page.evaluate(() => document.querySelector<HTMLInputElement>('#photo')?.files?.[0]?.size ?? 0)
    expect(size).toBeGreaterThan(0)
    expect(size).toBeLessThan(photo.length * 0.6)
    await page.locator('#text').fill('墙上有裂缝')
    await page.locator('.buttons .main').click()
    await page.getByText('照片拍在').waitFor()
    await page.context().close()
  })

  it('keeps a half-written report on the device for whoever comes back, and clears it when asked', async () => {
    const page = await open('/r/report')
    await page.locator('#text').fill('写到一半的内容')
    await page.goto('/r/')
    await page.goto('/r/report')
    expect(await page.locator('#text').inputValue()).toBe('写到一半的内容')
    await page.getByRole('button', { name: zhCn['report.draftDrop'] }).click()
    expect(await page.locator('#text').inputValue()).toBe('')
    await page.reload()
    expect(await page.locator('#text').inputValue()).toBe('')
    await page.context().close()
  })

  it.each([
    ['light, phone, zh', { ...PHONE, colorScheme: 'light', locale: 'zh-CN' }, {}],
    ['dark, desk, en', { ...DESK, colorScheme: 'dark', locale: 'en-GB' }, {}],
    ['elder, phone, zh', { ...PHONE, colorScheme: 'light', locale: 'zh-CN' }, { linli_elder: 'on' }],
    ['elder, dark, phone, en', { ...PHONE, colorScheme: 'dark', locale: 'en-GB' }, { linli_elder: 'on' }],
  ] as const)(
    'has no serious accessibility finding on any page (%s), and nothing wider than the screen',
    async (_name, options, cookies) => {
      const page = await open('/r/', options, cookies)
      for (const path of paths()) {
        await page.goto(path)
        expect(await seriousFindings(page), path).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0)
      }
      await page.goto('/r/report')
      await page.locator('.buttons .main').click()
      await page.locator('.wrong-list').waitFor()
      expect(await seriousFindings(page), 'wrong').toEqual([])
      await page.locator('#text').fill('坏了')
      await page.locator('.buttons .main').click()
      await page.locator('#address').waitFor()
      expect(await seriousFindings(page), 'where').toEqual([])
      await page.locator('#address').fill('东门')
      await page.locator('.buttons .main').click()
      await page.locator('.summary').waitFor()
      expect(await seriousFindings(page), 'check').toEqual([])
      await page.context().close()
    },
    120_000,
  )

  it('gives the large print its figures: text of at least 20 px, lines of 1.5, targets of 60 by 60; 44 by 44 in the normal one', async () => {
    for (const [cookies, text, target] of [
      [{ linli_elder: 'on' }, 20, 60],
      [{}, 14, 44],
    ] as const) {
      const page = await open('/r/', PHONE, cookies)
      for (const path of paths()) {
        await page.goto(path)
        const small = await page.evaluate(
          ({ text, target }) => {
            const shown = [...document.querySelectorAll<HTMLElement>('body *')].filter(
              (element) => element.checkVisibility() && !element.closest('.skip, .hidden, [aria-hidden=true]'),
            )
            const name = (element: Element) => `${element.tagName}.${element.className} ${(element.textContent ?? '').trim().slice(0, 20)}`
            const words = shown.filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && (node.textContent ?? '').trim() !== ''))
            const targets = shown.filter((element) =>
              element.matches('a, button, select, summary, textarea, input:not([type=radio], [type=checkbox]), .choice'),
            )
            return [
              ...words
                .filter((element) => Number.parseFloat(getComputedStyle(element).fontSize) < text)
                .map((element) => `text ${getComputedStyle(element).fontSize} ${name(element)}`),
              ...words
                .filter(
                  (element) =>
                    Number.parseFloat(getComputedStyle(element).lineHeight) / Number.parseFloat(getComputedStyle(element).fontSize) <
                    (text === 20 && !/^(H\d|B|STRONG|SPAN)$/.test(element.tagName) ? 1.5 : 1.29),
                )
                .map((element) => `line ${getComputedStyle(element).lineHeight} ${name(element)}`),
              ...targets
                // A link inside a sentence is as high as its line (WCAG 2.2, 2.5.8).
                .filter((element) => getComputedStyle(element).display !== 'inline')
                .filter((element) => Math.round(element.getBoundingClientRect().height) < target || Math.round(element.getBoundingClientRect().width) < target)
                .map((element) => `target ${element.getBoundingClientRect().width}x${element.getBoundingClientRect().height} ${name(element)}`),
            ]
          },
          { text, target },
        )
        expect(small, path).toEqual([])
      }
      await page.context().close()
    }
  }, 120_000)

  it('loads at most 30 kB of script with a first page, packed', async () => {
    const page = await open('/r/', DESK)
    const loaded = await page.evaluate(async () => {
      const names = performance.getEntriesByType('resource').map((entry) => entry.name)
      const scripts = names.filter((name) => /\.m?js$/.test(name))
      const sizes = await Promise.all(
        scripts.map(async (name) => {
          const packed = (await fetch(name)).body?.pipeThrough(new CompressionStream('gzip'))
          return (await new Response(packed).arrayBuffer()).byteLength
        }),
      )
      return sizes.reduce((sum, size) => sum + size, 0)
    })
    expect(loaded).toBeGreaterThan(0)
    expect(loaded).toBeLessThanOrEqual(30_000)
    await page.context().close()
  })

  async function closedCase(): Promise<{ id: string; receipt: string; number: string }> {
    const { receipt, case: opened } = await server.report()
    const evidence = async (person: Person) => ({ evidence: [await server.photo(person)] })
    const steps: [Person, string, Record<string, unknown>][] = [
      [cast.acceptor, 'file', {}],
      [cast.dispatcher, 'dispatch', { owner: OWNER }],
      [cast.manager, 'accept', {}],
      [cast.handler, 'handle', { note: '已更换', ...(await evidence(cast.handler)) }],
      [cast.checker, 'check', await evidence(cast.checker)],
      [cast.closer, 'close', { closingConditionMet: true, publicReply: '井盖已更换' }],
    ]
    for (const [person, move, input] of steps) {
      const { status, body } = await server.move(person, opened.id, move, input)
      if (status !== 200) throw new Error(`${move} answered ${status} ${JSON.stringify(body)}`)
    }
    return { id: opened.id, receipt, number: opened.number }
  }
})
