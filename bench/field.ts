// How long the field application takes until it can be used on slow telephones' networks: node bench/field.ts [url of a running demo city]
import { chromium } from 'playwright-core'

const url = process.argv[2] ?? 'http://127.0.0.1:8080'
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
/** Bits a second and milliseconds there and back: the figures under which such networks are commonly tested. */
const NETWORKS = [
  { name: 'slow 3G (400 kbit/s, 400 ms)', kbps: 400, rttMs: 400 },
  { name: 'fast 3G (1.6 Mbit/s, 150 ms)', kbps: 1_600, rttMs: 150 },
] as const

const { password, rows } = (await (await fetch(`${url}/api/v1/demo-people`)).json()) as {
  password: string
  rows: { login: string; step: string; postTitle: string }[]
}
const worker = rows.find((row) => row.step === 'report')
if (!worker) throw new Error(`${url} is no demo city`)

const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
for (const network of NETWORKS) {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true })
  await context.request.post('/api/v1/session', { data: { login: worker.login, password }, headers: { origin: url } })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: network.rttMs,
    downloadThroughput: (network.kbps * 1_000) / 8,
    uploadThroughput: (network.kbps * 1_000) / 8,
  })
  const began = performance.now()
  await page.goto('/field/', { waitUntil: 'commit' })
  await page.locator('[name=login]').waitFor()
  const first = performance.now() - began
  await page.locator('[name=login]').fill(worker.login)
  await page.locator('[name=password]').fill(password)
  const asked = performance.now()
  await page.locator('form [type=submit]').click()
  await page.locator('.progress, .cards').first().waitFor({ timeout: 120_000 })
  const day = performance.now() - asked
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForTimeout(1_000)
  const again = performance.now()
  await page.reload({ waitUntil: 'commit' })
  await page.locator('.progress, .cards').first().waitFor()
  const later = performance.now() - again
  console.log(
    `${network.name}: first opening ${(first / 1000).toFixed(1)} s to the sign-in form, ${(day / 1000).toFixed(1)} s from there to the day's work; every later opening ${(later / 1000).toFixed(1)} s`,
  )
  await context.close()
}
await browser.close()
