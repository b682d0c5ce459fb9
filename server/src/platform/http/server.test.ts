import { Type } from '@sinclair/typebox'
import { closed, endpoint, Said } from '@linli/contract/endpoint'
import { Refusal, type ErrorCode } from '@linli/contract/errors'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { createMetrics } from '../metrics.ts'
import type { PersonActor } from '../rights/actor.ts'
import { keptLog } from '../testing/log-lines.ts'
import { route } from './request.ts'
import { createHttp } from './server.ts'

const base = { purposes: [], status: 200 as const, summary: 'a fake', errors: [] }
const Thing = closed({ name: Type.String() })
const read = endpoint({ ...base, id: 'fake.read', method: 'GET', path: '/fake', permission: 'public', answer: Thing })
const write = endpoint({
  ...base,
  id: 'fake.write',
  method: 'POST',
  path: '/fake',
  permission: 'session',
  body: closed({ text: Said(100), count: Type.Optional(Type.Integer()) }),
  answer: Thing,
})
const undeclared = endpoint({ ...base, id: 'fake.undeclared', method: 'GET', path: '/undeclared', permission: 'public', answer: Thing })
const broken = endpoint({
  ...base,
  id: 'fake.broken',
  method: 'GET',
  path: '/broken/:id',
  permission: 'public',
  params: closed({ id: Type.String() }),
  answer: Thing,
})
const personal = endpoint({
  ...base,
  id: 'fake.personal',
  method: 'GET',
  path: '/personal',
  permission: 'cases.read',
  purposes: ['handle-case', 'supervise'],
  answer: closed({ purpose: Type.String() }),
})
const crowded = endpoint({ ...base, id: 'fake.crowded', method: 'POST', path: '/crowded', permission: 'public', answer: Thing })
const keyed = endpoint({
  ...base,
  id: 'fake.keyed',
  method: 'POST',
  path: '/keyed',
  permission: 'session',
  demands: 'idempotency-key',
  answer: Thing,
  errors: ['KEY_MISSING'],
})
const matched = endpoint({
  ...base,
  id: 'fake.matched',
  method: 'POST',
  path: '/matched',
  permission: 'session',
  demands: 'if-match',
  answer: Thing,
  errors: ['IF_MATCH_MISSING'],
})

const TOKEN = 'a-token-of-more-than-twenty-letters'
const person: PersonActor = {
  kind: 'person',
  personId: 'p',
  personName: '王',
  postId: 'o',
  postTitle: '受理员',
  unitCode: 'u',
  unitName: '中心',
  areaPath: '1',
  permissions: new Set(['cases.read']),
  sessionId: 's',
}
const SECRET = 'select password_hash from identity.person'

