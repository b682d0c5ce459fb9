import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/platform/config.ts'
import { keptLog } from '../../src/platform/testing/log-lines.ts'
import { migrationSources } from '../../src/app.ts'
import { openDatabase } from '../../src/platform/db/database.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { startServer } from '../../src/start.ts'
import { makeDatabase } from '../support/database.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { Person, Problem } from '../support/world.ts'

interface Session {
  personName: string
  post: { id: string; title: string }
  posts: { id: string; title: string }[]
  permissions: string[]
}
const MINUTE = 60_000
const WRONG = 'not the password'

describe('signing in', () => {
  let server: TestServer
  const attempt = (login: string, password: string) => server.send<Problem & { token: string }>('POST', '/api/v1/session', { login, password })
  const me = (person: Person) => person.send<Session & Problem>('GET', '/api/v1/session')

  beforeAll(async () => {
    server = await startTestServer({ env: { LINLI_SESSION_IDLE_MINUTES: '20', LINLI_SESSION_MAX_HOURS: '2' } })
  })
  afterAll(() => server.stop())

  it('opens a session at a post; the cookie is out of the reach of scripts and of other sites', async () => {
    const answer = await attempt('chenhean', 'linli-demo')
    expect(answer.status).toBe(201)
    const cookie = answer.headers.get('set-cookie') ?? ''
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=7200']) expect(cookie).toContain(part)
    const [pair = ''] = cookie.split(';')
    const asked = await server.send<Session>('GET', '/api/v1/session', undefined, { cookie: pair })
    expect(asked.body).toMatchObject({ personName: '陈禾安', post: { title: '1号受理员' } })
    expect(asked.body.permissions).toContain('cases.file')
  })

  it('keeps the token and the password nowhere: a hash of each at most', async () => {
    const { token } = await server.signIn('chenhean')
    const { pool } = server.running.platform
    const { rows: sessions } = await pool.query<{ token_hash: string }>('select token_hash from identity.session')
    expect(sessions.map((row) => row.token_hash)).not.toContain(token)
    expect(sessions.every((row) => /^[0-9a-f]{64}$/.test(row.token_hash))).toBe(true)
    const { rows: people } = await pool.query<{ password_hash: string }>('select password_hash from identity.person')
    expect(people.every((row) => row.password_hash.startsWith('$argon2id$v=19$m=19456,t=2,p=1$'))).toBe(true)
  })

  it('answers a wrong password and an unknown login alike', async () => {
    const [known, unknown] = await Promise.all([attempt('linsonglan', WRONG), attempt('nobody-here', WRONG)])
    const told = ({ body }: typeof known) => ({ ...body, requestId: '' })
    expect(told(known)).toEqual(told(unknown))
    expect(known.body).toMatchObject({ code: 'SIGN_IN_FAILED', status: 401 })
  })

  it('is locked after five failures, also for the right password, until a quarter of an hour has passed', async () => {
    const codes: string[] = []
    for (let count = 0; count < 6; count++) codes.push((await attempt('zhouyuning', WRONG)).body.code)
    expect(codes).toEqual(['SIGN_IN_FAILED', 'SIGN_IN_FAILED', 'SIGN_IN_FAILED', 'SIGN_IN_FAILED', 'SIGN_IN_FAILED', 'ACCOUNT_LOCKED'])
    const locked = await attempt('ZhouYuning', 'linli-demo')
    expect(locked.body).toMatchObject({ code: 'ACCOUNT_LOCKED', status: 429 })
    expect(Date.parse(String(locked.body.extra?.['until']))).toBeGreaterThan(server.runtime.now() + 14 * MINUTE)
    server.runtime.offsetMs += 14 * MINUTE
    expect((await attempt('zhouyuning', 'linli-demo')).body.code).toBe('ACCOUNT_LOCKED')
    server.runtime.offsetMs += 2 * MINUTE
    expect((await attempt('zhouyuning', 'linli-demo')).status).toBe(201)
  })

  it('forgets failures after a success', async () => {
    for (let round = 0; round < 3; round++) {
      for (let count = 0; count < 4; count++) expect((await attempt('wulichuan', WRONG)).body.code).toBe('SIGN_IN_FAILED')
      expect((await attempt('wulichuan', 'linli-demo')).status).toBe(201)
    }
  })

  it('is not guessed faster by guessing all at once', async () => {
    const answers = await Promise.all([...Array.from({ length: 20 }, () => attempt('xuzhixia', WRONG)), attempt('xuzhixia', 'linli-demo')])
    expect(answers.slice(0, 20).every((answer) => answer.status !== 201)).toBe(true)
    expect((await attempt('xuzhixia', 'linli-demo')).body.code).toBe('ACCOUNT_LOCKED')
  })

  it('ends after twenty idle minutes, and not while somebody works', async () => {
    const [idle, busy] = await Promise.all([server.signIn('hanmingyuan'), server.signIn('caoqiutong')])
    for (let count = 0; count < 3; count++) {
      server.runtime.offsetMs += 15 * MINUTE
      expect((await me(busy)).status).toBe(200)
    }
    expect((await me(idle)).body).toMatchObject({ code: 'SESSION_MISSING', status: 401 })
  })

  it('ends after two hours however busy', async () => {
    const person = await server.signIn('yanxiangyang')
    for (let count = 0; count < 7; count++) {
      server.runtime.offsetMs += 15 * MINUTE
      expect((await me(person)).status, `${(count + 1) * 15} minutes`).toBe(200)
    }
    server.runtime.offsetMs += 16 * MINUTE
    expect((await me(person)).status).toBe(401)
  })

  it('ends at once with signing out, for this session alone', async () => {
    const [one, other] = await Promise.all([server.signIn('weiruoxi'), server.signIn('weiruoxi')])
    expect((await me(one)).status).toBe(200)
    const out = await one.send('DELETE', '/api/v1/session')
    expect(out.body).toEqual({ ended: true })
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0')
    expect((await me(one)).status).toBe(401)
    expect((await me(other)).status).toBe(200)
  })

  it('lets nobody act on a made-up token', async () => {
    const { token } = await server.signIn('weiruoxi')
    for (const forged of [`${token}x`, token.slice(0, -1), token.toUpperCase(), 'A'.repeat(43)]) {
      expect((await server.send('GET', '/api/v1/session', undefined, { authorization: `Bearer ${forged}` })).status).toBe(401)
      expect((await server.send('GET', '/api/v1/session', undefined, { cookie: `linli_session=${forged}` })).status).toBe(401)
    }
  })

  it('leaves an audit line for each success and each failure, and the password in none of them', async () => {
    const { rows } = await server.running.platform.pool.query<{ action: string; outcome: string; error_code: string | null }>(
      "select action, outcome, error_code from platform.audit where action like 'identity.sign%'",
    )
    expect(new Set(rows.map((row) => `${row.action} ${row.outcome} ${row.error_code ?? ''}`))).toEqual(
      new Set(['identity.signIn done ', 'identity.signIn refused SIGN_IN_FAILED', 'identity.signIn refused ACCOUNT_LOCKED', 'identity.signOut done ']),
    )
    const everything = await server.running.platform.pool.query('select * from platform.audit')
    expect(JSON.stringify(everything.rows)).not.toMatch(/not the password|linli-demo/)
  })
})

