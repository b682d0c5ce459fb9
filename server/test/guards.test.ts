import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allEndpoints } from '@linli/contract/endpoints/all'
import type { Endpoint } from '@linli/contract/endpoint'
import { errors } from '@linli/contract/errors'
import { events } from '@linli/contract/events'
import { openApiOf } from '@linli/contract/openapi'
import { PERMISSIONS } from '@linli/contract/permissions'
import { personalColumns, personalFields, plainFields } from '@linli/contract/personal'
import { workflows } from '@linli/contract/workflows/all'
import { REPOSITORY, VERSION } from '../src/start.ts'
import { startTestServer, type TestServer } from './support/server.ts'

interface Schema {
  type?: string
  properties?: Record<string, Schema>
  items?: Schema | Schema[]
  anyOf?: Schema[]
  const?: unknown
  additionalProperties?: unknown
  format?: string
}

/** Names of the text fields that a schema lets out; literals and free objects carry no field of their own. */
function textFields(schema: Schema, name = ''): string[] {
  if (schema.anyOf) return schema.anyOf.flatMap((part) => textFields(part, name))
  if (schema.properties) return Object.entries(schema.properties).flatMap(([field, part]) => textFields(part, field))
  if (schema.items) return [schema.items].flat().flatMap((part) => textFields(part, name))
  return schema.type === 'string' && schema.const === undefined && name !== '' ? [name] : []
}

/** What is wrong with an endpoint's declarations, in sentences. */
export function endpointProblems(endpoint: Pick<Endpoint, 'id' | 'permission' | 'purposes' | 'answer' | 'contentType'>): string[] {
  const fields = endpoint.contentType === undefined ? [...new Set(textFields(endpoint.answer as Schema))] : []
  const personal = fields.filter((field) => personalFields.has(`${endpoint.id}#${field}`))
  const undeclared = fields.filter(
    (field) => !personalFields.has(`${endpoint.id}#${field}`) && !plainFields.has(field) && !plainFields.has(`${endpoint.id}#${field}`),
  )
  return [
    ...(['public', 'session', ...PERMISSIONS].includes(endpoint.permission) ? [] : [`${endpoint.id} names no permission`]),
    ...(personal.length > 0 && endpoint.purposes.length === 0 ? [`${endpoint.id} lets ${personal.join(', ')} out without a purpose`] : []),
    ...undeclared.map((field) => `${endpoint.id} lets ${field} out, which contract/personal.ts does not declare`),
  ]
}

/** Columns that exist and are not declared, and declarations of columns that do not exist. */
export function columnProblems(columns: readonly string[]): string[] {
  return [
    ...columns.filter((column) => !personalColumns.has(column)).map((column) => `${column} is not declared in contract/personal.ts`),
    ...[...personalColumns.keys()].filter((column) => !columns.includes(column)).map((column) => `${column} is declared but does not exist`),
  ]
}

describe('guards over the whole', () => {
  let server: TestServer
  let columns: string[]

  beforeAll(async () => {
    server = await startTestServer()
    const client = new pg.Client(server.running.platform.pool.options as pg.ClientConfig)
    await client.connect()
    const { rows } = await client.query<{
      column: string
    }>(`select table_schema || '.' || table_name || '.' || column_name as column from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema', 'graphile_worker') order by 1`)
    columns = rows.map((row) => row.column)
    await client.end()
  })
  afterAll(() => server.stop())

  it('gives every endpoint a permission, every personal answer a purpose and every text field a declaration', () => {
    expect(allEndpoints.flatMap(endpointProblems)).toEqual([])
  })

  it('fails on an endpoint without a permission, a purpose or a declaration: shown on planted ones', () => {
    const [any] = allEndpoints
    const personal = allEndpoints.find((endpoint) => endpoint.id === 'cases.get')
    if (!any || !personal) throw new Error('no endpoints')
    expect(endpointProblems({ ...any, permission: '' as never })).toHaveLength(1)
    expect(endpointProblems({ ...personal, purposes: [] })).toHaveLength(1)
    expect(endpointProblems({ ...any, answer: { type: 'object', properties: { nationalId: { type: 'string' } } } as never })).toEqual([
      expect.stringContaining('nationalId'),
    ])
  })

  it('declares every column, and fails on one that is not', () => {
    expect(columnProblems(columns)).toEqual([])
    expect(columnProblems([...columns, 'cases.case.secret'])).toEqual([expect.stringContaining('cases.case.secret')])
  })

  it('answers every endpoint of the contract, and nothing else under /api/v1', () => {
    const routes = server.running.app.registrations.flatMap((registration) => registration.routes.map((route) => route.endpoint.id))
    expect(routes.toSorted()).toEqual(allEndpoints.map((endpoint) => endpoint.id).toSorted())
    expect(new Set(routes).size).toBe(routes.length)
  })

  it('has a schema for every event that is announced', async () => {
    await server.report()
    const { rows } = await server.running.platform.pool.query<{ topic: string; payload: unknown }>('select topic, payload from platform.outbox')
    expect(rows.length).toBeGreaterThan(0)
    const ajv = new Ajv({ strict: false })
    addFormats.default(ajv)
    for (const { topic, payload } of rows) expect(ajv.validate(events[topic as keyof typeof events], payload), `${topic} ${ajv.errorsText()}`).toBe(true)
  })

  it('keeps contract/openapi.json as the endpoints say (npm run openapi writes it)', () => {
    const written: unknown = JSON.parse(readFileSync(join(REPOSITORY, 'contract/openapi.json'), 'utf8'))
    expect(written).toEqual(JSON.parse(JSON.stringify(openApiOf(allEndpoints, VERSION))))
  })

  it('uses every permission that exists, in an endpoint or a move', () => {
    const used = new Set([
      ...allEndpoints.map((endpoint) => endpoint.permission),
      ...Object.values(workflows).flatMap((workflow) => workflow.moves.flatMap((move) => move.permission ?? [])),
    ])
    const elsewhere = ['intake.report', 'intake.import', 'reporter.read']
    expect(PERMISSIONS.filter((permission) => !used.has(permission) && !elsewhere.includes(permission))).toEqual([])
  })

  it('has both languages for every error', () => {
    for (const [code, words] of Object.entries(errors)) for (const text of [words.zh, words.en, words.doZh, words.doEn]) expect(text.trim(), code).not.toBe('')
  })

  it('has no face, biometric or person-score field, column or path (R21)', () => {
    const forbidden = /face|biometric|fingerprint|gait|person_?score|credit_?score|risk_?grade/i
    const names = [
      ...columns,
      ...allEndpoints.flatMap((endpoint) => [
        endpoint.path,
        endpoint.id,
        ...textFields(endpoint.answer as Schema),
        ...textFields((endpoint.body ?? {}) as Schema),
      ]),
    ]
    expect(names.filter((name) => forbidden.test(name) && !name.includes('surface'))).toEqual([])
  })
})
