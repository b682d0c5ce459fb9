import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { REPOSITORY } from '../../src/start.ts'
import { PASSWORD, REASON, authenticator, done, enrol, key, member, refused, securityAdministrator } from '../support/organisation.ts'
import { startAgain } from '../support/restart.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { Answer, Person, Problem } from '../support/world.ts'

interface Opened {
  token: string
  session: { permissions: string[]; withheld: string[] }
}
type Tried = Answer<Problem & Opened>
const STEP = 30_000
const MINUTE = 60_000
const DAY = 86_400_000
const NEW_PASSWORD = 'another river lantern 7'

describe('a second factor', () => {
  let server: TestServer
  let admin: Person
  const first = (login: string, password = PASSWORD): Promise<Tried> => server.send('POST', '/api/v1/session', { login, password })
  const second = (challenge: unknown, code: string): Promise<Tried> => server.send('POST', '/api/v1/session/second-step', { challenge, code })
  const challengeOf = async (login: string): Promise<string> => String((await first(login)).body.extra?.['challenge'])
  const state = (person: Person) =>
    done(
      person.send<{ enrolledAt: string | null; recoveryCodesLeft: number; demandedFor: string[]; graceEndsAt: string | null; exempt: boolean }>(
        'GET',
        '/api/v1/session/second-factor',
      ),
    )
  const pool = () => server.running.platform.pool

  beforeAll(async () => {
    server = await startTestServer()
  })
  beforeEach(async () => {
    // Each story begins at the beginning of a step, so that none of its codes grows old beside it.
    server.runtime.offsetMs += STEP - (server.runtime.now() % STEP)
    admin = await securityAdministrator(server)
  })
  afterAll(() => server.stop())

  it('is set up with the password and one code, and then asked for at every sign-in', async () => {
    const person = await member(server, admin, 'ada', 'acceptor-1')
    const other = await server.signIn('ada', PASSWORD)
    expect(await state(person)).toMatchObject({ enrolledAt: null, recoveryCodesLeft: 0, exempt: false })
    const begun = await done(person.send<{ secret: string; uri: string }>('POST', '/api/v1/session/second-factor', { password: PASSWORD }))
    expect(begun.uri).toMatch(/^otpauth:\/\/totp\//)
    // Until the first code was shown nothing is asked for.
    expect((await first('ada')).status).toBe(201)
    const code = authenticator(server, begun.secret)()
    const { recoveryCodes } = await done(person.send<{ recoveryCodes: string[] }>('POST', '/api/v1/session/second-factor/confirmation', { code }))
    expect(recoveryCodes).toHaveLength(10)
    expect(await state(person)).toMatchObject({ enrolledAt: expect.any(String) as string, recoveryCodesLeft: 10 })
    expect((await other.send('GET', '/api/v1/session')).status).toBe(401)
    const step = await first('ada')
    expect(step).toMatchObject({ status: 401, body: { code: 'SECOND_FACTOR_NEEDED', extra: { challenge: expect.any(String) as string } } })
    expect(step.headers.get('set-cookie')).toBeNull()
    server.runtime.offsetMs += STEP
    const opened = await second(step.body.extra?.['challenge'], authenticator(server, begun.secret)())
    expect(opened.status).toBe(201)
    expect(opened.headers.get('set-cookie')).toContain('HttpOnly')
    expect(opened.body.session.permissions).toContain('cases.file')
  })

  it('keeps secret and codes readable nowhere: not in the database, not in the audit, not in answers that are remembered', async () => {
    const person = await member(server, admin, 'bao', 'acceptor-1')
    const { secret } = await done(person.send<{ secret: string }>('POST', '/api/v1/session/second-factor', { password: PASSWORD }))
    const confirmed = await done(
      person.send<{ recoveryCodes: string[] }>('POST', '/api/v1/session/second-factor/confirmation', { code: authenticator(server, secret)() }),
    )
    const kept = JSON.stringify(
      await Promise.all(
        ['identity.second_factor', 'identity.recovery_code', 'identity.change', 'platform.audit', 'platform.idempotency', 'platform.read_log'].map(
          async (table) => (await pool().query(`select * from ${table}`)).rows as unknown[],
        ),
      ),
    )
    expect(kept).toContain('"sealed_secret":"v1.')
    for (const code of [secret, PASSWORD, ...confirmed.recoveryCodes, ...confirmed.recoveryCodes.map((one) => one.replaceAll('-', ''))])
      expect(kept).not.toContain(code)
  })

  it('refuses a code that was used, also in the neighbouring steps, and takes the next', async () => {
    const person = await member(server, admin, 'chu', 'acceptor-1')
    const { codeNow } = await enrol(server, person)
    // The code of the confirmation is used up as well.
    expect((await second(await challengeOf('chu'), codeNow())).body.code).toBe('SECOND_FACTOR_WRONG')
    expect((await second(await challengeOf('chu'), codeNow(1))).status).toBe(201)
    server.runtime.offsetMs += STEP
    expect((await second(await challengeOf('chu'), codeNow())).body.code).toBe('SECOND_FACTOR_WRONG')
    expect((await second(await challengeOf('chu'), codeNow(-1))).body.code).toBe('SECOND_FACTOR_WRONG')
    expect((await second(await challengeOf('chu'), codeNow(1))).status).toBe(201)
    expect((await second(await challengeOf('chu'), codeNow(3))).body.code).toBe('SECOND_FACTOR_WRONG')
  })

  it('opens one session for one code, however many ask at once', async () => {
    const person = await member(server, admin, 'dai', 'acceptor-1')
    const { codeNow } = await enrol(server, person)
    server.runtime.offsetMs += STEP
    const challenges = await Promise.all(Array.from({ length: 4 }, () => challengeOf('dai')))
    const answers = await Promise.all(challenges.map((challenge) => second(challenge, codeNow())))
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 422, 422, 422])
    server.runtime.offsetMs += STEP
    const one = await challengeOf('dai')
    const doubled = await Promise.all([second(one, codeNow()), second(one, codeNow())])
    expect(doubled.map((answer) => answer.status).toSorted()).toEqual([201, 401])
  })

  it('is confirmed once, however many confirm at once', async () => {
    const person = await member(server, admin, 'fei', 'acceptor-1')
    const { secret } = await done(person.send<{ secret: string }>('POST', '/api/v1/session/second-factor', { password: PASSWORD }))
    const code = authenticator(server, secret)()
    const answers = await Promise.all(Array.from({ length: 3 }, () => person.send<Problem>('POST', '/api/v1/session/second-factor/confirmation', { code })))
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 409, 409])
    const { rows } = await pool().query('select 1 from identity.recovery_code where person_id = $1', [person.id])
    expect(rows).toHaveLength(10)
    expect((await refused(person.send('POST', '/api/v1/session/second-factor', { password: PASSWORD }))).code).toBe('SECOND_FACTOR_ENROLLED')
  })

  it('takes each recovery code once, typed in any way, and ten new ones end the old', async () => {
    const person = await member(server, admin, 'gao', 'acceptor-1')
    const { codeNow, recoveryCodes } = await enrol(server, person)
    const [one = '', two = ''] = recoveryCodes
    expect((await second(await challengeOf('gao'), ` ${one.toUpperCase()} `)).status).toBe(201)
    expect((await second(await challengeOf('gao'), one)).body.code).toBe('SECOND_FACTOR_WRONG')
    expect(await state(person)).toMatchObject({ recoveryCodesLeft: 9 })
    server.runtime.offsetMs += STEP
    // A recovery code does not make new recovery codes.
    expect((await refused(person.send('POST', '/api/v1/session/second-factor/recovery-codes', { code: two }))).code).toBe('SECOND_FACTOR_WRONG')
    const renewed = await done(person.send<{ recoveryCodes: string[] }>('POST', '/api/v1/session/second-factor/recovery-codes', { code: codeNow() }))
    expect((await second(await challengeOf('gao'), two)).body.code).toBe('SECOND_FACTOR_WRONG')
    expect((await second(await challengeOf('gao'), renewed.recoveryCodes[0] ?? '')).status).toBe(201)
    const race = await challengeOf('gao').then(async (challenge) => [challenge, await challengeOf('gao')])
    const raced = await Promise.all(race.map((challenge) => second(challenge, renewed.recoveryCodes[1] ?? '')))
    expect(raced.map((answer) => answer.status).toSorted()).toEqual([201, 422])
  })

  it('locks the account after five wrong codes, spread over challenges or sent at once; the right password in between forgives none', async () => {
    const person = await member(server, admin, 'han', 'acceptor-1')
    const { codeNow } = await enrol(server, person)
    server.runtime.offsetMs += STEP
    for (let count = 0; count < 4; count++) expect((await second(await challengeOf('han'), '000000')).body.code).toBe('SECOND_FACTOR_WRONG')
    const last = await challengeOf('han')
    expect((await second(last, '000000')).body.code).toBe('SECOND_FACTOR_WRONG')
    expect((await second(last, codeNow())).body).toMatchObject({ code: 'ACCOUNT_LOCKED', status: 429 })
    expect((await first('han')).body.code).toBe('ACCOUNT_LOCKED')
    server.runtime.offsetMs += 16 * MINUTE
    const fresh = await challengeOf('han')
    const answers = await Promise.all([...Array.from({ length: 20 }, () => second(fresh, '111111')), second(fresh, '222222')])
    expect(answers.filter((answer) => answer.body.code === 'SECOND_FACTOR_WRONG').length).toBeLessThanOrEqual(5)
    expect((await first('han')).body.code).toBe('ACCOUNT_LOCKED')
    server.runtime.offsetMs += 16 * MINUTE
    expect((await second(await challengeOf('han'), codeNow())).status).toBe(201)
  })

  it('asks within five minutes, with the challenge of this step alone', async () => {
    const person = await member(server, admin, 'jin', 'acceptor-1')
    const { codeNow } = await enrol(server, person)
    const late = await challengeOf('jin')
    server.runtime.offsetMs += 5 * MINUTE + STEP
    expect((await second(late, codeNow())).body).toMatchObject({ code: 'CHALLENGE_ENDED', status: 401 })
    for (const forged of [person.token, 'A'.repeat(43), `${late}x`]) expect((await second(forged, codeNow())).body.code).toBe('CHALLENGE_ENDED')
    for (const body of [
      {},
      { challenge: 7, code: '123456' },
      { challenge: late },
      { challenge: late, code: 123456 },
      { challenge: late, code: '1' },
      { challenge: late, code: '1'.repeat(41) },
    ])
      expect((await server.send<Problem>('POST', '/api/v1/session/second-step', body)).status, JSON.stringify(body)).toBe(400)
    // A challenge of a sign-in is no challenge for a new password, and no session.
    const open = await challengeOf('jin')
    expect((await refused(server.send('POST', '/api/v1/session/password-renewal', { challenge: open, newPassword: 'another river lantern 7' }))).code).toBe(
      'CHALLENGE_ENDED',
    )
    expect((await server.send('GET', '/api/v1/session', undefined, { authorization: `Bearer ${open}` })).status).toBe(401)
    expect((await second(open, codeNow())).status).toBe(201)
  })

  it('cannot be set up or taken away by whoever finds a session open', async () => {
    const person = await member(server, admin, 'kun', 'acceptor-1')
    for (const password of ['', 'wrong password here']) {
      const { code } = await refused(person.send('POST', '/api/v1/session/second-factor', password === '' ? {} : { password }))
      expect(code).toBe('PASSWORD_WRONG')
    }
    expect((await refused(person.send('POST', '/api/v1/session/second-factor/confirmation', { code: '123456' }))).code).toBe('SECOND_FACTOR_NOT_ENROLLED')
    const { codeNow } = await enrol(server, person)
    server.runtime.offsetMs += STEP
    expect((await refused(person.send('POST', '/api/v1/session/second-factor/removal', { code: '000000' }))).code).toBe('SECOND_FACTOR_WRONG')
    expect(await done(person.send('POST', '/api/v1/session/second-factor/removal', { code: codeNow() }))).toEqual({ endedSessions: 1 })
    expect((await person.send('GET', '/api/v1/session')).status).toBe(401)
    expect((await first('kun')).status).toBe(201)
  })

  it('is reset by a security administrator with a reason, which ends the sessions and leaves a line; nobody resets the own', async () => {
    const person = await member(server, admin, 'lin', 'acceptor-1')
    await enrol(server, person)
    const reset = (as: Person, id: string, body: unknown = { reason: '手机丢失' }) =>
      as.send<Problem & { endedSessions: number }>('POST', `/api/v1/people/${id}/second-factor/reset`, body)
    expect((await reset(person, person.id)).body.code).toBe('PERMISSION_MISSING')
    expect((await reset(admin, person.id, {})).status).toBe(400)
    expect((await reset(admin, 'not-an-id')).status).toBe(400)
    expect((await reset(admin, '01920000-0000-7000-8000-000000000000')).body.code).toBe('NOT_FOUND')
    const { personId } = await done(admin.send<{ personId: string }>('GET', '/api/v1/session'))
    expect((await reset(admin, personId)).body.code).toBe('OWN_ACCOUNT_NOT_ALLOWED')
    expect((await reset(admin, person.id)).body.endedSessions).toBe(1)
    expect((await person.send('GET', '/api/v1/session')).status).toBe(401)
    expect((await first('lin')).status).toBe(201)
    expect((await reset(admin, person.id)).body.code).toBe('SECOND_FACTOR_NOT_ENROLLED')
    const { rows } = await pool().query<{ action: string; outcome: string }>(
      "select action, outcome from platform.audit where object_id = $1 and action like '%resetSecondFactor'",
      [person.id],
    )
    expect(rows).toContainEqual({ action: 'identity.resetSecondFactor', outcome: 'done' })
    const changes = await done(
      admin.send<{ rows: { action: string; reason: string }[] }>('GET', `/api/v1/organisation-changes?kind=person&object=${person.id}`),
    )
    expect(changes.rows[0]).toMatchObject({ action: 'identity.resetSecondFactor', reason: '手机丢失' })
  })

  it('is demanded where the city says so: such permissions wait for it once the grace is over', async () => {
    const person = await member(server, admin, 'mao', 'auditor', 'audit')
    const look = (as: Person) => as.send<Problem>('GET', '/api/v1/audit', undefined, { 'linli-purpose': 'security-audit' })
    expect((await look(person)).status).toBe(200)
    expect(await state(person)).toMatchObject({ demandedFor: ['audit.read'], exempt: false })
    server.runtime.offsetMs += 31 * DAY
    const later = await server.signIn('mao', PASSWORD)
    expect(await done(later.send<Opened['session']>('GET', '/api/v1/session'))).toMatchObject({
      withheld: ['audit.read'],
      permissions: expect.not.arrayContaining(['audit.read']) as string[],
    })
    expect((await look(later)).status).toBe(403)
    const { codeNow } = await enrol(server, later)
    // The session in which it was set up has shown it.
    expect((await look(later)).status).toBe(200)
    server.runtime.offsetMs += STEP
    const opened = await second(await challengeOf('mao'), codeNow())
    expect(opened.body.session).toMatchObject({ withheld: [], permissions: expect.arrayContaining(['audit.read']) as string[] })
  })

  it('is never asked of the invented people of the demo city, whose way in nobody can change', async () => {
    const person = await securityAdministrator(server)
    expect(await state(person)).toMatchObject({ exempt: true, graceEndsAt: null })
    for (const [method, path, body] of [
      ['POST', '/api/v1/session/second-factor', { password: 'linli-demo' }],
      ['PUT', '/api/v1/session/password', { password: 'linli-demo', newPassword: 'another river lantern 7' }],
    ] as const)
      expect((await refused(person.send(method, path, body))).code).toBe('DEMO_ACCOUNT_FIXED')
    const { rows } = await pool().query<{ id: string }>("select id from identity.person where login = 'chenhean'")
    expect((await refused(person.send('POST', `/api/v1/people/${rows[0]?.id}/invitation`, { reason: REASON }))).code).toBe('DEMO_ACCOUNT_FIXED')
  })

  it('that cannot be opened any more, because the key is another, is refused and can be recovered from', async () => {
    const person = await member(server, admin, 'niu', 'acceptor-1')
    const { codeNow, recoveryCodes } = await enrol(server, person)
    await pool().query(
      'update identity.second_factor set sealed_secret = (select sealed_secret from identity.second_factor where person_id <> $1 limit 1) where person_id = $1',
      [person.id],
    )
    server.runtime.offsetMs += STEP
    expect((await second(await challengeOf('niu'), codeNow())).body.code).toBe('SECOND_FACTOR_WRONG')
    expect((await second(await challengeOf('niu'), recoveryCodes[0] ?? '')).status).toBe(201)
  })
})

