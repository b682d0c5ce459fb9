import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OWNER, playerAt, sendMove, standardCast, type Cast, type Player } from '../support/cast.ts'
import { PHONE, SAID, SECRETS } from '../support/privacy.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { listen, until } from '../support/stream.ts'
import type { CaseDetail, Problem } from '../support/world.ts'

const PURPOSE = { 'linli-purpose': 'handle-case' }
const CONTACT = { 'linli-purpose': 'contact-reporter' }
const REPORTER = { name: '欧阳修文', contact: PHONE }

describe('what a post sees of a reporter', () => {
  let server: TestServer
  let cast: Cast
  let id: string
  const stored = async (caseId: string) =>
    (
      await server.running.platform.pool.query<{ said: string; name: string; contact: string }>(
        'select said, name, contact from intake.report left join intake.reporter on report_id = report.id where case_id = $1',
        [caseId],
      )
    ).rows[0]
  const correct = (person: Player, caseId: string, body: Record<string, unknown>, seq = 1) =>
    person.send<{ name: string; contact: string; changed: string[] } & Problem>(
      'PUT',
      `/api/v1/cases/${caseId}/reporter`,
      { reason: '回访更正', ...body },
      { ...CONTACT, 'if-match': String(seq) },
    )

  beforeAll(async () => {
    server = await startTestServer()
    cast = await standardCast(server)
    id = (await server.report({ text: SAID, reporter: REPORTER, address: `燕山路12号，打${PHONE}` })).case.id
    await sendMove(cast.acceptor, id, 1, { move: 'file', conditionRow: 1 })
    await sendMove(cast.dispatcher, id, 2, { move: 'dispatch', owner: OWNER })
  })
  afterAll(() => server.stop())

  it('is masked in lists, in search and on the stream, for everybody', async () => {
    const heard = await listen(server, cast.acceptor)
    const { case: opened } = await server.report({ text: SAID, reporter: REPORTER })
    const { case: titled } = await server.report({ text: SAID, title: `请打${PHONE}`, reporter: REPORTER })
    await until(() => heard.heard.some((event) => event.data['id'] === opened.id), 'the event of the case')
    heard.close()
    for (const person of [cast.acceptor, cast.dispatcher]) {
      const list = await person.send<{ rows: { id: string; title: string }[] }>('GET', '/api/v1/cases?limit=50', undefined, PURPOSE)
      const search = await person.send<{ rows: unknown[] }>('GET', `/api/v1/cases?q=${PHONE}`, undefined, PURPOSE)
      const reports = await person.send('GET', '/api/v1/reports?limit=50', undefined, PURPOSE)
      expect([list.status, search.status, reports.status]).toEqual([200, 200, 200])
      expect(list.body.rows.find((row) => row.id === opened.id)?.title).toContain('鲁D***45')
      expect(list.body.rows.find((row) => row.id === titled.id)?.title).toBe('请打138****1234')
      expect(JSON.stringify(search.body)).not.toContain(PHONE)
      for (const secret of SECRETS) expect(JSON.stringify([list.body, reports.body, heard.heard])).not.toContain(secret)
    }
  })

  it('is scanned words for a post that may not read the reporter, and the words as said for one that may', async () => {
    const hidden = await server.detail(cast.handler, id)
    expect(hidden.reporter).toBeNull()
    for (const secret of SECRETS) expect(JSON.stringify(hidden)).not.toContain(secret)
    expect(hidden.said.text).toContain('138****1234')
    await server.move(cast.acceptor, id, 'note', { note: `已电话联系${PHONE}` })
    const notes = async (person: Player) => JSON.stringify((await person.send('GET', `/api/v1/cases/${id}/entries`, undefined, PURPOSE)).body)
    expect(await notes(cast.handler)).toContain('已电话联系138****1234')
    expect(await notes(cast.handler)).not.toContain(PHONE)
    expect(await notes(cast.acceptor)).toContain(`已电话联系${PHONE}`)
    const shown = await server.detail(cast.acceptor, id)
    expect(shown.said.text).toBe(SAID)
    expect(shown.reporter).toEqual({ name: '欧阳**', contact: '138****1234' })
  })

  it('is never overwritten by a mask that a masked role hands back (CCRS #1092)', async () => {
    const { case: opened } = await server.report({ text: SAID, reporter: REPORTER })
    const seen: CaseDetail = await server.detail(cast.acceptor, opened.id)
    // The page is sent back as it was shown, with one thing changed.
    const answer = await correct(cast.acceptor, opened.id, { name: '欧阳修', contact: seen.reporter?.contact })
    expect(answer).toMatchObject({ status: 200, body: { name: '欧阳*', contact: '138****1234', changed: ['name'] } })
    expect(await stored(opened.id)).toEqual({ said: SAID, name: '欧阳修', contact: PHONE })
    const unchanged = await correct(cast.acceptor, opened.id, { name: '欧阳*', contact: '138****1234' })
    expect(unchanged.body.changed).toEqual([])
    expect(await stored(opened.id)).toEqual({ said: SAID, name: '欧阳修', contact: PHONE })
    const masked = await correct(cast.acceptor, opened.id, { contact: '139****0000' })
    expect(masked).toMatchObject({ status: 422, body: { code: 'MASK_NOT_ALLOWED', fields: [{ pointer: '/body/contact' }] } })
    // A note that quotes the masked words is a line of its own and touches nothing.
    const note = await server.move(cast.acceptor, opened.id, 'note', { note: seen.said.text.replace(PHONE, '138****1234') })
    expect(note.status).toBe(200)
    expect(await stored(opened.id)).toEqual({ said: SAID, name: '欧阳修', contact: PHONE })
  })

  it('cannot be reported anew from a mask, whoever sends it', async () => {
    for (const reporter of [{ name: '张*' }, { contact: '138****1234' }, { contact: 's***@example.org' }]) {
      const answer = await server.send<Problem>('POST', '/api/v1/reports', { channel: 'web', text: '路灯不亮', reporter }, { 'idempotency-key': randomUUID() })
      expect(answer).toMatchObject({ status: 422, body: { code: 'MASK_NOT_ALLOWED' } })
    }
  })

  it('is corrected by a post that may, in its scope, for the case as it stands, and by nobody else', async () => {
    expect(await correct(cast.handler, id, { name: '李四' })).toMatchObject({ status: 403, body: { code: 'PERMISSION_MISSING' } })
    expect(await correct(cast.acceptor, randomUUID(), { name: '李四' })).toMatchObject({ status: 404 })
    expect(await correct(cast.acceptor, id, { name: '李四' }, 99)).toMatchObject({ status: 412, body: { code: 'SEQ_STALE' } })
    expect(await correct(cast.acceptor, id, { name: 5 })).toMatchObject({ status: 400 })
    const officer = await playerAt(server, 'data-officer')
    expect(await correct(officer, id, { name: '李四' })).toMatchObject({ status: 403 })
    expect(await stored(id)).toMatchObject(REPORTER)
  })
})
