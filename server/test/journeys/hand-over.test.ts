import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PASSWORD, REASON, done, key, member, newPerson, postId, putOn, refused, securityAdministrator } from '../support/organisation.ts'
import { OWNER, caseIn, playerAt, sendMove, standardCast } from '../support/cast.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { listen } from '../support/stream.ts'
import type { Person, Problem } from '../support/world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

interface SessionView {
  post: { id: string; title: string; deputy: boolean; until: string | null }
  posts: { id: string; title: string; deputy: boolean }[]
  permissions: string[]
}
interface HandOvers {
  rows: {
    handOverId: string
    postTitle: string
    personName: string
    takenOverByName: string | null
    note: string
    openWork: number
    acknowledgedAt: string | null
  }[]
}

describe('posts change hands', () => {
  let server: TestServer
  let admin: Person
  const pool = () => server.running.platform.pool
  const at = (days: number) => new Date(server.runtime.now() + days * DAY).toISOString()
  const session = (person: Person) => done(person.send<SessionView>('GET', '/api/v1/session'))
  const takeOff = (holdingId: string, body: Record<string, unknown> = {}, as = admin) =>
    as.send<Problem & { handOver: string | null; endedSessions: number }>('POST', `/api/v1/holdings/${holdingId}/end`, {
      reason: '调离',
      note: '钥匙在抽屉',
      ...body,
    })
  const deputise = (post: string, body: Record<string, unknown>, headers = key()) =>
    admin.send<Problem & { holdingId: string }>('POST', `/api/v1/posts/${post}/deputies`, { reason: '出差', ...body }, headers)
  /** A post of its own in a unit, so that a test starts with nobody on it. */
  const newPost = async (code: string, unitCode: string, areaCode: string, role: string) =>
    (await done(admin.send<{ postId: string }>('POST', '/api/v1/posts', { code, postTitle: code, unitCode, areaCode, roles: [role], reason: REASON }, key())))
      .postId

  beforeAll(async () => {
    server = await startTestServer()
  })
  beforeEach(async () => {
    admin = await securityAdministrator(server)
  })
  afterAll(() => server.stop())

  it('a post is held from a date on: not before, and then at once', async () => {
    const person = await member(server, admin, 'anan', 'acceptor-1')
    const post = await postId(server, 'acceptor-2')
    await putOn(admin, person.id, post, { fromAt: at(1) })
    expect((await session(person)).posts.map((one) => one.title)).toEqual(['1号受理员'])
    expect((await refused(person.send('PUT', '/api/v1/session/post', { postId: post }))).code).toBe('NOT_FOUND')
    server.runtime.offsetMs += DAY + HOUR
    const later = await server.signIn('anan', PASSWORD)
    expect((await session(later)).posts.map((one) => one.title)).toEqual(['1号受理员', '2号受理员'])
  })

  it('a holding that ends takes its sessions and streams with it at once, and those at other posts stay', async () => {
    const person = await member(server, admin, 'bobo', 'acceptor-1')
    await putOn(admin, person.id, await postId(server, 'acceptor-2'))
    const stays = await server.signIn('bobo', PASSWORD)
    await done(stays.send('PUT', '/api/v1/session/post', { postId: await postId(server, 'acceptor-2') }))
    const stream = await listen(server, person)
    expect((await takeOff(person.holdingId)).body.endedSessions).toBe(1)
    await stream.ended
    expect((await person.send('GET', '/api/v1/session')).status).toBe(401)
    expect((await session(stays)).post.title).toBe('2号受理员')
    expect((await takeOff(person.holdingId)).body).toMatchObject({ code: 'HOLDING_ENDED', status: 409 })
  })

  it('a holding with an end ends by itself: its sessions are gone from the table too', async () => {
    const id = await newPerson(admin, 'coco')
    await putOn(admin, id, await postId(server, 'dispatcher-1'), { toAt: at(1) })
    const { invitation } = await done(admin.send<{ invitation: string }>('POST', `/api/v1/people/${id}/invitation`, { reason: REASON }))
    await done(server.send('POST', '/api/v1/invitations/acceptance', { invitation, password: PASSWORD }))
    server.runtime.offsetMs += DAY - 60_000
    const person = await server.signIn('coco', PASSWORD)
    server.runtime.offsetMs += 66_000
    expect((await person.send('GET', '/api/v1/session')).status).toBe(401)
    await expect.poll(async () => (await pool().query('select 1 from identity.session where person_id = $1', [id])).rows.length, { timeout: 10_000 }).toBe(0)
    expect((await server.send<Problem>('POST', '/api/v1/session', { login: 'coco', password: PASSWORD })).body.code).toBe('SIGN_IN_FAILED')
  })

  it('a deputy acts at the post for the time given, under the own name, and an entry shows both', async () => {
    const cast = await standardCast(server)
    const post = await postId(server, 'acceptor-3')
    const person = await member(server, admin, 'dodo', 'evaluator-1')
    const begun = await done(deputise(post, { personId: person.id, toAt: at(3) }))
    const view = await session(person)
    expect(view.post).toMatchObject({ deputy: false, until: null })
    expect(view.posts.map((one) => [one.title, one.deputy])).toEqual([
      ['1号考评员', false],
      ['3号受理员', true],
    ])
    const acting = await done(person.send<SessionView>('PUT', '/api/v1/session/post', { postId: post }))
    expect(acting.post).toMatchObject({ title: '3号受理员', deputy: true, until: expect.any(String) as string })
    expect(acting.permissions).toContain('cases.file')
    const made = await caseIn(server, cast, 'reported')
    expect((await sendMove(person, made.id, made.seq, { move: 'file', conditionRow: 1 })).status).toBe(200)
    const { rows } = await pool().query<{ person_id: string; post_id: string; deputised: boolean }>(
      `select entry.person_id, entry.post_id, exists (select 1 from identity_pub.deputy where deputy.person_id = entry.person_id and deputy.post_id = entry.post_id and from_at <= entry.at and to_at > entry.at) as deputised
       from cases.entry where case_id = $1 and move = 'file'`,
      [made.id],
    )
    expect(rows).toEqual([{ person_id: person.id, post_id: post, deputised: true }])
    // The deputy's holding ends without a hand-over: the work was never theirs.
    expect((await takeOff(begun.holdingId)).body).toMatchObject({ handOver: null, endedSessions: 1 })
    expect((await person.send('GET', '/api/v1/session')).status).toBe(401)
    expect((await session(await server.signIn('dodo', PASSWORD))).posts.map((one) => one.title)).toEqual(['1号考评员'])
  })

  it('a deputy has an end within a year, begins not in the past, and is not at the post already', async () => {
    const post = await postId(server, 'acceptor-3')
    const id = await newPerson(admin, 'efef')
    const wrong: [Record<string, unknown>, number, string][] = [
      [{}, 400, 'INPUT_INVALID'],
      [{ toAt: 'tomorrow' }, 400, 'INPUT_INVALID'],
      [{ toAt: at(400) }, 422, 'PERIOD_INVALID'],
      [{ toAt: at(-1) }, 422, 'PERIOD_INVALID'],
      [{ fromAt: at(-1), toAt: at(1) }, 422, 'PERIOD_INVALID'],
      [{ fromAt: at(2), toAt: at(1) }, 422, 'PERIOD_INVALID'],
      [{ toAt: at(1), personId: '01920000-0000-7000-8000-000000000000' }, 422, 'PERSON_UNKNOWN'],
    ]
    for (const [body, status, code] of wrong)
      expect((await deputise(post, { personId: id, ...body })).body, JSON.stringify(body)).toMatchObject({ status, code })
    const headers = key()
    const twice = await Promise.all([deputise(post, { personId: id, toAt: at(2) }, headers), deputise(post, { personId: id, toAt: at(2) }, key())])
    expect(twice.map((answer) => answer.status).toSorted()).toEqual([201, 409])
    expect((await deputise(post, { personId: id, fromAt: at(1), toAt: at(4) })).body.code).toBe('HOLDING_OVERLAPS')
    expect((await deputise(post, { personId: id, fromAt: at(2.5), toAt: at(4) })).status).toBe(201)
    expect((await deputise('01920000-0000-7000-8000-000000000000', { personId: id, toAt: at(2) })).body.code).toBe('NOT_FOUND')
  })

  it('open work of a post is listed, and must be handed to somebody before its last holder leaves', async () => {
    const cast = await standardCast(server)
    const opened = await caseIn(server, cast, 'handling')
    const post = await postId(server, `${OWNER}-handler`)
    const work = await done(
      admin.send<{ total: number; rows: { kind: string; objectId: string; number: string; state: string }[] }>('GET', `/api/v1/posts/${post}/open-work`),
    )
    expect(work.rows.map((row) => row.objectId)).toContain(opened.id)
    expect(work.rows.find((row) => row.objectId === opened.id)).toMatchObject({
      kind: 'case',
      state: 'handling',
      number: expect.stringMatching(/^LL-/) as string,
    })
    expect(work.total).toBe(work.rows.length)
    const { rows } = await pool().query<{ id: string }>('select id from identity.holding where post_id = $1', [post])
    const holdingId = rows[0]?.id ?? ''
    const before = (await pool().query('select * from identity.hand_over')).rows.length
    expect((await takeOff(holdingId)).body).toMatchObject({ code: 'HAND_OVER_MISSING', status: 422, extra: { openWork: work.total } })
    expect((await takeOff(holdingId, { takenOverBy: cast.handler.id })).body.code).toBe('PERSON_UNKNOWN')
    expect((await takeOff(holdingId, { takenOverBy: '01920000-0000-7000-8000-000000000000' })).body.code).toBe('PERSON_UNKNOWN')
    expect((await pool().query('select * from identity.hand_over')).rows).toHaveLength(before)
    expect((await session(cast.handler)).post.id).toBe(post)
    const successor = await member(server, admin, 'gege', `${OWNER}-handler`, OWNER)
    // Somebody else holds the post now: the work stays with them, and the note and the count are kept.
    const left = await done(takeOff(holdingId, { takenOverBy: successor.id, note: '井盖案材料在柜中' }))
    expect(left.handOver).not.toBeNull()
    expect((await cast.handler.send('GET', '/api/v1/session')).status).toBe(401)
    const mine = await done(successor.send<HandOvers>('GET', '/api/v1/session/hand-overs'))
    expect(mine.rows).toEqual([
      expect.objectContaining({ handOverId: left.handOver, note: '井盖案材料在柜中', openWork: work.total, takenOverByName: '试用gege', acknowledgedAt: null }),
    ])
    const acknowledge = (as: Person, id: string | null) =>
      as.send<Problem & { acknowledgedAt: string }>('POST', `/api/v1/session/hand-overs/${id}/acknowledgement`)
    expect((await acknowledge(cast.acceptor, left.handOver)).body.code).toBe('NOT_FOUND')
    const [first, second] = await Promise.all([acknowledge(successor, left.handOver), acknowledge(successor, left.handOver)])
    expect(first.status).toBe(201)
    expect(second.body.acknowledgedAt).toBe(first.body.acknowledgedAt)
    const all = await done(admin.send<HandOvers>('GET', `/api/v1/hand-overs?post=${post}`))
    expect(all.rows[0]).toMatchObject({ postTitle: '处置员', takenOverByName: '试用gege', acknowledgedAt: first.body.acknowledgedAt })
    // The successor goes on with the case that the post was handed.
    const photo = await server.photo(successor)
    expect((await sendMove(successor, opened.id, opened.seq, { move: 'handle', note: '已修复', evidence: [photo] })).status).toBe(200)
  })

  it('a post ends with everybody on it, in one act or not at all', async () => {
    const post = await newPost('fleeting', 'supervision', '990100', 'acceptor')
    const [one, two] = [await member(server, admin, 'haha', 'fleeting'), await newPerson(admin, 'hihi')]
    await done(deputise(post, { personId: two, toAt: at(5) }))
    await putOn(admin, two, post, { fromAt: at(6) })
    const ended = await done(admin.send<{ handOvers: string[]; endedSessions: number }>('POST', `/api/v1/posts/${post}/end`, { reason: '撤岗', note: '' }))
    expect(ended).toEqual({ handOvers: [expect.any(String) as string], endedSessions: 1 })
    expect((await one.send('GET', '/api/v1/session')).status).toBe(401)
    expect((await refused(admin.send('POST', `/api/v1/posts/${post}/end`, { reason: '撤岗', note: '' }))).code).toBe('POST_ENDED')
    expect((await refused(admin.send('POST', `/api/v1/posts/${post}/holdings`, { personId: two, reason: REASON }, key()))).code).toBe('POST_ENDED')
    const { rows } = await done(
      admin.send<{ rows: { code: string; endedAt: string | null; holders: unknown[] }[] }>('GET', '/api/v1/posts?q=fleeting&ended=yes'),
    )
    expect(rows).toEqual([expect.objectContaining({ code: 'fleeting', endedAt: expect.any(String) as string, holders: [] })])
    expect(
      (
        await refused(
          admin.send(
            'POST',
            '/api/v1/posts',
            { code: 'fleeting', postTitle: '再设', unitCode: 'supervision', areaCode: '990100', roles: ['acceptor'], reason: REASON },
            key(),
          ),
        )
      ).code,
    ).toBe('POST_CODE_TAKEN')
  })

  it('a holding that has not begun is taken back as if it had never been, and stays readable', async () => {
    const id = await newPerson(admin, 'jiji')
    const holdingId = await putOn(admin, id, await postId(server, 'acceptor-1'), { fromAt: at(3) })
    expect((await takeOff(holdingId)).body).toMatchObject({ handOver: null, endedSessions: 0 })
    expect((await takeOff(holdingId)).body.code).toBe('HOLDING_ENDED')
    const detail = await done(admin.send<{ holdings: { fromAt: string; toAt: string | null }[] }>('GET', `/api/v1/people/${id}`))
    expect(detail.holdings).toHaveLength(1)
    expect(detail.holdings[0]?.toAt).toBe(detail.holdings[0]?.fromAt)
    expect(await putOn(admin, id, await postId(server, 'acceptor-1'), { fromAt: at(3) })).not.toBe(holdingId)
  })

  it('two administrators who take the same person off at once do it once', async () => {
    const person = await member(server, admin, 'kaka', 'acceptor-1')
    const other = await member(server, admin, 'keke', 'security-administrator', 'information')
    const answers = await Promise.all([takeOff(person.holdingId), takeOff(person.holdingId, {}, other), takeOff(person.holdingId)])
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 409, 409])
    expect((await pool().query('select 1 from identity.hand_over where person_id = $1', [person.id])).rows).toHaveLength(1)
  })

  it('acts that cross each other end, and leave everybody on one side', async () => {
    const post = await newPost('crossing', 'supervision', '990100', 'acceptor')
    const ids = await Promise.all(['lala', 'lele', 'lili', 'lolo'].map((login) => newPerson(admin, login)))
    await Promise.all(ids.slice(0, 2).map((id) => putOn(admin, id, post)))
    const acts = await Promise.all([
      admin.send('POST', `/api/v1/posts/${post}/end`, { reason: '撤岗', note: '', takenOverBy: ids[2] }),
      ...ids.map((personId) => admin.send('POST', `/api/v1/posts/${post}/holdings`, { personId, reason: REASON }, key())),
      ...ids.map((id) => admin.send('POST', `/api/v1/people/${id}/end`, { reason: '离职', note: '' })),
    ])
    expect(acts.map((answer) => answer.status).filter((status) => status >= 500)).toEqual([])
    const { rows } = await pool().query('select 1 from identity.holding where post_id = $1 and (to_at is null or to_at > $2)', [
      post,
      new Date(server.runtime.now()),
    ])
    expect(rows).toEqual([])
  })

  it('the demo city’s people hold their posts as before', async () => {
    const player = await playerAt(server, 'dispatcher-2')
    expect((await session(player)).post).toMatchObject({ deputy: false, until: null })
  })
})