describe('a city with rules of its own about signing in', () => {
  let folder: string
  let server: TestServer
  let admin: Person
  const cityFile = () => join(folder, 'city.json')
  const city = () => JSON.parse(readFileSync(cityFile(), 'utf8')) as { roles: Record<string, string[]> }

  beforeAll(async () => {
    folder = join(mkdtempSync(join(tmpdir(), 'linli-strict-')), 'strict')
    cpSync(join(REPOSITORY, 'cities/demo'), folder, { recursive: true })
    const signIn = { secondFactorFor: ['people.edit'], graceDays: 0, passwordRotationDays: 30, staleDays: 10 }
    writeFileSync(cityFile(), JSON.stringify({ ...city(), signIn }))
    server = await startTestServer({ city: folder })
    admin = await securityAdministrator(server)
  })
  afterAll(async () => {
    await server.stop()
    rmSync(join(folder, '..'), { recursive: true, force: true })
  })

  it('demands the second factor from the first day, where it says that there is no grace', async () => {
    const person = await member(server, admin, 'strict', 'security-administrator', 'information')
    expect(await done(person.send('GET', '/api/v1/session'))).toMatchObject({ withheld: ['people.edit'], permissions: ['areas.read', 'people.read'] })
    const body = { login: 'never', personName: '某人', unitCode: 'supervision', reason: REASON }
    expect((await refused(person.send('POST', '/api/v1/people', body, key()))).status).toBe(403)
    await enrol(server, person)
    expect((await person.send('POST', '/api/v1/people', body, key())).status).toBe(201)
  })

  it('asks for a new password when the old one has reached its age, after the second factor and before any session', async () => {
    const [plain, guarded] = [await member(server, admin, 'aging', 'acceptor-1'), await member(server, admin, 'guarded', 'acceptor-2')]
    const { codeNow } = await enrol(server, guarded)
    const first = (login: string, password = PASSWORD) => server.send<Problem>('POST', '/api/v1/session', { login, password })
    const renew = (challenge: unknown, newPassword: string) => server.send<Problem>('POST', '/api/v1/session/password-renewal', { challenge, newPassword })
    server.runtime.offsetMs += 31 * DAY
    const asked = await first('aging')
    expect(asked.body).toMatchObject({ code: 'PASSWORD_EXPIRED', status: 401 })
    const challenge = asked.body.extra?.['challenge']
    expect((await renew(challenge, PASSWORD)).body).toMatchObject({ code: 'PASSWORD_WEAK', fields: [{ pointer: '/body/newPassword', code: 'used-before' }] })
    expect((await refused(server.send('POST', '/api/v1/session/second-step', { challenge, code: '123456' }))).code).toBe('CHALLENGE_ENDED')
    const answers = await Promise.all([renew(challenge, NEW_PASSWORD), renew(challenge, NEW_PASSWORD)])
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 401])
    expect((await first('aging')).body.code).toBe('SIGN_IN_FAILED')
    expect((await first('aging', NEW_PASSWORD)).status).toBe(201)
    const step = await first('guarded')
    expect(step.body.code).toBe('SECOND_FACTOR_NEEDED')
    const passed = await server.send<Problem>('POST', '/api/v1/session/second-step', { challenge: step.body.extra?.['challenge'], code: codeNow() })
    expect(passed.body.code).toBe('PASSWORD_EXPIRED')
    expect((await renew(passed.body.extra?.['challenge'], NEW_PASSWORD)).status).toBe(201)
    // The invented people keep their password, whatever the city says.
    expect((await server.send('POST', '/api/v1/session', { login: 'chenhean', password: 'linli-demo' })).status).toBe(201)
    expect(plain.id).not.toBe(guarded.id)
  }, 60_000)

  it('names accounts as stale after its own number of days', async () => {
    admin = await securityAdministrator(server)
    await member(server, admin, 'tenner', 'dispatcher-1')
    server.runtime.offsetMs += 11 * DAY
    admin = await securityAdministrator(server)
    const { rows } = await done(admin.send<{ rows: { login: string }[] }>('GET', '/api/v1/stale-accounts?reason=not-seen&limit=200'))
    expect(rows.map((row) => row.login)).toContain('tenner')
  })

  it('changes what a role may do with the next start, and that is written down', async () => {
    const { roles } = city()
    writeFileSync(cityFile(), JSON.stringify({ ...city(), roles: { ...roles, dispatcher: [...(roles['dispatcher'] ?? []), 'people.read'] } }))
    const again = await startAgain(server, 'beside')
    try {
      const dispatcher = await again.demoPerson('dispatch')
      expect((await done(dispatcher.send<{ permissions: string[] }>('GET', '/api/v1/session'))).permissions).toContain('people.read')
      const { rows } = await server.running.platform.pool.query("select object_id from platform.audit where action = 'identity.publishRole'")
      expect(rows).toEqual([{ object_id: 'dispatcher' }])
    } finally {
      await again.stop()
    }
  }, 60_000)
})