describe('taking another post', () => {
  let server: TestServer

  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.stop())

  it('changes what somebody may do at once, and is possible for posts of the own alone', async () => {
    const { pool } = server.running.platform
    const { rows } = await pool.query<{ id: string; code: string }>("select id, code from identity.post where code in ('dispatcher-1', 'auditor')")
    const idOf = (code: string) => rows.find((row) => row.code === code)?.id ?? ''
    await pool.query("insert into identity.holding (person_id, post_id, from_at) select id, $1, '2020-01-01' from identity.person where login = 'linsonglan'", [
      idOf('dispatcher-1'),
    ])
    const person = await server.signIn('linsonglan')
    const before = (await person.send<Session>('GET', '/api/v1/session')).body
    expect(before.posts.map((post) => post.title)).toEqual(['2号受理员', '1号派遣员'])
    expect(before.permissions).not.toContain('cases.dispatch')
    const after = await person.send<Session>('PUT', '/api/v1/session/post', { postId: idOf('dispatcher-1') })
    expect(after.body.permissions).toContain('cases.dispatch')
    expect(after.body.permissions).not.toContain('cases.file')
    expect((await person.send<Session>('GET', '/api/v1/session')).body.post.title).toBe('1号派遣员')
    expect((await person.send<Problem>('PUT', '/api/v1/session/post', { postId: idOf('auditor') })).body).toMatchObject({ code: 'NOT_FOUND', status: 404 })
    await pool.query(
      "update identity.holding set to_at = '2020-01-02' where post_id = $1 and person_id = (select id from identity.person where login = 'linsonglan')",
      [idOf('dispatcher-1')],
    )
    server.runtime.offsetMs += 6_000
    expect((await person.send('GET', '/api/v1/session')).status).toBe(401)
  })
})

