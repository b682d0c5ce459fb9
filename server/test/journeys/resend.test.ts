import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dice } from '../support/busy.ts'
import { playerAt, type Player } from '../support/cast.ts'
import { CUTS, cutInsideAnswer, sendAndCut, sendBytes, sendWire, wireOf, type Cut, type RawAnswer, type Wire } from '../support/cut-connection.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { until } from '../support/stream.ts'
import { tinyPng } from '../support/world.ts'

const TABLES = [
  'cases."case"',
  'cases.entry',
  'cases.deadline',
  'intake.report',
  'intake.reporter',
  'platform.outbox',
  'platform.idempotency',
  'platform.blob',
  'platform.audit',
]

describe('a connection that is cut', { timeout: 60_000 }, () => {
  let server: TestServer
  let acceptor: Player

  beforeAll(async () => {
    server = await startTestServer()
    acceptor = await playerAt(server, 'acceptor-1')
  })
  afterAll(() => server.stop())

  const url = () => server.running.url
  const rows = async () =>
    (
      await server.running.platform.pool.query<Record<string, string>>(
        `select ${TABLES.map((table) => `(select count(*) from ${table}) as "${table.replaceAll('"', '')}"`).join()}`,
      )
    ).rows[0] ?? {}
  const files = () =>
    existsSync(join(server.dataFolder, 'blobs'))
      ? readdirSync(join(server.dataFolder, 'blobs'), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => entry.name)
      : []
  const everything = async () => ({ ...(await rows()), files: files() })
  /** What is there once nothing moves any more: a request that was cut may still be at work. */
  const settled = async () => {
    let before = await everything()
    for (;;) {
      await sleep(60)
      const after = await everything()
      if (JSON.stringify(before) === JSON.stringify(after)) return after
      before = after
    }
  }
  const added = (before: Record<string, unknown>, after: Record<string, unknown>, table: string) => Number(after[table]) - Number(before[table])

  const report = (key: string, more: { headers?: Record<string, string>; chunk?: number; photos?: string[] } = {}): Wire => {
    const body = {
      channel: 'web',
      text: `路口井盖缺失，行人危险 ${key}`,
      matter: 'gbt30428-component-0101',
      conditionRow: 1,
      position: { ...server.point(), crs: 'wgs84' },
      reporter: { name: '张三', contact: '13812345678' },
      photos: more.photos ?? [],
    }
    const headers = { 'content-type': 'application/json', 'idempotency-key': key, ...more.headers }
    return wireOf({ path: '/api/v1/reports', headers, body: Buffer.from(JSON.stringify(body)), ...(more.chunk === undefined ? {} : { chunk: more.chunk }) })
  }
  /** Where a request may break off before its last byte. */
  const breaks = ({ bytes, bodyAt }: Wire): readonly [where: string, upTo: number][] => [
    ['before anything is said', 0],
    ['in the request line', 9],
    ['between two headers', Math.floor(bodyAt / 2)],
    ['before the headers end', bodyAt - 2],
    ['after the headers', bodyAt],
    ['after the first byte of the body', bodyAt + 1],
    ['in the middle of the body', Math.floor((bodyAt + bytes.length) / 2)],
    ['before the last byte', bytes.length - 1],
  ]
  /** Where it may break off when everything was said. */
  const late: readonly [where: string, cut: (wire: Wire, how: Cut) => Promise<void>][] = [
    ['after the last byte', (wire, how) => sendAndCut(url(), wire.bytes, wire.bytes.length, how)],
    ['at the first byte of the answer', (wire, how) => cutInsideAnswer(url(), wire.bytes, 1, how)],
    ['inside the answer', (wire, how) => cutInsideAnswer(url(), wire.bytes, 300, how)],
  ]
  const oneCase = async (before: Record<string, unknown>, first: RawAnswer, wire: Wire, what: string) => {
    expect(first.status, what).toBe(201)
    const again = await sendWire(url(), wire)
    expect({ status: again.status, body: again.body }, what).toEqual({ status: 201, body: first.body })
    const after = await settled()
    for (const table of ['cases.case', 'cases.entry', 'intake.report', 'intake.reporter', 'platform.idempotency', 'platform.outbox', 'platform.audit'])
      expect(added(before, after, table), `${what}: ${table}`).toBe(1)
  }

  it.each([undefined, 37])(
    'in the middle of a report leaves nothing, and the resend opens one case and gives one answer (chunks of %s)',
    async (chunk) => {
      for (const how of CUTS)
        for (const [where, upTo] of breaks(report('length-of-it-all', chunk === undefined ? {} : { chunk }))) {
          const wire = report(randomUUID(), chunk === undefined ? {} : { chunk })
          const before = await settled()
          await sendAndCut(url(), wire.bytes, Math.min(upTo, wire.bytes.length - 1), how)
          expect(await settled(), `${where} by ${how}`).toEqual(before)
          await oneCase(before, await sendWire(url(), wire), wire, `${where} by ${how}`)
        }
    },
    120_000,
  )

  it('after everything was said, and before the answer was heard, is answered by the first answer again', async () => {
    for (const chunk of [undefined, 64])
      for (const how of CUTS)
        for (const [where, cut] of late) {
          const wire = report(randomUUID(), chunk === undefined ? {} : { chunk })
          const before = await settled()
          await cut(wire, how)
          await oneCase(before, await sendWire(url(), wire), wire, `${where} by ${how}`)
        }
  }, 60_000)

  it('again and again, at random places, until the answer is heard: as many cases as reports', async () => {
    const roll = dice(20261122)
    const before = await settled()
    const receipts = await Promise.all(
      Array.from({ length: 24 }, async () => {
        const wire = report(randomUUID(), roll(2) === 0 ? {} : { chunk: 1 + roll(90) })
        for (let attempt = roll(5); attempt > 0; attempt -= 1) {
          const how = roll(2) === 0 ? 'fin' : 'reset'
          if (roll(3) === 0) await cutInsideAnswer(url(), wire.bytes, 1 + roll(400), how)
          else await sendAndCut(url(), wire.bytes, roll(wire.bytes.length + 1), how)
        }
        return (await sendWire(url(), wire)).body['receipt']
      }),
    )
    const after = await settled()
    expect(new Set(receipts).size).toBe(24)
    for (const table of ['cases.case', 'intake.report', 'platform.idempotency']) expect(added(before, after, table), table).toBe(24)
  }, 60_000)

  it('in the middle of a move leaves nothing, and after it the resend with the same seq is refused: one line, whatever was heard', async () => {
    const { case: opened } = await server.report()
    const linesOf = async () =>
      Number((await server.running.platform.pool.query<{ count: string }>('select count(*) from cases.entry where case_id = $1', [opened.id])).rows[0]?.count)
    const note = (seq: number) =>
      wireOf({
        path: `/api/v1/cases/${opened.id}/moves`,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${acceptor.token}`, 'if-match': String(seq) },
        body: Buffer.from(JSON.stringify({ move: 'note', note: `第${seq}次备注` })),
      })
    let seq = 1
    for (const how of CUTS) {
      for (const [where, upTo] of breaks(note(seq))) {
        const before = await settled()
        await sendAndCut(url(), note(seq).bytes, upTo, how)
        expect(await settled(), `${where} by ${how}`).toEqual(before)
        const [first, again] = [await sendWire(url(), note(seq)), await sendWire(url(), note(seq))]
        expect([first.status, again.status, again.body['code']], where).toEqual([200, 412, 'SEQ_STALE'])
        seq += 1
        expect(await linesOf(), where).toBe(seq)
      }
      for (const [where, cut] of late) {
        await cut(note(seq), how)
        const again = await sendWire(url(), note(seq))
        // Either the first was taken, and the resend is told so by the seq that the case has now, or it never arrived.
        if (again.status !== 200) expect({ status: again.status, code: again.body['code'] }, where).toEqual({ status: 412, code: 'SEQ_STALE' })
        await settled()
        seq += 1
        expect(await linesOf(), `${where} by ${how}`).toBe(seq)
      }
    }
  }, 60_000)

  it('in the middle of a move with a key is as if nothing had been cut: the resend gets the first answer, and there is one line', async () => {
    const { case: opened } = await server.report()
    const linesOf = async () =>
      Number((await server.running.platform.pool.query<{ count: string }>('select count(*) from cases.entry where case_id = $1', [opened.id])).rows[0]?.count)
    const note = (seq: number, said = `第${seq}次备注`) =>
      wireOf({
        path: `/api/v1/cases/${opened.id}/moves`,
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${acceptor.token}`,
          'if-match': String(seq),
          'idempotency-key': `${opened.id}-${seq}`,
        },
        body: Buffer.from(JSON.stringify({ move: 'note', note: said })),
      })
    let seq = 1
    for (const how of CUTS)
      for (const [where, cut] of late) {
        await cut(note(seq), how)
        const [again, twin, third] = await Promise.all([sendWire(url(), note(seq)), sendWire(url(), note(seq)), sendWire(url(), note(seq))])
        const answer = { status: 200, body: { id: opened.id, number: opened.number, state: 'reported', step: 'report', seq: seq + 1 } }
        for (const one of [again, twin, third]) expect({ status: one.status, body: one.body }, `${where} by ${how}`).toEqual(answer)
        const other = await sendWire(url(), note(seq, '另一句话'))
        expect([other.status, other.body['code']]).toEqual([409, 'KEY_REUSED'])
        await settled()
        seq += 1
        expect(await linesOf(), `${where} by ${how}`).toBe(seq)
      }
  }, 60_000)

  it('in the middle of a photo leaves no row, no file and no half of one, and the resend is kept once', async () => {
    for (const how of CUTS)
      for (const chunk of [undefined, 11]) {
        const photo = Buffer.from(tinyPng())
        const wire = wireOf({ path: '/api/v1/blobs', headers: { 'content-type': 'image/png' }, body: photo, ...(chunk === undefined ? {} : { chunk }) })
        for (const [where, upTo] of breaks(wire)) {
          const before = await settled()
          await sendAndCut(url(), wire.bytes, Math.min(upTo, wire.bytes.length - 1), how)
          expect(await settled(), `${where} by ${how}`).toEqual(before)
        }
        const before = await settled()
        for (const [, cut] of late) await cut(wire, how)
        const kept = await sendWire(url(), wire)
        expect(kept.status).toBe(201)
        const after = await settled()
        // One file, however often it was sent; rows that no report names go with the sweep of unused photos.
        expect(after.files.filter((name) => !before.files.includes(name))).toEqual([kept.body['sha256']])
        const filed = report(randomUUID(), { photos: [String(kept.body['id'])] })
        await sendAndCut(url(), filed.bytes, filed.bytes.length, how)
        const answer = await sendWire(url(), filed)
        const { id } = answer.body['case'] as { id: string }
        const { rows: photos } = await server.running.platform.pool.query<{ id: string }>('select id from platform.blob where case_id = $1', [id])
        expect(photos).toEqual([{ id: kept.body['id'] }])
      }
  }, 60_000)

  it.each<[what: string, headers: Record<string, string>, extra: string, statuses: number[]]>([
    ['a length longer than the body', { 'content-length': '9000' }, '', []],
    ['a length shorter than the body', { 'content-length': '40' }, '', [400]],
    ['a length that is no number', { 'content-length': 'many' }, '', [400]],
    ['a negative length', { 'content-length': '-1' }, '', [400]],
    ['two lengths that differ', {}, 'content-length: 3\r\n', [400]],
    ['a length and chunks', { 'transfer-encoding': 'chunked' }, '', [400]],
    ['two keys', {}, `idempotency-key: ${randomUUID()}\r\n`, [400]],
    ['a header that never ends', {}, `x-long: ${'a'.repeat(40_000)}\r\n`, [431]],
    ['a line break inside a header', { 'x-broken': 'a\r\n b\0' }, '', [400]],
  ])('by %s writes nothing', async (_what, headers, extra, statuses) => {
    const { bytes } = report(randomUUID(), { headers })
    const at = bytes.indexOf('\r\n') + 2
    const sent = Buffer.concat([bytes.subarray(0, at), Buffer.from(extra), bytes.subarray(at)])
    const before = await settled()
    if (statuses.length === 0) await sendAndCut(url(), sent, sent.length, 'fin')
    else expect((await sendBytes(url(), sent)).map((answer) => answer.status).slice(0, 1)).toEqual(statuses)
    const after = await settled()
    // A refusal that reached an endpoint leaves its one audit line; nothing else is there.
    expect(added(before, after, 'platform.audit')).toBeLessThanOrEqual(1)
    expect({ ...after, 'platform.audit': '' }).toEqual({ ...before, 'platform.audit': '' })
  })

  it('by two seqs, or two tokens, makes no move', async () => {
    const { case: opened } = await server.report()
    const body = Buffer.from(JSON.stringify({ move: 'note', note: '备注' }))
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${acceptor.token}`, 'if-match': '1' }
    const { bytes } = wireOf({ path: `/api/v1/cases/${opened.id}/moves`, headers, body })
    const at = bytes.indexOf('\r\n') + 2
    const doubled = (line: string) => sendBytes(url(), Buffer.concat([bytes.subarray(0, at), Buffer.from(`${line}\r\n`), bytes.subarray(at)]))
    expect((await doubled('if-match: 2'))[0]).toMatchObject({ status: 428, body: { code: 'IF_MATCH_MISSING' } })
    expect((await doubled(`authorization: Bearer ${randomUUID()}`))[0]).toMatchObject({ status: 401 })
    expect((await server.detail(acceptor, opened.id)).case.seq).toBe(1)
  })

  it('never, but byte by byte, is taken as a whole; two that drip beside each other with one key are one case', async () => {
    const before = await settled()
    const [slow, beside] = [report(randomUUID()), report(randomUUID(), { chunk: 5 })]
    const [[alone], [one], [two]] = await Promise.all([
      sendBytes(url(), slow.bytes, { size: 1, ms: 1 }),
      sendBytes(url(), beside.bytes, { size: 3, ms: 2 }),
      sendBytes(url(), beside.bytes, { size: 4, ms: 2 }),
    ])
    expect([alone?.status, one?.status, two?.status]).toEqual([201, 201, 201])
    expect(one?.body).toEqual(two?.body)
    expect(alone?.body['receipt']).not.toBe(one?.body['receipt'])
    const after = await settled()
    expect(added(before, after, 'cases.case')).toBe(2)
  }, 60_000)

  it('never, with the same report twice on one connection, is one case and the same answer twice', async () => {
    const before = await settled()
    const wire = report(randomUUID(), { headers: { connection: 'keep-alive' } })
    const last = report('closes-it-all-again', { headers: { 'idempotency-key': 'key with blanks' } })
    const answers = await sendBytes(url(), Buffer.concat([wire.bytes, wire.bytes, last.bytes]))
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 400])
    expect(answers[0]?.body).toEqual(answers[1]?.body)
    expect(added(before, await settled(), 'cases.case')).toBe(1)
  })

  it('holds no connection and no place of a request for longer than it lived', async () => {
    const { requests } = server.running.platform.metrics
    await Promise.all(
      Array.from({ length: 40 }, (_none, index) => sendAndCut(url(), report(randomUUID()).bytes, 200 + index, index % 2 === 0 ? 'fin' : 'reset')),
    )
    await until(() => requests.inFlight === 0, 'every request has ended')
    expect((await server.send('GET', '/healthz')).status).toBe(200)
  })
})