describe('the HTTP layer over fake routes', () => {
  let app: FastifyInstance
  const refusals: { endpoint: string; code: ErrorCode; actor: string; objectId: string | undefined }[] = []
  const { log, lines } = keptLog()

  beforeAll(async () => {
    const named = { name: 'kept', secret: 'never' }
    app = await createHttp(
      {
        config: readConfig({ LINLI_REPORTS_PER_MINUTE: '3' }),
        log,
        metrics: createMetrics(),
        findActor: async (token) => (token === TOKEN ? person : undefined),
        onRefusal: async (refusal) =>
          void refusals.push({ endpoint: refusal.endpoint.id, code: refusal.code, actor: refusal.actor.kind, objectId: refusal.objectId }),
      },
      [
        route(read, async () => named),
        route(write, async (call) => ({ name: call.body.text })),
        route(undeclared, async () => {
          throw new Refusal('SEQ_STALE', [], { seq: 4 })
        }),
        route(broken, async () => {
          throw new Error(SECRET)
        }),
        route(personal, async (call) => ({ purpose: call.purpose ?? '' })),
        route(crowded, async () => named),
        route(keyed, async (call) => ({ name: call.key })),
        route(matched, async (call) => ({ name: String(call.ifMatch) })),
      ],
    )
  })
  beforeEach(() => {
    refusals.length = 0
    lines.length = 0
  })
  afterAll(() => app.close())

  const signedIn = { authorization: `Bearer ${TOKEN}` }
  const cookie = { cookie: `linli_session=${TOKEN}` }

  it('lets no field out that the contract does not list', async () => {
    const answer = await app.inject({ url: '/fake' })
    expect(answer.json()).toEqual({ name: 'kept' })
  })

  it('answers a refusal whose status the endpoint does not declare as a fault of ours', async () => {
    const answer = await app.inject({ url: '/undeclared' })
    expect(answer.statusCode).toBe(500)
    expect(answer.json()).toMatchObject({ code: 'INTERNAL', status: 500 })
    expect(answer.body).not.toContain('SEQ_STALE')
  })

  it('answers a status that no schema describes as a 500, and says which in the log alone', async () => {
    const parts = { config: readConfig({}), log, metrics: createMetrics(), findActor: async () => undefined, onRefusal: async () => undefined }
    const other = await createHttp(parts, [route(read, async () => ({ name: 'kept' }))])
    // A handler cannot set a status, but a plugin can.
    other.addHook('preSerialization', async (_request, reply, payload) => {
      if (reply.statusCode === 200) reply.status(202)
      return payload
    })
    const answer = await other.inject({ url: '/fake' })
    await other.close()
    expect(answer.statusCode).toBe(500)
    expect(answer.json()).toMatchObject({ code: 'INTERNAL' })
    expect(answer.body).not.toContain('kept')
    expect(JSON.stringify(lines)).toContain('STATUS_NOT_DECLARED fake.read 202')
  })

  it('says nothing of the inside when something breaks, audits it as a failure and logs it with the request id', async () => {
    const answer = await app.inject({ url: '/broken/case-7' })
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('password_hash')
    expect(refusals).toEqual([{ endpoint: 'fake.broken', code: 'INTERNAL', actor: 'public', objectId: 'case-7' }])
    const logged = lines.find((line) => line['msg'] === 'request failed')
    expect(logged).toMatchObject({ requestId: answer.json<{ requestId: string }>().requestId, endpoint: 'fake.broken' })
    expect(String(logged?.['error'])).toContain(SECRET)
  })

  it('answers problems in Chinese, or in English when that is asked for first', async () => {
    const zh = await app.inject({ url: '/nowhere' })
    const en = await app.inject({ url: '/nowhere', headers: { 'accept-language': 'en-GB,zh;q=0.5' } })
    for (const answer of [zh, en]) {
      expect(answer.statusCode).toBe(404)
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
      expect(answer.json()).toMatchObject({
        type: 'urn:linli:error:NOT_FOUND',
        status: 404,
        code: 'NOT_FOUND',
        requestId: answer.headers['x-request-id'],
        fields: [],
      })
    }
    expect(zh.json<{ title: string }>().title).toBe('没有找到，或不在您的范围内')
    expect(en.json<{ title: string }>().title).toBe('Not found, or outside your scope')
  })

  it('sets the headers that keep a browser from guessing, framing and leaking', async () => {
    for (const url of ['/fake', '/nowhere']) {
      expect((await app.inject({ url })).headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
      })
    }
  })

  describe('input', () => {
    const post = (payload: unknown, headers: Record<string, string> = {}) =>
      app.inject({
        method: 'POST',
        url: '/fake',
        headers: { 'content-type': 'application/json', ...signedIn, ...headers },
        payload: typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload),
      })

    it('is neither coerced nor quietly cut: each wrong field is named by its pointer', async () => {
      const answer = await post({ text: 7, count: '3', extra: true })
      expect(answer.statusCode).toBe(400)
      expect(answer.json()).toMatchObject({ code: 'INPUT_INVALID' })
      const pointers = answer.json<{ fields: { pointer: string }[] }>().fields.map((field) => field.pointer)
      expect(pointers.toSorted()).toEqual(['/body/count', '/body/extra', '/body/text'])
    })

    it.each([
      ['no JSON', '{"text":', 'BODY_NOT_JSON'],
      ['an empty body', '', 'BODY_NOT_JSON'],
      ['a prototype to poison', '{"text":"a","__proto__":{"admin":true}}', 'BODY_NOT_JSON'],
      ['broken UTF-8', Buffer.from([0x7b, 0x22, 0x74, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'TEXT_NOT_ALLOWED'],
      ['a NUL', { text: 'a\0b' }, 'TEXT_NOT_ALLOWED'],
      ['half a surrogate pair', '{"text":"\\ud800"}', 'TEXT_NOT_ALLOWED'],
      ['a NUL in a name', '{"te\\u0000xt":"a"}', 'TEXT_NOT_ALLOWED'],
    ])('with %s is refused by name', async (_what, payload, code) => {
      const answer = await post(payload)
      expect({ status: answer.statusCode, code: answer.json<{ code: string }>().code }).toEqual({ status: 400, code })
    })

    it('with odd but storable characters is kept as said', async () => {
      const text = '<b>路灯</b>\u0007\u202e "&\'; drop table\u{1f6a8}'
      expect((await post({ text })).json()).toEqual({ name: text })
    })

    it('larger than a mebibyte is a 413, before anything reads it', async () => {
      const answer = await post(`{"text":"${'x'.repeat(1_100_000)}"}`)
      expect({ status: answer.statusCode, code: answer.json<{ code: string }>().code }).toEqual({ status: 413, code: 'BODY_TOO_LARGE' })
    })

    it.each(['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded'])('sent as %s is a 415', async (type) => {
      const answer = await post('text=abc', { 'content-type': type })
      expect({ status: answer.statusCode, code: answer.json<{ code: string }>().code }).toEqual({ status: 415, code: 'TYPE_NOT_ALLOWED' })
    })

    it('with a hundred thousand unknown fields is answered briefly, naming fifty', async () => {
      const many = Object.fromEntries(Array.from({ length: 90_000 }, (_, index) => [`f${index}`, 1]))
      const answer = await post(many)
      expect(answer.json<{ fields: unknown[] }>().fields).toHaveLength(50)
      expect(answer.body.length).toBeLessThan(20_000)
    })
  })

  describe('a caller', () => {
    it('without a session, or with one that ended, is a 401; one without the permission a 403', async () => {
      const body = { method: 'POST' as const, url: '/fake', payload: { text: 'a' } }
      expect((await app.inject(body)).json()).toMatchObject({ code: 'SESSION_MISSING', status: 401 })
      expect((await app.inject({ ...body, headers: { authorization: 'Bearer an-ended-token-of-twenty-letters' } })).statusCode).toBe(401)
      expect((await app.inject({ ...body, headers: signedIn })).statusCode).toBe(200)
      expect(refusals.map((refusal) => refusal.code)).toEqual(['SESSION_MISSING', 'SESSION_MISSING'])
    })

    it('names a purpose that the endpoint lists, or is refused with the list', async () => {
      const ask = (purpose?: string) =>
        app.inject({ url: '/personal', headers: { ...signedIn, ...(purpose === undefined ? {} : { 'linli-purpose': purpose }) } })
      expect((await ask()).json()).toMatchObject({ code: 'PURPOSE_NOT_ALLOWED', extra: { allowed: 'handle-case, supervise' } })
      expect((await ask('curiosity')).statusCode).toBe(403)
      expect((await ask('supervise')).json()).toEqual({ purpose: 'supervise' })
    })

    it('brings the key or the version that an endpoint demands', async () => {
      const send = (url: string, headers: Record<string, string>) => app.inject({ method: 'POST', url, headers: { ...signedIn, ...headers } })
      expect((await send('/keyed', {})).json()).toMatchObject({ code: 'KEY_MISSING' })
      expect((await send('/keyed', { 'idempotency-key': 'short' })).json()).toMatchObject({ code: 'KEY_MISSING' })
      expect((await send('/keyed', { 'idempotency-key': 'field:1234-5678' })).json()).toEqual({ name: 'field:1234-5678' })
      expect((await send('/matched', {})).statusCode).toBe(428)
      expect((await send('/matched', { 'if-match': 'W/x' })).statusCode).toBe(428)
      expect((await send('/matched', { 'if-match': '"12"' })).json()).toEqual({ name: '12' })
    })

    it.each(['https://evil.example', 'null', 'not a url'])('with a cookie and the origin %s may change nothing', async (origin) => {
      const answer = await app.inject({ method: 'POST', url: '/fake', headers: { ...cookie, origin, host: 'linli.example' }, payload: { text: 'a' } })
      expect({ status: answer.statusCode, code: answer.json<{ code: string }>().code }).toEqual({ status: 403, code: 'ORIGIN_NOT_ALLOWED' })
    })

    it('with a cookie acts from our own pages, and reads from anywhere', async () => {
      expect(
        (
          await app.inject({
            method: 'POST',
            url: '/fake',
            headers: { ...cookie, origin: 'https://linli.example', host: 'linli.example' },
            payload: { text: 'a' },
          })
        ).statusCode,
      ).toBe(200)
      expect((await app.inject({ url: '/fake', headers: { ...cookie, origin: 'https://evil.example' } })).statusCode).toBe(200)
    })

    it('without an account gets three tries a minute and then learns when to come back; somebody signed in is not counted', async () => {
      const statuses: number[] = []
      for (let count = 0; count < 4; count++) statuses.push((await app.inject({ method: 'POST', url: '/crowded' })).statusCode)
      expect(statuses).toEqual([200, 200, 200, 429])
      const refused = await app.inject({ method: 'POST', url: '/crowded' })
      expect(refused.json()).toMatchObject({ code: 'RATE_LIMITED', status: 429 })
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
      expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60)
      expect((await app.inject({ method: 'POST', url: '/crowded', headers: signedIn })).statusCode).toBe(200)
    })
  })
})
