import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect } from 'vitest'
import { discover, type Format, type Heard, type Open311Client, type Pairs, type Refused } from './open311-client.ts'
import { startTestServer, type TestServer } from './server.ts'
import type { Person } from './world.ts'

export const COVER = 'gbt30428-component-0101'
export const FLOOD = 'gbt30428-event-0506'
export const PRIVATE = 'local-joint-0102'
const row = { className: '公用设施', closing: '恢复完好', limit: '2紧急工作时' }
const form = {
  type: 'object',
  required: ['depthCm'],
  additionalProperties: false,
  properties: {
    depthCm: { 'x-order': 1, type: 'integer', minimum: 0, maximum: 500, title: '积水深度', description: '厘米' },
    lane: { 'x-order': 2, type: 'string', enum: ['机动车道', '人行道 & <辅路>'], title: '位置' },
    effects: {
      'x-order': 3,
      type: 'array',
      title: '影响',
      items: {
        oneOf: [
          { const: 'car', title: '车辆熄火' },
          { const: 'walk', title: '行人绕行' },
        ],
      },
    },
    passable: { 'x-order': 4, type: 'boolean', title: '能否通行' },
    since: { 'x-order': 5, type: 'string', format: 'date-time', title: '开始时间' },
    plate: { 'x-order': 6, type: 'string', maxLength: 20, title: '井盖编号' },
    story: { 'x-order': 7, type: 'string', maxLength: 2_000, title: '经过' },
  },
}
const matters = [
  { ...row, scheme: 'gbt30428', domain: 'component', classCode: '01', code: '01', name: '上水井盖', filing: '井盖缺失、移位' },
  { ...row, scheme: 'gbt30428', domain: 'event', classCode: '05', className: '突发事件', code: '06', name: '道路积水', filing: '积水影响通行', form },
  { ...row, scheme: 'local', domain: 'joint', classCode: '01', className: '社会治安', code: '02', name: '邻里纠纷', filing: '双方自愿调解' },
]

export const without = (pairs: Pairs, ...names: string[]): Pairs => pairs.filter(([name]) => !names.includes(name))
export const encoded = (pairs: Pairs): string => new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString()
/** HTTP status and error codes of a refusal. */
export const codes = ({ status, value }: Heard) => [status, ...(value as Refused).map((error) => error.code)]

/** A city with three matters (one with a form, one that is no public service), a key, and clients of the specification in both formats; started and stopped around the tests of a file. */
export function useOpen311() {
  const late: { server?: TestServer; administrator?: Person; key?: string } = {}
  const clients = {} as Record<Format, Open311Client>
  const there = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('the world is not there before the tests')
    return value
  }
  beforeAll(async () => {
    late.server = await startTestServer()
    late.administrator = await late.server.signIn('test-admin', 'a long test password')
    const { body } = await late.administrator.send<{ edition: number | null }>('POST', '/api/v1/matters/import', {
      fileName: 'matters.json',
      base64: Buffer.from(JSON.stringify(matters)).toString('base64'),
      publish: true,
    })
    if (body.edition === null) throw new Error(`the matters were refused: ${JSON.stringify(body)}`)
    late.key = (await world.addKey()).key
    for (const format of ['xml', 'json'] as const) clients[format] = await discover(`${late.server.running.url}/open311/discovery`, format)
  })
  afterAll(() => late.server?.stop())

  const world = {
    clients,
    get server() {
      return there(late.server)
    },
    get administrator() {
      return there(late.administrator)
    },
    get key() {
      return there(late.key)
    },
    addKey: async (body: Record<string, unknown> = {}) => {
      const answer = await world.administrator.send<{ id: string; key: string | null }>(
        'POST',
        '/api/v1/open311-keys',
        { name: '问题地图', contact: 'map@example.org', perMinute: 10_000, ...body },
        { 'idempotency-key': randomUUID() },
      )
      if (answer.status !== 201 || answer.body.key === null) throw new Error(`a key was refused: ${JSON.stringify(answer.body)}`)
      return { id: answer.body.id, key: answer.body.key }
    },
    spot: (index = 0): Pairs => {
      const { lon, lat } = world.server.point(index)
      return [
        ['lat', String(lat)],
        ['long', String(lon)],
      ]
    },
    /** A request that is complete, with words of its own each time. */
    whole: (...more: Pairs): Pairs => [['api_key', world.key], ['service_code', COVER], ...world.spot(), ['description', `井盖破了 ${randomUUID()}`], ...more],
    created: async (pairs: Pairs, format: Format = 'json', headers?: Record<string, string>): Promise<string> => {
      const { status, value, text } = await clients[format].create(pairs, headers)
      const id = value[0]?.service_request_id
      if (status !== 200 || id === undefined) throw new Error(`POST answered ${status} ${text}`)
      return id
    },
    counted: async () => {
      const { rows } = await world.server.running.platform.pool.query<{ cases: number; reports: number }>(
        `select (select count(*) from cases."case") as cases, (select count(*) from intake.open311_report) as reports`,
      )
      return rows[0]
    },
    /** What is kept of a request inside, by its number. */
    reportOf: async (number: string): Promise<Record<string, unknown>> => {
      const { rows } = await world.server.running.platform.pool.query<Record<string, unknown>>(
        `select report.said, report.title, report.address, report.form, report.channel, report.said_position, reporter.name, reporter.contact, "case".id, "case".matter_key from cases."case"
         join intake.report on report.case_id = "case".id left join intake.reporter on reporter.report_id = report.id where "case".number = $1`,
        [number],
      )
      return rows[0] ?? {}
    },
    /** Sends what must be refused, holds that it left no case behind, and gives its status and codes. */
    refused: async (pairs: Pairs, format: Format = 'json', headers?: Record<string, string>) => {
      const before = await world.counted()
      const heard = await clients[format].create(pairs, headers)
      expect(await world.counted()).toEqual(before)
      return codes(heard)
    },
  }
  return world
}
