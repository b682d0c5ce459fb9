import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { verifyAll } from '../../src/cli/verify.ts'
import { endedAmong, endedCases } from '../../src/modules/cases/index.ts'
import { digest } from '../../src/platform/audit/hash.ts'
import { runRetention } from '../../src/platform/privacy/retention.ts'
import { scheduleOf, scheduleProblems, type ScheduleRow } from '../../src/platform/privacy/retention-rules.ts'
import { sealStreams } from '../../src/platform/audit/sealer.ts'
import { caseIn, playerAt, standardCast, type Cast } from '../support/cast.ts'
import { countOf, PHONE, post, runJob, SAID } from '../support/privacy.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import type { Problem } from '../support/world.ts'

const DAY_MS = 86_400_000
const YEAR_MS = 365 * DAY_MS
const JOB = 'privacy.retention'
interface Proof {
  id: string
  day: string
  eraser: string
  rows: number
  digest: string
  oldestAt: string | null
  finishedAt: string | null
}
interface Hold {
  id: string
  caseId: string
  active: boolean
}

describe('what is erased when its time is over', () => {
  let server: TestServer
  let cast: Cast
  const officer = () => playerAt(server, 'data-officer')
  const verify = async () => {
    await sealStreams(server.running.platform.db, 'sha256')
    return (await verifyAll(server.running.platform.db, undefined)).findings
  }
  const words = (id: string) => countOf(server, 'select count(*) from cases.entry_words where case_id = $1', [id])
  const reporters = (id: string) => countOf(server, 'select count(*) from intake.reporter join intake.report on report.id = report_id where case_id = $1', [id])
  const said = async (id: string) =>
    (
      await server.running.platform.pool.query<{ title: string; said: string; address: string | null }>(
        'select title, said, address from intake.report where case_id = $1',
        [id],
      )
    ).rows[0]
  const files = () =>
    readdirSync(join(server.dataFolder, 'blobs'), { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && !entry.parentPath.endsWith('tmp'),
    ).length
  const proofs = async () => (await (await officer()).send<{ rows: Proof[] }>('GET', '/api/v1/retention/erasures?limit=100')).body.rows
  /** A case that has ended, with a reporter, words and a photo. */
  const ended = async (state = 'voided') => {
    cast = await standardCast(server)
    const found = await caseIn(server, cast, state)
    const photo = await server.photo()
    const { rows } = await server.running.platform.pool.query<{ id: string }>('select id from intake.report where case_id = $1', [found.id])
    await server.running.platform.pool.query('update platform.blob set case_id = $1 where id = $2', [found.id, photo])
    await server.running.platform.pool.query(
      'insert into intake.reporter (district_id, report_id, name, contact) select district_id, id, $2, $3 from intake.report where id = $1',
      [rows[0]?.id, '张小三', PHONE],
    )
    return found.id
  }
  const hold = async (id: string, days: number) =>
    post<Hold & Problem>(await officer(), `/api/v1/cases/${id}/holds`, {
      reason: '行政诉讼',
      endsAt: new Date(server.runtime.now() + days * DAY_MS).toISOString(),
    })

  beforeAll(async () => {
    server = await startTestServer()
  })
  beforeEach(() => runJob(server, JOB))
  afterAll(() => server.stop())

  it('has an eraser or a reason to stay for every personal column, and says so of one that has neither', async () => {
    const { body, status } = await (await officer()).send<{ rows: ScheduleRow[] }>('GET', '/api/v1/retention/schedule')
    expect(status).toBe(200)
    expect(scheduleProblems(body.rows)).toEqual([])
    expect(body.rows.find((row) => row.column === 'intake.reporter.contact')).toMatchObject({ eraser: 'intake.reporters', retentionDays: 730 })
    expect(scheduleProblems(scheduleOf([]))).toContain('intake.reporter.contact is erased by nobody and has no reason to stay')
  })

  it('is the reporter two years after the end and the words after five, and the ledger still verifies', async () => {
    const id = await ended()
    const open = (await server.report({ text: SAID, reporter: { name: '李四', contact: PHONE }, address: '燕山路12号' })).case.id
    await runJob(server, JOB)
    expect([await words(id), await reporters(id)]).toEqual([2, 1])
    server.runtime.offsetMs += 2 * YEAR_MS + DAY_MS
    await runJob(server, JOB)
    expect([await words(id), await reporters(id)]).toEqual([2, 0])
    expect(await verify()).toEqual([])
    const before = files()
    server.runtime.offsetMs += 3 * YEAR_MS
    await runJob(server, JOB)
    expect([await words(id), await said(id)]).toEqual([0, { title: '', said: '', address: null }])
    expect(await countOf(server, 'select count(*) from platform.blob where case_id = $1', [id])).toBe(0)
    expect(files()).toBe(before - 1)
    expect(await verify()).toEqual([])
    // A case that has not ended keeps all it has, however old.
    expect([(await words(open)) > 0, await reporters(open)]).toEqual([true, 1])
    expect(await said(open)).toMatchObject({ said: SAID })
    const detail = await server.detail((await standardCast(server)).acceptor, id)
    expect(detail).toMatchObject({ said: { text: '', address: null, photos: [] }, reporter: null, publicReply: null })
    const { acceptor } = await standardCast(server)
    const { body } = await acceptor.send<{ intact: boolean; rows: { erased: boolean }[] }>('GET', `/api/v1/cases/${id}/entries`, undefined, {
      'linli-purpose': 'handle-case',
    })
    expect(body.intact).toBe(true)
    expect(body.rows.every((row) => row.erased)).toBe(true)
  })

  it('leaves a proof with count, oldest and a digest of the ids, and nothing of what it was', async () => {
    const ids = [await ended(), await ended()]
    server.runtime.offsetMs += 2 * YEAR_MS + DAY_MS
    const { rows } = await server.running.platform.pool.query<{ id: string }>('select id from intake.report where case_id = any($1) order by id', [ids])
    await runJob(server, JOB)
    const day = new Date(server.runtime.now()).toISOString().slice(0, 10)
    const proof = (await proofs()).find((row) => row.day === day && row.eraser === 'intake.reporters')
    expect(proof).toMatchObject({ rows: 2, oldestAt: expect.any(String), finishedAt: expect.any(String) })
    expect(proof?.digest).toBe(rows.map((row) => row.id).reduce((chain, id) => digest('sha256', chain, id), ''))
    expect(await countOf(server, "select count(*) from platform.audit where action = 'privacy.erase.intake.reporters' and object_id = $1", [proof?.id])).toBe(1)
    await runJob(server, JOB)
    expect((await proofs()).find((row) => row.id === proof?.id)).toMatchObject({ rows: 2, digest: proof?.digest })
    expect(JSON.stringify(await proofs())).not.toContain(PHONE)
  })

  it('goes on where a killed run stopped, with one proof of both halves', async () => {
    const ids = [await ended(), await ended(), await ended()]
    server.runtime.offsetMs += 2 * YEAR_MS + DAY_MS
    const { platform, app } = server.running
    const { rows } = await platform.pool.query<{ id: string; caseId: string }>('select id, case_id as "caseId" from intake.report where case_id = any($1)', [
      ids,
    ])
    const reports = ids.map((id) => rows.find((row) => row.caseId === id)?.id ?? '')
    const day = new Date(server.runtime.now()).toISOString().slice(0, 10)
    const proof = async () => (await proofs()).find((row) => row.day === day && row.eraser === 'intake.reporters')
    await platform.pool.query(
      `create function intake.die() returns trigger language plpgsql as $$ begin if old.report_id = '${reports[2]}' then raise exception 'killed'; end if; return old; end $$`,
    )
    await platform.pool.query('create trigger die before delete on intake.reporter for each row execute function intake.die()')
    const erasers = app.registrations.flatMap((registration) => registration.erasers ?? [])
    await expect(runRetention(platform, erasers, { endedCases, endedAmong }, 2)).rejects.toThrow('killed')
    expect([await reporters(ids[0] ?? ''), await reporters(ids[1] ?? ''), await reporters(ids[2] ?? '')]).toEqual([0, 0, 1])
    expect(await proof()).toMatchObject({ rows: 2, finishedAt: null })
    await platform.pool.query('drop trigger die on intake.reporter')
    await platform.pool.query('drop function intake.die()')
    await runJob(server, JOB)
    expect(await reporters(ids[2] ?? '')).toBe(0)
    expect(await proof()).toMatchObject({ rows: 3, finishedAt: expect.any(String), digest: reports.reduce((chain, id) => digest('sha256', chain, id), '') })
  })

  it('waits while a legal hold stands, and goes when it ends or is released', async () => {
    const [first, second] = [await ended(), await ended()]
    const one = await hold(first, 5 * 365)
    expect(one).toMatchObject({ status: 201, body: { active: true, caseId: first } })
    await hold(second, 3 * 365)
    server.runtime.offsetMs += 2 * YEAR_MS + DAY_MS
    await runJob(server, JOB)
    expect([await reporters(first), await reporters(second)]).toEqual([1, 1])
    const list = await (await officer()).send<{ rows: Hold[] }>('GET', '/api/v1/holds?active=true')
    expect(list.body.rows.map((row) => row.caseId)).toEqual(expect.arrayContaining([first, second]))
    const released = await post<Hold & Problem>(await officer(), `/api/v1/holds/${one.body.id}/release`, { reason: '诉讼已结' })
    expect(released).toMatchObject({ status: 200, body: { active: false } })
    expect(await post(await officer(), `/api/v1/holds/${one.body.id}/release`, { reason: '诉讼已结' })).toMatchObject({
      status: 409,
      body: { code: 'ALREADY_DECIDED' },
    })
    await runJob(server, JOB)
    expect([await reporters(first), await reporters(second)]).toEqual([0, 1])
    server.runtime.offsetMs += YEAR_MS
    await runJob(server, JOB)
    expect(await reporters(second)).toBe(0)
    expect(await verify()).toEqual([])
  })

  it('is not held by who may not, without a reason, into the past, or where there is no such case', async () => {
    const id = await ended()
    const endsAt = new Date(server.runtime.now() + DAY_MS).toISOString()
    expect((await post(cast.acceptor, `/api/v1/cases/${id}/holds`, { reason: '行政诉讼', endsAt })).status).toBe(403)
    expect((await post(await officer(), `/api/v1/cases/${id}/holds`, { endsAt })).status).toBe(400)
    expect((await post(await officer(), `/api/v1/cases/${id}/holds`, { reason: '行政诉讼', endsAt: 'tomorrow' })).status).toBe(400)
    expect(await hold(id, -1)).toMatchObject({ status: 400, body: { fields: [{ pointer: '/body/endsAt' }] } })
    expect((await hold(randomUUID(), 1)).status).toBe(404)
    expect((await post(await officer(), `/api/v1/holds/${randomUUID()}/release`, { reason: '诉讼已结' })).status).toBe(404)
    expect(await countOf(server, 'select count(*) from platform.legal_hold where case_id = $1', [id])).toBe(0)
  })

  it('counts from the last end: a case that was reopened keeps what it has', async () => {
    const id = await ended('closed')
    server.runtime.offsetMs += 3 * YEAR_MS
    const supervisor = await playerAt(server, 'supervisor-1')
    const reopened = await server.move(supervisor, id, 'reopen', { reasonCode: 'not-fixed', note: '问题复发' })
    if (reopened.status !== 200) throw new Error(JSON.stringify(reopened.body))
    await runJob(server, JOB)
    expect(await reporters(id)).toBe(1)
  })

  it('is a photo that nobody used within 48 hours, with its file', async () => {
    await server.photo()
    const before = files()
    server.runtime.offsetMs += 47 * 3_600_000
    await runJob(server, JOB)
    expect(files()).toBe(before)
    server.runtime.offsetMs += 2 * 3_600_000
    await runJob(server, JOB)
    expect(files()).toBeLessThan(before)
    expect(await countOf(server, 'select count(*) from platform.blob where case_id is null')).toBe(0)
    expect(await countOf(server, 'select count(*) from platform.blob_garbage')).toBe(0)
  })

  it('lets two runs at once erase each thing once', async () => {
    const id = await ended()
    server.runtime.offsetMs += 2 * YEAR_MS + DAY_MS
    await Promise.all([runJob(server, JOB), runJob(server, JOB)])
    const day = new Date(server.runtime.now()).toISOString().slice(0, 10)
    expect(await reporters(id)).toBe(0)
    expect((await proofs()).filter((row) => row.day === day && row.eraser === 'intake.reporters').map((row) => row.rows)).toEqual([
      await countOf(server, "select sum(row_count) as count from platform.erasure where eraser = 'intake.reporters' and day = $1", [day]),
    ])
  })
})