describe('a start outside the demo city', () => {
  const folders: string[] = []
  const drops: (() => Promise<void>)[] = []
  afterAll(async () => {
    for (const drop of drops) await drop()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

  async function start(env: Record<string, string>) {
    const folder = mkdtempSync(join(tmpdir(), 'linli-start-'))
    folders.push(folder)
    const database = await makeDatabase('template_tables', async (connection) => {
      const { pool } = openDatabase(connection, 2)
      await migrate(pool, migrationSources(join(import.meta.dirname, '../../src')))
      await pool.end()
    })
    drops.push(database.drop)
    const { log, lines } = keptLog()
    const config = readConfig({ LINLI_CITY: 'zaozhuang', LINLI_DATA: folder, PORT: '0', ...env })
    return { running: startServer({ config, log, connection: database.connection }), lines, connection: database.connection }
  }

  it('is refused without an administrator, and takes nothing for itself', async () => {
    const { running, connection } = await start({})
    await expect(running).rejects.toMatchObject({ code: 'ADMIN_MISSING', message: expect.stringContaining('LINLI_ADMIN_LOGIN') as string })
    const { pool } = openDatabase(connection, 1)
    const { rows } = await pool.query<{ people: number; areas: number; settings: number }>(
      'select (select count(*) from identity.person) as people, (select count(*) from places.area) as areas, (select count(*) from platform.setting) as settings',
    )
    await pool.end()
    expect(rows).toEqual([{ people: 0, areas: 0, settings: 0 }])
  }, 60_000)

  it('knows no demo people and no demo password, and writes the administrator’s password into no log', async () => {
    const password = 'granite river lantern 9'
    const { running, lines } = await start({ LINLI_ADMIN_LOGIN: 'Chief', LINLI_ADMIN_PASSWORD: password, LINLI_LOG_LEVEL: 'debug' })
    const { url, platform, stop } = await running
    try {
      const post = (login: string, secret: string) =>
        fetch(`${url}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login, password: secret }) })
      expect(await (await fetch(`${url}/api/v1/demo-people`)).json()).toEqual({ password: null, rows: [] })
      const { rows } = await platform.pool.query<{ login: string; demo_step: string | null }>('select login, demo_step from identity.person')
      expect(rows).toEqual([{ login: 'chief', demo_step: null }])
      for (const { login } of platform.city.organisation.people.slice(0, 3)) expect((await post(login, 'linli-demo')).status).toBe(401)
      expect((await post('chief', WRONG)).status).toBe(401)
      expect((await post('chief', password)).status).toBe(201)
      const written = JSON.stringify(lines)
      expect(lines.length).toBeGreaterThan(0)
      expect(written).not.toContain(password)
      expect(written).not.toContain(WRONG)
    } finally {
      await stop()
    }
  }, 60_000)
})
