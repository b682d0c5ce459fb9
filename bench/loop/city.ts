import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { crc32, deflateSync } from 'node:zlib'
import { openDatabase, sql, type Db } from '../../server/src/platform/db/database.ts'
import { HttpConnection, type Ask } from './http.ts'
import { ROOT } from './machine.ts'

interface Organisation {
  readonly people: readonly { readonly login: string; readonly posts: readonly string[] }[]
}
export interface Spot {
  readonly lon: number
  readonly lat: number
}
/** The demo city under load: its people's sessions, places spread over its grids, and its database to look behind the answers. */
export interface City {
  readonly url: string
  readonly db: Db
  readonly spots: readonly Spot[]
  /** The header that speaks for the holder of a post. */
  as(post: string): Promise<Record<string, string>>
  close(): Promise<void>
}

const MATTER = 'gbt30428-component-0101'
const TEXTS = ['路口井盖缺失，行人危险，请尽快处理', '人行道上的井盖翘起，夜里看不见', '雨后井盖被冲开，车辆绕行', '小区门口井盖响动，邻居睡不好']

export async function openCity(url: string, databaseUrl: string): Promise<City> {
  const { db } = openDatabase({ connectionString: databaseUrl }, 2)
  const { rows: spots } = await sql<Spot>`select lon, lat from places.area where grid_kind = 'single' order by code limit 400`.execute(db)
  const organisation = JSON.parse(readFileSync(join(ROOT, 'cities/demo/organisation.json'), 'utf8')) as Organisation
  const sessions = new Map<string, Promise<Record<string, string>>>()
  const signIn = async (post: string) => {
    const login = organisation.people.find((person) => person.posts.includes(post))?.login
    if (login === undefined) throw new Error(`nobody holds the post ${post}`)
    const connected = await HttpConnection.open(url)
    const { status, body } = await connected.ask(json('POST', '/api/v1/session', { login, password: 'linli-demo' }))
    connected.close()
    if (status !== 201) throw new Error(`sign-in of ${login} answered ${status} ${body}`)
    return { authorization: `Bearer ${(JSON.parse(body.toString()) as { token: string }).token}` }
  }
  return {
    url,
    db,
    spots,
    as: (post) => {
      const session = sessions.get(post) ?? signIn(post)
      sessions.set(post, session)
      return session
    },
    close: () => db.destroy(),
  }
}

