import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caseIn, OWNER, playerAt, standardCast, type Cast, type Player } from '../support/cast.ts'
import { auditCount, countOf, PHONE, post, readCount, SAID, SECRETS } from '../support/privacy.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { until } from '../support/stream.ts'
import type { Problem } from '../support/world.ts'

interface Export {
  id: string
  number: string
  state: string
  countAsked: number
  countMade: number | null
  alert: boolean
  fields: { field: string; kind: string | null; mask: string; unmasked: boolean }[]
  downloads: number
  personName: string
}
const ASK = { dataset: 'cases', filter: {}, fields: ['number', 'title', 'state'], purpose: 'supervise', reason: '季度考评核对' }
const HOUR_MS = 3_600_000

describe('the export gate', () => {
  let server: TestServer
  let cast: Cast
  let supervisor: Player
  let officer: Player
  const again = async () => {
    supervisor = await playerAt(server, 'supervisor-1')
    officer = await playerAt(server, 'data-officer')
  }
  const ask = (person: Player, change: Record<string, unknown> = {}, key = randomUUID()) =>
    post<Export & Problem>(person, '/api/v1/exports', { ...ASK, ...change }, { key })
  const decide = (person: Player, id: string, approve = true) => post<Export & Problem>(person, `/api/v1/exports/${id}/decision`, { approve, note: '已核对' })
  const own = async (person: Player, id: string) =>
    (await person.send<{ rows: Export[] }>('GET', '/api/v1/own-exports?limit=100')).body.rows.find((row) => row.id === id)
  const fetchFile = (person: Player, id: string, purpose = 'supervise') =>
    person.send<string>('GET', `/api/v1/exports/${id}/file`, undefined, { 'linli-purpose': purpose })
  const made = async (person: Player, change: Record<string, unknown> = {}) => {
    const { body, status } = await ask(person, change)
    if (status !== 201) throw new Error(JSON.stringify(body))
    await decide(officer, body.id)
    await until(async () => (await own(person, body.id))?.state === 'ready', 'the file')
    return body
  }

  beforeAll(async () => {
    server = await startTestServer({ env: { LINLI_SESSION_IDLE_MINUTES: '1440', LINLI_SESSION_MAX_HOURS: '168' } })
    cast = await standardCast(server)
    await again()
    for (let index = 0; index < 3; index += 1)
      await server.report({
        text: SAID,
        address: '薛城区临城街道凤凰社区3号楼',
        reporter: { name: '张小三', contact: PHONE },
        position: { ...server.point(index), crs: 'wgs84' },
      })
    await server.report({ text: '=cmd|evil', title: '=HYPERLINK("http://example.org")' })
  })
  afterAll(() => server.stop())

  it('lists what one’s post may ask for, with the kinds of the fields', async () => {
    const { body } = await supervisor.send<{
      rows: { dataset: string; fields: { field: string; kind: string | null; purposes: string[]; mayUnmask: boolean }[] }[]
    }>('GET', '/api/v1/export-datasets')
    expect(body.rows.map((row) => row.dataset)).toEqual(['cases'])
    expect(body.rows[0]?.fields.find((field) => field.field === 'reporterContact')).toMatchObject({
      kind: 'contact',
      purposes: ['contact-reporter', 'handle-case'],
      mayUnmask: false,
    })
    const auditor = await playerAt(server, 'auditor')
    const theirs = await auditor.send<{ rows: { dataset: string }[] }>('GET', '/api/v1/export-datasets')
    expect(theirs.body.rows.map((row) => row.dataset)).toEqual(['audit'])
    expect((await cast.handler.send('GET', '/api/v1/export-datasets')).status).toBe(403)
  })

  it('counts when asked, makes nothing before another approves, and then a masked file with a watermark in every row', async () => {
    const asked = await ask(supervisor, { fields: ['number', 'title', 'said', 'address', 'openedAt'] })
    expect(asked).toMatchObject({ status: 201, body: { state: 'asked', countAsked: 4, countMade: null, alert: false } })
    expect(asked.body.fields.find((field) => field.field === 'title')).toMatchObject({ kind: 'words', mask: 'text', unmasked: false })
    expect(await fetchFile(supervisor, asked.body.id)).toMatchObject({ status: 409, body: { code: 'EXPORT_NOT_READY' } })
    expect(await countOf(server, 'select count(*) from platform.export_chunk')).toBe(0)
    expect(await decide(officer, asked.body.id)).toMatchObject({ status: 200, body: { state: 'approved', deciderName: expect.any(String) } })
    await until(async () => (await own(supervisor, asked.body.id))?.state === 'ready', 'the file')
    const file = await fetchFile(supervisor, asked.body.id)
    expect(file.status).toBe(200)
    expect(file.headers.get('content-type')).toContain('text/csv')
    expect(file.headers.get('content-disposition')).toContain(asked.body.number)
    const response = await fetch(`${server.running.url}/api/v1/exports/${asked.body.id}/file`, {
      headers: { authorization: `Bearer ${supervisor.token}`, 'linli-purpose': 'supervise' },
    })
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const [watermark, header, ...rows] = file.body.replace('\uFEFF', '').trimEnd().split('\r\n')
    expect(watermark).toContain(asked.body.number)
    expect(watermark).toContain(asked.body.personName)
    expect(header).toBe('案件编号,标题,上报内容,地址,上报时间,水印')
    expect(rows).toHaveLength(4)
    for (const [index, row] of rows.entries()) expect(row).toMatch(new RegExp(`,${asked.body.number} ${asked.body.personName} ${index + 1}$`))
    for (const secret of [...SECRETS, '3号楼', '张小三']) expect(file.body).not.toContain(secret)
    expect(file.body).toContain('138****1234')
    expect(file.body).toContain('凤凰社区***')
    expect(file.body).toContain(`"'=HYPERLINK(""http://example.org"")"`)
    expect(await own(supervisor, asked.body.id)).toMatchObject({ downloads: 2, countMade: 4 })
    expect(await auditCount(server, 'privacy.downloadExport', asked.body.id)).toBe(2)
    expect(await readCount(server, 'privacy.downloadExport', asked.body.id)).toBe(2)
  })

  it('is never approved by who asked, nor twice, nor by a post that may not', async () => {
    const { body } = await ask(supervisor)
    expect(await decide(supervisor, body.id)).toMatchObject({ status: 403, body: { code: 'PERMISSION_MISSING' } })
    await server.running.platform.pool.query("update identity.role set permissions = permissions || '{export.ask,cases.read}' where name = 'data-officer'")
    const both = await playerAt(server, 'data-officer')
    const mine = await ask(both)
    expect(await decide(both, mine.body.id)).toMatchObject({ status: 403, body: { code: 'OWN_REQUEST_NOT_ALLOWED' } })
    await server.running.platform.pool.query(
      "update identity.role set permissions = array_remove(array_remove(permissions, 'export.ask'), 'cases.read') where name = 'data-officer'",
    )
    await again()
    expect(await decide(officer, body.id, false)).toMatchObject({ status: 200, body: { state: 'refused' } })
    expect(await decide(officer, body.id)).toMatchObject({ status: 409, body: { code: 'ALREADY_DECIDED' } })
    expect(await fetchFile(supervisor, body.id)).toMatchObject({ status: 409 })
    expect((await decide(officer, randomUUID())).status).toBe(404)
  })

  it('is decided once by approvers who race', async () => {
    const { body } = await ask(supervisor)
    const answers = await Promise.all(Array.from({ length: 4 }, (_none, index) => decide(officer, body.id, index % 2 === 0)))
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409, 409, 409])
  })

  it.each<[what: string, change: Record<string, unknown>, status: number, code: string]>([
    ['a dataset that is none', { dataset: 'people' }, 422, 'EXPORT_DATASET_UNKNOWN'],
    ['a dataset of another post', { dataset: 'audit', fields: ['id'] }, 422, 'EXPORT_DATASET_UNKNOWN'],
    ['a field that the dataset does not have', { fields: ['number', 'nationalId'] }, 422, 'EXPORT_FIELD_NOT_ALLOWED'],
    ['a field whose purposes do not include the one asked', { fields: ['reporterContact'] }, 422, 'EXPORT_FIELD_NOT_ALLOWED'],
    [
      'an unmasked field that needs a right it lacks',
      { fields: ['reporterContact'], unmasked: ['reporterContact'], purpose: 'contact-reporter' },
      422,
      'EXPORT_FIELD_NOT_ALLOWED',
    ],
    ['a filter that the dataset does not know', { filter: { outcome: 'done' } }, 422, 'EXPORT_FIELD_NOT_ALLOWED'],
    ['a purpose of nobody', { purpose: 'marketing' }, 400, 'INPUT_INVALID'],
    ['no reason', { reason: '' }, 400, 'INPUT_INVALID'],
    ['no field', { fields: [] }, 400, 'INPUT_INVALID'],
    ['one field twice', { fields: ['number', 'number'] }, 400, 'INPUT_INVALID'],
  ])('refuses %s, and keeps nothing', async (_what, change, status, code) => {
    const before = await countOf(server, 'select count(*) from platform.export')
    expect(await ask(supervisor, change)).toMatchObject({ status, body: { code } })
    expect(await countOf(server, 'select count(*) from platform.export')).toBe(before)
  })

  it('gives the words as said only where that was asked, allowed and approved', async () => {
    await server.running.platform.pool.query("update identity.role set permissions = permissions || '{reporter.read}' where name = 'supervisor'")
    await again()
    const asked = await made(supervisor, { fields: ['number', 'said'], unmasked: ['said'] })
    expect((await fetchFile(supervisor, asked.id)).body).toContain(PHONE)
    await server.running.platform.pool.query("update identity.role set permissions = array_remove(permissions, 'reporter.read') where name = 'supervisor'")
    await again()
    expect(await fetchFile(supervisor, asked.id)).toMatchObject({ status: 403, body: { code: 'PERMISSION_MISSING' } })
  })

  it('keeps to the asker’s scope', async () => {
    await caseIn(server, cast, 'dispatched')
    const manager = await playerAt(server, `${OWNER}-manager`)
    const seen = await manager.send<{ rows: { number: string }[] }>('GET', '/api/v1/cases?limit=100', undefined, { 'linli-purpose': 'handle-case' })
    const asked = await made(manager, { fields: ['number'] })
    const { body } = await fetchFile(manager, asked.id)
    const numbers = body
      .replace('\uFEFF', '')
      .trimEnd()
      .split('\r\n')
      .slice(2)
      .map((row) => row.split(',')[0])
    expect(numbers.toSorted()).toEqual(seen.body.rows.map((row) => row.number).toSorted())
    expect(numbers).toHaveLength(1)
  })

  it('is nobody else’s to fetch, and only for the purpose approved', async () => {
    const asked = await made(supervisor)
    expect((await fetchFile(await playerAt(server, 'supervisor-2'), asked.id)).status).toBe(404)
    expect((await fetchFile(officer, asked.id)).status).toBe(403)
    expect(await fetchFile(supervisor, asked.id, 'handle-case')).toMatchObject({ status: 403, body: { code: 'PURPOSE_NOT_ALLOWED' } })
    expect((await fetchFile(supervisor, randomUUID())).status).toBe(404)
  })

  it('gives the audit trail to who may read it', async () => {
    const auditor = await playerAt(server, 'auditor')
    const asked = await made(auditor, {
      dataset: 'audit',
      fields: ['at', 'action', 'outcome', 'objectId'],
      filter: { outcome: 'refused' },
      purpose: 'security-audit',
    })
    const { body } = await fetchFile(auditor, asked.id, 'security-audit')
    expect(body).toContain('refused')
    expect(body).not.toContain(',done,')
  })

  it('answers a resend with the first answer, and another body with one key with KEY_REUSED', async () => {
    const key = randomUUID()
    const first = await ask(supervisor, {}, key)
    expect((await ask(supervisor, {}, key)).body).toEqual(first.body)
    expect(await ask(supervisor, { reason: '另一个理由' }, key)).toMatchObject({ status: 409, body: { code: 'KEY_REUSED' } })
  })

  it('is destroyed when its time is over, and says so', async () => {
    const asked = await made(supervisor)
    server.runtime.offsetMs += 73 * HOUR_MS
    await again()
    expect(await fetchFile(supervisor, asked.id)).toMatchObject({ status: 410, body: { code: 'EXPORT_EXPIRED' } })
    const expire = server.running.app.registrations.flatMap((registration) => registration.pumps ?? []).find((pump) => pump.name === 'privacy.expireExports')
    await expire?.work()
    expect(await own(supervisor, asked.id)).toMatchObject({ state: 'expired' })
    expect(await countOf(server, 'select count(*) from platform.export_chunk where export_id = $1', [asked.id])).toBe(0)
  })

  it('says that it failed where it cannot be made, leaves no half of a file, and does not stop the next', async () => {
    const broken = await ask(supervisor)
    await server.running.platform.pool.query("update platform.export set fields = '{number,gone}' where id = $1", [broken.body.id])
    await decide(officer, broken.body.id)
    await until(async () => (await own(supervisor, broken.body.id))?.state === 'failed', 'the failure')
    expect(await countOf(server, 'select count(*) from platform.export_chunk where export_id = $1', [broken.body.id])).toBe(0)
    await made(supervisor)
  })

  it('alerts above the threshold, and is made in pieces however long it is', async () => {
    await server.running.platform.pool.query(
      `insert into platform.audit (district_id, id, at, request_id, actor_kind, action, outcome)
       select 0, gen_random_uuid(), '2020-01-01'::timestamptz + n * interval '1 second', 'bulk', 'system', 'bulk.' || repeat('x', 300), 'done' from generate_series(1, 2500) n`,
    )
    const auditor = await playerAt(server, 'auditor')
    const asked = await made(auditor, { dataset: 'audit', fields: ['at', 'action'], filter: { to: '2021-01-01T00:00:00Z' }, purpose: 'security-audit' })
    expect(asked).toMatchObject({ countAsked: 2_500, alert: true })
    expect(await auditCount(server, 'privacy.exportAlert', asked.id)).toBe(1)
    expect(await countOf(server, 'select count(*) from platform.export_chunk where export_id = $1', [asked.id])).toBeGreaterThan(2)
    const { body } = await fetchFile(auditor, asked.id, 'security-audit')
    const rows = body.trimEnd().split('\r\n').slice(2)
    expect(rows).toHaveLength(2_500)
    expect(new Set(rows.map((row) => row.slice(0, 24))).size).toBe(2_500)
    const listed = await officer.send<{ rows: Export[] }>('GET', '/api/v1/exports?alert=true')
    expect(listed.body.rows.map((row) => row.id)).toContain(asked.id)
  })
})
