import { randomUUID } from 'node:crypto'
import { fromWgs84 } from '@linli/lib/geo/crs'
import { describe, expect, it } from 'vitest'
import type { Pairs, Refused } from '../support/open311-client.ts'
import { codes, encoded, useOpen311, without } from '../support/open311-world.ts'

describe('A39 what is reported over Open311', () => {
  const world = useOpen311()
  const { clients, addKey, whole, created, counted, reportOf, refused } = world

  it('asks about a point that is not in the city and never moves it', async () => {
    const { lon, lat } = world.server.point()
    const at = (latitude: string, longitude: string): Pairs => [...without(whole(), 'lat', 'long'), ['lat', latitude], ['long', longitude]]
    for (const format of ['xml', 'json'] as const) {
      expect(await refused(at('39.904211', '116.407395'), format)).toEqual([400, 'POSITION_OUTSIDE_CITY'])
      expect(await refused(at('39.9', '116.4'), format)).toEqual([400, 'POSITION_OUTSIDE_CITY'])
      expect(await refused(at(String(lon), String(lat)), format)).toEqual([400, 'POSITION_SWAPPED'])
    }
    const { value } = await clients.json.create(at('39.904211', '116.407395'), { 'accept-language': 'en' })
    expect((value as unknown as Refused)[0]?.description).toBe(
      'The position lies outside the city. Check the coordinates and their system. (lat, long: POSITION_OUTSIDE_CITY)',
    )
  })

  it('asks about a point that makes sense only as GCJ-02, with what it would be in WGS84', async () => {
    const inside = async (lon: number, lat: number) => (await world.server.send('GET', `/api/v1/locate?lon=${lon}&lat=${lat}`)).status === 200
    const edge = world.server.point()
    while (await inside(edge.lon + 0.002, edge.lat)) edge.lon += 0.002
    const [long, lat] = fromWgs84(edge.lon, edge.lat, 'gcj02')
    expect(await inside(long, lat)).toBe(false)
    const pairs: Pairs = [...without(whole(), 'lat', 'long'), ['lat', lat.toFixed(7)], ['long', long.toFixed(7)]]
    for (const format of ['xml', 'json'] as const) expect(await refused(pairs, format)).toEqual([400, 'POSITION_SYSTEM_DOUBTFUL'])
    const { value } = await clients.json.create(pairs, { 'accept-language': 'en' })
    const [problem] = value as unknown as Refused
    expect(problem?.description).toContain('(lat, long: city)')
    expect(problem?.description).toContain(`[asGcj02Lon ${String(edge.lon).slice(0, 8)}`)
  })

  it('takes an address alone, a component by its code, and a rough point, and leaves what is unclear to a person', async () => {
    const address = await created([...without(whole(), 'lat', 'long'), ['address_string', '人民路与解放街口东北角 & <路灯下>']], 'xml')
    expect(await reportOf(address)).toMatchObject({ address: '人民路与解放街口东北角 & <路灯下>', said_position: null })
    expect((await clients.xml.request(address)).value[0]).toMatchObject({ lat: null, long: null, status: 'open' })
    const rough = await created([...without(whole(), 'lat', 'long'), ['lat', '32.28'], ['long', '113.01']])
    expect((await clients.json.request(rough)).value[0]).toMatchObject({ lat: null, long: null })
    const { lon, lat } = world.server.point(1)
    const components = await world.administrator.send<{ added: number }>('POST', '/api/v1/components/import', {
      crs: 'wgs84',
      rows: [{ scheme: 'gbt30428', typeCode: '0101', name: '上水井盖', lon, lat }],
    })
    expect(components.status).toBe(200)
    const { rows } = await world.server.running.platform.pool.query<{ code: string }>('select code from places.component limit 1')
    const component = await created([...without(whole(), 'lat', 'long'), ['address_id', rows[0]?.code ?? '']])
    expect((await clients.json.request(component)).value[0]).toMatchObject({ lat, long: lon })
  })

  it('keeps what is said in any script as said, and shows none of it to readers', async () => {
    const said = `井盖 <b>&amp;</b> "坏了" 😀 مرحبا e\u0301 ]]> ${randomUUID()} 电话 13900001111`
    const media = 'https://photos.example.org/a.jpg?x=1&y=%E4%BD%A0'
    for (const format of ['xml', 'json'] as const) {
      const id = await created([...without(whole(), 'description'), ['description', `${said}${format}`], ['media_url', media]], format)
      expect(await reportOf(id)).toMatchObject({ said: `${said}${format}\nmedia_url: ${media}` })
      const { text } = await clients[format].request(id)
      expect(text).not.toMatch(/坏了|13900001111|photos\.example/)
    }
    const empty = await created([...without(whole(), 'description'), ['device_id', 'd-1'], ['account_id', 'a-1'], ['address_string', randomUUID()]])
    expect(await reportOf(empty)).toMatchObject({ said: '', title: '上水井盖', name: null, contact: null })
    const long = await created([...without(whole(), 'description'), ['description', `${'😀'.repeat(3_999)}x`]])
    expect([...String((await reportOf(long))['said'])]).toHaveLength(4_000)
  })

  it('gives a resend the first number: the same content within ten minutes, or the same Idempotency-Key', async () => {
    const pairs = whole()
    const first = await created(pairs)
    const before = await counted()
    expect(await created(pairs, 'xml')).toBe(first)
    expect(await created(pairs.toReversed())).toBe(first)
    expect(await created([...pairs, ['email', ''], ['device_id', 'another-device']])).toBe(first)
    expect(new Set(await Promise.all(Array.from({ length: 8 }, () => created(pairs))))).toEqual(new Set([first]))
    expect(await counted()).toEqual(before)
    const racing = whole()
    expect(new Set(await Promise.all(Array.from({ length: 8 }, () => created(racing)))).size).toBe(1)
    const other = await addKey({ name: '别的程序' })
    expect(await created([...without(pairs, 'api_key'), ['api_key', other.key]])).not.toBe(first)
    world.server.runtime.offsetMs += 10 * 60_000 + 1_000
    const later = await created(pairs)
    expect(later).not.toBe(first)
    expect(await created(pairs)).toBe(later)

    const keyed = { 'idempotency-key': randomUUID() }
    const act = whole()
    const one = await created(act, 'json', keyed)
    world.server.runtime.offsetMs += 3_600_000
    expect(await created(act, 'xml', keyed)).toBe(one)
    expect(await created(act, 'json', { 'idempotency-key': randomUUID() })).not.toBe(one)
    expect(await refused(whole(), 'json', keyed)).toEqual([400, 'KEY_REUSED'])
    expect(await refused(whole(), 'json', { 'idempotency-key': 'short' })).toEqual([400, 'KEY_MISSING'])
  })

  it('takes a form in UTF-8 and nothing else', async () => {
    const type = 'application/x-www-form-urlencoded'
    const text = encoded(whole())
    const before = await counted()
    for (const format of ['xml', 'json'] as const) {
      const send = async (body: string | Uint8Array, contentType: string) => codes(await clients[format].send<Refused>(body, { 'content-type': contentType }))
      expect(await send(JSON.stringify(Object.fromEntries(whole())), 'application/json')).toEqual([400, 'OPEN311_BODY_NOT_FORM'])
      expect(await send('{', 'application/json')).toEqual([400, 'OPEN311_BODY_NOT_FORM'])
      expect(await send(text, 'text/plain')).toEqual([400, 'OPEN311_BODY_NOT_FORM'])
      expect(await send(text, 'multipart/form-data; boundary=x')).toEqual([400, 'OPEN311_BODY_NOT_FORM'])
      expect(await send(text, `${type}; charset=gbk`)).toEqual([400, 'OPEN311_BODY_NOT_FORM'])
      expect(await send(`${text}&description=${'x'.repeat(300_000)}`, type)).toEqual([400, 'OPEN311_BODY_NOT_FORM'])
      expect(await send(Buffer.concat([Buffer.from(`${text}&email=`), Buffer.from([0xbe, 0xae])]), type)).toEqual([400, 'TEXT_NOT_ALLOWED'])
      for (const broken of ['%BE%AE', '%', '%zz', '%00', '%ED%A0%80'])
        expect(await send(`${text}&email=${broken}`, type), broken).toEqual([400, 'TEXT_NOT_ALLOWED'])
      expect(await send('', type)).toEqual([403, 'OPEN311_KEY_MISSING'])
      expect(await send(`${text}${'&attribute[x][]=1'.repeat(600)}`, type)).toEqual([400, 'INPUT_INVALID'])
    }
    expect(await counted()).toEqual(before)
    const other = encoded(whole())
    expect((await clients.json.send(other, { 'content-type': `${type.toUpperCase()}; charset="UTF-8"` })).status).toBe(200)
    expect((await clients.json.send(`${other.replaceAll('%20', '+')}&&email=`, { 'content-type': type })).status).toBe(200)
  })
})