export const json = (method: string, path: string, body: unknown, headers: Record<string, string> = {}): Ask => ({
  method,
  path,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

/** A resident's report of a missing manhole cover, somewhere else each time. */
export function report({ spots }: City, turn: number): Ask {
  const spot = spots[turn % spots.length] ?? { lon: 0, lat: 0 }
  // A few metres off the grid's middle: a rounded position is none.
  const off = () => (Math.random() - 0.5) * 0.0004
  return json(
    'POST',
    '/api/v1/reports',
    {
      channel: 'web',
      text: TEXTS[turn % TEXTS.length],
      matter: MATTER,
      conditionRow: 1,
      position: { lon: Number((spot.lon + off()).toFixed(6)), lat: Number((spot.lat + off()).toFixed(6)), crs: 'wgs84' },
      reporter: { name: '张三', contact: '13800000000' },
    },
    { 'idempotency-key': randomUUID() },
  )
}

const TRIES = 20
const READ = { 'linli-purpose': 'handle-case' }

/**
 * One case from its report to its end by six people over public HTTP, and then found by its number: ten requests. `onStep` is told the
 * milliseconds of each. Returns the case's id; throws with the answer that stopped it.
 */
export async function walkCase(
  city: City,
  connection: HttpConnection,
  turn: number,
  until: string = 'close',
  onStep: (ms: number) => void = () => undefined,
  onShed: () => void = () => undefined,
): Promise<string> {
  const ask = async (what: Ask, wanted: number): Promise<Buffer> => {
    const at = performance.now()
    let answer = await connection.ask(what)
    // A server that sheds load says when to come again, and a client that behaves does.
    for (let time = 0; answer.status === 503 && answer.retryAfterS !== undefined && time < TRIES; time++) {
      onShed()
      await sleep(answer.retryAfterS * 1_000)
      answer = await connection.ask(what)
    }
    const { status, body } = answer
    onStep(performance.now() - at)
    if (status !== wanted) throw new Error(`${what.method} ${what.path} answered ${status} ${body}`)
    return body
  }
  const opened = JSON.parse((await ask(report(city, turn), 201)).toString()) as { case: { id: string; number: string; owner: string } }
  const { id, number, owner } = opened.case
  let seq = 1
  const photo = async (who: Record<string, string>) =>
    (
      JSON.parse((await ask({ method: 'POST', path: '/api/v1/blobs', headers: { 'content-type': 'image/png', ...who }, body: tinyPng() }, 201)).toString()) as {
        id: string
      }
    ).id
  const steps: readonly (readonly [move: string, post: string, input: () => Promise<Record<string, unknown>>])[] = [
    ['file', 'acceptor-1', async () => ({ conditionRow: 1 })],
    ['dispatch', 'dispatcher-1', async () => ({})],
    ['accept', `${owner}-manager`, async () => ({})],
    ['handle', `${owner}-handler`, async () => ({ note: '已更换井盖', evidence: [await photo(await city.as(`${owner}-handler`))] })],
    ['check', 'checker-1', async () => ({ evidence: [await photo(await city.as('checker-1'))] })],
    ['close', 'acceptor-2', async () => ({ closingConditionMet: true, publicReply: '已更换井盖，谢谢您' })],
    ['evaluate', 'evaluator-1', async () => ({ note: '按期' })],
  ]
  if (until === 'report') return id
  for (const [move, post, input] of steps) {
    const who = await city.as(post)
    await ask(json('POST', `/api/v1/cases/${id}/moves`, { move, ...(await input()) }, { ...who, 'if-match': String(seq) }), 200)
    seq += 1
    if (move === until) break
  }
  const found = JSON.parse(
    (await ask({ method: 'GET', path: `/api/v1/cases?q=${number}`, headers: { ...READ, ...(await city.as('acceptor-1')) } }, 200)).toString(),
  ) as { rows: { id: string }[] }
  if (!found.rows.some((row) => row.id === id)) throw new Error(`search did not find ${number}`)
  return id
}

export const list = async (city: City, post: string, query: string): Promise<Ask> => ({
  method: 'GET',
  path: `/api/v1/cases?${query}`,
  headers: { ...READ, ...(await city.as(post)) },
})
export const pins = async (city: City, post: string, bbox: string): Promise<Ask> => ({
  method: 'GET',
  path: `/api/v1/case-pins?bbox=${bbox}`,
  headers: await city.as(post),
})

/** Waits until what a window left to do behind the answers is done, and says how many seconds that took: delivery and sealing are our cost, not the next window's. */
export async function drained({ db }: City): Promise<number> {
  const began = performance.now()
  for (;;) {
    const { rows } = await sql<{
      left: number
    }>`select (select count(*) from platform.outbox where not delivered) + (select count(*) from platform.audit where sealed_seq is null)
      + (select count(*) from platform.read_log where sealed_seq is null) as left`.execute(db)
    if ((rows[0]?.left ?? 0) === 0) return (performance.now() - began) / 1_000
    await sleep(50)
  }
}

/** A valid PNG of four pixels, others each time. */
function tinyPng(): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const frame = Buffer.alloc(body.length + 8)
    frame.writeUInt32BE(data.length)
    body.copy(frame, 4)
    frame.writeUInt32BE(crc32(body), body.length + 4)
    return frame
  }
  const header = Buffer.from([0, 0, 0, 4, 0, 0, 0, 1, 8, 2, 0, 0, 0])
  const pixels = Buffer.concat([Buffer.alloc(1), randomBytes(12)])
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
