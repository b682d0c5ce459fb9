import type { AnswerOf } from '@linli/contract/endpoint'
import type { cases } from '@linli/contract/endpoints/cases'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { markDue } from '../support/busy.ts'
import { OWNER, playerAt, standardCast, type Cast, type Player } from '../support/cast.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { Problem } from '../support/world.ts'

type Explained = AnswerOf<typeof cases.explainDeadlines>

const PURPOSE = { 'linli-purpose': 'supervise' }
const MINUTE = 60_000
const DAY = 86_400_000
/** Local time of the city; it has had no summer time since 1991. */
const at = (text: string) => Date.parse(`${text}+08:00`)
const dayOf = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10)

/** Days off and worked weekend days of autumn 2026 (State Council notice for 2026), and office hours of the demo city: by hand. */
const OFF = ['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07']
const WORKED = ['2026-09-20', '2026-10-10']
const HOURS = [
  ['08:30', '12:00'],
  ['13:30', '17:30'],
] as const
const OFFICE_MINUTES = 450

/** Office minutes between two instants, counted by somebody who walks through the days. */
function officeMinutes(from: number, to: number): number {
  let sum = 0
  for (let midnight = at(`${dayOf(from)}T00:00:00`); midnight < to; midnight += DAY) {
    const day = dayOf(midnight)
    const weekend = [0, 6].includes(new Date(midnight + 8 * 3_600_000).getUTCDay())
    if (OFF.includes(day) || (weekend && !WORKED.includes(day))) continue
    for (const [opens, closes] of HOURS) sum += Math.max(0, Math.min(to, at(`${day}T${closes}:00`)) - Math.max(from, at(`${day}T${opens}:00`))) / MINUTE
  }
  return sum
}

/** The account must be one that anybody can count again: day by day, span by span, without a hole, up to the end, and adding up to the limit. */
function expectWhole(told: Explained): void {
  const { rows } = told
  expect(rows.length).toBeGreaterThan(0)
  for (const [index, row] of rows.entries()) {
    const next = rows[index + 1]
    if (next) expect(next.fromDay, 'the rows follow each other').toBe(dayOf(at(`${row.toDay}T12:00:00`) + DAY))
    expect(row.days).toBe((at(`${row.toDay}T00:00:00`) - at(`${row.fromDay}T00:00:00`)) / DAY + 1)
    for (const [place, span] of row.spans.entries()) {
      const after = row.spans[place + 1]
      if (after) expect(after.from, 'the spans follow each other').toBe(span.to)
      expect(span.minutes).toBeCloseTo((Date.parse(span.to) - Date.parse(span.from)) / MINUTE, 3)
    }
    expect(row.spans.filter((span) => span.counted).reduce((sum, span) => sum + span.amount, 0) * row.days).toBeCloseTo(row.amount, 6)
  }
  expect(rows[0]?.spans[0]?.from).toBe(told.startedAt)
  expect(rows.reduce((sum, row) => sum + row.amount, 0)).toBeCloseTo(told.amount, 6)
}

