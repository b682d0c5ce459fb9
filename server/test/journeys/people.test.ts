import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '../../src/platform/log.ts'
import { startServer } from '../../src/start.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PASSWORD, REASON, done, key, member, newPerson, postId, putOn, refused, securityAdministrator } from '../support/organisation.ts'
import { playerAt } from '../support/cast.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { Answer, Person, Problem } from '../support/world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOWHERE = '01920000-0000-7000-8000-000000000000'
const NEW_PASSWORD = 'another river lantern 7'

interface Detail {
  login: string
  personName: string
  endedAt: string | null
  editable: boolean
  invitedUntil: string | null
  sessions: number
  holdings: { holdingId: string; postTitle: string; deputy: boolean; toAt: string | null }[]
}
interface Stale {
  rows: { login: string; reasons: string[] }[]
  next: string | null
}

describe('people, posts and units of a running city', () => {
  let server: TestServer
  let admin: Person
  const pool = () => server.running.platform.pool
  const count = async (sql: string, ...values: unknown[]) => (await pool().query<{ n: number }>(`select count(*)::int as n from ${sql}`, values)).rows[0]?.n
  const create = (as: Person, body: Record<string, unknown>, headers = key()) =>
    as.send<Problem & { personId: string }>('POST', '/api/v1/people', body, headers)
  const detail = (id: string, as = admin) => done(as.send<Detail>('GET', `/api/v1/people/${id}`))
  const hold = (as: Person, post: string, body: Record<string, unknown>, headers = key()) =>
    as.send<Problem & { holdingId: string }>('POST', `/api/v1/posts/${post}/holdings`, { reason: REASON, ...body }, headers)
  /** A security administrator of one district, made as any other person is. */
  const districtAdministrator = async (login: string, areaCode = '990101'): Promise<Person & { id: string }> => {
    const code = `security-${login}`
    const body = { code, postTitle: '区安全管理员', unitCode: `district-${areaCode}`, areaCode, roles: ['security-administrator'], reason: REASON }
    await done(admin.send('POST', '/api/v1/posts', body, key()))
    return member(server, admin, login, code, `district-${areaCode}`)
  }

  beforeAll(async () => {
    server = await startTestServer()
  })
  beforeEach(async () => {
    admin = await securityAdministrator(server)
  })
  afterAll(() => server.stop())

  describe('accounts', () => {
    it('are made without a password and opened by an invitation that works once', async () => {
      const id = await newPerson(admin, 'pan')
      await putOn(admin, id, await postId(server, 'acceptor-1'))
      expect((await server.send<Problem>('POST', '/api/v1/session', { login: 'pan', password: PASSWORD })).body.code).toBe('SIGN_IN_FAILED')
      const invite = () => done(admin.send<{ invitation: string; endsAt: string }>('POST', `/api/v1/people/${id}/invitation`, { reason: '新入职' }))
      const accept = (invitation: string, password = PASSWORD) =>
        server.send<Problem & { login: string }>('POST', '/api/v1/invitations/acceptance', { invitation, password })
      const [first, second] = [await invite(), await invite()]
      expect((await accept(first.invitation)).body).toMatchObject({ code: 'INVITATION_ENDED', status: 404 })
      expect((await accept(second.invitation, 'Password1234')).body).toMatchObject({
        code: 'PASSWORD_WEAK',
        fields: [{ pointer: '/body/password', code: 'common' }],
      })
      const answers = await Promise.all([accept(second.invitation), accept(second.invitation), accept(second.invitation)])
      expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 404, 404])
      expect(answers.find((answer) => answer.status === 201)?.body).toEqual({ login: 'pan' })
      expect((await accept(second.invitation, NEW_PASSWORD)).body.code).toBe('INVITATION_ENDED')
      await server.signIn('pan', PASSWORD)
      for (const forged of ['A'.repeat(43), second.invitation.slice(0, -1)]) expect((await accept(forged)).body.code).toBe('INVITATION_ENDED')
      for (const body of [{}, { invitation: 'short', password: PASSWORD }, { invitation: second.invitation }, { invitation: second.invitation, password: 7 }])
        expect((await server.send('POST', '/api/v1/invitations/acceptance', body)).status, JSON.stringify(body)).toBe(400)
      const late = await invite()
      server.runtime.offsetMs += 73 * HOUR
      expect((await accept(late.invitation)).body.code).toBe('INVITATION_ENDED')
      expect(JSON.stringify((await pool().query('select * from identity.invitation')).rows)).not.toContain(late.invitation)
    })

    it('are made once, however often and however fast the request is sent', async () => {
      const body = { login: 'qian', personName: '试用启', unitCode: 'supervision', reason: REASON }
      const headers = key()
      const answers = await Promise.all(Array.from({ length: 4 }, () => create(admin, body, headers)))
      expect(new Set(answers.map((answer) => answer.body.personId)).size).toBe(1)
      expect(answers.every((answer) => answer.status === 201)).toBe(true)
      expect(await count("identity.person where login = 'qian'")).toBe(1)
      expect(await count("platform.audit where action = 'identity.createPerson' and outcome = 'done' and object_id = $1", answers[0]?.body.personId)).toBe(1)
      expect((await create(admin, { ...body, personName: '另一人' }, headers)).body.code).toBe('KEY_REUSED')
      expect((await create(admin, body)).body).toMatchObject({ code: 'LOGIN_TAKEN', status: 422 })
      expect((await create(admin, { ...body, login: 'QIAN' })).body.code).toBe('LOGIN_TAKEN')
      const raced = await Promise.all(['a', 'b', 'c'].map((end) => create(admin, { ...body, login: 'qiu', personName: `试用${end}` })))
      expect(raced.map((answer) => answer.status).toSorted()).toEqual([201, 422, 422])
    })

    it.each<[string, Record<string, unknown>, number, string]>([
      ['no reason', { reason: undefined }, 400, 'INPUT_INVALID'],
      ['an empty name', { personName: '' }, 400, 'INPUT_INVALID'],
      ['a name of 61 letters', { personName: '长'.repeat(61) }, 400, 'INPUT_INVALID'],
      ['a login with a blank', { login: 'two words' }, 400, 'INPUT_INVALID'],
      ['a login of two letters', { login: 'ab' }, 400, 'INPUT_INVALID'],
      ['a password', { password: PASSWORD }, 400, 'INPUT_INVALID'],
      ['a name with NUL', { personName: 'a\0b' }, 400, 'TEXT_NOT_ALLOWED'],
      ['an unknown unit', { unitCode: 'no-such-unit' }, 422, 'UNIT_UNKNOWN'],
    ])('are refused with %s, and nothing is left behind', async (_what, change, status, code) => {
      const before = await count('identity.person')
      expect((await create(admin, { login: 'never', personName: '某人', unitCode: 'supervision', reason: REASON, ...change })).body).toMatchObject({
        status,
        code,
      })
      expect(await count('identity.person')).toBe(before)
      expect(await count("identity.change where after like 'never%'")).toBe(0)
    })

    it('are for who may edit people alone', async () => {
      const acceptor = await playerAt(server, 'acceptor-1')
      const auditor = await playerAt(server, 'auditor')
      const id = await newPerson(admin, 'ren')
      const acts: [string, string, unknown][] = [
        ['POST', '/api/v1/people', { login: 'never', personName: '某人', unitCode: 'supervision', reason: REASON }],
        ['PUT', `/api/v1/people/${id}/name`, { personName: '某人', reason: REASON }],
        ...['end', 'invitation', 'unlock', 'sessions/end', 'second-factor/reset'].map((act): [string, string, unknown] => [
          'POST',
          `/api/v1/people/${id}/${act}`,
          { reason: REASON, ...(act === 'end' ? { note: '' } : {}) },
        ]),
        ['POST', '/api/v1/units', { code: 'never', name: '某单位', kind: 'department', parentCode: null, areaCode: '990100', reason: REASON }],
        ['PUT', '/api/v1/units/supervision/name', { name: '某单位', nameEn: null, reason: REASON }],
        ['POST', '/api/v1/units/supervision/end', { reason: REASON }],
        ['POST', '/api/v1/posts', { code: 'never', postTitle: '某岗', unitCode: 'supervision', areaCode: '990100', roles: ['acceptor'], reason: REASON }],
        ['POST', `/api/v1/posts/${await postId(server, 'acceptor-1')}/end`, { reason: REASON, note: '' }],
        ['POST', `/api/v1/posts/${await postId(server, 'acceptor-1')}/holdings`, { personId: id, reason: REASON }],
        [
          'POST',
          `/api/v1/posts/${await postId(server, 'acceptor-1')}/deputies`,
          { personId: id, toAt: new Date(server.runtime.now() + DAY).toISOString(), reason: REASON },
        ],
        ['POST', `/api/v1/holdings/${NOWHERE}/end`, { reason: REASON, note: '' }],
      ]
      for (const [method, path, body] of acts)
        for (const person of [acceptor, auditor])
          expect((await person.send<Problem>(method, path, body, key())).body, `${method} ${path}`).toMatchObject({ code: 'PERMISSION_MISSING', status: 403 })
      for (const [method, path, body] of acts)
        expect((await server.send<Problem>(method, path, body, key())).body.code, `${method} ${path}`).toBe('SESSION_MISSING')
      // Seeing is another right: an auditor sees people and may change none.
      expect((await auditor.send('GET', '/api/v1/people')).status).toBe(200)
      expect((await acceptor.send<Problem>('GET', '/api/v1/people')).body.code).toBe('PERMISSION_MISSING')
    })

    it('keep their old names in the record of changes, which nobody can alter', async () => {
      const id = await newPerson(admin, 'sun')
      const rename = (personName: string) => done(admin.send<{ changed: boolean }>('PUT', `/api/v1/people/${id}/name`, { personName, reason: '改名' }))
      expect(await rename('孙新')).toEqual({ changed: true })
      expect(await rename('孙新')).toEqual({ changed: false })
      const { rows } = await done(admin.send<{ rows: Record<string, unknown>[] }>('GET', `/api/v1/organisation-changes?kind=person&object=${id}`))
      expect(rows.map((row) => [row['action'], row['before'], row['after'], row['reason'], row['postTitle']])).toEqual([
        ['identity.renamePerson', '试用sun', '孙新', '改名', '安全管理员'],
        ['identity.createPerson', null, 'sun 试用sun', REASON, '安全管理员'],
      ])
      for (const statement of ['update identity.change set reason = null', 'delete from identity.change'])
        await expect(pool().query(statement)).rejects.toThrow('append-only')
    })

    it('end at once: sessions, streams, invitations and sign-in, while everything done stays readable', async () => {
      const person = await member(server, admin, 'tao', 'acceptor-1')
      const { invitation } = await done(admin.send<{ invitation: string }>('POST', `/api/v1/people/${person.id}/invitation`, { reason: REASON }))
      expect((await person.send('GET', '/api/v1/session')).status).toBe(200)
      const ended = await done(
        admin.send<{ handOvers: string[]; endedSessions: number }>('POST', `/api/v1/people/${person.id}/end`, { reason: '离职', note: '手头无未办' }),
      )
      expect(ended.handOvers).toHaveLength(1)
      expect(ended.endedSessions).toBe(1)
      expect((await person.send('GET', '/api/v1/session')).status).toBe(401)
      expect((await server.send<Problem>('POST', '/api/v1/session', { login: 'tao', password: PASSWORD })).body.code).toBe('SIGN_IN_FAILED')
      expect((await refused(server.send('POST', '/api/v1/invitations/acceptance', { invitation, password: NEW_PASSWORD }))).code).toBe('INVITATION_ENDED')
      expect(await detail(person.id)).toMatchObject({ endedAt: expect.any(String) as string, editable: false, sessions: 0 })
      for (const act of ['end', 'invitation', 'unlock'])
        expect(
          (await refused(admin.send('POST', `/api/v1/people/${person.id}/${act}`, { reason: REASON, ...(act === 'end' ? { note: '' } : {}) }))).code,
          act,
        ).toBe('PERSON_ENDED')
      expect((await hold(admin, await postId(server, 'acceptor-1'), { personId: person.id })).body.code).toBe('PERSON_ENDED')
      expect((await create(admin, { login: 'tao', personName: '另一人', unitCode: 'supervision', reason: REASON })).body.code).toBe('LOGIN_TAKEN')
      const listed = async (query: string) =>
        (await done(admin.send<{ rows: { login: string }[] }>('GET', `/api/v1/people?q=tao${query}`))).rows.map((row) => row.login)
      expect(await listed('')).not.toContain('tao')
      expect(await listed('&ended=yes')).toEqual(['tao'])
    })

    it('are unlocked by an administrator', async () => {
      const person = await member(server, admin, 'wen', 'acceptor-1')
      const attempt = (password: string) => server.send<Problem>('POST', '/api/v1/session', { login: 'wen', password })
      for (let tries = 0; tries < 5; tries++) await attempt('wrong password')
      expect((await attempt(PASSWORD)).body.code).toBe('ACCOUNT_LOCKED')
      const unlock = () => done(admin.send<{ changed: boolean }>('POST', `/api/v1/people/${person.id}/unlock`, { reason: '本人申请' }))
      expect([await unlock(), await unlock()]).toEqual([{ changed: true }, { changed: false }])
      expect((await attempt(PASSWORD)).status).toBe(201)
    })
  })

  describe('passwords', () => {
    it('are changed by their owner with the old one; other sessions end, and the last five do not come back', async () => {
      const person = await member(server, admin, 'xia', 'acceptor-1')
      const other = await server.signIn('xia', PASSWORD)
      const change = (password: string, newPassword: string): Promise<Answer<Problem & { endedSessions: number }>> =>
        person.send('PUT', '/api/v1/session/password', { password, newPassword })
      expect((await change('wrong password', NEW_PASSWORD)).body.code).toBe('PASSWORD_WRONG')
      expect((await change(PASSWORD, 'short')).body).toMatchObject({ code: 'PASSWORD_WEAK', fields: [{ pointer: '/body/newPassword', code: 'length' }] })
      expect((await change(PASSWORD, PASSWORD)).body.fields).toEqual([{ pointer: '/body/newPassword', code: 'used-before' }])
      const chain = [PASSWORD, ...Array.from({ length: 5 }, (_, index) => `lantern number ${index} by the river`)]
      expect((await change(chain[0] ?? '', chain[1] ?? '')).body.endedSessions).toBe(1)
      expect((await other.send('GET', '/api/v1/session')).status).toBe(401)
      expect((await person.send('GET', '/api/v1/session')).status).toBe(200)
      for (let index = 1; index < 5; index++) {
        expect((await change(chain[index] ?? '', chain[1] ?? '')).body.fields).toEqual([{ pointer: '/body/newPassword', code: 'used-before' }])
        expect((await change(chain[index] ?? '', chain[index + 1] ?? '')).status).toBe(200)
      }
      // Five have come since the first: it may be used again.
      expect((await change(chain[5] ?? '', PASSWORD)).status).toBe(200)
      expect(await count('identity.password_history where person_id = $1', person.id)).toBe(5)
    }, 60_000)

    it('are changed once where two sessions change at once', async () => {
      const person = await member(server, admin, 'xue', 'acceptor-1')
      const other = await server.signIn('xue', PASSWORD)
      const answers = await Promise.all([
        person.send('PUT', '/api/v1/session/password', { password: PASSWORD, newPassword: 'first lantern by the river' }),
        other.send('PUT', '/api/v1/session/password', { password: PASSWORD, newPassword: 'second lantern by the river' }),
      ])
      expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    })

    it('asked for by whoever finds a session open are counted like failed sign-ins', async () => {
      const person = await member(server, admin, 'yan', 'acceptor-1')
      const codes: string[] = []
      for (let tries = 0; tries < 6; tries++)
        codes.push((await refused(person.send('PUT', '/api/v1/session/password', { password: 'wrong password', newPassword: NEW_PASSWORD }))).code)
      expect(codes).toEqual([...Array.from({ length: 5 }, () => 'PASSWORD_WRONG'), 'ACCOUNT_LOCKED'])
    })
  })

  describe('separation of duties', () => {
    it('keeps system, security and audit administration in three people, whatever the order and however fast', async () => {
      const posts = await Promise.all(['administrator', 'security-administrator', 'auditor'].map((code) => postId(server, code)))
      for (const first of posts)
        for (const second of posts.filter((post) => post !== first)) {
          const id = await newPerson(admin, `three-${posts.indexOf(first)}${posts.indexOf(second)}`)
          expect((await hold(admin, first, { personId: id })).status).toBe(201)
          expect((await hold(admin, second, { personId: id })).body).toMatchObject({
            code: 'DUTIES_CONFLICT',
            status: 422,
            fields: [{ pointer: '/body/personId' }],
          })
          const toAt = new Date(server.runtime.now() + DAY).toISOString()
          expect((await refused(admin.send('POST', `/api/v1/posts/${second}/deputies`, { personId: id, toAt, reason: REASON }, key()))).code).toBe(
            'DUTIES_CONFLICT',
          )
        }
      const id = await newPerson(admin, 'three-at-once')
      const answers = await Promise.all(posts.map((post) => hold(admin, post, { personId: id })))
      expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 422, 422])
      expect(await count('identity.holding where person_id = $1', id)).toBe(1)
    })

    it('looks at duties of the same time: one may end before the other begins', async () => {
      const id = await newPerson(admin, 'later')
      const at = (days: number) => new Date(server.runtime.now() + days * DAY).toISOString()
      expect((await hold(admin, await postId(server, 'auditor'), { personId: id, toAt: at(10) })).status).toBe(201)
      expect((await hold(admin, await postId(server, 'administrator'), { personId: id, fromAt: at(9) })).body.code).toBe('DUTIES_CONFLICT')
      expect((await hold(admin, await postId(server, 'administrator'), { personId: id, fromAt: at(10) })).status).toBe(201)
    })

    it('lets no post hold what may not go together, and no role that is not the city’s', async () => {
      const body = { code: 'mixed', postTitle: '混合岗', unitCode: 'supervision', areaCode: '990100', reason: REASON }
      const post = (roles: unknown) => refused(admin.send('POST', '/api/v1/posts', { ...body, roles }, key()))
      expect(await post(['acceptor', 'dispatcher'])).toMatchObject({
        code: 'DUTIES_CONFLICT',
        fields: expect.arrayContaining([expect.objectContaining({ code: 'file-dispatch' })]) as unknown[],
      })
      expect((await post(['administrator', 'auditor'])).code).toBe('DUTIES_CONFLICT')
      expect(await post(['acceptor', 'emperor'])).toMatchObject({ code: 'ROLE_UNKNOWN', fields: [{ pointer: '/body/roles/1', code: 'ROLE_UNKNOWN' }] })
      for (const roles of [[], 'acceptor', ['acceptor', 'acceptor'], undefined]) expect((await post(roles)).status).toBe(400)
      const { rows, conflicts } = await done(admin.send<{ rows: { role: string; secondFactor: boolean }[]; conflicts: unknown[] }>('GET', '/api/v1/roles'))
      expect(rows.find((row) => row.role === 'auditor')?.secondFactor).toBe(true)
      expect(rows.find((row) => row.role === 'handler')?.secondFactor).toBe(false)
      expect(conflicts.length).toBeGreaterThan(3)
    })

    it('lets no administrator touch the own account, raise the own rights or take a post away from themselves', async () => {
      const me = await member(server, admin, 'selfish', 'security-administrator', 'information')
      const held = await detail(me.id)
      expect(held.editable).toBe(true)
      expect((await detail(me.id, me)).editable).toBe(false)
      const toAt = new Date(server.runtime.now() + DAY).toISOString()
      const own: [string, string, unknown][] = [
        ['PUT', `/api/v1/people/${me.id}/name`, { personName: '某人', reason: REASON }],
        ...['end', 'invitation', 'unlock', 'sessions/end', 'second-factor/reset'].map((act): [string, string, unknown] => [
          'POST',
          `/api/v1/people/${me.id}/${act}`,
          { reason: REASON, ...(act === 'end' ? { note: '' } : {}) },
        ]),
        ['POST', `/api/v1/posts/${await postId(server, 'supervisor-1')}/holdings`, { personId: me.id, reason: REASON }],
        ['POST', `/api/v1/posts/${await postId(server, 'supervisor-1')}/deputies`, { personId: me.id, toAt, reason: REASON }],
        ['POST', `/api/v1/holdings/${me.holdingId}/end`, { reason: REASON, note: '' }],
        ['POST', `/api/v1/posts/${await postId(server, 'security-administrator')}/end`, { reason: REASON, note: '' }],
      ]
      for (const [method, path, body] of own)
        expect((await me.send<Problem>(method, path, body, key())).body, `${method} ${path}`).toMatchObject({ code: 'OWN_ACCOUNT_NOT_ALLOWED', status: 403 })
      expect((await me.send<{ permissions: string[] }>('GET', '/api/v1/session')).body.permissions).toEqual(['areas.read', 'people.edit', 'people.read'])
    })
  })

  describe('areas', () => {
    it('an administrator of a district sees and changes what lies in it, and is told of nothing else', async () => {
      const mine = await districtAdministrator('uma')
      const inside = await newPerson(admin, 'uma-inside', 'street-990101001000')
      await putOn(admin, inside, await postId(server, 'grid-990101001000-1'))
      const outside = await newPerson(admin, 'uma-outside', 'district-990102')
      const across = await newPerson(admin, 'uma-across')
      await putOn(admin, across, await postId(server, 'grid-990101001000-1'))
      await putOn(admin, across, await postId(server, 'acceptor-1'))
      const rename = (id: string) => mine.send<Problem>('PUT', `/api/v1/people/${id}/name`, { personName: '新名', reason: REASON })
      expect((await rename(inside)).status).toBe(200)
      expect((await rename(outside)).body).toMatchObject({ code: 'NOT_FOUND', status: 404 })
      expect((await rename(across)).body).toMatchObject({ code: 'PERSON_OUTSIDE_AREA', status: 403 })
      expect((await rename(NOWHERE)).body.code).toBe('NOT_FOUND')
      const listed = (await done(mine.send<{ rows: { login: string }[] }>('GET', '/api/v1/people?q=uma'))).rows.map((row) => row.login)
      expect(listed).toEqual(['uma', 'uma-across', 'uma-inside'])
      expect((await mine.send('GET', `/api/v1/people/${outside}`)).status).toBe(404)
      expect((await mine.send('GET', `/api/v1/organisation-changes?kind=person&object=${outside}`)).status).toBe(404)
      expect((await mine.send('GET', `/api/v1/organisation-changes?kind=unit&object=district-990102`)).status).toBe(404)
      expect((await mine.send('GET', `/api/v1/organisation-changes?kind=person&object=nobody`)).status).toBe(404)
      const cityPost = await postId(server, 'acceptor-1')
      expect((await hold(mine, cityPost, { personId: inside })).body.code).toBe('NOT_FOUND')
      expect((await refused(mine.send('POST', `/api/v1/posts/${cityPost}/end`, { reason: REASON, note: '' }))).code).toBe('NOT_FOUND')
      expect((await mine.send('GET', `/api/v1/posts/${cityPost}/open-work`)).status).toBe(404)
      expect((await hold(mine, await postId(server, 'grid-990101001000-2'), { personId: outside })).body.code).toBe('PERSON_UNKNOWN')
      const newPost = (areaCode: string, unitCode: string) =>
        refused(mine.send('POST', '/api/v1/posts', { code: 'uma-post', postTitle: '某岗', unitCode, areaCode, roles: ['handler'], reason: REASON }, key()))
      expect((await newPost('990102', 'district-990101')).code).toBe('AREA_UNKNOWN')
      expect((await newPost('990100', 'district-990101')).code).toBe('AREA_UNKNOWN')
      expect((await newPost('990101', 'district-990102')).code).toBe('UNIT_UNKNOWN')
      const posts = await done(mine.send<{ rows: { areaCode: string }[] }>('GET', '/api/v1/posts?limit=200'))
      expect(posts.rows.length).toBeGreaterThan(10)
      expect(posts.rows.every((row) => row.areaCode.startsWith('990101'))).toBe(true)
    })
  })

  describe('lists', () => {
    it('page through everybody once, and refuse a mark that is not ours', async () => {
      const seen: string[] = []
      let cursor = ''
      do {
        const { rows, next } = await done(admin.send<{ rows: { login: string }[]; next: string | null }>('GET', `/api/v1/people?limit=7${cursor}`))
        seen.push(...rows.map((row) => row.login))
        cursor = next === null ? '' : `&cursor=${next}`
      } while (cursor !== '')
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.length).toBe(await count('identity.person where ended_at is null'))
      for (const path of ['people?cursor=***', 'posts?cursor=***', 'stale-accounts?cursor=***', 'hand-overs?cursor=***'])
        expect((await admin.send<Problem>('GET', `/api/v1/${path}`)).body.code, path).toBe('CURSOR_INVALID')
      for (const path of [
        'people?limit=0',
        'people?limit=201',
        'people?ended=maybe',
        'people?all=1',
        'posts?unit=' + 'x'.repeat(41),
        'stale-accounts?days=0',
        'stale-accounts?reason=old',
      ])
        expect((await admin.send('GET', `/api/v1/${path}`)).status, path).toBe(400)
    })

    it('of people are for a purpose and leave a line in the read log', async () => {
      const before = await count('platform.read_log')
      await done(admin.send('GET', '/api/v1/people'))
      expect(await count('platform.read_log')).toBe((before ?? 0) + 1)
      expect((await admin.send<Problem>('GET', '/api/v1/people', undefined, { 'linli-purpose': 'handle-case' })).body.code).toBe('PURPOSE_NOT_ALLOWED')
    })
  })

  describe('stale accounts', () => {
    const stale = async (query = ''): Promise<Map<string, string[]>> =>
      new Map((await done(admin.send<Stale>('GET', `/api/v1/stale-accounts?limit=200${query}`))).rows.map((row) => [row.login, row.reasons]))

    it('are named with every reason to look at them', async () => {
      const never = await newPerson(admin, 'stale-never')
      await member(server, admin, 'stale-busy', 'dispatcher-1')
      const posted = await member(server, admin, 'stale-post', 'acceptor-1')
      await done(admin.send('POST', `/api/v1/holdings/${posted.holdingId}/end`, { reason: REASON, note: '' }))
      await member(server, admin, 'stale-audit', 'auditor', 'audit')
      for (let tries = 0; tries < 5; tries++) await server.send('POST', '/api/v1/session', { login: 'stale-busy', password: 'wrong password' })
      const now = await stale()
      expect(now.get('stale-never')).toEqual(['never-signed-in', 'no-post'])
      expect(now.get('stale-post')).toEqual(['no-post'])
      expect(now.get('stale-audit')).toEqual(['second-factor-missing'])
      expect(now.get('stale-busy')).toEqual(['locked'])
      server.runtime.offsetMs += 91 * DAY
      admin = await securityAdministrator(server)
      expect((await stale()).get('stale-busy')).toEqual(['not-seen'])
      expect((await stale('&days=120')).has('stale-busy')).toBe(false)
      expect([...(await stale('&reason=locked')).keys()]).toEqual([])
      const byReason = await stale('&reason=no-post')
      expect([...byReason.values()].every((reasons) => reasons.includes('no-post'))).toBe(true)
      await done(admin.send('POST', `/api/v1/people/${never}/end`, { reason: REASON, note: '' }))
      expect((await stale()).has('stale-never')).toBe(false)
      await server.signIn('stale-busy', PASSWORD)
      expect((await stale()).has('stale-busy')).toBe(false)
    })
  })

  describe('failed sign-ins', () => {
    it('name the person where there is one, and else a digest that tells logins apart and cannot be read back', async () => {
      const person = await member(server, admin, 'zhi', 'acceptor-1')
      const attempt = (login: string) => server.send('POST', '/api/v1/session', { login, password: 'wrong password' })
      await attempt('zhi')
      for (const login of ['my secret passw0rd', 'MY SECRET passw0rd', 'somebody else']) await attempt(login)
      const { rows } = await pool().query<{ object_kind: string; object_id: string; error_code: string }>(
        "select object_kind, object_id, error_code from platform.audit where action = 'identity.failedSignIn' order by id desc limit 4",
      )
      const [other, again, first, known] = rows
      expect(known).toEqual({ object_kind: 'person', object_id: person.id, error_code: 'SIGN_IN_FAILED' })
      expect(first?.object_kind).toBe('login')
      expect(first?.object_id).toBe(again?.object_id)
      expect(first?.object_id).not.toBe(other?.object_id)
      expect(JSON.stringify((await pool().query('select * from platform.audit')).rows)).not.toMatch(/secret passw0rd|somebody else/i)
    })
  })

  describe('units', () => {
    const unit = (body: Record<string, unknown>, headers = key()) =>
      admin.send<Problem & { code: string }>(
        'POST',
        '/api/v1/units',
        {
          code: 'heritage',
          name: '邻里市文物局',
          nameEn: 'Linli Heritage Office',
          kind: 'department',
          parentCode: 'command',
          areaCode: '990100',
          reason: REASON,
          ...body,
        },
        headers,
      )
    const codes = async (query = '') => (await done(admin.send<{ rows: { code: string; name: string }[] }>('GET', `/api/v1/units${query}`))).rows

    it('are made, renamed and ended while the city runs', async () => {
      expect((await unit({})).body).toEqual({ code: 'heritage' })
      expect((await unit({})).body.code).toBe('UNIT_CODE_TAKEN')
      expect((await codes()).find((row) => row.code === 'heritage')?.name).toBe('邻里市文物局')
      expect(server.running.app.identity.findUnit('heritage')?.name).toBe('邻里市文物局')
      const body = { name: '邻里市文化遗产局', nameEn: null, reason: '机构改革' }
      expect(await done(admin.send('PUT', '/api/v1/units/heritage/name', body))).toEqual({ changed: true })
      expect(server.running.app.identity.findUnit('heritage')?.name).toBe('邻里市文化遗产局')
      const post = await done(
        admin.send<{ postId: string }>(
          'POST',
          '/api/v1/posts',
          { code: 'heritage-handler', postTitle: '处置员', unitCode: 'heritage', areaCode: '990100', roles: ['handler'], reason: REASON },
          key(),
        ),
      )
      const end = () => admin.send<Problem & { endedAt: string }>('POST', '/api/v1/units/heritage/end', { reason: '撤并' })
      expect((await end()).body).toMatchObject({ code: 'UNIT_IN_USE', status: 409, extra: { posts: 1, units: 0, openWork: 0 } })
      await done(admin.send('POST', `/api/v1/posts/${post.postId}/end`, { reason: REASON, note: '' }))
      expect((await unit({ code: 'heritage-branch', parentCode: 'heritage' })).status).toBe(201)
      expect((await end()).body).toMatchObject({ code: 'UNIT_IN_USE', extra: { posts: 0, units: 1, openWork: 0 } })
      await done(admin.send('POST', '/api/v1/units/heritage-branch/end', { reason: '撤并' }))
      expect((await end()).status).toBe(201)
      expect((await end()).body.code).toBe('UNIT_ENDED')
      expect((await codes()).map((row) => row.code)).not.toContain('heritage')
      expect((await codes('?ended=yes')).map((row) => row.code)).toContain('heritage')
      expect((await unit({})).body.code).toBe('UNIT_CODE_TAKEN')
      expect((await unit({ code: 'heir', parentCode: 'heritage' })).body.code).toBe('UNIT_UNKNOWN')
      expect((await refused(admin.send('PUT', '/api/v1/units/heritage/name', body))).code).toBe('UNIT_ENDED')
      const changes = await done(
        admin.send<{ rows: { action: string; before: string | null }[] }>('GET', '/api/v1/organisation-changes?kind=unit&object=heritage'),
      )
      expect(changes.rows.map((row) => row.action)).toEqual(['identity.endUnit', 'identity.renameUnit', 'identity.createUnit'])
    })

    it('do not end while they have open work', async () => {
      expect((await unit({ code: 'lonely', name: '孤独局' })).status).toBe(201)
      const { case: opened } = await server.report()
      await pool().query('update cases."case" set owner_unit = \'lonely\' where id = $1', [opened.id])
      expect((await refused(admin.send('POST', '/api/v1/units/lonely/end', { reason: REASON }))).extra).toMatchObject({ posts: 0, units: 0, openWork: 1 })
    })

    it.each<[string, Record<string, unknown>, string]>([
      ['an unknown area', { areaCode: '999999' }, 'AREA_UNKNOWN'],
      ['an unknown parent', { parentCode: 'no-such' }, 'UNIT_UNKNOWN'],
      ['an unknown kind', { kind: 'kingdom' }, 'INPUT_INVALID'],
      ['a code in capitals', { code: 'HERITAGE' }, 'INPUT_INVALID'],
    ])('are refused with %s', async (_what, change, code) => {
      expect((await unit({ code: 'never-made', ...change })).body.code).toBe(code)
      expect(await count("identity.unit where code = 'never-made'")).toBe(0)
    })
  })
})

