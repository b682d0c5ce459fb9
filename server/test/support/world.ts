import { randomUUID } from 'node:crypto'
import { deflateSync, crc32 } from 'node:zlib'
import type { AnswerOf } from '@linli/contract/endpoint'
import type { cases } from '@linli/contract/endpoints/cases'
import type { intake } from '@linli/contract/endpoints/intake'
import { DEMO_PASSWORD } from '../../src/modules/identity/index.ts'
import type { Running } from '../../src/start.ts'

export interface Answer<T = Record<string, unknown>> {
  readonly status: number
  readonly body: T
  readonly headers: Headers
}
/** A person at a post who acts over HTTP. */
export interface Person {
  readonly login: string
  readonly token: string
  send<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>>
}
export type ReportAnswer = AnswerOf<typeof intake.report>
export type CaseDetail = AnswerOf<typeof cases.get>
export type Problem = { code: string; status: number; fields: { pointer: string; code: string }[]; extra?: Record<string, unknown> }

/** What journeys need: people of the demo city, reports, moves; everything over public HTTP. */
export interface World {
  send<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>>
  signIn(login: string, password?: string): Promise<Person>
  /** The n-th person who plays a step in the demo city (`file`, `dispatch`, `handle`, `check`, `evaluate`, `report`). */
  demoPerson(step: string, index?: number): Promise<Person>
  report(body?: Record<string, unknown>, as?: Person): Promise<ReportAnswer>
  detail(person: Person, id: string): Promise<CaseDetail>
  /** Makes a move with the seq that the person last saw; evidence is a fresh photo where asked. */
  move(person: Person, id: string, move: string, input?: Record<string, unknown>): Promise<Answer<{ state: string; seq: number }>>
  photo(person?: Person): Promise<string>
  /** A point well inside the city, another for each number. */
  point(index?: number): { lon: number; lat: number }
}

const PURPOSE = { 'linli-purpose': 'handle-case' }

export function createWorld(running: Running): World {
  const base = running.url
  const send = async <T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> => {
    const raw = body instanceof Uint8Array
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: raw ? new Uint8Array(body) : JSON.stringify(body) }),
    })
    const text = await response.text()
    const json = (response.headers.get('content-type') ?? '').includes('json')
    return { status: response.status, body: (json ? JSON.parse(text) : text) as T, headers: response.headers }
  }
  const signIn = async (login: string, password = DEMO_PASSWORD): Promise<Person> => {
    const { status, body } = await send<{ token: string }>('POST', '/api/v1/session', { login, password })
    if (status !== 201) throw new Error(`sign-in of ${login} answered ${status}`)
    const { token } = body
    return { login, token, send: (method, path, payload, headers) => send(method, path, payload, { authorization: `Bearer ${token}`, ...headers }) }
  }
  const people = new Map<string, Promise<Person>>()
  const world: World = {
    send,
    signIn,
    demoPerson: async (step, index = 0) => {
      const { body } = await send<{ rows: { login: string; step: string }[] }>('GET', '/api/v1/demo-people')
      const person = body.rows.filter((row) => row.step === step)[index]
      if (!person) throw new Error(`the demo city has no person ${index} for ${step}`)
      const known = people.get(person.login) ?? signIn(person.login)
      people.set(person.login, known)
      return known
    },
    report: async (body = {}, as) => {
      const { lon, lat } = world.point()
      const payload = {
        channel: as ? 'field' : 'web',
        text: '路口井盖缺失，行人危险',
        matter: 'gbt30428-component-0101',
        conditionRow: 1,
        position: { lon, lat, crs: 'wgs84' },
        ...body,
      }
      const answer = await (as ?? { send }).send<ReportAnswer>('POST', '/api/v1/reports', payload, { 'idempotency-key': randomUUID() })
      if (answer.status !== 201) throw new Error(`report answered ${answer.status} ${JSON.stringify(answer.body)}`)
      return answer.body
    },
    detail: async (person, id) => {
      const { status, body } = await person.send<CaseDetail>('GET', `/api/v1/cases/${id}`, undefined, PURPOSE)
      if (status !== 200) throw new Error(`case answered ${status} ${JSON.stringify(body)}`)
      return body
    },
    move: async (person, id, move, input = {}) => {
      const { body } = await person.send<CaseDetail>('GET', `/api/v1/cases/${id}`, undefined, PURPOSE)
      return person.send('POST', `/api/v1/cases/${id}/moves`, { move, ...input }, { 'if-match': String(body.case?.seq ?? 0) })
    },
    photo: async (person) => {
      const { body } = await (person ?? { send }).send<{ id: string }>('POST', '/api/v1/blobs', tinyPng(), { 'content-type': 'image/png' })
      return body.id
    },
    point: (index = 0) => {
      const areas = running.platform.city.city.demo ? DEMO_POINTS : []
      return areas[index % Math.max(1, areas.length)] ?? { lon: 0, lat: 0 }
    },
  }
  return world
}

/** Points inside the three districts of the demo city. */
const DEMO_POINTS = [
  { lon: 113.006271, lat: 32.28082 },
  { lon: 113.01037, lat: 32.27041 },
  { lon: 112.99013, lat: 32.29027 },
]

/** A valid PNG of one coloured pixel, different each time. */
export function tinyPng(): Uint8Array {
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const head = Buffer.alloc(4)
    head.writeUInt32BE(data.length)
    const tail = Buffer.alloc(4)
    tail.writeUInt32BE(crc32(body))
    return Buffer.concat([head, body, tail])
  }
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])
  const pixel = Buffer.from([
    0,
    ...randomUUID()
      .slice(0, 3)
      .split('')
      .map((letter) => letter.charCodeAt(0)),
  ])
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixel)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
