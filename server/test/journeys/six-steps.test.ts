import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../support/server.ts'
import { externalPostgres } from '../support/requirements.ts'

describe.each(['embedded', 'external'] as const)('A1 six-step loop on %s PostgreSQL', (where) => {
  let server: TestServer
  const skip = where === 'external' && !externalPostgres()

  beforeAll(async () => {
    if (!skip) server = await startTestServer({ external: where === 'external' })
  })
  afterAll(() => server?.stop())

  it.skipIf(skip)('is walked by six different people, and the evaluation is computed from the same ledger', async () => {
    const [reporter, acceptor, dispatcher, checker, closer, evaluator] = await Promise.all([
      server.demoPerson('report'),
      server.demoPerson('file'),
      server.demoPerson('dispatch'),
      server.demoPerson('check'),
      server.demoPerson('file', 1),
      server.demoPerson('evaluate'),
    ])
    const report = await server.report()
    const { id } = report.case
    expect(report.outcome).toBe('waiting')
    expect((await server.move(acceptor, id, 'file', { conditionRow: 1 })).body.state).toBe('filed')
    const advised = (await server.detail(dispatcher, id)).advice
    expect((await server.move(dispatcher, id, 'dispatch')).body.state).toBe('dispatched')
    const { manager, handler } = await ownersOf(server, advised?.owner ?? '')
    expect((await server.move(manager, id, 'accept')).body.state).toBe('handling')
    expect((await server.move(handler, id, 'handle', { note: '已更换井盖', evidence: [await server.photo(handler)] })).body.state).toBe('handled')
    const inArea = await checkerFor(server, id, checker)
    expect((await server.move(inArea, id, 'check', { evidence: [await server.photo(inArea)] })).body.state).toBe('checked')
    expect((await server.move(closer, id, 'close', { closingConditionMet: true, publicReply: '水务局已于今日更换井盖' })).body.state).toBe('closed')
    expect((await server.move(evaluator, id, 'evaluate', { note: '按期' })).body.state).toBe('evaluated')

    const { body } = await acceptor.send<{ rows: { move: string; personName: string | null; hash: string; prevHash: string }[]; intact: boolean }>(
      'GET',
      `/api/v1/cases/${id}/entries`,
      undefined,
      { 'linli-purpose': 'handle-case' },
    )
    expect(body.intact).toBe(true)
    expect(body.rows.map((row) => row.move)).toEqual(['report', 'file', 'dispatch', 'accept', 'handle', 'check', 'close', 'evaluate'])
    expect(new Set(body.rows.flatMap((row) => row.personName ?? [])).size).toBeGreaterThanOrEqual(6)
    expect(reporter.login).not.toBe(acceptor.login)
    const tracked = await server.send<{ publicReply: string; state: string }>('GET', `/api/v1/reports/${report.receipt}`)
    expect(tracked.body).toMatchObject({ state: 'evaluated', publicReply: '水务局已于今日更换井盖' })
  })
})

/** The manager and a handler of a unit, by their posts. */
async function ownersOf(server: TestServer, unit: string) {
  const rows = server.running.platform.city.organisation
  const at = (role: string) =>
    rows.people.find((person) => rows.posts.some((post) => post.unit === unit && post.roles.includes(role) && person.posts.includes(post.code)))?.login ?? ''
  return { manager: await server.signIn(at('manager')), handler: await server.signIn(at('handler')) }
}

async function checkerFor(server: TestServer, id: string, first: Awaited<ReturnType<TestServer['demoPerson']>>) {
  for (let index = 0; index < 20; index++) {
    const person = index === 0 ? first : await server.demoPerson('check', index)
    const { status } = await person.send('GET', `/api/v1/cases/${id}`, undefined, { 'linli-purpose': 'handle-case' })
    if (status === 200) return person
  }
  throw new Error('nobody in the demo city may check this case')
}