describe('the first security administrator of a city', () => {
  const env = { LINLI_SECURITY_LOGIN: 'keeper' }
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ city: 'zaozhuang', env })
  }, 120_000)
  afterAll(() => server.stop())
  const invitation = () => (readFileSync(join(server.dataFolder, 'first-invitation'), 'utf8').split('\n')[1] ?? '').trim()
  const accept = (body: Record<string, unknown>) => server.send<Problem & { login: string }>('POST', '/api/v1/invitations/acceptance', body)
  const restart = (config: Record<string, string>) =>
    startServer({
      config: { ...server.running.platform.config, ...config },
      log: createLog('silent'),
      connection: server.running.platform.pool.options,
      runtime: server.runtime,
    })

  it('is invited by a file that only the machine’s owner reads, makes accounts, and is not the system administrator', async () => {
    expect(statSync(join(server.dataFolder, 'first-invitation')).mode & 0o777).toBe(0o600)
    const system = await server.signIn('test-admin', 'a long test password')
    expect(
      (await refused(system.send('POST', '/api/v1/people', { login: 'never', personName: '某人', unitCode: 'information', reason: REASON }, key()))).code,
    ).toBe('PERMISSION_MISSING')
    expect((await accept({ invitation: invitation(), password: PASSWORD })).body).toEqual({ login: 'keeper' })
    const keeper = await server.signIn('keeper', PASSWORD)
    await member(server, keeper, 'first-auditor', 'auditor', 'audit')
  })

  it('is not made a second time, and never of somebody who holds another administration', async () => {
    const beside = mkdtempSync(join(tmpdir(), 'linli-second-'))
    try {
      const again = await restart({ LINLI_DATA: beside })
      await again.stop()
      expect(existsSync(join(beside, 'first-invitation'))).toBe(false)
      await server.running.platform.pool.query("update identity.person set ended_at = now() where login = 'keeper'")
      await expect(restart({ LINLI_DATA: beside, LINLI_SECURITY_LOGIN: 'test-admin' })).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
      await expect(restart({ LINLI_DATA: beside })).rejects.toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringContaining('has ended') as string })
      const replaced = await restart({ LINLI_DATA: beside, LINLI_SECURITY_LOGIN: 'successor' })
      await replaced.stop()
      expect(readFileSync(join(beside, 'first-invitation'), 'utf8')).toMatch(/^successor\n[\w-]{43}\n/)
    } finally {
      rmSync(beside, { recursive: true, force: true })
    }
  }, 60_000)
})
