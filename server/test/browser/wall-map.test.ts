import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildStale } from '../../../scripts/build-web/build-stale.ts'
import { wall } from '../../../web/shared/i18n/zh-cn/wall.ts'
import { REPOSITORY } from '../../src/start.ts'
import { chromium } from '../support/requirements.ts'
import { launchBrowser } from '../support/browser.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const ready = chromium()

describe.skipIf(!ready)('a base map from elsewhere', () => {
  let server: TestServer
  let browser: Browser
  let maps: Server
  const asked: string[] = []

  beforeAll(async () => {
    await buildStale(REPOSITORY, () => undefined)
    maps = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.setHeader('access-control-allow-origin', '*')
      if (request.url === '/style.json')
        response.end(
          JSON.stringify({
            version: 8,
            sources: { ground: { type: 'geojson', data: `http://${request.headers.host}/ground.json` } },
            layers: [{ id: 'ground', type: 'fill', source: 'ground', paint: { 'fill-color': '#884422' } }],
          }),
        )
      else response.end(JSON.stringify({ type: 'FeatureCollection', features: [] }))
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => maps.once('listening', resolve))
    server = await startTestServer({
      env: { LINLI_MAP_STYLE: `http://127.0.0.1:${(maps.address() as AddressInfo).port}/style.json`, LINLI_MAP_CRS: 'cgcs2000' },
    })
    browser = await launchBrowser()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    maps?.close()
  })

  it('is drawn below ours where a setting names it, with its coordinate system said; only its host is let through', async () => {
    const page = await browser.newPage({ baseURL: server.running.url, locale: 'zh-CN', reducedMotion: 'reduce' })
    const refused: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') refused.push(message.text())
    })
    const answer = await page.goto('/')
    expect(answer?.headers()['content-security-policy']).toContain(`connect-src 'self' http://127.0.0.1:${(maps.address() as AddressInfo).port};`)
    await page.getByText(wall['map.base'].replace('{crs}', 'CGCS2000')).waitFor()
    await expect.poll(() => asked).toEqual(['/style.json', '/ground.json'])
    expect(refused.filter((text) => text.includes('Content Security Policy'))).toEqual([])
    await page.close()
  }, 60_000)

  it('that cannot be read leaves the city’s own map, and says so', async () => {
    const page = await browser.newPage({ baseURL: server.running.url, locale: 'zh-CN', reducedMotion: 'reduce' })
    await page.route('**/style.json', (route) => route.abort())
    await page.goto('/')
    await page.getByText(wall['map.baseFailed']).waitFor()
    await page.close()
  }, 60_000)
})
