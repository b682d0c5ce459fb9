import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jointEvent1 } from '@linli/contract/workflows/joint-event-1'
import { verifyAll } from '../../src/cli/verify.ts'
import { REPOSITORY } from '../../src/start.ts'
import { markDue } from '../support/busy.ts'
import { OWNER, playerAt, sendMove, type Player } from '../support/cast.ts'
import { startAgain } from '../support/restart.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { writeOldCase, type OldLine } from '../support/version-one.ts'

const HOUR = 3_600_000
const OTHER = 'municipal-990101'

/** What was done under version 1, and where it had come to. */
const STORIES = (who: Readonly<Record<string, OldLine['by']>>): Readonly<Record<string, readonly OldLine[]>> => {
  const line = (move: string, by: string | null, more: Omit<OldLine, 'move' | 'by'> = {}): OldLine => ({
    move,
    ...(by && who[by] ? { by: who[by] } : {}),
    ...more,
  })
  const reported = [line('report', null)]
  const asked = [...reported, line('ask-verify', 'acceptor')]
  const filed = [...reported, line('file', 'acceptor')]
  const dispatched = [...filed, line('dispatch', 'dispatcher', { facts: { owner: OWNER } })]
  const handling = [...dispatched, line('accept', 'manager')]
  const handled = [...handling, line('handle', 'handler')]
  const checked = [...handled, line('check', 'checker')]
  const closed = [...checked, line('close', 'closer', { facts: { closingConditionMet: true } })]
  const back = line('return-to-dispatcher', 'manager', { reason: 'not-our-duty' })
  const late = line('overdue', null, { reason: 'handle', facts: { stage: 'handle' }, after: 3 })
  const again = [line('dispatch', 'second', { facts: { owner: OWNER } }), line('accept', 'manager'), line('handle', 'handler')]
  const poor = line('substandard', 'checker', { reason: 'not-done' })
  return {
    reported,
    verifying: asked,
    verified: [...asked, line('verify', 'checker')],
    filed,
    dispatched,
    handling,
    handled,
    checked,
    closed,
    evaluated: [...closed, line('evaluate', 'evaluator')],
    voided: [...reported, line('void', 'acceptor', { reason: 'duplicate' })],
    'given to another': [...dispatched, back, line('dispatch', 'second', { facts: { owner: OTHER } })],
    'given back': [...handling, back],
    'late once, and then in time': [...handling, late, back, ...again, line('check', 'checker'), line('close', 'closer')],
    'late now': [...handling, late],
    'done again and again': [
      ...handled,
      poor,
      line('accept', 'manager'),
      line('handle', 'handler'),
      poor,
      line('accept', 'manager'),
      line('handle', 'handler'),
      line('check', 'checker'),
      line('close', 'closer'),
    ],
    'begun again': [...closed, line('reopen', 'supervisor', { reason: 'came-back' }), ...again, poor],
  }
}

