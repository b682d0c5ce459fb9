import { randomUUID } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { playerAt, type Player } from '../support/cast.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { until } from '../support/stream.ts'

const MEGABYTE = 1024 * 1024
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

describe('a bulk job', () => {
  let server: TestServer
  let auditor: Player
  let officer: Player

  beforeAll(async () => {
    server = await startTestServer()
    ;[auditor, officer] = await Promise.all([playerAt(server, 'auditor'), playerAt(server, 'data-officer')])
  })
  afterAll(() => server.stop())

  /** Makes an export of so many audit lines and fetches it; returns its size and what was held at most on the way, both in bytes. */
  const exported = async (rows: number, day: string) => {
    await server.running.platform.pool.query(
      `insert into platform.audit (district_id, id, at, request_id, actor_kind, action, outcome)
       select 0, gen_random_uuid(), $2::timestamptz + n * interval '1 millisecond', 'bulk', 'system', 'bulk.' || repeat(md5(n::text), 12), 'done' from generate_series(1, $1) n`,
      [rows, day],
    )
    const filter = { from: `${day}T00:00:00Z`, to: `${day}T23:59:59Z` }
    const ask = { dataset: 'audit', filter, fields: ['at', 'action'], purpose: 'security-audit', reason: '年度审计核对' }
    const { body } = await auditor.send<{ id: string; countAsked: number }>('POST', '/api/v1/exports', ask, { 'idempotency-key': randomUUID() })
    expect(body.countAsked).toBe(rows)
    let most = 0
    const look = () => {
      collectGarbage()
      const { heapUsed, external } = process.memoryUsage()
      most = Math.max(most, heapUsed + external)
    }
    look()
    const atRest = most
    const watching = setInterval(look, 15)
    await officer.send('POST', `/api/v1/exports/${body.id}/decision`, { approve: true, note: '同意' }, { 'idempotency-key': randomUUID() })
    const path = `/api/v1/exports/${body.id}/file`
    const ready = async () =>
      (await auditor.send<{ rows: { id: string; state: string }[] }>('GET', '/api/v1/own-exports')).body.rows.find((row) => row.id === body.id)?.state ===
      'ready'
    await until(ready, 'the file', 60_000)
    const response = await fetch(server.running.url + path, { headers: { authorization: `Bearer ${auditor.token}`, 'linli-purpose': 'security-audit' } })
    let size = 0
    for await (const part of response.body ?? []) size += part.length
    clearInterval(watching)
    return { size, held: most - atRest }
  }

  it('ckanext-spatial #214: an export of ten times the data stays under the same memory ceiling', async () => {
    await exported(300, '2019-01-01')
    const small = await exported(4_000, '2020-01-01')
    const large = await exported(40_000, '2021-01-01')
    expect(large.size).toBeGreaterThan(15 * MEGABYTE)
    expect(large.size / small.size).toBeGreaterThan(9)
    expect(large.held).toBeLessThan(Math.max(small.held, 4 * MEGABYTE) + 4 * MEGABYTE)
  }, 120_000)
})
