import { api } from '@linli/contract/endpoints/all'
import { describe, expect, test } from 'vitest'
import { addressOf } from './address.ts'
import { createClient } from './client.ts'
import { ApiProblem } from './problem.ts'

const ID = '01990000-0000-7000-8000-000000000001'
const answering = (status: number, body: unknown) => {
  const seen: { url: string; init: RequestInit }[] = []
  const fetch = (async (url: string, init: RequestInit) => {
    seen.push({ url, init })
    return new Response(JSON.stringify(body), { status })
  }) as typeof globalThis.fetch
  return { seen, client: createClient({ baseUrl: '', fetch, language: () => 'en' }) }
}
const headers = (init: RequestInit | undefined) => (init?.headers ?? {}) as Record<string, string>

describe('the client', () => {
  test('fills path and query and leaves out what is undefined', () => {
    expect(addressOf(api.cases.list, { query: { q: '路灯', state: undefined, limit: '50' } as { q: string; limit: string } })).toBe(
      '/api/v1/cases?q=%E8%B7%AF%E7%81%AF&limit=50',
    )
    expect(addressOf(api.cases.get, { params: { id: ID } })).toBe(`/api/v1/cases/${ID}`)
    expect(() => addressOf(api.cases.get, {})).toThrow('PARAMETER_MISSING cases.get id')
  })

  test('sends the seq as If-Match and the body as JSON', async () => {
    const { client, seen } = answering(200, { id: ID, number: 'LL-1', state: 'filed', step: 'dispatch', seq: 4 })
    const answer = await client.call(api.cases.move, { params: { id: ID }, body: { move: 'file' }, seq: 3 })
    expect(answer.seq).toBe(4)
    expect(headers(seen[0]?.init)).toMatchObject({ 'if-match': '"3"', 'content-type': 'application/json', 'accept-language': 'en' })
  })

  test('names the purpose where the endpoint lists it, and the first one otherwise', async () => {
    const { client, seen } = answering(200, { rows: [], next: null })
    await client.call(api.cases.list, { purpose: 'supervise' })
    await client.call(api.cases.list, { purpose: 'security-audit' })
    await client.call(api.cases.listPins, { query: { bbox: '1,2,3,4' }, purpose: 'supervise' })
    expect(seen.map(({ init }) => headers(init)['linli-purpose'])).toEqual(['supervise', 'handle-case', undefined])
  })

  test('turns problem+json into a typed problem with its fields', async () => {
    const { client } = answering(422, {
      code: 'CASES_INPUT_MISSING',
      status: 422,
      fields: [{ pointer: '/body/note', code: 'required' }],
      extra: { state: 'filed' },
      requestId: 'r1',
    })
    const problem = await client.call(api.cases.move, { params: { id: ID }, body: { move: 'file' }, seq: 1 }).catch((error: unknown) => error)
    expect(problem).toBeInstanceOf(ApiProblem)
    expect(problem).toMatchObject({ code: 'CASES_INPUT_MISSING', status: 422, fields: [{ pointer: '/body/note', code: 'required' }], requestId: 'r1' })
  })

  test('calls a strange body unreadable and a failed fetch a lost connection', async () => {
    const strange = await answering(502, 'bad gateway')
      .client.call(api.platform.city)
      .catch((error: unknown) => error)
    expect(strange).toMatchObject({ code: 'ANSWER_UNREADABLE', status: 502 })
    const cut = createClient({ baseUrl: '', fetch: () => Promise.reject(new TypeError('failed')), language: () => 'zh-CN' })
    expect(await cut.call(api.platform.city).catch((error: unknown) => error)).toMatchObject({ code: 'CONNECTION_LOST', status: 0 })
  })
})
