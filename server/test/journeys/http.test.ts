import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { allEndpoints } from '@linli/contract/endpoints/all'
import { errors } from '@linli/contract/errors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exifSegment, jpegWith, pdfOf } from '../../src/platform/testing/photo.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { Problem } from '../support/world.ts'

interface Upload {
  id: string
  mediaType: string
  bytes: number
  sha256: string
  takenAt: string | null
  position: { lon: number; lat: number } | null
}
const MEGABYTE = 1024 * 1024

describe('bad input over HTTP', () => {
  let server: TestServer
  const upload = <T = Upload & Problem>(bytes: Uint8Array, type = 'image/jpeg') => server.send<T>('POST', '/api/v1/blobs', bytes, { 'content-type': type })
  const storedFiles = () =>
    readdirSync(join(server.dataFolder, 'blobs'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)
  const count = async (table: string) =>
    Number((await server.running.platform.pool.query<{ count: number }>(`select count(*) as count from ${table}`)).rows[0]?.count)

  /** Writes to a socket of its own, leaves the request open and returns what comes back. */
  const sendRaw = (parts: readonly (string | Buffer)[]) =>
    new Promise<string>((resolve, reject) => {
      let answer = ''
      const socket = connect(Number(new URL(server.running.url).port), '127.0.0.1', () => {
        for (const part of parts) socket.write(part)
      })
      socket.on('data', (data) => {
        answer += data.toString()
        if (answer.endsWith('}')) socket.destroy()
      })
      socket.on('close', () => resolve(answer)).on('error', reject)
    })

  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.stop())

  describe('an upload', () => {
    it('of a photo of 40 MB is a 413 that says what to do, before the photo is sent, and nothing is kept', async () => {
      const before = storedFiles()
      const answer = await sendRaw([`POST /api/v1/blobs HTTP/1.1\r\nhost: x\r\ncontent-type: image/jpeg\r\ncontent-length: ${40 * MEGABYTE}\r\n\r\n`])
      expect(answer).toMatch(/^HTTP\/1\.1 413 /)
      expect(answer).toContain('"code":"BODY_TOO_LARGE"')
      expect(answer).toContain(errors.BODY_TOO_LARGE.doZh)
      expect(storedFiles()).toEqual(before)
    })

    it('that does not say its size is a 413 with the first byte beyond 20 MB', async () => {
      const before = storedFiles()
      const chunk = Buffer.concat([Buffer.from(`${MEGABYTE.toString(16)}\r\n`), Buffer.alloc(MEGABYTE, 0xff), Buffer.from('\r\n')])
      const answer = await sendRaw([
        'POST /api/v1/blobs HTTP/1.1\r\nhost: x\r\ncontent-type: image/jpeg\r\ntransfer-encoding: chunked\r\n\r\n',
        ...Array.from({ length: 20 }, () => chunk),
        '1\r\n.\r\n',
      ])
      expect(answer).toMatch(/^HTTP\/1\.1 413 /)
      expect(answer).toContain('"code":"BODY_TOO_LARGE"')
      expect(storedFiles()).toEqual(before)
    })

    it.each([
      ['a renamed program', Buffer.from('MZ\x90\0 This program cannot be run in DOS mode'), 'image/jpeg'],
      ['a page', Buffer.from('<!doctype html><script>alert(document.cookie)</script>'), 'text/html'],
      ['a page that calls itself a photo', Buffer.from('<html><body onload=alert(1)>'), 'image/png'],
      ['a drawing that holds script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'image/svg+xml'],
      ['nothing', Buffer.alloc(0), 'image/jpeg'],
      ['JSON', Buffer.from('{"photo":"none"}'), 'application/json'],
    ])('of %s is a 415, and nothing is kept', async (_what, bytes, type) => {
      const before = [storedFiles(), await count('platform.blob')]
      const { status, body } = await upload(bytes, type)
      expect({ status, code: body.code }).toEqual({ status: 415, code: 'TYPE_NOT_ALLOWED' })
      expect([storedFiles(), await count('platform.blob')]).toEqual(before)
    })

    it('of a PDF is kept as it is, whatever its header says', async () => {
      const { status, body } = await upload(pdfOf(5_000), 'text/plain')
      expect({ status, mediaType: body.mediaType, bytes: body.bytes, position: body.position }).toEqual({
        status: 201,
        mediaType: 'application/pdf',
        bytes: pdfOf(5_000).length,
        position: null,
      })
      expect(storedFiles()).toContain(body.sha256)
    })

    it('of a photo tells its place and time, and keeps neither in the file', async () => {
      const exif = exifSegment({ takenAt: '2026:11:22 08:30:15', lon: 113.006271, lat: 32.28082 })
      const { status, body } = await upload(jpegWith({ front: [exif] }))
      expect(status).toBe(201)
      expect(body.takenAt).toBe('2026-11-22T00:30:15.000Z')
      expect(body.position?.lon).toBeCloseTo(113.006271, 6)
      expect(body.position?.lat).toBeCloseTo(32.28082, 6)
      const kept = await server.running.platform.blobs.read(body.sha256)
      expect(kept.equals(jpegWith())).toBe(true)
    })
  })

  it('half-sent leaves nothing: no report, no file, no case', async () => {
    const before = [storedFiles(), await count('platform.blob'), await count('cases."case"'), await count('platform.idempotency')]
    const { port } = new URL(server.running.url)
    for (const head of [
      'POST /api/v1/blobs HTTP/1.1\r\nhost: x\r\ncontent-type: image/jpeg\r\ncontent-length: 500000\r\n\r\n',
      'POST /api/v1/reports HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nidempotency-key: half-sent-1\r\ncontent-length: 500\r\n\r\n{"channel":"web",',
    ]) {
      await new Promise<void>((resolve, reject) => {
        const socket = connect(Number(port), '127.0.0.1', () => {
          socket.write(head)
          socket.write(jpegWith())
          setTimeout(() => socket.destroy(), 50)
        })
        socket.on('close', () => resolve()).on('error', reject)
      })
    }
    await sleep(200)
    expect([storedFiles(), await count('platform.blob'), await count('cases."case"'), await count('platform.idempotency')]).toEqual(before)
  })

  it('of a wrong shape names each field in both languages, with what to do', async () => {
    const body = { channel: 'pigeon', text: 5, position: { lon: 'east', lat: 32, crs: 'wgs84' } }
    const send = (language: string) =>
      server.send<Problem & { title: string; detail: string; requestId: string }>('POST', '/api/v1/reports', body, {
        'idempotency-key': 'wrong-shape-1',
        'accept-language': language,
      })
    for (const [language, title, detail] of [
      ['zh-CN', errors.INPUT_INVALID.zh, errors.INPUT_INVALID.doZh],
      ['en', errors.INPUT_INVALID.en, errors.INPUT_INVALID.doEn],
    ] as const) {
      const answer = await send(language)
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
      expect(answer.body).toMatchObject({
        type: 'urn:linli:error:INPUT_INVALID',
        title,
        detail,
        status: 400,
        code: 'INPUT_INVALID',
        requestId: answer.headers.get('x-request-id'),
      })
      expect([...new Set(answer.body.fields.map((field) => field.pointer))].toSorted()).toEqual(['/body/channel', '/body/position/lon', '/body/text'])
    }
  })

  it('leaves one audit line for each refusal, with the endpoint and the code', async () => {
    const answer = await server.send<Problem & { requestId: string }>(
      'POST',
      '/api/v1/reports',
      { channel: 'web', text: '路灯不亮', matter: 'no-such-matter' },
      { 'idempotency-key': 'audited-refusal' },
    )
    expect(answer.body).toMatchObject({ code: 'MATTER_UNKNOWN', status: 422, fields: [{ pointer: '/body/matter' }] })
    const { rows } = await server.running.platform.pool.query('select action, outcome, error_code, actor_kind from platform.audit where request_id = $1', [
      answer.body.requestId,
    ])
    expect(rows).toEqual([{ action: 'intake.report', outcome: 'refused', error_code: 'MATTER_UNKNOWN', actor_kind: 'public' }])
  })

  it.each(['/api/v1/nothing', '/api/v2/cases', '/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/api/docs/ui/..%2f..%2fpackage.json'])(
    'for the unknown path %s is a 404 problem',
    async (path) => {
      const answer = await server.send<Problem>('GET', path)
      expect(answer.status).toBe(404)
      expect(answer.body).toMatchObject({ code: 'NOT_FOUND' })
    },
  )

  it('with a cookie from a foreign page changes nothing; from our own it does', async () => {
    const person = await server.demoPerson('file')
    const cookie = `linli_session=${person.token}`
    const { body: report } = await server.send<{ case: { id: string } }>(
      'POST',
      '/api/v1/reports',
      { channel: 'web', text: '路灯整夜不亮' },
      { 'idempotency-key': 'csrf-journey', cookie, origin: server.running.url },
    )
    const note = (origin: string) =>
      server.send<Problem>('POST', `/api/v1/cases/${report.case.id}/moves`, { move: 'note', note: '备注' }, { 'if-match': '1', cookie, origin })
    expect((await note('https://evil.example')).body).toMatchObject({ code: 'ORIGIN_NOT_ALLOWED', status: 403 })
    expect((await note(server.running.url)).status).toBe(200)
  })
})

describe('what is sent', () => {
  let server: TestServer

  beforeAll(async () => {
    server = await startTestServer({ env: { LINLI_REPORTS_PER_MINUTE: '5' } })
  })
  afterAll(() => server.stop())

  it('of an attachment goes to those who see its case alone, as a file that no browser runs', async () => {
    const street = await server.demoPerson('report')
    const [acceptor, elsewhere] = await Promise.all([server.demoPerson('file'), server.demoPerson('report', 8)])
    const photo = await server.photo(street)
    const report = await server.report({ photos: [photo] }, street)
    const path = `/api/v1/cases/${report.case.id}/blobs/${photo}`
    const purpose = { 'linli-purpose': 'handle-case' }
    const seen = await acceptor.send('GET', path, undefined, purpose)
    expect(seen.status).toBe(200)
    expect(
      Object.fromEntries(['content-type', 'content-security-policy', 'x-content-type-options', 'cache-control'].map((name) => [name, seen.headers.get(name)])),
    ).toEqual({
      'content-type': 'image/png',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=3600',
    })
    expect((await server.send('GET', path, undefined, purpose)).status).toBe(401)
    expect((await acceptor.send<Problem>('GET', path)).body.code).toBe('PURPOSE_NOT_ALLOWED')
    expect((await elsewhere.send<Problem>('GET', path, undefined, purpose)).body).toMatchObject({ code: 'NOT_FOUND', status: 404 })
    const other = await server.report({}, street)
    expect((await acceptor.send('GET', `/api/v1/cases/${other.case.id}/blobs/${photo}`, undefined, purpose)).status).toBe(404)
    const { rows } = await server.running.platform.pool.query(
      "select purpose, row_count from platform.read_log where endpoint = 'cases.getBlob' and object_id = $1",
      [report.case.id],
    )
    expect(rows).toEqual([{ purpose: 'handle-case', row_count: 1 }])
  })

  it('too often by somebody without an account is a 429 that says when to come back', async () => {
    const send = (key: number) =>
      server.send<Problem>('POST', '/api/v1/reports', { channel: 'web', text: '路灯整夜不亮' }, { 'idempotency-key': `too-often-${key}` })
    const answers = await Promise.all(Array.from({ length: 9 }, (_, key) => send(key)))
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 201, 201, 201, 201, 429, 429, 429, 429])
    const refused = answers.find((answer) => answer.status === 429)
    expect(refused?.body.code).toBe('RATE_LIMITED')
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(
      (
        await (
          await server.demoPerson('file')
        ).send('POST', '/api/v1/reports', { channel: 'web', text: '路灯整夜不亮' }, { 'idempotency-key': 'too-often-staff' })
      ).status,
    ).toBe(201)
  })

  it('as the description of the API resolves every reference and names every endpoint, field by field', async () => {
    type Json = { [name: string]: Json } & { $ref?: string; operationId?: string; requestBody?: Json; parameters?: { name: string; in: string }[] }
    const { body: api } = await server.send<Json>('GET', '/openapi.json')
    expect(api['openapi']).toBe('3.1.0')
    const references: string[] = []
    JSON.stringify(api, (name, value: unknown) => {
      if (name === '$ref') references.push(String(value))
      return value
    })
    expect(references.length).toBeGreaterThan(0)
    for (const reference of new Set(references))
      expect(
        reference
          .split('/')
          .slice(1)
          .reduce<Json | undefined>((at, part) => at?.[part], api),
        reference,
      ).toBeDefined()
    for (const endpoint of allEndpoints) {
      const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}')
      const operation = api['paths']?.[path]?.[endpoint.method.toLowerCase()]
      expect(operation?.operationId, path).toBe(endpoint.id)
      const named = (operation?.parameters ?? []).filter((parameter) => parameter.in === 'path').map((parameter) => `{${parameter.name}}`)
      expect(named.toSorted()).toEqual([...path.matchAll(/\{\w+\}/g)].map((match) => match[0]).toSorted())
      expect(operation?.requestBody !== undefined, endpoint.id).toBe(endpoint.body !== undefined || endpoint.upload !== undefined)
    }
    const ids = Object.values(api['paths'] ?? {}).flatMap((path) => Object.values(path).map((operation) => operation.operationId))
    expect(new Set(ids).size).toBe(allEndpoints.length)
  })

  it('as health, readiness and metrics says how it is, and no name of anybody', async () => {
    expect((await server.send('GET', '/healthz')).body).toEqual({ ok: true })
    expect((await server.send('GET', '/readyz')).body).toEqual({ ready: true, missing: [] })
    const metrics = await server.send<string>('GET', '/metrics')
    expect(metrics.status).toBe(200)
    expect(metrics.body).toMatch(/^linli_reports_total\{outcome="waiting"\} [1-9]/m)
    expect(metrics.body).toMatch(/^linli_outbox_undelivered \d/m)
    expect(metrics.body).toMatch(/^linli_http_request_seconds_bucket\{.*endpoint="intake\.report"/m)
    const { body } = await server.send<{ rows: { login: string; personName: string }[] }>('GET', '/api/v1/demo-people')
    for (const person of body.rows) expect(metrics.body.includes(person.login) || metrics.body.includes(person.personName), person.login).toBe(false)
  })
})
