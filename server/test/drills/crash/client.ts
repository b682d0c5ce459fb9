import { setTimeout as sleep } from 'node:timers/promises'
import { DEMO_PASSWORD } from '../../../src/modules/identity/index.ts'
import { tinyPng, type ReportAnswer } from '../../support/world.ts'
import type { Program } from './program.ts'

const CONNECTIONS = 8
const PLACES = [
  { lon: 113.006271, lat: 32.28082 },
  { lon: 113.01, lat: 32.27 },
  { lon: 112.99, lat: 32.29 },
]

/** A client that reports as fast as it is answered, over several connections, and keeps what was acknowledged to it. */
export class Client {
  readonly acknowledged = new Map<string, ReportAnswer>()
  /** Case id and seq of each move that was acknowledged. */
  readonly moves: { readonly id: string; readonly seq: number }[] = []
  /** How often a sent key stayed without an answer and was sent again. */
  resent = 0
  readonly #program: Program
  readonly #unanswered: string[] = []
  readonly #waiting: string[] = []
  readonly #bodies = new Map<string, Record<string, unknown>>()
  #sent = 0
  #stopped = false
  #loops: Promise<void>[] = []
  #worker = ''
  #acceptor = ''

  constructor(program: Program) {
    this.#program = program
  }

  async start(): Promise<void> {
    this.#worker = await this.#signIn('fanmingyuan')
    this.#acceptor = await this.#signIn('chenhean')
    this.#loops = Array.from({ length: CONNECTIONS }, (_, index) => (index === 0 ? this.#loop(() => this.#file()) : this.#loop(() => this.#report())))
  }

  /** Stops sending new keys; those without an answer are sent until they have one. */
  async finish(): Promise<void> {
    this.#stopped = true
    await Promise.all(this.#loops)
    while (this.#unanswered.length > 0) await this.#report()
  }

  /** How many events and passed deadlines still wait for the program. */
  async backlog(): Promise<number> {
    const token = await this.#signIn('xieqingye')
    const response = await fetch(`${this.#program.url}/api/v1/status`, { headers: { authorization: `Bearer ${token}` } })
    const { undelivered, deadlinesPassed } = (await response.json()) as { undelivered: number; deadlinesPassed: number }
    return undelivered + deadlinesPassed
  }

  /** Sends an acknowledged key once more and returns the answer. */
  async resend(key: string): Promise<ReportAnswer> {
    const { body } = await this.#send<ReportAnswer>('/api/v1/reports', await this.#bodyOf(key), { ...this.#caller(key), 'idempotency-key': key })
    return body
  }

  async #loop(act: () => Promise<void>): Promise<void> {
    while (!this.#stopped) {
      if (this.#program.url === '') await sleep(5)
      else await act().catch(() => undefined)
    }
  }

  async #report(): Promise<void> {
    const old = this.#unanswered.shift()
    if (old !== undefined) this.resent += 1
    const key = old ?? `crash-drill-${(this.#sent += 1)}`
    try {
      const { status, body } = await this.#send<ReportAnswer>('/api/v1/reports', await this.#bodyOf(key), { ...this.#caller(key), 'idempotency-key': key })
      if (status !== 201) throw new Error(`answered ${status}`)
      this.acknowledged.set(key, body)
      if (body.outcome === 'waiting') this.#waiting.push(body.case.id)
    } catch {
      this.#unanswered.push(key)
      await sleep(5)
    }
  }

  /** Files one waiting case, so that moves are under way too when everything ends. */
  async #file(): Promise<void> {
    const id = this.#waiting.shift()
    if (id === undefined) return sleep(5)
    const { status, body } = await this.#send<{ seq: number }>(
      `/api/v1/cases/${id}/moves`,
      { move: 'file', conditionRow: 1 },
      { authorization: `Bearer ${this.#acceptor}`, 'if-match': '1' },
    )
    if (status === 200) this.moves.push({ id, seq: body.seq })
  }

  /** Every fourth comes from the street, is filed by rule and may bring a photo; the others wait for a person. */
  async #bodyOf(key: string): Promise<Record<string, unknown>> {
    const known = this.#bodies.get(key)
    if (known) return known
    const number = Number(key.split('-').at(-1))
    const fromStreet = number % 4 === 0
    const body = {
      channel: fromStreet ? 'field' : 'web',
      text: `井盖缺失 ${key}`,
      matter: 'gbt30428-component-0101',
      conditionRow: 1,
      position: { ...PLACES[number % PLACES.length], crs: 'wgs84' },
      ...(number % 8 === 0 ? { photos: [await this.#photo()] } : {}),
    }
    this.#bodies.set(key, body)
    return body
  }

  #caller(key: string): Record<string, string> {
    return Number(key.split('-').at(-1)) % 4 === 0 ? { authorization: `Bearer ${this.#worker}` } : {}
  }

  async #photo(): Promise<string> {
    const { status, body } = await this.#send<{ id: string }>('/api/v1/blobs', tinyPng(), {
      'content-type': 'image/png',
      authorization: `Bearer ${this.#worker}`,
    })
    if (status !== 201) throw new Error(`photo answered ${status}`)
    return body.id
  }

  async #signIn(login: string): Promise<string> {
    return (await this.#send<{ token: string }>('/api/v1/session', { login, password: DEMO_PASSWORD })).body.token
  }

  async #send<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<{ status: number; body: T }> {
    const raw = body instanceof Uint8Array
    const response = await fetch(`${this.#program.url}${path}`, {
      method: 'POST',
      headers: { ...(raw ? {} : { 'content-type': 'application/json' }), ...headers },
      body: raw ? new Uint8Array(body) : JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as T }
  }
}
