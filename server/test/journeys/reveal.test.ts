import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { playerAt, standardCast, type Cast, type Player } from '../support/cast.ts'
import { auditCount, countOf, PHONE, post, readCount } from '../support/privacy.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { Problem } from '../support/world.ts'

interface Revealed {
  revealId: string
  reporters: { name: string; contact: string }[]
  remaining: number
  reviewDueAt: string | null
}
interface Reveals {
  rows: {
    id: string
    kind: string
    caseId: string
    reasonText: string
    personName: string
    reviewedAt: string | null
    verdict: string | null
    overdue: boolean
  }[]
  open: number
  overdue: number
}
const REASON = { reason: '核实具体位置' }

describe('revealing a reporter', () => {
  let server: TestServer
  let cast: Cast
  let officer: Player
  let id: string
  const reveal = (person: Player, caseId = id, key = randomUUID(), body: unknown = REASON) =>
    post<Revealed & Problem>(person, `/api/v1/cases/${caseId}/reveal`, body, { key })
  const emergency = (person: Player, caseId = id, key = randomUUID()) =>
    post<Revealed & Problem>(person, `/api/v1/cases/${caseId}/emergency-reveal`, { reason: '燃气泄漏，须立即联系' }, { key })
  const reveals = async (person: Player, query = '') => (await person.send<Reveals>('GET', `/api/v1/reveals${query}`)).body

  beforeAll(async () => {
    server = await startTestServer()
    cast = await standardCast(server)
    officer = await playerAt(server, 'data-officer')
    id = (await server.report({ reporter: { name: '张小三', contact: PHONE } })).case.id
  })
  afterAll(() => server.stop())

  it('shows name and contact once, and leaves its reason, a line of the read log and one of the audit', async () => {
    const key = randomUUID()
    const answer = await reveal(cast.acceptor, id, key)
    expect(answer).toMatchObject({ status: 200, body: { reporters: [{ name: '张小三', contact: PHONE }], reviewDueAt: null } })
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await auditCount(server, 'privacy.reveal', answer.body.revealId)).toBe(1)
    expect(await readCount(server, 'privacy.reveal', id)).toBe(1)
    expect((await reveals(officer)).rows).toMatchObject([{ id: answer.body.revealId, kind: 'contact', caseId: id, reasonText: REASON.reason }])
    const again = await reveal(cast.acceptor, id, key)
    expect(again).toMatchObject({ status: 409, body: { code: 'REVEAL_USED' } })
    expect(JSON.stringify(again.body)).not.toContain(PHONE)
    expect(await countOf(server, 'select count(*) from platform.idempotency where answer::text like $1', [`%${PHONE}%`])).toBe(0)
  })

  it('shows once to twins that race with one key', async () => {
    const key = randomUUID()
    const answers = await Promise.all(Array.from({ length: 4 }, () => reveal(cast.acceptor, id, key)))
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409, 409, 409])
  })

  it.each<[what: string, part: 'acceptor' | 'handler' | 'dispatcher', body: unknown, status: number]>([
    ['without the permission', 'handler', REASON, 403],
    ['without the permission of another role', 'dispatcher', REASON, 403],
    ['without a reason', 'acceptor', {}, 400],
    ['with a reason of nothing', 'acceptor', { reason: ' ' }, 400],
    ['with fields that nobody declared', 'acceptor', { ...REASON, all: true }, 400],
  ])('is refused %s, and leaves no reveal', async (_what, part, body, status) => {
    const before = await countOf(server, 'select count(*) from platform.reveal')
    expect((await reveal(cast[part], id, randomUUID(), body)).status).toBe(status)
    expect(await countOf(server, 'select count(*) from platform.reveal')).toBe(before)
  })

  it('answers 404 for a case that is not there or not in one’s area, and 400 without a key', async () => {
    expect((await reveal(cast.acceptor, randomUUID())).status).toBe(404)
    const elsewhere = await playerAt(server, 'water-990101-manager')
    expect((await emergency(elsewhere)).status).toBe(404)
    expect((await cast.acceptor.send('POST', `/api/v1/cases/${id}/reveal`, REASON)).status).toBe(400)
    expect(
      (await cast.acceptor.send('POST', `/api/v1/cases/${id}/reveal`, REASON, { 'idempotency-key': randomUUID(), 'linli-purpose': 'supervise' })).status,
    ).toBe(403)
  })

  it('stops at the limit of the hour, also when asked all at once, and goes on in the next', async () => {
    const person = await playerAt(server, 'acceptor-3')
    const answers = await Promise.all(Array.from({ length: 24 }, () => reveal(person)))
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(20)
    expect(answers.find((answer) => answer.status !== 200)?.body).toMatchObject({ code: 'REVEAL_LIMIT', status: 429 })
    server.runtime.offsetMs += 3_600_000
    const later = await playerAt(server, 'acceptor-3')
    expect((await reveal(later)).status).toBe(200)
  })

  it('breaks the glass in an emergency for a post that may not reveal, and waits for a review within one working day', async () => {
    const before = await reveals(await playerAt(server, 'data-officer'), '?open=true')
    const manager = await playerAt(server, 'water-990102-manager')
    const answer = await emergency(manager)
    expect(answer).toMatchObject({ status: 200, body: { reporters: [{ contact: PHONE }] } })
    expect(answer.body.reviewDueAt).not.toBeNull()
    expect(await auditCount(server, 'privacy.revealInEmergency', answer.body.revealId)).toBe(1)
    expect(await readCount(server, 'privacy.revealInEmergency', id)).toBe(1)
    const fresh = await playerAt(server, 'data-officer')
    const open = await reveals(fresh, '?open=true')
    expect(open.open).toBe(before.open + 1)
    expect(open.rows[0]).toMatchObject({ id: answer.body.revealId, kind: 'emergency', overdue: false })
    server.runtime.offsetMs += 14 * 86_400_000
    const late = await reveals(await playerAt(server, 'data-officer'), '?open=true')
    expect(late).toMatchObject({ overdue: late.open, rows: [{ overdue: true }] })
  })

  it('is reviewed once, by somebody else, in scope, with a note', async () => {
    const person = await playerAt(server, 'data-officer')
    const [waiting] = (await reveals(person, '?open=true')).rows
    const review = (who: Player, body: unknown = { verdict: 'justified', note: '情况属实' }, key = randomUUID()) =>
      post<Problem>(who, `/api/v1/reveals/${waiting?.id}/review`, body, { key })
    expect((await review(await playerAt(server, 'auditor'))).status).toBe(403)
    expect((await review(person, { verdict: 'fine', note: 'x' })).status).toBe(400)
    const key = randomUUID()
    const first = await review(person, undefined, key)
    expect(first).toMatchObject({ status: 200, body: { verdict: 'justified', reviewNote: '情况属实' } })
    expect((await review(person, undefined, key)).body).toEqual(first.body)
    expect(await review(person)).toMatchObject({ status: 409, body: { code: 'ALREADY_DECIDED' } })
    expect((await reveals(person, '?open=true')).open).toBe(0)
    expect((await post(person, `/api/v1/reveals/${randomUUID()}/review`, { verdict: 'justified', note: 'x' })).status).toBe(404)
  })

  it('is never judged by who made it', async () => {
    const { pool } = server.running.platform
    await pool.query("update identity.role set permissions = permissions || '{reporter.emergency,cases.read}' where name = 'data-officer'")
    const person = await playerAt(server, 'data-officer')
    const { body } = await emergency(person)
    const own = await post<Problem>(person, `/api/v1/reveals/${body.revealId}/review`, { verdict: 'justified', note: '自评' })
    expect(own).toMatchObject({ status: 403, body: { code: 'OWN_REQUEST_NOT_ALLOWED' } })
  })

  it('shows an empty list where everybody reported without a name', async () => {
    const { case: opened } = await server.report()
    expect(await reveal(await playerAt(server, 'acceptor-2'), opened.id)).toMatchObject({ status: 200, body: { reporters: [] } })
  })
})
