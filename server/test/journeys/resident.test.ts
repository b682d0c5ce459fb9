import { fromWgs84 } from '@linli/lib/geo/crs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exifSegment, jpegWith } from '../../src/platform/testing/photo.ts'
import { OWNER, standardCast, type Cast } from '../support/cast.ts'
import { plainBrowser, type PlainBrowser, type PlainPage } from '../support/browserless.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { tinyPng, type Person } from '../support/world.ts'

const photo = () => new Blob([new Uint8Array(tinyPng())], { type: 'image/png' })
const SAID = '路灯坏了三天，<b>晚上</b>看不见路 "东门"'

describe('a resident without a script', () => {
  let server: TestServer
  let cast: Cast
  let browser: PlainBrowser

  beforeAll(async () => {
    server = await startTestServer()
    cast = await standardCast(server)
    browser = plainBrowser(server.running.url)
  })
  afterAll(() => server.stop())

  const receiptOf = (page: PlainPage) => /\/r\/track\/([\w-]{20,60})/.exec(page.url)?.[1] ?? ''
  const countCases = async () => (await server.running.platform.pool.query<{ n: number }>('select count(*)::int as n from cases."case"')).rows[0]?.n ?? -1
  /** Walks the three steps and sends. */
  async function report(said = SAID, more: Record<string, string | Blob> = {}): Promise<PlainPage> {
    const what = await browser.open('/r/report')
    const where = await browser.send(what, '/r/report', { go: 'next', text: said, ...(more['photo'] ? { photo: more['photo'] } : {}) })
    const check = await browser.send(where, '/r/report', { go: 'next', address: more['address'] ?? '东门菜市场南门口' })
    return browser.send(check, '/r/report', { go: 'next' })
  }

  it('reports in three steps with a photo and gets a number and a receipt', async () => {
    const before = await countCases()
    const what = await browser.open('/r/report')
    expect(what.status).toBe(200)
    const where = await browser.send(what, '/r/report', { go: 'next', text: SAID, photo: [photo(), photo()] })
    expect(where.text).toContain('第 2 步')
    const check = await browser.send(where, '/r/report', { go: 'next', address: '东门菜市场南门口' })
    expect(check.text).toContain(SAID)
    expect(check.html).not.toContain('<b>晚上</b>')
    expect(check.text).toContain('已收到 2 张照片')
    const sent = await browser.send(check, '/r/report', { go: 'next', name: '林女士', contact: '13912345678' })
    expect(sent.text).toContain('收到了')
    expect(sent.text).toMatch(/LL-\d{8}-\d{6}/)
    expect(await countCases()).toBe(before + 1)
    const id = (await server.running.platform.pool.query<{ id: string }>('select id from cases."case" order by opened_at desc limit 1')).rows[0]?.id ?? ''
    const seen = await server.detail(cast.acceptor, id)
    expect(seen.said).toMatchObject({ text: SAID, address: '东门菜市场南门口' })
    expect(seen.said.photos).toHaveLength(2)
    expect(seen.reporter).toEqual({ name: '林**', contact: '139****5678' })
  })

  it('says what is wrong beside each field, keeps what was typed, and opens nothing', async () => {
    const before = await countCases()
    const what = await browser.open('/r/report')
    const empty = await browser.send(what, '/r/report', { go: 'next', text: '  ' })
    expect(empty.status).toBe(422)
    expect(empty.text).toContain('请写几个字')
    expect(empty.html).toMatch(/id="text"[^>]*aria-describedby="text-hint text-wrong"[^>]*aria-invalid="true"/)
    const kind = await browser.send(what, '/r/report', { go: 'next', text: SAID, photo: [new Blob(['no photo']), photo()] })
    expect(kind.status).toBe(422)
    expect(kind.text).toContain('有 1 个文件不是照片')
    expect(kind.text).toContain('已收到 1 张照片')
    expect(kind.html).toContain('路灯坏了三天，&lt;b&gt;')
    const nowhere = await browser.send(await browser.send(kind, '/r/report', { go: 'next' }), '/r/report', { go: 'next' })
    expect(nowhere.text).toContain('请告诉我们在哪里')
    const outside = await browser.send(nowhere, '/r/report', { go: 'next', spot: '10.0,10.0,,0' })
    expect(outside.text).toContain('不在本市范围内')
    const check = await browser.send(outside, '/r/report', { go: 'next', spot: '', address: 'x'.repeat(300) })
    const mask = await browser.send(check, '/r/report', { go: 'next', contact: '139****5678', name: 'y'.repeat(101) })
    expect(mask.text).toContain('带 * 的不是真实的联系方式')
    expect(mask.text).toContain('最多 100 个字')
    expect(mask.html).toContain('value="139****5678"')
    const long = await browser.send(what, '/r/report', { go: 'next', text: '长'.repeat(20_001) })
    expect(long.text).toContain('最多 20000 个字，现在有 20001 个字')
    const many = await browser.send(what, '/r/report', { go: 'next', text: SAID, photo: Array.from({ length: 10 }, photo) })
    expect(many.text).toContain('最多 9 张照片')
    expect(await countCases()).toBe(before)
  })

  it('goes back and forth without losing anything, and drops the photos that are not wanted', async () => {
    const where = await browser.send(await browser.open('/r/report'), '/r/report', { go: 'next', text: '第一行\n第二行', photo: [photo(), photo()] })
    const check = await browser.send(where, '/r/report', { go: 'next', address: '东门' })
    const back = await browser.send(check, '/r/report', { go: 'what' })
    expect(back.html).toContain('第一行\n第二行</textarea>')
    const [drop = ''] = [...back.html.matchAll(/name="drop" value="([^"]+)"/g)].map((found) => found[1] ?? '')
    const again = await browser.send(await browser.send(back, '/r/report', { go: 'next', drop }), '/r/report', { go: 'next' })
    expect(again.text).toContain('已收到 1 张照片')
    expect(again.text).toContain('东门')
  })

  it('makes one case of a form that is sent twice, also at the same moment, and another only when it says so', async () => {
    const where = await browser.send(await browser.open('/r/report'), '/r/report', { go: 'next', text: '井盖松了，车一过就响' })
    const check = await browser.send(where, '/r/report', { go: 'next', address: '北街口' })
    const before = await countCases()
    const pages = await Promise.all([1, 2, 3].map(() => browser.send(check, '/r/report', { go: 'next' })))
    expect(new Set(pages.map(receiptOf)).size).toBe(1)
    expect(await countCases()).toBe(before + 1)
    const other = await browser.send(check, '/r/report', { go: 'next', text: '另一件事：路面塌了' })
    expect(other.text).toContain('已经提交过一次')
    expect(await countCases()).toBe(before + 1)
    expect((await browser.send(other, '/r/report', { go: 'next' })).text).toContain('收到了')
    expect(await countCases()).toBe(before + 2)
  })

  it('leaves nothing behind when a form breaks off on the way or comes from another site', async () => {
    const before = await countCases()
    const { url } = server.running
    const half = `--cut\r\nContent-Disposition: form-data; name="at"\r\n\r\ncheck\r\n--cut\r\nContent-Disposition: form-data; name="text"\r\n\r\n半截`
    const broken = await fetch(`${url}/r/report`, { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=cut' }, body: half })
    expect([broken.status, await broken.text()]).toEqual([400, expect.stringContaining('</html>')])
    const foreign = await fetch(`${url}/r/report`, {
      method: 'POST',
      headers: { origin: 'https://elsewhere.example', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'at=check&text=x&address=y',
    })
    expect(foreign.status).toBe(403)
    expect(await foreign.text()).toContain('</html>')
    const json = await fetch(`${url}/r/report`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
    expect(json.status).toBe(415)
    expect(await countCases()).toBe(before)
  })

  it('asks which of two readings is right where a photo speaks against the spot, and takes the answer', async () => {
    const { lon, lat } = server.point()
    const [east, north] = fromWgs84(lon, lat, 'gcj02')
    const where = await browser.send(await browser.open('/r/report'), '/r/report', {
      go: 'next',
      text: '路面有坑',
      photo: new Blob([new Uint8Array(jpegWith({ front: [exifSegment({ lon, lat })] }))]),
    })
    expect(where.text).toContain('照片拍在')
    const check = await browser.send(where, '/r/report', { go: 'next', spot: `${east.toFixed(7)},${north.toFixed(7)},,0` })
    const asked = await browser.send(check, '/r/report', { go: 'next' })
    expect([asked.status, asked.text.includes('位置有两种可能')]).toEqual([422, true])
    const sent = await browser.send(await browser.send(asked, '/r/report', { go: 'next', doubt: 'other' }), '/r/report', { go: 'next' })
    expect(sent.text).toContain('收到了')
    const { rows } = await server.running.platform.pool.query<{ lon: number }>('select lon from cases."case" where id = $1', [await newest()])
    expect(rows[0]?.lon).toBeCloseTo(lon, 4)
  })

  it('names a photo that has gone meanwhile, keeps the words, and leaves one audit line of the refusal', async () => {
    const count = async () =>
      (
        await server.running.platform.pool.query<{ n: number }>(
          `select count(*)::int as n from platform.audit where action = 'intake.report' and outcome = 'refused'`,
        )
      ).rows[0]?.n ?? 0
    const before = [await count(), await countCases()]
    const where = await browser.send(await browser.open('/r/report'), '/r/report', { go: 'next', text: '站台漏雨', photo: photo() })
    const check = await browser.send(where, '/r/report', { go: 'next', address: '西站' })
    await server.running.platform.pool.query('delete from platform.blob where case_id is null')
    const gone = await browser.send(check, '/r/report', { go: 'next' })
    expect(gone.text).toContain('照片已经过期，请重新选')
    expect(gone.html).toContain('站台漏雨</textarea>')
    expect([await count(), await countCases()]).toEqual([(before[0] ?? 0) + 1, before[1]])
  })

  it('finds it again by receipt with or without spaces, by number only once it is public, and is told when it typed something else', async () => {
    const sent = await report('树倒在人行道上')
    const receipt = receiptOf(sent)
    const seek = async (sought: string) => browser.send(await browser.open('/r/track'), '/r/track', { sought })
    expect((await seek(receipt.replaceAll(/(.{4})/g, '$1 '))).text).toContain('等 受理员 受理')
    expect((await seek(`${server.running.url}/r/track/${receipt}?new=yes`)).text).toContain('编号')
    const number = /LL-\d{8}-\d{6}/.exec(sent.text)?.[0] ?? ''
    const hidden = await seek(number)
    expect([hidden.status, hidden.text.includes('没有查到这个编号')]).toEqual([404, true])
    expect((await seek('？')).status).toBe(422)
    expect((await seek('x'.repeat(24))).status).toBe(404)
    expect((await browser.open('/r/nowhere')).status).toBe(404)
  })

  it('D7 says “not fixed”, and the handler has it on the own list again, with the words', async () => {
    const { id, receipt } = await closedCase()
    const closed = await browser.open(`/r/track/${receipt}`)
    expect(closed.text).toContain('问题解决了吗？')
    const unsaid = await browser.send(closed, '/answer', { text: '还是坏的' })
    expect(unsaid.status).toBe(422)
    expect(unsaid.text).toContain('请选“解决了”或“没有解决”')
    expect(unsaid.html).toContain('还是坏的</textarea>')
    const answered = await browser.send(unsaid, '/answer', { fixed: 'no', rating: 'dissatisfied' })
    expect(answered.text).toContain('已经退回责任单位重办')
    const mine = await cast.manager.send<{ rows: { id: string }[] }>('GET', '/api/v1/cases?mine=true', undefined, { 'linli-purpose': 'handle-case' })
    expect(mine.body.rows.map((row) => row.id)).toContain(id)
    const detail = await server.detail(cast.manager, id)
    expect(detail.answers.at(-1)).toMatchObject({ fixed: false, rating: 'dissatisfied' })
    const late = await browser.send(closed, '/answer', { fixed: 'no', rating: 'dissatisfied', text: '再说一次' })
    expect(late.status).toBeGreaterThanOrEqual(400)
    expect(late.text).toContain('已经在重办')
  })

  it('asks a person to look again at what was not filed', async () => {
    const receipt = receiptOf(await report('我家电视坏了'))
    const id = await newest()
    await server.move(cast.acceptor, id, 'void', { reasonCode: 'outside-duty', publicReply: '电视维修请联系厂家' })
    const story = await browser.open(`/r/track/${receipt}`)
    expect(story.text).toContain('电视维修请联系厂家')
    expect((await browser.send(story, '/review', { why: ' ' })).status).toBe(422)
    const asked = await browser.send(story, '/review', { why: '是公共电视屏' })
    expect(asked.text).toContain('已经转给工作人员重新看')
    expect((await server.detail(cast.acceptor, id)).case.state).toBe('reported')
  })

  it('R7 shows who looked at it: unit and post, never a name, and what is not told yet as a count', async () => {
    const receipt = receiptOf(await report('公交站牌倒了'))
    const id = await newest()
    expect((await browser.open(`/r/track/${receipt}/reads`)).text).toContain('还没有人查看过')
    await server.detail(cast.acceptor, id)
    const { body } = await server.send<{ rows: { unitName: string; postTitle: string; purpose: string; data: string }[]; withheld: object }>(
      'GET',
      `/api/v1/reports/${receipt}/reads`,
    )
    expect(body.rows[0]).toMatchObject({ purpose: 'handle-case', data: 'report' })
    expect(body.withheld).toEqual({ count: 0, until: null })
    const page = await browser.open(`/r/track/${receipt}/reads`)
    expect(page.text).toContain(body.rows[0]?.postTitle)
    const names = await server.running.platform.pool.query<{ name: string }>('select distinct name from identity.person')
    expect(names.rows.filter(({ name }) => page.text.includes(name) || JSON.stringify(body).includes(name))).toEqual([])
    await hold(id)
    await cast.acceptor.send('GET', `/api/v1/cases/${id}`, undefined, { 'linli-purpose': 'supervise' })
    const later = await server.send<{ rows: unknown[]; withheld: { count: number; until: string } }>('GET', `/api/v1/reports/${receipt}/reads`)
    expect(later.body.rows).toHaveLength(1)
    expect(later.body.withheld.count).toBe(1)
    expect((await browser.open(`/r/track/${receipt}/reads`)).text).toContain('另有 1 次查看依法暂不告知')
    expect((await server.send('GET', `/api/v1/reports/${'x'.repeat(24)}/reads`)).status).toBe(404)
    expect((await server.send('GET', `/api/v1/reports/${receipt}/reads?cursor=nonsense`)).status).toBe(400)
  })

  it('R13 is told why it was decided so, which unit has it by which rule, and how the time is counted', async () => {
    const receipt = receiptOf(await report('井盖不见了，有人差点掉下去'))
    const id = await newest()
    const early = await browser.open(`/r/track/${receipt}/why`)
    expect(early.text).toContain('由人来定')
    expect(early.text).toContain('15 分钟')
    await server.move(cast.acceptor, id, 'file', { matter: 'gbt30428-component-0101', conditionRow: 1, position: { ...server.point(), crs: 'wgs84' } })
    await server.move(cast.dispatcher, id, 'dispatch')
    const why = await browser.open(`/r/track/${receipt}/why`)
    expect(why.text).toMatch(/按派单规则派给|工作人员派给/)
    expect(why.text).toContain('应在')
    expect(why.html).toContain('<table>')
  })

  it('changes print and language on every page and in the middle of a report, with nothing lost', async () => {
    const own = plainBrowser(server.running.url)
    const home = await own.open('/r/')
    const large = await own.send(home, '/r/settings', { elder: 'on' })
    expect(large.html).toContain('class="elder"')
    const english = await own.send(large, '/r/settings', { language: 'en', elder: undefined })
    expect(english.html).toMatch(/lang="en" class="elder"/)
    const what = await own.open('/r/report')
    const switched = await own.send(what, '/r/report', { language: 'zh-CN', text: '写到一半', photo: photo() })
    expect(switched.html).toMatch(/lang="zh-CN" class="elder"/)
    expect(switched.html).toContain('写到一半</textarea>')
    expect(switched.text).toContain('已收到 1 张照片')
    await expect(plainBrowser(server.running.url, { 'accept-language': 'en-GB' }).open('/r/')).resolves.toMatchObject({
      html: expect.stringContaining('lang="en"'),
    })
    const elsewhere = await own.send(home, '/r/settings', { elder: 'on', back: 'https://evil.example/' })
    expect(elsewhere.url).toBe('/r/')
  })

  it('sends pages that no cache keeps, that load nothing from elsewhere and send forms nowhere else', async () => {
    for (const path of ['/r/', '/r/report', '/r/track', '/r/map', '/r/my', '/r/consents', '/r/settings']) {
      const { status, headers, html, text } = await browser.open(path)
      expect([path, status]).toEqual([path, 200])
      expect(headers.get('content-security-policy')).toContain("form-action 'self'")
      expect(headers.get('cache-control')).toBe('no-store')
      expect(html).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//)
      expect(text).not.toMatch(/undefined|\[object|\{\w+\}/)
    }
  })

  async function newest(): Promise<string> {
    const { rows } = await server.running.platform.pool.query<{ id: string }>('select id from cases."case" order by opened_at desc, id desc limit 1')
    return rows[0]?.id ?? ''
  }
  async function hold(id: string): Promise<void> {
    await server.running.platform.pool.query(
      `insert into platform.legal_hold (district_id, id, case_id, case_number, area_path, reason, placed_at, placer_id, placer_name, ends_at)
       select 0, gen_random_uuid(), id, number, area_path, '调查', $2, gen_random_uuid(), '', $3 from cases."case" where id = $1`,
      [id, new Date(server.runtime.now()), new Date(server.runtime.now() + 86_400_000)],
    )
  }
  async function closedCase(): Promise<{ id: string; receipt: string }> {
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
    return { id: opened.id, receipt }
  }
})

describe('a resident who sends too much', () => {
  it('is told to wait in words, and reads on', async () => {
    const server = await startTestServer({ env: { LINLI_REPORTS_PER_MINUTE: '3' } })
    try {
      const browser = plainBrowser(server.running.url)
      const what = await browser.open('/r/report')
      const statuses: number[] = []
      for (let count = 0; count < 5; count += 1) statuses.push((await browser.send(what, '/r/report', { go: 'next', text: '' })).status)
      expect(statuses).toEqual([422, 422, 422, 429, 429])
      const page = await browser.send(what, '/r/report', { go: 'next', text: '' })
      expect(page.text).toContain('提交得太快了')
      expect((await browser.open('/r/')).status).toBe(200)
    } finally {
      await server.stop()
    }
  })
})
