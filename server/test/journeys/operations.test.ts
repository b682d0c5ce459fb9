import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { AnswerOf } from '@linli/contract/endpoint'
import type { operations } from '@linli/contract/endpoints/operations'
import { warnings } from '@linli/contract/warnings'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeLastBackup } from '../../src/platform/operations/last-backup.ts'
import { systemsOf } from '../../src/platform/operations/own-systems.ts'
import { lookAtSystems } from '../../src/platform/operations/systems.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { until } from '../support/stream.ts'
import type { Person } from '../support/world.ts'

type Operations = AnswerOf<typeof operations.get>

describe('the operations page (A36, A39)', () => {
  let server: TestServer
  let operator: Person

  beforeAll(async () => {
    server = await startTestServer({ env: { LINLI_TRUSTED_PROXY: '127.0.0.1' } })
    operator = await server.signIn('test-admin', 'a long test password')
  })
  afterAll(() => server.stop())

  const look = async () => {
    const { status, body } = await operator.send<Operations>('GET', '/api/v1/operations')
    if (status !== 200) throw new Error(`operations answered ${status} ${JSON.stringify(body)}`)
    return body
  }
  /** Kept measurements are a minute old at most for what these tests change. */
  const lookLater = () => {
    server.runtime.offsetMs += 61_000
    return look()
  }
  const codes = (page: Operations) => page.warnings.map((warning) => warning.code)

  it('is for those who keep the machine alone', async () => {
    expect((await server.send('GET', '/api/v1/operations')).status).toBe(401)
    const acceptor = await server.demoPerson('file')
    expect((await acceptor.send('GET', '/api/v1/operations')).status).toBe(403)
  })

  it('says which versions run, since when, on which migrations', async () => {
    const page = await look()
    expect(page.versions).toMatchObject({ node: process.version, city: 'demo', ledgerAlg: 'sha256' })
    expect(page.versions.database).toMatch(/^\d+/)
    expect(page.migrations.applied.map((migration) => `${migration.module}/${migration.name}`)).toContain('platform/0001-create-platform.sql')
    expect(page.migrations.pending).toEqual([])
    expect(page.uptimeS).toBeGreaterThanOrEqual(0)
  })

  it('shows every pump and job of this process, what they did and when a job comes next', async () => {
    await server.report()
    await until(async () => ((await look()).pumps.find((pump) => pump.name === 'platform.relay')?.done ?? 0) > 0, 'the relay has delivered')
    const page = await look()
    expect(page.pumps.map((pump) => pump.name)).toEqual(expect.arrayContaining(['platform.relay', 'platform.sealer', 'cases.overdue']))
    for (const pump of page.pumps) expect([pump.failures, pump.lastError]).toEqual([0, null])
    const anchor = page.jobs.find((job) => job.name === 'platform.anchor')
    expect(anchor).toMatchObject({ cron: '* * * * *' })
    expect(Date.parse(anchor?.nextAt ?? '') - Date.parse(page.asOf)).toBeLessThanOrEqual(60_000)
  })

  it('counts the modules of this process and their endpoints', async () => {
    const { modules } = await look()
    const registered = server.running.app.registrations
    expect(modules.map((module) => [module.name, module.endpoints])).toEqual(registered.map((module) => [module.name, module.routes.length]))
    expect(modules.find((module) => module.name === 'cases')).toMatchObject({ tier: 'work', pumps: 1 })
  })

  it('registers the systems it stands on, what each depends on and what was seen when looking', async () => {
    const { systems } = await look()
    const byKey = new Map(systems.map((system) => [system.key, system]))
    expect(byKey.get('database')).toMatchObject({ state: 'up', dependsOn: ['data-folder'] })
    expect(byKey.get('anchor-file')).toMatchObject({ state: 'up', dependsOn: ['database', 'sealer'] })
    for (const system of systems) {
      expect(Date.parse(system.checkedAt ?? '')).not.toBeNaN()
      for (const key of system.dependsOn) expect([...byKey.keys()], `${system.key} depends on ${key}`).toContain(key)
    }
  })

  it('looks at the identity provider where one is configured, and says off where none is', async () => {
    const { systems } = await look()
    expect(systems.find((system) => system.key === 'oidc')).toMatchObject({ kind: 'outside', state: 'off', address: null })
    const provider = createServer((request, response) => {
      response.writeHead(request.url === '/realm/.well-known/openid-configuration' ? 200 : 404).end('{}')
    })
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve))
    const { port } = provider.address() as AddressInfo
    const { platform, app } = server.running
    const lookAt = async (issuer: string) => {
      const all = systemsOf({ ...platform, config: { ...platform.config, LINLI_OIDC_ISSUER: issuer } }, app.registrations)
      return (await lookAtSystems(all, () => 0)).find((system) => system.key === 'oidc')
    }
    expect(await lookAt(`http://127.0.0.1:${port}/realm`)).toMatchObject({ state: 'up', address: `127.0.0.1:${port}` })
    expect(await lookAt(`http://127.0.0.1:${port}/other`)).toMatchObject({ state: 'down', detail: 'its discovery document answers 404' })
    await new Promise((resolve) => provider.close(resolve))
    expect(await lookAt(`http://127.0.0.1:${port}/realm`)).toMatchObject({ state: 'down' })
  })

  it('sees a TLS proxy once a request came through it', async () => {
    const proxy = (page: Operations) => page.systems.find((system) => system.key === 'proxy')
    expect(proxy(await lookLater())).toMatchObject({ kind: 'outside', address: '127.0.0.1', state: 'unknown' })
    await server.send('GET', '/api/v1/city', undefined, { 'x-forwarded-for': '203.0.113.7' })
    expect(proxy(await lookLater())).toMatchObject({ state: 'up' })
  })

  it('counts disk, blobs, database, memory and requests, each as of an instant', async () => {
    mkdirSync(join(server.dataFolder, 'kept'))
    writeFileSync(join(server.dataFolder, 'kept', 'file'), 'x'.repeat(1234))
    await server.photo()
    server.runtime.offsetMs += 601_000
    const page = await look()
    expect(page.disk.parts).toContainEqual({ name: 'kept', bytes: 1234, files: 1 })
    expect(page.disk.freeShare).toBeGreaterThan(0)
    expect(page.blobs).toMatchObject({ files: 1, unused: 1 })
    expect(page.database.bytes).toBeGreaterThan(1_000_000)
    expect(page.database.connectionsUsed).toBeGreaterThan(0)
    expect(page.database.cacheHit).toBeGreaterThan(0)
    expect(page.process.memory.rssBytes).toBeGreaterThan(1_000_000)
    expect(page.requests.perMinute).toBeGreaterThan(0)
    expect(page.requests.inFlight).toBe(1)
    for (const part of [page.outbox, page.sealing, page.anchor, page.timers, page.disk, page.blobs, page.database, page.requests, page.backup])
      expect(Date.parse(part.asOf)).not.toBeNaN()
  })

  it('warns while there is no backup or an old one, in both languages and with what to do', async () => {
    expect((await look()).warnings.find((warning) => warning.code === 'BACKUP_MISSING')).toMatchObject({ zh: warnings.BACKUP_MISSING.zh, level: 'warning' })
    const now = server.runtime.now()
    const written = (hours: number) =>
      writeLastBackup(server.dataFolder, {
        at: new Date(now - hours * 3_600_000).toISOString(),
        file: 'linli.tar.gz',
        bytes: 9,
        encrypted: false,
        kind: 'written',
      })
    await written(27)
    const old = (await look()).warnings.find((warning) => warning.code === 'BACKUP_OLD')
    expect(old).toMatchObject({ subject: 'linli.tar.gz', zh: '最近一次备份在 27 小时前', en: 'The last backup is 27 hours old' })
    expect(old?.doEn).not.toBe('')
    await written(1)
    const page = await look()
    expect(codes(page)).not.toContain('BACKUP_OLD')
    expect(page.backup.last).toMatchObject({ file: 'linli.tar.gz', bytes: 9, kind: 'written' })
  })

  it('warns of events that wait too long for their delivery, and by district', async () => {
    const { pool } = server.running.platform
    await server.report()
    await until(async () => (await look()).outbox.undelivered === 0, 'everything is delivered')
    await pool.query(
      "update platform.outbox set delivered = false, attempts = 3, next_at = now() + interval '1 hour', at = at - interval '2 hours' where ctid = (select ctid from platform.outbox limit 1)",
    )
    // The moved clock makes deadlines due meanwhile, whose own events come and go.
    await until(async () => (await lookLater()).outbox.undelivered === 1, 'nothing else is under way')
    const page = await look()
    expect(page.outbox).toMatchObject({ undelivered: 1, failing: 1 })
    expect(page.outbox.districts[0]?.oldestAgeS).toBeGreaterThan(7_000)
    expect(codes(page)).toEqual(expect.arrayContaining(['RELAY_LAGS', 'REACTIONS_FAIL']))
    await pool.query('update platform.outbox set delivered = true')
    expect(codes(await lookLater())).not.toContain('RELAY_LAGS')
  })

  it('warns of a migration that the database does not know', async () => {
    const { pool } = server.running.platform
    const { rows } = await pool.query<Record<string, unknown>>(
      "delete from platform.migration where module = 'dispatch' returning module, name, digest, applied_at",
    )
    const page = await lookLater()
    expect(page.migrations.pending).toEqual(rows.map((row) => `dispatch/${String(row['name'])}`))
    expect(codes(page)).toContain('MIGRATIONS_PENDING')
    for (const row of rows)
      await pool.query('insert into platform.migration values ($1, $2, $3, $4)', [row['module'], row['name'], row['digest'], row['applied_at']])
  })

  it('counts deadlines that run, that are due within the hour, and those that passed', async () => {
    await until(async () => (await lookLater()).timers.passed === 0, 'what the moved clock made due is marked')
    const { timers } = await look()
    const { rows } = await server.running.platform.pool.query<{ running: number }>(
      'select count(*) as running from cases.deadline where stopped_at is null and overdue_at is null',
    )
    expect(timers.running).toBe(rows[0]?.running)
    expect([timers.passed, timers.oldestPassedAt, timers.oldestPassedAgeS]).toEqual([0, null, null])
    expect(timers.dueWithinHour).toBeLessThanOrEqual(timers.running)
  })

  it('sorts the worst first', async () => {
    const levels = ['critical', 'warning', 'notice']
    const ranks = (await lookLater()).warnings.map((warning) => levels.indexOf(warning.level))
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
  })
})
