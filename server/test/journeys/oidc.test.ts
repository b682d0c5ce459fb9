import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CLIENT, startOidcProvider, type OidcProvider } from '../support/oidc-provider.ts'
import { PASSWORD, done, enrol, member, newPerson, securityAdministrator } from '../support/organisation.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { Answer, Person, Problem } from '../support/world.ts'

interface Opened {
  token: string
  session: { personName: string; permissions: string[]; withheld: string[] }
}
type Came = Answer<Problem & Opened>
const REDIRECT = 'http://127.0.0.1:8080/'
const STEP = 30_000

describe('signing in through the city’s sign-in service', () => {
  let provider: OidcProvider
  let server: TestServer
  let admin: Person

  const begin = async () => {
    const answer = await server.send<Problem & { url: string }>('POST', '/api/v1/session/provider')
    return { ...answer, cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '' }
  }
  const complete = (query: string, cookie: string, body: Record<string, unknown> = {}): Promise<Came> =>
    server.send('POST', '/api/v1/session/provider/answer', { query, ...body }, { cookie })
  const signInAs = async (login: string, lies: Record<string, unknown> = {}): Promise<Came> => {
    provider.behaviour.claims = { preferred_username: login }
    provider.behaviour.lies = lies
    const { body, cookie } = await begin()
    return complete(await provider.visit(body.url), cookie)
  }
  const sessions = async () => (await server.running.platform.pool.query('select 1 from identity.session')).rows.length
  const people = async () => (await server.running.platform.pool.query('select 1 from identity.person')).rows.length

  beforeAll(async () => {
    provider = await startOidcProvider()
    server = await startTestServer({
      env: {
        LINLI_OIDC_ISSUER: provider.url,
        LINLI_OIDC_CLIENT_ID: CLIENT.id,
        LINLI_OIDC_CLIENT_SECRET: CLIENT.secret,
        LINLI_OIDC_REDIRECT_URI: REDIRECT,
        LINLI_OIDC_NAME: '邻里市统一身份认证',
        LINLI_OIDC_STRONG: 'mfa urn:strong',
      },
    })
  })
  beforeEach(async () => {
    Object.assign(provider.behaviour, { claims: {}, lies: {}, signature: 'ours', broken: new Map(), issuer: undefined })
    admin = await securityAdministrator(server)
  })
  afterAll(async () => {
    await server.stop()
    await provider.stop()
  })

  it('is offered by its name, and opens the account that the verified claim names', async () => {
    expect(await done(server.send('GET', '/api/v1/sign-in-ways'))).toMatchObject({ password: true, provider: { name: '邻里市统一身份认证' } })
    await member(server, admin, 'oda', 'acceptor-1')
    const begun = await begin()
    expect(begun.headers.get('set-cookie')).toMatch(/^linli_sign_in=[\w-]{43}; Path=\/api\/v1\/session\/provider; HttpOnly; SameSite=Strict; Max-Age=600$/)
    const asked = new URL(begun.body.url).searchParams
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      client_id: CLIENT.id,
      redirect_uri: REDIRECT,
      scope: 'openid profile',
      code_challenge_method: 'S256',
    })
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name), name).toMatch(/^[\w-]{43}$/)
    const opened = await signInAs('Oda')
    expect(opened).toMatchObject({ status: 201, body: { session: { personName: '试用oda', withheld: [] } } })
    expect(opened.headers.get('set-cookie')).toContain('linli_session=')
  })

  it('signs out here, and says where to sign out there; a session by password ends here alone', async () => {
    await member(server, admin, 'olga', 'acceptor-1')
    const opened = await signInAs('olga')
    const out = await server.send<{ ended: boolean; providerUrl?: string }>('DELETE', '/api/v1/session', undefined, {
      authorization: `Bearer ${opened.body.token}`,
    })
    expect(out.body.ended).toBe(true)
    const there = new URL(out.body.providerUrl ?? '')
    expect([there.pathname, there.searchParams.get('client_id'), there.searchParams.get('post_logout_redirect_uri')]).toEqual(['/end', CLIENT.id, REDIRECT])
    const again = await signInAs('olga')
    provider.behaviour.broken.set('/.well-known/openid-configuration', 'error')
    expect(await done(server.send('DELETE', '/api/v1/session', undefined, { authorization: `Bearer ${again.body.token}` }))).toEqual({ ended: true })
    const byPassword = await server.signIn('olga', PASSWORD)
    expect(await done(byPassword.send('DELETE', '/api/v1/session'))).toEqual({ ended: true })
  })

  it('never makes a person, and opens none that has ended, is locked or has no post', async () => {
    const before = await people()
    expect((await signInAs('stranger')).body).toMatchObject({ code: 'PROVIDER_PERSON_UNKNOWN', status: 422 })
    expect(await people()).toBe(before)
    const { id, holdingId } = await member(server, admin, 'omar', 'acceptor-1')
    await done(admin.send('POST', `/api/v1/holdings/${holdingId}/end`, { reason: '调离', note: '' }))
    expect((await signInAs('omar')).body.code).toBe('SIGN_IN_FAILED')
    await done(admin.send('POST', `/api/v1/people/${id}/end`, { reason: '离职', note: '' }))
    expect((await signInAs('omar')).body.code).toBe('PROVIDER_PERSON_UNKNOWN')
    await member(server, admin, 'otto', 'acceptor-1')
    for (let count = 0; count < 5; count++) await server.send('POST', '/api/v1/session', { login: 'otto', password: 'wrong password' })
    expect((await signInAs('otto')).body.code).toBe('ACCOUNT_LOCKED')
    // An account without any password is opened by the service alone.
    const plain = await newPerson(admin, 'olaf')
    await done(
      admin.send(
        'POST',
        `/api/v1/posts/${await postOf('acceptor-1')}/holdings`,
        { personId: plain, reason: '任职' },
        { 'idempotency-key': 'olaf-at-acceptor-1' },
      ),
    )
    expect((await server.send('POST', '/api/v1/session', { login: 'olaf', password: '' })).status).toBe(400)
    expect((await signInAs('olaf')).status).toBe(201)
  })
  const postOf = async (code: string) =>
    (await server.running.platform.pool.query<{ id: string }>('select id from identity.post where code = $1', [code])).rows[0]?.id

  it.each<[string, Record<string, unknown>]>([
    ['another issuer', { iss: 'https://elsewhere.example.org' }],
    ['another audience', { aud: 'another-program' }],
    ['another nonce', { nonce: 'A'.repeat(43) }],
    ['no nonce', { nonce: undefined }],
    ['an end that is past', { exp: Math.floor(Date.now() / 1000) - 3_600 }],
    ['no end', { exp: undefined }],
    ['a beginning to come', { nbf: Math.floor(Date.now() / 1000) + 3_600 }],
    ['no claim that names the login', { preferred_username: undefined }],
    ['a claim that is no text', { preferred_username: ['oda'] }],
  ])('refuses an ID token with %s', async (_what, lies) => {
    const before = await sessions()
    expect((await signInAs('oda', lies)).body).toMatchObject({ code: 'PROVIDER_ANSWER_REFUSED', status: 422 })
    expect(await sessions()).toBe(before)
  })

  it.each(['unsigned', 'stranger', 'symmetric'] as const)('refuses an ID token whose signature is %s', async (signature) => {
    provider.behaviour.signature = signature
    expect((await signInAs('oda')).body).toMatchObject({ code: 'PROVIDER_ANSWER_REFUSED', status: 422 })
  })

  it('goes on at once when the service changes its key', async () => {
    expect((await signInAs('oda')).status).toBe(201)
    await provider.rotateKey()
    expect((await signInAs('oda')).status).toBe(201)
  })

  it('takes a state once, in time, and from the browser that began', async () => {
    provider.behaviour.claims = { preferred_username: 'oda' }
    const [one, other] = [await begin(), await begin()]
    const query = await provider.visit(one.body.url)
    const before = provider.exchanges
    // Another browser, none, and a state that we never gave.
    expect((await complete(query, other.cookie)).body).toMatchObject({ code: 'CHALLENGE_ENDED', status: 401 })
    expect((await complete(query, one.cookie)).body.code).toBe('CHALLENGE_ENDED')
    expect((await complete(await provider.visit((await begin()).body.url), '')).body.code).toBe('CHALLENGE_ENDED')
    expect((await complete(`code=x&state=${'A'.repeat(43)}`, other.cookie)).body.code).toBe('CHALLENGE_ENDED')
    expect((await complete('code=x', other.cookie)).body.code).toBe('CHALLENGE_ENDED')
    expect(provider.exchanges).toBe(before)
    const good = await provider.visit(other.body.url)
    const twice = await Promise.all([complete(good, other.cookie), complete(good, other.cookie)])
    expect(twice.map((answer) => answer.status).toSorted()).toEqual([201, 401])
    expect(provider.exchanges).toBe(before + 1)
    const late = await begin()
    const lateQuery = await provider.visit(late.body.url)
    server.runtime.offsetMs += 11 * 60_000
    expect((await complete(lateQuery, late.cookie)).body.code).toBe('CHALLENGE_ENDED')
  })

  it('passes on that somebody said no, and that the code is not one of the service', async () => {
    const no = await begin()
    const state = new URL(no.body.url).searchParams.get('state')
    expect((await complete(`error=access_denied&state=${state}`, no.cookie)).body).toMatchObject({
      code: 'PROVIDER_ANSWER_REFUSED',
      extra: { reason: 'OAUTH_AUTHORIZATION_RESPONSE_ERROR' },
    })
    const made = await begin()
    const madeState = new URL(made.body.url).searchParams.get('state')
    expect((await complete(`code=made-up&state=${madeState}`, made.cookie)).body.code).toBe('PROVIDER_ANSWER_REFUSED')
    for (const body of [{}, { query: 7 }, { query: '' }, { query: 'x'.repeat(8_001) }, { query: 'code=x', more: 1 }])
      expect((await server.send('POST', '/api/v1/session/provider/answer', body)).status).toBe(400)
  })

  it('asks for our second factor, unless the service asked for one that the settings accept', async () => {
    const person = await member(server, admin, 'osip', 'auditor', 'audit')
    const { codeNow } = await enrol(server, person)
    server.runtime.offsetMs += STEP
    const step = await signInAs('osip')
    expect(step.body).toMatchObject({ code: 'SECOND_FACTOR_NEEDED', status: 401 })
    const opened = await server.send<Opened>('POST', '/api/v1/session/second-step', { challenge: step.body.extra?.['challenge'], code: codeNow() })
    expect(opened).toMatchObject({ status: 201, body: { session: { withheld: [] } } })
    expect((await signInAs('osip', { amr: ['pwd', 'mfa'] })).status).toBe(201)
    expect((await signInAs('osip', { acr: 'urn:strong' })).status).toBe(201)
    expect((await signInAs('osip', { amr: ['pwd'], acr: '1' })).body.code).toBe('SECOND_FACTOR_NEEDED')
  })

  it('lends its second factor to who has none of ours', async () => {
    await member(server, admin, 'otis', 'auditor', 'audit')
    server.runtime.offsetMs += 40 * 86_400_000
    expect((await signInAs('otis')).body.session).toMatchObject({ withheld: ['audit.read'] })
    expect((await signInAs('otis', { amr: ['mfa'] })).body.session).toMatchObject({ withheld: [] })
  })

  it('says that the service is out of order, and lets everybody in by password meanwhile', async () => {
    for (const [path, fault] of [
      ['/.well-known/openid-configuration', 'error'],
      ['/.well-known/openid-configuration', 'nonsense'],
    ] as const) {
      provider.behaviour.broken = new Map([[path, fault]])
      expect((await begin()).body, `${path} ${fault}`).toMatchObject({ code: 'PROVIDER_NOT_READY', status: 503 })
    }
    for (const [path, fault] of [
      ['/token', 'error'],
      ['/token', 'nonsense'],
      ['/jwks', 'error'],
    ] as const) {
      provider.behaviour.broken = new Map()
      const { body, cookie } = await begin()
      const query = await provider.visit(body.url)
      provider.behaviour.broken.set(path, fault)
      expect((await complete(query, cookie)).body, `${path} ${fault}`).toMatchObject({ code: 'PROVIDER_NOT_READY', status: 503 })
    }
    provider.behaviour.broken = new Map()
    provider.behaviour.issuer = 'https://elsewhere.example.org'
    expect((await begin()).body.code).toBe('PROVIDER_NOT_READY')
    expect((await server.signIn('oda', PASSWORD)).token).not.toBe('')
  })

  it('leaves lines that say by which way, and for a login without an account a digest of it', async () => {
    await signInAs('nobody-of-ours')
    const { rows } = await server.running.platform.pool.query<{ action: string; object_kind: string; object_id: string }>(
      "select action, object_kind, object_id from platform.audit where action in ('identity.providerSignIn', 'identity.failedSignIn')",
    )
    expect(rows.some((row) => row.action === 'identity.providerSignIn' && row.object_kind === 'session')).toBe(true)
    expect(rows.some((row) => row.action === 'identity.failedSignIn' && row.object_kind === 'login' && /^[0-9a-f]{64}$/.test(row.object_id))).toBe(true)
    expect(JSON.stringify(rows)).not.toContain('nobody-of-ours')
  })
})

describe('without a sign-in service', () => {
  it('the page is told so, and the way is not there', async () => {
    const server = await startTestServer()
    try {
      expect(await done(server.send('GET', '/api/v1/sign-in-ways'))).toEqual({
        password: true,
        provider: null,
        passwordRules: { minLength: 12, history: 5, rotationDays: null },
      })
      expect((await server.send<Problem>('POST', '/api/v1/session/provider')).body.code).toBe('PROVIDER_NOT_CONFIGURED')
      expect((await server.send<Problem>('POST', '/api/v1/session/provider/answer', { query: 'code=x&state=y' })).body.code).toBe('PROVIDER_NOT_CONFIGURED')
    } finally {
      await server.stop()
    }
  })
})
