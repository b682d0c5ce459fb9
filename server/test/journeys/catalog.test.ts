import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REPOSITORY } from '../../src/start.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { Person, Problem } from '../support/world.ts'

interface FileProblem {
  row: number | null
  pointer: string
  code: string
  detail: string | null
}
interface Imported {
  edition: number | null
  matters: number
  conditions: number
  added: string[]
  removed: string[]
  unchanged: number
  changed: { key: string; fields: { pointer: string; before: string; after: string }[] }[]
  warnings: FileProblem[]
  errors: FileProblem[]
}

const FILE = readFileSync(join(REPOSITORY, 'cities/demo/matters.csv'), 'utf8').trimEnd()
const COVER = 'gbt30428-component-0101'
const FIRST_ROW = '井盖缺失、移位或断裂，行人车辆可能坠入,先设置围挡警示，井盖恢复完好,2紧急工作时'
const NEW_ROW = '井盖缺失、移位或断裂，行人车辆可能坠入,先设置围挡警示，井盖恢复完好,1紧急工作时'
const NEW_MATTER = 'local,event,98,新增事项,01,无人机扰民,,,joint-event,无人机夜间低空飞行扰民,劝离,4小时,区城市管理局,市监督中心'

describe('the catalogue is published in editions', () => {
  let server: TestServer
  let administrator: Person
  let acceptor: Person
  const bring = async <T = Imported>(text: string | Buffer, publish = true, more: Record<string, unknown> = {}) =>
    administrator.send<T>('POST', '/api/v1/matters/import', { fileName: 'matters.csv', base64: Buffer.from(text).toString('base64'), publish, ...more })
  const editions = async () =>
    (await administrator.send<{ rows: { edition: number; note: string; conditions: number }[] }>('GET', '/api/v1/matter-editions')).body.rows
  const conditionOf = async (id: string) => (await server.detail(acceptor, id)).condition
  const file = (id: string) => server.move(acceptor, id, 'file', { conditionRow: 1 })

  beforeAll(async () => {
    server = await startTestServer()
    administrator = await server.signIn('xieqingye')
    acceptor = await server.demoPerson('file')
  })
  afterAll(() => server.stop())

  it('publishes nothing where nothing differs', async () => {
    const { status, body } = await bring(FILE)
    expect(status).toBe(200)
    expect(body).toMatchObject({ edition: null, added: [], removed: [], changed: [], errors: [] })
    expect(body.unchanged).toBe(body.matters)
    expect(await editions()).toHaveLength(1)
  })

  it('shows what would change before anything does', async () => {
    expect(FILE).toContain(FIRST_ROW)
    const { body } = await bring(`${FILE.replace(FIRST_ROW, NEW_ROW)}\n${NEW_MATTER}`, false)
    expect(body).toMatchObject({ edition: null, added: ['local-event-9801'], removed: [] })
    expect(body.changed.map((change) => change.key)).toEqual([COVER])
    const fields = body.changed[0]?.fields ?? []
    expect(fields.find((field) => field.pointer.endsWith('/limitText'))).toMatchObject({ before: '2紧急工作时', after: '1紧急工作时' })
    expect(await editions()).toHaveLength(1)
    expect((await server.send('GET', '/api/v1/matters/local-event-9801')).status).toBe(404)
  })

  it('gives a new edition to new cases, and leaves the old one to live ones: words, limit and deadline', async () => {
    const before = await server.report()
    await file(before.case.id)
    const waiting = await server.report()
    const { body } = await bring(`${FILE.replace(FIRST_ROW, NEW_ROW)}\n${NEW_MATTER}`, true, { note: '二○二六年修订' })
    expect(body.edition).toBe(2)
    const after = await server.report()
    await file(after.case.id)
    expect(await conditionOf(before.case.id)).toMatchObject({ edition: 1, rowNo: 1, limitText: '2紧急工作时' })
    expect(await conditionOf(after.case.id)).toMatchObject({ edition: 2, rowNo: 1, limitText: '1紧急工作时' })
    const dispatcher = await server.demoPerson('dispatch')
    for (const [report, hours] of [
      [before, 2],
      [after, 1],
    ] as const) {
      await server.move(dispatcher, report.case.id, 'dispatch')
      const deadline = (await server.detail(acceptor, report.case.id)).deadlines.find((candidate) => candidate.stage === 'handle')
      expect(deadline).toMatchObject({ clock: 'urgentHour', amount: hours })
      expect(Date.parse(deadline?.dueAt ?? '') - Date.parse(deadline?.startedAt ?? '')).toBe(hours * 3_600_000)
    }
    expect((await conditionOf(waiting.case.id))?.edition).toBe(1)
    expect((await editions()).map(({ edition, note }) => ({ edition, note }))).toEqual([
      { edition: 2, note: '二○二六年修订' },
      { edition: 1, note: '邻里市' },
    ])
  })

  it('keeps every edition readable, and a matter that was taken out known to the cases that have it', async () => {
    const report = await server.report({ matter: 'local-event-9801', conditionRow: 1 })
    await file(report.case.id)
    const { body } = await bring(FILE.replace(FIRST_ROW, NEW_ROW))
    expect(body).toMatchObject({ edition: 3, removed: ['local-event-9801'], changed: [] })
    expect((await server.send('GET', '/api/v1/matters/local-event-9801')).status).toBe(404)
    expect((await server.send('GET', '/api/v1/matters/local-event-9801?edition=2')).status).toBe(200)
    expect(await conditionOf(report.case.id)).toMatchObject({ edition: 2, filing: '无人机夜间低空飞行扰民' })
    const refused = await server.send<Problem>(
      'POST',
      '/api/v1/reports',
      { channel: 'web', text: '又有无人机', matter: 'local-event-9801' },
      { 'idempotency-key': 'taken-out-matter' },
    )
    expect(refused.body.code).toBe('MATTER_UNKNOWN')
  })

  describe('and writes nothing at all', () => {
    it.each<[string, string, string, RegExp]>([
      ['of a condition that stands twice under one code', `${FILE}\n${FILE.split('\n')[1]}`, 'MATTER_CONDITION_DUPLICATE', /^\/rows\/\d+\/filing$/],
      ['of a limit in an unknown unit', FILE.replace('2紧急工作时', '2旬'), 'LIMIT_UNIT_UNKNOWN', /^\/rows\/0\/limit$/],
      ['of a row without a name', `${FILE}\n${NEW_MATTER.replace('无人机扰民', '')}`, 'FIELD_EMPTY', /^\/rows\/\d+\/name$/],
      ['of a row that is too long', `${FILE}\n${NEW_MATTER},one more`, 'ROW_LENGTH', /^\/rows\/\d+$/],
    ])('%s, naming row and column', async (_what, text, code, pointer) => {
      const before = await editions()
      const { body } = await bring(text)
      expect(body.edition).toBeNull()
      const problem = body.errors.find((candidate) => candidate.code === code)
      expect(problem?.pointer).toMatch(pointer)
      const index = Number(/\d+/.exec(problem?.pointer ?? '')?.[0])
      expect(problem?.row).toBe(index + 2)
      expect(await editions()).toEqual(before)
    })

    it.each<[string, Buffer | string]>([
      ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0])],
      ['nothing', ''],
      ['a list of numbers', '[1,2,3]'],
      ['columns nobody knows', 'a,b,c\n1,2,3'],
      ['an archive that is no sheet', Buffer.from('PK\x03\x04 nothing else')],
    ])('of a file that is %s, named as an error of the file', async (_what, bytes) => {
      const before = await editions()
      const { status, body } = await bring(bytes)
      expect(status).toBe(200)
      expect({ edition: body.edition, matters: body.matters, rows: body.errors.map((problem) => problem.row) }).toEqual({
        edition: null,
        matters: 0,
        rows: [null],
      })
      expect(await editions()).toEqual(before)
    })
  })

  it('takes one number each where two publish at once', async () => {
    const text = (word: string) => FILE.replace(FIRST_ROW, NEW_ROW.replace('可能坠入', word))
    const answers = await Promise.all([bring(text('会坠入')), bring(text('必坠入'))])
    const numbers = answers.map((answer) => answer.body.edition)
    expect(new Set(numbers)).toEqual(new Set([4, 5]))
    expect((await editions()).map((row) => row.edition)).toEqual([5, 4, 3, 2, 1])
    const newest = answers.find((answer) => answer.body.edition === 5)
    const shown = (await server.send<{ matter: { conditions: { filing: string }[] } }>('GET', `/api/v1/matters/${COVER}`)).body.matter.conditions[0]?.filing
    expect(shown).toContain(newest === answers[0] ? '会坠入' : '必坠入')
  })
})
