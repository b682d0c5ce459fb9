import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person, Problem, ReportAnswer } from '../support/world.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const row = {
  scheme: 'local',
  domain: 'event',
  classCode: '05',
  className: '突发事件',
  code: '06',
  name: '道路积水',
  filing: '积水影响通行',
  closing: '积水排除',
  limit: '2紧急工作时',
}
const form = { type: 'object', required: ['depthCm'], additionalProperties: false, properties: { depthCm: { type: 'number', minimum: 0 } } }
const MATTER = 'local-event-0506'

describe('A74 the form of a matter', () => {
  let server: TestServer
  let administrator: Person

  beforeAll(async () => {
    server = await startTestServer()
    administrator = await server.signIn('test-admin', 'a long test password')
  })
  afterAll(() => server.stop())

  const publish = (asked: unknown) =>
    administrator.send<{ edition: number | null; errors: { code: string; pointer: string }[] }>('POST', '/api/v1/matters/import', {
      fileName: 'matters.json',
      base64: Buffer.from(JSON.stringify([{ ...row, form: asked }])).toString('base64'),
      publish: true,
    })
  const report = (body: Record<string, unknown>) =>
    server.send<ReportAnswer & Problem>(
      'POST',
      '/api/v1/reports',
      { channel: 'web', text: '桥下积水很深', matter: MATTER, position: { ...server.point(), crs: 'wgs84' }, ...body },
      { 'idempotency-key': randomUUID() },
    )

  it('is refused with its catalogue where it is no JSON Schema', async () => {
    const { body } = await publish({ type: 'no such type' })
    expect(body).toMatchObject({ edition: null, errors: [{ code: 'FORM_SCHEMA_INVALID', pointer: `/matters/${MATTER}/form` }] })
  })

  it('is answered with the report, field by field, and kept as said', async () => {
    expect((await publish(form)).body.errors).toEqual([])
    expect(await report({})).toMatchObject({ status: 422, body: { code: 'FORM_INVALID', fields: [{ pointer: '/body/form/depthCm', code: 'required' }] } })
    expect(await report({ form: { depthCm: 30, nationalId: '…' } })).toMatchObject({ status: 422, body: { fields: [{ pointer: '/body/form/nationalId' }] } })
    const { status, body } = await report({ form: { depthCm: 30 } })
    expect(status).toBe(201)
    const { rows } = await server.running.platform.pool.query('select form from intake.report where case_id = $1', [body.case.id])
    expect(rows).toEqual([{ form: { depthCm: 30 } }])
  })

  it('cannot be answered where no matter asks', async () => {
    expect(await report({ matter: undefined, form: { depthCm: 30 } })).toMatchObject({ status: 422, body: { code: 'FORM_INVALID' } })
  })
})
