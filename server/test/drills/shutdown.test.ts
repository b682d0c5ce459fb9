import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { REPOSITORY } from '../../src/start.ts'
import { startAgain } from '../support/restart.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { listen, until } from '../support/stream.ts'
import { halfSentReport } from './shutdown/half-sent.ts'

const refuses = (url: string) =>
  fetch(`${url}/healthz`).then(
    () => false,
    () => true,
  )

/** Each test starts the program twice. */
vi.setConfig({ testTimeout: 60_000 })

describe('a stop that was asked for', () => {
  let server: TestServer | undefined
  afterEach(async () => {
    await server?.stop()
    server = undefined
  })
  /** Starts a program whose stop the test waits for itself; the database stays until the end of the test. */
  const begin = async (env: Record<string, string> = {}) => {
    server = await startTestServer({ env })
    const program = await startAgain(server, 'beside')
    return { server, program, ask: <T extends pg.QueryResultRow>(text: string) => server?.running.platform.pool.query<T>(text) }
  }
  const inFlight = (program: Awaited<ReturnType<typeof begin>>['program']) => program.running.platform.metrics.requests.inFlight

  it('answers a request that is half sent, writes it, and covers it with the last anchor', async () => {
    const { program, ask } = await begin()
    const half = await halfSentReport(program.running.url, program.point())
    await until(() => inFlight(program) === 1, 'the request is under way')
    const stopped = program.stop()
    await until(() => refuses(program.running.url), 'nothing more is accepted')
    const answer = await half.finish()
    await stopped
    expect(answer).toContain('HTTP/1.1 201')
    expect(answer.toLowerCase()).toContain('connection: close')
    const found = await ask<{ reports: number; unanchored: number }>(
      'select (select count(*) from intake.report) as reports, (select count(*) from platform.outbox where not anchored) as unanchored',
    )
    expect(found?.rows[0]).toEqual({ reports: 1, unanchored: 0 })
  })

  it('is not ready before it stops accepting, and serves until then', async () => {
    const { program } = await begin({ LINLI_STOP_DELAY_S: '1' })
    expect((await program.send('GET', '/readyz')).status).toBe(200)
    const stopped = program.stop()
    const ready = await program.send<{ ready: boolean; missing: string[] }>('GET', '/readyz')
    expect([ready.status, ready.body]).toEqual([503, { ready: false, missing: ['stopping'] }])
    expect((await program.send('GET', '/healthz')).status).toBe(200)
    await program.report()
    await stopped
  })

  it('cuts what outlasts the grace, and leaves nothing of it behind', async () => {
    const { program, ask } = await begin({ LINLI_STOP_GRACE_S: '0' })
    const half = await halfSentReport(program.running.url, program.point())
    await until(() => inFlight(program) === 1, 'the request is under way')
    await program.stop()
    await half.closed
    const found = await ask<{ reports: number; keys: number }>(
      'select (select count(*) from intake.report) as reports, (select count(*) from platform.idempotency) as keys',
    )
    expect(found?.rows[0]).toEqual({ reports: 0, keys: 0 })
  })

  it('ends event streams at once instead of waiting for them', async () => {
    const { server, program } = await begin()
    const acceptor = await program.demoPerson('file')
    const stream = await listen({ ...server, running: program.running }, acceptor)
    await until(() => program.running.platform.realtime.size === 1, 'the stream is open')
    await program.stop()
    await stream.ended
    expect(program.running.platform.realtime.size).toBe(0)
  })

  it('lets a pump and the relay finish their piece', async () => {
    const { program, ask } = await begin()
    for (let count = 0; count < 5; count++) await program.report()
    await program.stop()
    expect(program.running.platform.activity.pumps.map((pump) => pump.show().state)).toEqual(program.running.platform.activity.pumps.map(() => 'stopped'))
    const open = await ask<{ open: number }>(
      "select count(*) as open from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
    )
    expect(open?.rows[0]).toEqual({ open: 0 })
  })
})

describe('the process itself', () => {
  it('ends with 0 on SIGTERM, and at once with 143 on a second one while a request is still under way', async () => {
    const server = await startTestServer()
    const { host, port, user, database } = server.running.platform.pool.options
    const url = `postgresql://${user}@/${database}?host=${encodeURIComponent(host ?? '')}&port=${port}`
    const start = async () => {
      const child = spawn(process.execPath, [join(REPOSITORY, 'server/src/cli/linli.mjs'), 'start', '--json'], {
        env: {
          ...process.env,
          DATABASE_URL: url,
          LINLI_DATA: join(server.dataFolder, 'second'),
          LINLI_DEMO_DRIVER: 'off',
          PORT: '0',
          LINLI_LOG_LEVEL: 'error',
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const [line] = (await once(child.stdout, 'data')) as [Buffer]
      return { child, ended: once(child, 'exit') as Promise<[number | null]>, url: (JSON.parse(line.toString()) as { url: string }).url }
    }
    const first = await start()
    first.child.kill('SIGTERM')
    expect((await first.ended)[0]).toBe(0)

    const second = await start()
    const half = await halfSentReport(second.url, server.point())
    second.child.kill('SIGTERM')
    second.child.kill('SIGTERM')
    await until(() => refuses(second.url), 'nothing more is accepted', 60_000)
    expect(second.child.exitCode, 'an echo of the first signal cuts nothing').toBeNull()
    const ended = second.ended.then(([status]) => status)
    let status: number | null | undefined
    while ((status = await Promise.race([ended, sleep(300, undefined)])) === undefined) second.child.kill('SIGTERM')
    expect(status).toBe(143)
    await half.closed
    await server.stop()
  }, 120_000)
})
