import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { DEMO_PASSWORD } from '../../src/modules/identity/index.ts'
import type { TestServer } from './server.ts'
import { tinyPng } from './world.ts'

export const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }

interface Break {
  readonly request: string
  readonly up?: number
  readonly down?: number
}

/** A line between telephones and the program that can be cut and mended: what is cut looks like a server that is not there. */
export interface Line {
  readonly url: string
  cut(): Promise<void>
  mend(): Promise<void>
  /** Breaks a connection after so many bytes to the program or back, counted from the first request whose line begins so; undefined breaks nothing. */
  breakAfter(limit: Break | undefined): void
  /** How many connections have been broken on their way there and on their way back. */
  readonly broken: { up: number; down: number }
  close(): Promise<void>
}

/** Lays a line to the program on a port of its own, which it keeps. */
export async function layLine(server: TestServer): Promise<Line> {
  const target = new URL(server.running.url)
  const sockets = new Set<Socket>()
  let port = 0
  let listening: Server | undefined
  let limit: Break | undefined
  const broken = { up: 0, down: 0 }
  const open = async () => {
    const made = createServer((socket) => {
      const far = connect(Number(target.port), target.hostname)
      for (const end of [socket, far]) {
        sockets.add(end)
        end.on('close', () => sockets.delete(end))
      }
      socket.on('error', () => far.destroy())
      far.on('error', () => socket.destroy())
      carry(socket, far, limit, broken)
    })
    await new Promise<void>((resolve) => {
      made.listen(port, '127.0.0.1', resolve)
    })
    ;({ port } = made.address() as AddressInfo)
    listening = made
  }
  const cut = async () => {
    const cutting = listening
    if (!cutting) return
    listening = undefined
    const closing = new Promise((resolve) => {
      cutting.close(resolve)
    })
    for (const socket of sockets) socket.destroy()
    await closing
  }
  const mend = async () => {
    if (!listening) await open()
  }
  await mend()
  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    mend,
    close: cut,
    broken,
    breakAfter: (next) => {
      limit = next
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** Passes bytes on both ways; from the request that is named on it counts them, and breaks both ends off when so many have gone. */
function carry(near: Socket, far: Socket, limit: Break | undefined, broken: { up: number; down: number }): void {
  const left = { up: Number.POSITIVE_INFINITY, down: Number.POSITIVE_INFINITY }
  const pass = (from: Socket, to: Socket, way: 'up' | 'down') => {
    from.on('data', (bytes) => {
      if (limit && way === 'up' && bytes.toString('latin1').startsWith(limit.request)) {
        left.up = limit.up ?? left.up
        left.down = limit.down ?? left.down
      }
      const going = bytes.subarray(0, Math.min(bytes.length, left[way]))
      left[way] -= going.length
      if (going.length === bytes.length) return void to.write(going)
      broken[way] += 1
      // What is allowed goes out before the break, as it does on a line that fails.
      to.end(going, () => {
        near.destroy()
        far.destroy()
      })
    })
    from.on('end', () => to.end())
  }
  pass(near, far, 'up')
  pass(far, near, 'down')
}

/** A telephone: a browser profile of its own with a position. */
export async function openPhone(
  browser: Browser,
  url: string,
  spot: { lon: number; lat: number },
  options: BrowserContextOptions = PHONE,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'zh-CN',
    reducedMotion: 'reduce',
    geolocation: { longitude: spot.lon, latitude: spot.lat, accuracy: 9 },
    permissions: ['geolocation'],
    ...options,
  })
  return context
}

/** Opens the application, signed in by its own form. */
export async function signInOn(page: Page, login: string): Promise<void> {
  await page.goto('/field/')
  await page.locator('[name=login]').fill(login)
  await page.locator('[name=password]').fill(DEMO_PASSWORD)
  await page.locator('form [type=submit]').click()
  await page.locator('.tabs').waitFor()
  await page.locator('.as-of').waitFor()
}

/** Waits until the service worker answers for the application, so that it opens without a network. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (!navigator.serviceWorker.controller)
      await new Promise((resolve) => {
        navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true })
      })
  })
}

/** How many things wait on the telephone, read from its store. */
export function countWaiting(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('linli-field')
        opening.addEventListener('error', () => reject(new Error('store')))
        opening.addEventListener('success', () => {
          const asked = opening.result.transaction('outbox').objectStore('outbox').count()
          asked.addEventListener('success', () => {
            opening.result.close()
            resolve(asked.result)
          })
        })
      }),
  )
}

export const tab = (page: Page, screen: string) => page.locator(`.tabs [data-screen=${screen}]`).click()
export const photo = () => ({ name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from(tinyPng()) })

/** Takes a photo in the form that is open. */
export async function takePhoto(page: Page): Promise<void> {
  const before = await page.locator('.photo-field .thumb').count()
  await page.locator('.shutter input').setInputFiles(photo())
  await page.locator('.photo-field .thumb').nth(before).waitFor()
}

/** Reports something with a photo, as a worker would. */
export async function reportOn(page: Page, text: string): Promise<void> {
  await tab(page, 'report')
  await takePhoto(page)
  await page.locator('.spot[data-state=there]').waitFor()
  await page.locator('.screen textarea').first().fill(text)
  await page.locator('.foot .main').click()
  await page.locator('.tabs [data-screen=today][aria-current]').waitFor()
}

/** Does the first thing on the round's list, with whatever it asks. */
export async function doFirstOn(page: Page): Promise<void> {
  await tab(page, 'patrol')
  await page.locator('.cards .card').first().click()
  await page.locator('.how').waitFor()
  for (const plus of await page.locator('.stepper button:last-child').all()) await plus.click()
  for (const words of await page.locator('.field textarea:not([maxlength="1000"])').all()) await words.fill('已办')
  if ((await page.locator('.shutter small').count()) === 0) await takePhoto(page)
  if ((await page.locator('.spot').count()) > 0) await page.locator('.spot[data-state=there]').waitFor()
  await page.locator('.foot .main').click()
  await page.locator('.tabs [data-screen=patrol][aria-current]').waitFor()
  await page.locator('.grids, .segments').first().waitFor()
}