describe('the account of a deadline, minute by minute', { timeout: 60_000 }, () => {
  let server: TestServer
  let cast: Cast
  let supervisor: Player

  beforeAll(async () => {
    server = await startTestServer({ env: { LINLI_SESSION_IDLE_MINUTES: '1440', LINLI_SESSION_MAX_HOURS: '168' } })
    // Who holds a post today held it on the days that these tests go back to, and the calendar was published before them.
    await server.running.platform.pool.query(`update identity.holding set from_at = '2020-01-01'`)
    await server.running.platform.pool.query(`update catalog.calendar set published_at = '2020-01-01'`)
    await signInAt('2026-09-28T09:00:00')
  })
  afterAll(() => server.stop())

  const goTo = (text: string) => {
    server.runtime.moveTo(at(text))
  }
  const signInAt = async (text: string) => {
    goTo(text)
    cast = await standardCast(server)
    supervisor = await playerAt(server, 'supervisor-1')
  }
  const explain = async (id: string, stage: string, query = '', who: Player = supervisor) => {
    const { status, body } = await who.send<Explained>('GET', `/api/v1/cases/${id}/deadlines/${stage}${query}`, undefined, PURPOSE)
    if (status !== 200) throw new Error(`explain answered ${status} ${JSON.stringify(body)}`)
    return body
  }
  const move = async (who: Player, id: string, name: string, input: Record<string, unknown> = {}) => {
    const { status, body } = await server.move(who, id, name, input)
    if (status !== 200) throw new Error(`${name}: ${JSON.stringify(body)}`)
  }
  const stored = async (id: string, stage: string) => (await server.detail(supervisor, id)).deadlines.findLast((deadline) => deadline.stage === stage)
  /** A case whose condition row gives so many working days or hours, in the hands of its owner. */
  const handling = async (row: number) => {
    const { case: opened } = await server.report({ conditionRow: row })
    await move(cast.acceptor, opened.id, 'file', { conditionRow: row })
    await move(cast.dispatcher, opened.id, 'dispatch', { owner: OWNER })
    await move(cast.manager, opened.id, 'accept')
    return opened.id
  }
  const near = (told: string, local: string) => expect(Math.abs(Date.parse(told) - at(local)), `${told} should be ${local}`).toBeLessThan(30_000)

  it.each<[row: number, clock: string, rule: string, amount: number, begins: string, due: string]>([
    [1, 'urgentHour', 'hoursRunOn', 2, '2026-09-30T17:00:00', '2026-09-30T19:00:00'],
    [2, 'workHour', 'officeHours', 4, '2026-09-30T16:00:00', '2026-10-08T11:00:00'],
    [3, 'workDay', 'sharesOfWorkdays', 2, '2026-09-30T16:00:00', '2026-10-09T16:00:00'],
    [4, 'workDay', 'sharesOfWorkdays', 5, '2026-09-29T16:00:00', '2026-10-12T16:00:00'],
  ])(
    'condition row %s over National Day: spans tile the time, the counted ones are the limit, and a walk counts the same',
    async (row, clock, rule, amount, begins, due) => {
      await signInAt(begins)
      const id = await handling(row)
      const told = await explain(id, 'handle')
      expect(told).toMatchObject({
        stage: 'handle',
        strand: null,
        clock,
        rule,
        amount,
        extension: 0,
        same: true,
        provisional: false,
        pausedNow: false,
        pausedMinutes: 0,
      })
      expect(told.dueAt).toBe((await stored(id, 'handle'))?.dueAt)
      near(told.dueAt, due)
      expectWhole(told)
      expect(told.rows.at(-1)?.spans.at(-1)?.to).toBe(told.dueAt)
      const counted = told.rows.reduce((sum, one) => sum + one.minutes, 0)
      if (clock === 'urgentHour') expect(counted).toBeCloseTo(amount * 60, 3)
      else {
        expect(counted).toBeCloseTo(officeMinutes(Date.parse(told.startedAt), Date.parse(told.dueAt)), 3)
        expect(counted).toBeCloseTo(clock === 'workDay' ? amount * OFFICE_MINUTES : amount * 60, 3)
        expect(told.rows.find((one) => one.kind === 'holiday')).toMatchObject({ minutes: 0, name: expect.stringContaining('国庆') as string })
      }
      if (row === 4) expect(told.rows.find((one) => one.kind === 'makeUpWorkday')).toMatchObject({ fromDay: '2026-10-10', minutes: OFFICE_MINUTES })
    },
  )

  it('a paused clock says since when it stands still, and a resumed one goes on with what was left', async () => {
    await signInAt('2026-09-28T10:00:00')
    const id = await handling(3)
    goTo('2026-09-28T15:00:00')
    await move(cast.dispatcher, id, 'pause', { reasonCode: 'waiting-weather', until: '2026-10-09' })
    const paused = await explain(id, 'handle')
    expect(paused).toMatchObject({ pausedNow: true, stoppedAt: null, overdueAt: null, same: true, amount: 2 })
    expectWhole(paused)
    await signInAt('2026-09-30T15:00:00')
    await move(cast.manager, id, 'resume')
    const told = await explain(id, 'handle')
    expect(told).toMatchObject({ pausedNow: false, stoppedAt: null, same: true, amount: 2, extension: 0 })
    expect(Math.abs(told.pausedMinutes - 2_880)).toBeLessThan(1)
    // 3.5 hours had passed of 15; 2.5 pass on 30 September, 7.5 on 8 October and the last 1.5 on 9 October.
    near(told.dueAt, '2026-10-09T10:00:00')
    expect(told.dueAt).toBe((await stored(id, 'handle'))?.dueAt)
    expectWhole(told)
    const pauses = told.rows.flatMap((row) => row.spans.filter((span) => span.why === 'paused'))
    expect(pauses.length).toBeGreaterThan(0)
    expect(pauses.some((span) => span.counted)).toBe(false)
  })

  it('an extended clock tells the extension apart, and its first limit can still be read', async () => {
    await signInAt('2026-09-28T10:00:00')
    const id = await handling(3)
    const first = await stored(id, 'handle')
    await move(cast.manager, id, 'ask-extension', { reasonCode: 'materials', note: '配件在途', limit: { clock: 'workDay', amount: 2 } })
    await move(cast.dispatcher, id, 'endorse-extension')
    await move(supervisor, id, 'grant-extension')
    const told = await explain(id, 'handle')
    expect(told).toMatchObject({ amount: 4, extension: 2, same: true, stoppedAt: null })
    near(told.dueAt, '2026-10-09T10:00:00')
    expectWhole(told)
    expect(told.rows.reduce((sum, row) => sum + row.minutes, 0)).toBeCloseTo(officeMinutes(Date.parse(told.startedAt), Date.parse(told.dueAt)), 3)
    const before = await explain(id, 'handle', `?startedSeq=${first?.startedSeq}`)
    expect(before).toMatchObject({ amount: 2, extension: 0, dueAt: first?.dueAt })
    expectWhole(before)
  })

  it('an overdue clock keeps its account, and the end of it says when it stopped', async () => {
    await signInAt('2026-09-29T16:00:00')
    const id = await handling(2)
    const before = await explain(id, 'handle')
    await signInAt('2026-10-08T11:00:00')
    await markDue(server.running)
    const late = await explain(id, 'handle')
    expect(late).toMatchObject({ dueAt: before.dueAt, same: true, stoppedAt: null, overdueAt: expect.any(String) as string, rows: before.rows })
    await move(cast.handler, id, 'handle', { note: '完成', evidence: [await server.photo(cast.handler)] })
    const stopped = await explain(id, 'handle')
    expect(stopped).toMatchObject({ dueAt: before.dueAt, overdueAt: late.overdueAt, rows: before.rows })
    expect(stopped.stoppedAt).not.toBeNull()
    // A send-back starts another clock of the same stage; each can be asked for.
    const seq = (await stored(id, 'handle'))?.startedSeq
    await move(cast.checker, id, 'substandard', { reasonCode: 'partly-done' })
    const again = await explain(id, 'handle')
    expect(again.stoppedAt).toBeNull()
    expectWhole(again)
    expect(await explain(id, 'handle', `?startedSeq=${seq}`)).toMatchObject({ dueAt: before.dueAt, stoppedAt: stopped.stoppedAt })
  })

  it('the clock of a strand has an account of its own', async () => {
    await signInAt('2026-09-30T16:00:00')
    const id = await handling(3)
    await move(cast.dispatcher, id, 'add-co-handlers', { targets: ['gardens-990101', 'transport'] })
    const { strands } = await server.detail(supervisor, id)
    for (const { key, dueAt } of strands) {
      const told = await explain(id, 'coHandle', `?strand=${key}`)
      expect(told).toMatchObject({ strand: key, dueAt, same: true })
      expectWhole(told)
    }
    expect(strands).toHaveLength(2)
  })

  it('refuses a clock that is not there, what cannot name one, a reading without a purpose and a stranger', async () => {
    await signInAt('2026-09-30T16:00:00')
    const id = await handling(3)
    const ask = async (path: string, who: Pick<Player, 'send'> = supervisor, headers: Record<string, string> = PURPOSE) => {
      const { status, body } = await who.send<Problem>('GET', `/api/v1/cases/${path}`, undefined, headers)
      return [status, body.code]
    }
    for (const path of ['supervise', 'moon', 'handle?strand=9.9', 'handle?startedSeq=999', 'constructor'])
      expect(await ask(`${id}/deadlines/${path}`), path).toEqual([404, 'NOT_FOUND'])
    for (const path of ['handle?startedSeq=first', 'handle?startedSeq=-1', 'handle?strand=x', 'handle?row=1', `${'a'.repeat(21)}`])
      expect(await ask(`${id}/deadlines/${path}`), path).toEqual([400, 'INPUT_INVALID'])
    expect(await ask('not-a-uuid/deadlines/handle')).toEqual([400, 'INPUT_INVALID'])
    expect((await ask(`${id}/deadlines/handle`, supervisor, {}))[1]).toBe('PURPOSE_NOT_ALLOWED')
    expect(await ask(`${id}/deadlines/handle`, await playerAt(server, 'gardens-990103-manager'))).toEqual([404, 'NOT_FOUND'])
    expect((await ask(`${id}/deadlines/handle`, server))[1]).toBe('SESSION_MISSING')
    const reads = async () =>
      (await server.running.platform.pool.query(`select from platform.read_log where endpoint = 'cases.explainDeadlines' and object_id = $1`, [id])).rowCount
    const before = await reads()
    await explain(id, 'handle')
    expect(await reads()).toBe((before ?? 0) + 1)
  })

  it('openfisca-france #530: explanation and result carry the same version; after a change of the calendar the stored deadline stands and the account says so', async () => {
    await signInAt('2026-09-30T16:00:00')
    const id = await handling(3)
    const before = await explain(id, 'handle')
    const { rows } = await server.running.platform.pool.query<{ calendar: string }>(
      `select calendar from cases.deadline where case_id = $1 and stage = 'handle'`,
      [id],
    )
    expect([before.calendar, before.same]).toEqual([rows[0]?.calendar, true])
    const administrator = await server.signIn('xieqingye')
    const published = await administrator.send<{ version: string }>('POST', '/api/v1/calendars/demo', {
      version: before.calendar,
      publish: true,
      note: '临时放假一天',
      days: { '2026-10-08': 'rest' },
    })
    expect(published.status, JSON.stringify(published.body)).toBe(200)
    expect(published.body.version).not.toBe(before.calendar)
    const after = await explain(id, 'handle')
    // The entry's fact stands with the version that it was counted by; what today's calendar would say is shown beside it and named as another.
    expect(after).toMatchObject({ dueAt: before.dueAt, calendar: before.calendar, same: false, amount: 2 })
    expect((await stored(id, 'handle'))?.dueAt).toBe(before.dueAt)
    expectWhole(after)
    const fresh = await handling(3)
    const told = await explain(fresh, 'handle')
    expect(told).toMatchObject({ calendar: published.body.version, same: true })
    near(told.dueAt, '2026-10-10T16:00:00')
  })
})
