import { randomUUID } from 'node:crypto'
import { fromWgs84 } from '@linli/lib/geo/crs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exifSegment, jpegWith } from '../../src/platform/testing/photo.ts'
import { playerAt } from '../support/cast.ts'
import { countOf } from '../support/privacy.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { Person, Problem, ReportAnswer } from '../support/world.ts'

describe('a position in a system that its sender may have mistaken', () => {
  let server: TestServer
  let worker: Person
  let component: { code: string; lon: number; lat: number }
  const send = (body: Record<string, unknown>, as?: Person, key = randomUUID()) =>
    (as ?? server).send<ReportAnswer & Problem>(
      'POST',
      '/api/v1/reports',
      { channel: as ? 'field' : 'web', text: '路口井盖缺失', ...body },
      { 'idempotency-key': key },
    )
  const shifted = ({ lon, lat }: { lon: number; lat: number }) => {
    const [x, y] = fromWgs84(lon, lat, 'gcj02')
    return { lon: x, lat: y }
  }
  const photoAt = async (place: { lon: number; lat: number }, person?: Person) => {
    const photo = new Uint8Array(
      jpegWith({ front: [exifSegment({ ...place, takenAt: `2026:11:22 08:30:${String(Math.floor(Math.random() * 60)).padStart(2, '0')}` })] }),
    )
    return (await (person ?? server).send<{ id: string }>('POST', '/api/v1/blobs', photo, { 'content-type': 'image/jpeg' })).body.id
  }
  const positionOf = async (caseId: string) =>
    (await server.running.platform.pool.query<{ lon: number; lat: number }>('select lon, lat from cases."case" where id = $1', [caseId])).rows[0]

  beforeAll(async () => {
    server = await startTestServer()
    worker = await server.demoPerson('report')
    const administrator = await playerAt(server, 'administrator')
    const row = { scheme: 'cjt214', typeCode: '0137', name: '路灯', ...server.point() }
    await administrator.send('POST', '/api/v1/components/import', { crs: 'wgs84', rows: [row] })
    const { body } = await administrator.send<{ rows: { code: string; position: { lon: number; lat: number } }[] }>('GET', '/api/v1/components?typeCode=0137')
    component = { code: body.rows[0]?.code ?? '', ...(body.rows[0]?.position ?? server.point()) }
  })
  afterAll(() => server.stop())

  it('is asked about where a photo was taken by its other reading, and nothing is kept until the sender decides', async () => {
    const real = server.point()
    const position = { ...shifted(real), crs: 'wgs84' }
    const photo = await photoAt(real)
    const before = await countOf(server, 'select count(*) from cases."case"')
    const key = randomUUID()
    const asked = await send({ position, photos: [photo] }, undefined, key)
    expect(asked).toMatchObject({ status: 422, body: { code: 'POSITION_SYSTEM_DOUBTFUL', fields: [{ pointer: '/body/position/crs', detail: 'photo' }] } })
    const answer = asked.body.extra ?? {}
    expect(answer['basis']).toBe('photo')
    expect(answer['asWgs84Lon']).toBe(position.lon)
    expect(answer['asGcj02Lon']).toBeCloseTo(real.lon, 5)
    expect(answer['asGcj02Lat']).toBeCloseTo(real.lat, 5)
    expect(await countOf(server, 'select count(*) from cases."case"')).toBe(before)
    const decided = await send({ position: { ...position, crs: 'gcj02' }, photos: [photo] }, undefined, key)
    expect(decided.status).toBe(201)
    expect((await positionOf(decided.body.case.id))?.lon).toBeCloseTo(real.lon, 6)
  })

  it('stands as sent where the sender confirms it: it is never moved', async () => {
    const real = server.point()
    const position = { ...shifted(real), crs: 'wgs84' }
    const { body, status } = await send({ position: { ...position, confirmed: true }, photos: [await photoAt(real)] })
    expect(status).toBe(201)
    expect(await positionOf(body.case.id)).toEqual({ lon: position.lon, lat: position.lat })
  })

  it('is asked about where the named component stands by its other reading', async () => {
    const position = { ...shifted(component), crs: 'wgs84' }
    expect(await send({ position, component: component.code })).toMatchObject({
      status: 422,
      body: { code: 'POSITION_SYSTEM_DOUBTFUL', fields: [{ detail: 'component' }] },
    })
    expect((await send({ position: { lon: component.lon, lat: component.lat, crs: 'wgs84' }, component: component.code })).status).toBe(201)
  })

  it('is asked about where only its other reading lies in the city, and else lies outside', async () => {
    const edge = await edgePoint()
    expect(await send({ position: { ...shifted(edge), crs: 'wgs84' } })).toMatchObject({
      status: 422,
      body: { code: 'POSITION_SYSTEM_DOUBTFUL', fields: [{ detail: 'city' }] },
    })
    expect(await send({ position: { ...shifted(edge), crs: 'wgs84', confirmed: true } })).toMatchObject({
      status: 422,
      body: { code: 'POSITION_OUTSIDE_CITY' },
    })
    expect((await send({ position: { ...shifted(edge), crs: 'gcj02' } })).status).toBe(201)
    expect(await send({ position: { lon: 100.12345, lat: 30.12345, crs: 'wgs84' } })).toMatchObject({ status: 422, body: { code: 'POSITION_OUTSIDE_CITY' } })
  })

  it('is not asked about because of a photo of somebody else, which nobody could see anyway', async () => {
    const real = server.point()
    const photo = await photoAt(real, worker)
    const answer = await send({ position: { ...shifted(real), crs: 'wgs84' }, photos: [photo] })
    expect(answer).toMatchObject({ status: 422, body: { code: 'BLOB_UNKNOWN' } })
  })

  it('is never asked about in a replay', async () => {
    const administrator = await server.signIn('test-admin', 'a long test password')
    const answer = await send(
      { channel: 'replay', position: { ...shifted(component), crs: 'wgs84' }, component: component.code, saidAt: '2026-01-01T00:00:00Z' },
      administrator,
    )
    expect(answer.status).toBe(201)
  })

  it.each([{ confirmed: 'yes' }, { confirmed: 1 }, { sure: true }])('is refused with %j', async (more) => {
    expect((await send({ position: { ...server.point(), crs: 'wgs84', ...more } })).status).toBe(400)
  })

  /** A point 50 metres inside the eastern border, from which the shift leads out of the city. */
  async function edgePoint(): Promise<{ lon: number; lat: number }> {
    const { lon, lat } = server.point()
    let [west, east] = [lon, lon + 1]
    for (let step = 0; step < 25; step += 1) {
      const middle = (west + east) / 2
      const { status } = await server.send('GET', `/api/v1/locate?lon=${middle.toFixed(7)}&lat=${lat}`)
      if (status === 200) west = middle
      else east = middle
    }
    return { lon: west - 0.0005, lat }
  }
})
