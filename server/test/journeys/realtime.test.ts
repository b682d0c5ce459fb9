import { events as contract } from '@linli/contract/events'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../support/server.ts'
import { listen, type Listening } from '../support/stream.ts'
import type { Person } from '../support/world.ts'

describe('a person watches cases move', () => {
  let server: TestServer
  const open: Listening[] = []
  const watch = async (person: Person, lastEventId?: string) => {
    const stream = await listen(server, person, lastEventId === undefined ? {} : { 'last-event-id': lastEventId })
    open.push(stream)
    return stream
  }
  const movesOf = (stream: Listening, id: string) => stream.heard.filter((event) => event.data['id'] === id).map((event) => event.data['move'])

  beforeAll(async () => {
    server = await startTestServer()
  })
  afterEach(() => {
    for (const stream of open.splice(0)) stream.close()
  })
  afterAll(() => server.stop())

  it('with each line of the ledger as it is written, in order, in the contract’s shape and in nobody’s words', async () => {
    const acceptor = await server.demoPerson('file')
    const stream = await watch(acceptor)
    const said = '楼下王女士 13812345678 说井盖丢了'
    const report = await server.report({ text: said, reporter: { name: '王女士', contact: '13812345678' } })
    await server.move(acceptor, report.case.id, 'file', { conditionRow: 1, note: '已电话核实' })
    await expect.poll(() => movesOf(stream, report.case.id)).toEqual(['report', 'file'])
    const ajv = new Ajv({ strict: false })
    addFormats.default(ajv)
    for (const event of stream.heard) {
      expect(event.event).toBe('case.moved')
      expect(event.id).toBe(`${String(event.data['id'])}:${String(event.data['seq'])}`)
      const { at, ...payload } = event.data
      expect(Number.isNaN(Date.parse(String(at)))).toBe(false)
      expect(ajv.validate(contract['case.moved'], payload), ajv.errorsText()).toBe(true)
      expect(JSON.stringify(event)).not.toMatch(/王女士|13812345678|核实/)
    }
  })

  it('inside the own scope alone', async () => {
    const [west, east, acceptor] = await Promise.all([server.demoPerson('report'), server.demoPerson('report', 8), server.demoPerson('file')])
    const [westStream, eastStream, wholeStream] = await Promise.all([watch(west), watch(east), watch(acceptor)])
    const report = await server.report({}, west)
    const sees = await west.send('GET', `/api/v1/cases/${report.case.id}`, undefined, { 'linli-purpose': 'handle-case' })
    await expect.poll(() => movesOf(wholeStream, report.case.id).length).toBeGreaterThan(0)
    expect(movesOf(westStream, report.case.id).length > 0).toBe(sees.status === 200)
    expect(movesOf(eastStream, report.case.id)).toEqual([])
  })

  it('without missing any while away: it resumes behind the last one seen', async () => {
    const acceptor = await server.demoPerson('file')
    const first = await watch(acceptor)
    const one = await server.report()
    await expect.poll(() => first.heard.length).toBe(1)
    first.close()
    await first.ended
    const [two, three] = [await server.report(), await server.report()]
    const back = await watch(acceptor, first.heard[0]?.id)
    const four = await server.report()
    await expect.poll(() => back.heard.map((event) => event.data['id'])).toEqual([two, three, four].map((report) => report.case.id))
    expect(back.heard.some((event) => event.data['id'] === one.case.id)).toBe(false)
  })

  it('and is told to read everything anew where what was missed is not known any more', async () => {
    const stream = await watch(await server.demoPerson('file'), '019a0000-0000-7001-8000-000000000001:1')
    await expect.poll(() => stream.heard.map((event) => event.event)).toEqual(['resync'])
  })

  it('until signing out or taking another post, which ends the stream at once', async () => {
    const leaver = await server.signIn('linsonglan')
    const leaving = await watch(leaver)
    await leaver.send('DELETE', '/api/v1/session')
    await leaving.ended
    await server.report()
    expect(leaving.heard).toEqual([])
    const mover = await server.signIn('linsonglan')
    const moving = await watch(mover)
    const { body } = await mover.send<{ post: { id: string } }>('GET', '/api/v1/session')
    await mover.send('PUT', '/api/v1/session/post', { postId: body.post.id })
    await moving.ended
  })

  it('only when signed in, at a post that may see cases', async () => {
    expect((await server.send('GET', '/api/v1/stream')).status).toBe(401)
    const administrator = await server.signIn('xieqingye')
    expect((await administrator.send('GET', '/api/v1/stream')).status).toBe(403)
  })
})