describe('a database of the first version, under this program', () => {
  let server: TestServer
  let again: Awaited<ReturnType<typeof startAgain>>
  const players: Record<string, Player> = {}
  const ids = new Map<string, string>()
  const receipts = new Map<string, string>()

  beforeAll(async () => {
    server = await startTestServer()
    const posts = {
      acceptor: 'acceptor-1',
      closer: 'acceptor-2',
      dispatcher: 'dispatcher-1',
      second: 'dispatcher-2',
      manager: `${OWNER}-manager`,
      handler: `${OWNER}-handler`,
      other: `${OTHER}-manager`,
      checker: 'checker-1',
      evaluator: 'evaluator-1',
      supervisor: 'supervisor-1',
    }
    for (const [part, post] of Object.entries(posts)) players[part] = await playerAt(server, post)
    const { pool } = server.running.platform
    const { rows } = await pool.query<{ code: string; id: string }>('select code, id from identity.post')
    const postIds = new Map(rows.map((row) => [row.code, row.id]))
    const who = Object.fromEntries(Object.entries(players).map(([part, one]) => [part, { id: one.id, postId: postIds.get(one.post) ?? '', unit: one.unit }]))
    const opened = []
    for (const [name, lines] of Object.entries(STORIES(who))) opened.push({ name, lines, ...(await server.report()) })
    const { rows: said } = await pool.query<{
      id: string
      districtId: number
      number: string
      title: string
      said: string
      areaPath: string
      lon: number
      lat: number
    }>(
      `select "case".id, "case".district_id as "districtId", number, "case".title, report.said, "case".area_path as "areaPath", "case".lon, "case".lat from cases."case" join intake.report on case_id = "case".id`,
    )
    // The tables of the cases go back to what the first version had: its one migration, and what it wrote.
    await pool.query(
      `drop schema cases_pub cascade; drop schema cases cascade; delete from platform.migration where module = 'cases'; delete from platform.outbox`,
    )
    const first = '0001-create-cases.sql'
    const text = readFileSync(join(REPOSITORY, 'server/src/modules/cases/migrations', first), 'utf8')
    await pool.query(text)
    await pool.query(`insert into platform.migration (module, name, digest) values ('cases', $1, $2)`, [first, createHash('sha256').update(text).digest('hex')])
    for (const { name, lines, case: one, receipt } of opened) {
      const facts = said.find((row) => row.id === one.id)
      if (!facts) throw new Error('no report')
      const openedAt = new Date(server.runtime.now() - (name.startsWith('late') ? 5 : 1.5) * HOUR)
      await writeOldCase(pool, { ...facts, openedAt, lines })
      ids.set(name, one.id)
      receipts.set(name, receipt)
    }
    await server.running.stop()
    again = await startAgain(server, 'same')
    for (const [part, player] of Object.entries(players)) players[part] = { ...player, ...(await again.signIn(player.login)) }
  }, 60_000)
  afterAll(async () => {
    await again.stop()
    await server.stop()
  })

  const idOf = (name: string) => ids.get(name) ?? ''
  const player = (part: string) => {
    const found = players[part]
    if (!found) throw new Error(part)
    return found
  }
  const rowOf = async (name: string) =>
    (await again.running.platform.pool.query<Record<string, unknown>>('select * from cases."case" where id = $1', [idOf(name)])).rows[0] ?? {}
  const move = async (part: string, name: string, input: Record<string, unknown>) => {
    const who = player(part)
    const photo = ['handle', 'check', 'verify'].includes(String(input['move'])) ? { evidence: [await again.photo(who)] } : {}
    const send = async () => sendMove(who, idOf(name), Number((await rowOf(name)).seq), { note: '已处理', ...photo, ...input })
    let answer = await send()
    // The clocks of these cases run: a line that says one is over may come in between, and then the person looks again.
    for (let again = 0; again < 5 && answer.status === 412; again++) answer = await send()
    return `${answer.status} ${String(answer.body['code'] ?? answer.body['state'])}`
  }

  it('is intact: every row, also the columns that the first version did not have, says what the lines imply', async () => {
    expect((await verifyAll(again.running.platform.db, undefined)).findings).toEqual([])
    expect(await rowOf('given to another')).toMatchObject({ involved: [OTHER, OWNER].toSorted(), first_receiver: OWNER, owner_unit: OTHER })
    expect(await rowOf('given back')).toMatchObject({ involved: [OWNER], first_receiver: OWNER, owner_unit: null, waiting: ['cases.dispatch', 'cases.void'] })
    expect(await rowOf('done again and again')).toMatchObject({ reworked: 2 })
    expect(await rowOf('begun again')).toMatchObject({ reworked: 0, round: 2 })
  })

  it('keeps the figures that were published: a closed case is judged as it was', async () => {
    expect(await rowOf('late once, and then in time')).toMatchObject({ handled_on_time: true, closed_on_time: true })
    expect(await again.detail(player('closer'), idOf('late once, and then in time'))).toMatchObject({ handledOnTime: true })
  })

  it('puts every case on the list of whoever it waits for', async () => {
    const mine = async (part: string) => {
      const { body } = await player(part).send<{ rows: { id: string }[] }>('GET', '/api/v1/cases?mine=true&limit=200', undefined, {
        'linli-purpose': 'handle-case',
      })
      return new Set(body.rows.map((row) => row.id))
    }
    const wanted: Readonly<Record<string, readonly string[]>> = {
      acceptor: ['reported', 'verified', 'checked'],
      checker: ['verifying', 'handled'],
      dispatcher: ['filed', 'given back'],
      manager: ['dispatched', 'late now', 'begun again'],
      handler: ['handling', 'late now'],
      other: ['given to another'],
      evaluator: ['closed'],
    }
    for (const [part, names] of Object.entries(wanted)) {
      const list = await mine(part)
      for (const name of names) expect(list.has(idOf(name)), `${part}: ${name}`).toBe(true)
      for (const name of ['evaluated', 'voided']) expect(list.has(idOf(name)), `${part}: ${name}`).toBe(false)
    }
  })

  it('offers on each case exactly the moves of its own version', async () => {
    const old = new Set(jointEvent1.moves.map((known) => known.id))
    for (const [name] of ids) {
      const detail = await again.detail(player('supervisor'), idOf(name))
      const state = String((await rowOf(name))['state'])
      const wanted = jointEvent1.moves.filter((known) => known.from.includes(state) && known.party !== 'system').map((known) => known.id)
      expect(detail.abilities.map((ability) => ability.move).toSorted(), name).toEqual(wanted.toSorted())
      expect(detail.abilities.every((ability) => old.has(ability.move))).toBe(true)
      expect(detail.strands).toEqual([])
    }
  })

  it('refuses by name what the first version did not know, whoever asks, and leaves the case alone', async () => {
    const before = (await rowOf('handling'))['seq']
    const limit = { clock: 'urgentHour', amount: 1 }
    expect(await move('manager', 'handling', { move: 'refuse', reasonCode: 'not-our-duty', citation: { rule: 'rule-001' } })).toBe('422 CASES_MOVE_UNKNOWN')
    expect(await move('manager', 'handling', { move: 'ask-extension', reasonCode: 'weather', limit })).toBe('422 CASES_MOVE_UNKNOWN')
    expect(await move('supervisor', 'handling', { move: 'supervise', reasonCode: 'overdue', targets: [OWNER], limit })).toBe('422 CASES_MOVE_UNKNOWN')
    const fresh = await again.report()
    expect(await move('acceptor', 'reported', { move: 'link', main: fresh.case.id })).toBe('422 CASES_MOVE_UNKNOWN')
    // A case of this version cannot be put beside one whose ledger has no line for it.
    const linked = await sendMove(player('acceptor'), fresh.case.id, 1, { move: 'link', main: idOf('handling') })
    expect(linked.body['code']).toBe('CASES_LINK_NOT_ALLOWED')
    expect((await rowOf('handling'))['seq']).toBe(before)
  })

  it('promises a reporter no answer that it would then refuse', async () => {
    const receipt = receipts.get('closed') ?? ''
    const page = await again.send<{ answerUntil: string | null }>('GET', `/api/v1/reports/${receipt}`)
    expect(page.body.answerUntil).toBeNull()
    const answer = await again.send<{ code: string }>(
      'POST',
      `/api/v1/reports/${receipt}/answer`,
      { fixed: false, rating: 'dissatisfied', text: '没修' },
      { 'idempotency-key': randomUUID() },
    )
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 403, code: 'CASES_MOVE_NOT_ALLOWED' })
  })

  it('marks its clocks and begins no ladder that its ledger has no line for', async () => {
    const { pool } = again.running.platform
    await markDue(again.running)
    server.runtime.offsetMs = 30 * 24 * HOUR
    for (let look = 0; look < 3; look++) await markDue(again.running)
    server.runtime.offsetMs = 0
    const { rows } = await pool.query<{ move: string; stage: string }>(
      `select distinct move, reason_code as stage from cases.entry join cases."case" on "case".id = case_id where workflow_version = 1 and move in ('overdue', 'raise') order by 1, 2`,
    )
    expect(rows.map((row) => `${row.move} ${row.stage}`)).toEqual(['overdue accept', 'overdue check', 'overdue dispatch', 'overdue handle', 'overdue verify'])
    expect(
      (await pool.query(`select 1 from cases.deadline join cases."case" on "case".id = case_id where workflow_version = 1 and stage in ('raise', 'takeUp')`))
        .rowCount,
    ).toBe(0)
    expect((await verifyAll(again.running.platform.db, undefined)).findings).toEqual([])
  })

  it('goes round its own loop to the end', async () => {
    expect(await move('manager', 'dispatched', { move: 'return-to-dispatcher', reasonCode: 'not-our-area' })).toBe('200 filed')
    expect(await move('dispatcher', 'dispatched', { move: 'dispatch', owner: OWNER })).toBe('403 CASES_RECEIVER_NOT_ALLOWED')
    expect(await move('second', 'dispatched', { move: 'dispatch', owner: OWNER })).toBe('200 dispatched')
    expect(await move('manager', 'dispatched', { move: 'accept' })).toBe('200 handling')
    expect(await move('handler', 'dispatched', { move: 'handle' })).toBe('200 handled')
    expect(await move('checker', 'dispatched', { move: 'check' })).toBe('200 checked')
    expect(await move('closer', 'dispatched', { move: 'close', closingConditionMet: true, publicReply: '已办结' })).toBe('200 closed')
    expect(await move('evaluator', 'dispatched', { move: 'evaluate' })).toBe('200 evaluated')
    expect(await rowOf('dispatched')).toMatchObject({ workflow_version: 1, track: null })
    expect((await again.running.platform.pool.query(`select 1 from cases."case" where workflow_version = 2`)).rowCount).toBeGreaterThan(0)
    expect((await verifyAll(again.running.platform.db, undefined)).findings).toEqual([])
  })
})
