import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { markDue } from '../support/busy.ts'
import { caseIn, playerAt, sendMove, standardCast, type Cast, type Player } from '../support/cast.ts'
import { countOf } from '../support/privacy.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { listen, until } from '../support/stream.ts'

const PURPOSE = { 'linli-purpose': 'handle-case' }
const close = { move: 'close', closingConditionMet: true, publicReply: '已装新井盖' }
const MEGABYTE = 1024 * 1024
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Looks again and again at what is really held, for half of the time at most; `rise` says by how much it rose above the first look. */
function watchMemory(): { looks(): number; rise(): number; end(): void } {
  const looks: number[] = []
  const watch: { timer?: NodeJS.Timeout } = {}
  const look = () => {
    const began = performance.now()
    // Buffers are given back by the collection after the one that finds them dead.
    collectGarbage()
    collectGarbage()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    looks.push(heapUsed + arrayBuffers)
    watch.timer = setTimeout(look, Math.max(20, performance.now() - began))
  }
  look()
  return { looks: () => looks.length, rise: () => Math.max(...looks) - (looks[0] ?? 0), end: () => clearTimeout(watch.timer) }
}

/** More of docs/failures.md: how events travel, what one sets off, and what a bulk job holds in memory. */
describe('what went wrong elsewhere with events and bulk', { timeout: 60_000 }, () => {
  let server: TestServer
  let cast: Cast
  let supervisor: Player
  let auditor: Player
  let officer: Player

  beforeAll(async () => {
    server = await startTestServer({ env: { LINLI_SESSION_IDLE_MINUTES: '1440', LINLI_SESSION_MAX_HOURS: '168' } })
    cast = await standardCast(server)
    ;[supervisor, auditor, officer] = await Promise.all(
      ['supervisor-1', 'auditor', 'data-officer'].map((post) => playerAt(server, post)) as [Promise<Player>, Promise<Player>, Promise<Player>],
    )
  })
  afterAll(() => server.stop())

  /** Makes an export of so many audit lines and fetches it; returns its size and what was held at most on the way, both in bytes. */
  const exported = async (rows: number, day: string) => {
    // Lines that are sealed already: the sealer has nothing to do with them.
    await server.running.platform.pool.query(
      `insert into platform.audit (district_id, id, at, request_id, actor_kind, action, outcome, sealed_seq, sealed_hash)
       select 0, gen_random_uuid(), $2::timestamptz + n * interval '1 millisecond', 'bulk', 'system', 'bulk.' || repeat(md5(n::text), 12), 'done', $3::bigint + n, '-' from generate_series(1, $1) n`,
      [rows, day, Number(day.slice(0, 4)) * 1_000_000],
    )
    const filter = { from: `${day}T00:00:00Z`, to: `${day}T23:59:59Z` }
    const ask = { dataset: 'audit', filter, fields: ['at', 'action'], purpose: 'security-audit', reason: '年度审计核对' }
    const { body } = await auditor.send<{ id: string; countAsked: number }>('POST', '/api/v1/exports', ask, { 'idempotency-key': randomUUID() })
    expect(body.countAsked).toBe(rows)
    const watch = watchMemory()
    await officer.send('POST', `/api/v1/exports/${body.id}/decision`, { approve: true, note: '同意' }, { 'idempotency-key': randomUUID() })
    const path = `/api/v1/exports/${body.id}/file`
    const ready = async () =>
      (await auditor.send<{ rows: { id: string; state: string }[] }>('GET', '/api/v1/own-exports')).body.rows.find((row) => row.id === body.id)?.state ===
      'ready'
    await until(ready, 'the file', 60_000)
    const response = await fetch(server.running.url + path, { headers: { authorization: `Bearer ${auditor.token}`, 'linli-purpose': 'security-audit' } })
    let size = 0
    for await (const part of response.body ?? []) size += part.length
    watch.end()
    return { size, held: watch.rise(), looks: watch.looks() }
  }

  // Waiting for a slow reader must not leave a listener behind each time.
  const warnings: string[] = []
  const keep = (warning: Error) => void warnings.push(warning.message)
  beforeAll(() => void process.on('warning', keep))
  afterAll(() => void process.off('warning', keep))

  it('that held what it reads would be seen', async () => {
    const watch = watchMemory()
    const held = Array.from({ length: 25_000 }, (_none, row) => `${row}`.padStart(400, '0').split(''))
    await until(() => watch.looks() > 2, 'a few looks', 30_000)
    watch.end()
    expect(held.length).toBe(25_000)
    expect(watch.rise()).toBeGreaterThan(16 * MEGABYTE)
  })

  it('ckanext-spatial #214: an export of ten times the data stays under the same memory ceiling', async () => {
    await exported(300, '2019-01-01')
    const small = await exported(5_000, '2020-01-01')
    const large = await exported(50_000, '2021-01-01')
    expect(large.size).toBeGreaterThan(18 * MEGABYTE)
    expect(large.size / small.size).toBeGreaterThan(9)
    expect(warnings.filter((text) => text.includes('memory leak'))).toEqual([])
    expect(large.looks).toBeGreaterThan(3)
    expect(large.held).toBeLessThan(Math.max(small.held, 4 * MEGABYTE) + 4 * MEGABYTE)
  }, 120_000)

  it('thingsboard #8176: one event sets off a bounded amount of work, however many cases hang on it', async () => {
    const main = await caseIn(server, cast, 'checked')
    const others = await Promise.all(Array.from({ length: 12 }, (_none, index) => server.report({ text: `同一个井盖，第${index}位` })))
    for (const other of others) expect((await sendMove(cast.acceptor, other.case.id, 1, { move: 'link', main: main.id })).status).toBe(200)
    const written = () =>
      countOf(server, 'select (select count(*) from cases.entry) + (select count(*) from platform.outbox) + (select count(*) from platform.audit) as count')
    const before = await written()
    expect((await server.move(cast.closer, main.id, 'close', close)).status).toBe(200)
    await until(
      async () => (await countOf(server, `select count(*) from cases."case" where linked_to = $1 and state = 'closed'`, [main.id])) === 12,
      'every linked case is closed',
    )
    await sleep(1_500)
    // One line, one event and one audit line for the case itself and for each that waits beside it, and not one more.
    expect((await written()) - before).toBe(3 * 13)
    const report = await written()
    await server.report()
    expect((await written()) - report).toBe(3)
  }, 40_000)

  it('thingsboard #6047: every transition names its actor: a person at a post of a unit, the reporter, or the rule or clock by which the program acted', async () => {
    await caseIn(server, cast, 'evaluated')
    await caseIn(server, cast, 'reported')
    server.runtime.offsetMs = 2 * 3_600_000
    await markDue(server.running)
    server.runtime.offsetMs = 0
    const worker = await playerAt(server, 'grid-990101001000-1')
    await server.report({ channel: 'field' }, worker)
    const { rows } = await server.running.platform.pool.query<{
      actor: string
      person: string | null
      post: string | null
      unit: string | null
      move: string
      reason: string | null
    }>('select actor_kind as actor, person_id as person, post_id as post, unit_code as unit, move, reason_code as reason from cases.entry')
    expect(new Set(rows.map((row) => row.actor)).size).toBeGreaterThan(1)
    const byPerson = rows.filter((row) => row.actor === 'person')
    expect(byPerson.length).toBeGreaterThan(30)
    expect(byPerson.filter((row) => row.person === null || row.post === null || row.unit === null)).toEqual([])
    const reporter = ['report', 'rate', 'not-fixed']
    expect(rows.filter((row) => row.actor !== 'person' && !reporter.includes(row.move) && row.reason === null)).toEqual([])
    expect(rows.filter((row) => row.actor !== 'person' && (row.person !== null || row.post !== null))).toEqual([])
    expect(rows.some((row) => row.move === 'overdue' && row.reason === 'accept')).toBe(true)
    const shown = await supervisor.send<{ rows: { id: string }[] }>('GET', '/api/v1/cases?state=evaluated&limit=5', undefined, PURPOSE)
    for (const { id } of shown.body.rows) {
      const ledger = await supervisor.send<{ rows: Record<string, unknown>[] }>('GET', `/api/v1/cases/${id}/entries`, undefined, PURPOSE)
      for (const line of ledger.body.rows.filter((row) => row['personName'] === null))
        expect(reporter.includes(String(line['move'])) || line['reasonCode'] !== null).toBe(true)
      for (const line of ledger.body.rows.filter((row) => row['personName'] !== null)) expect([line['postTitle'], line['unitName']]).not.toContain(null)
    }
  })

  it('fiware #4318 #3539, Orion-LD #1650: close events all arrive, in order, at everybody; a dead reader starves nobody', async () => {
    const { hostname, port } = new URL(server.running.url)
    const dead = connect(Number(port), hostname, () =>
      dead.write(`GET /api/v1/stream HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${supervisor.token}\r\n\r\n`),
    )
    dead.on('error', () => undefined).pause()
    const readers = await Promise.all([cast.acceptor, cast.dispatcher, cast.evaluator].map((player) => listen(server, player)))
    const ready = await Promise.all(Array.from({ length: 20 }, () => caseIn(server, cast, 'checked')))
    await Promise.all(ready.map(({ id, seq }) => sendMove(cast.closer, id, seq, close)))
    const [busy] = ready
    // One case, one line after the other as fast as they go.
    for (let line = 1; line <= 25; line += 1) await sendMove(supervisor, busy?.id ?? '', (busy?.seq ?? 0) + line, { move: 'note', note: `${line}` })
    for (const { heard } of readers) {
      await until(
        () => heard.filter((event) => event.data['move'] === 'close').length === 20 && heard.filter((event) => event.data['move'] === 'note').length === 25,
        'every event',
      )
      for (const { id } of ready) {
        const seqs = heard.filter((event) => event.data['id'] === id).map((event) => Number(event.data['seq']))
        expect(seqs).toEqual(seqs.map((_seq, index) => index + 1))
      }
    }
    for (const reader of readers) reader.close()
    dead.destroy()
  }, 40_000)
})
