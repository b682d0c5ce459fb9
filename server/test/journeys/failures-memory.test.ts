import { randomUUID } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { playerAt, type Player } from '../support/cast.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { until } from '../support/stream.ts'

const MEGABYTE = 1024 * 1024
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Looks again and again at what is really held, for a tenth of the time at most; `end` says by how much it rose above the first look. */
function watchMemory(): { end(): number } {
  const looks: number[] = []
  const watch: { timer?: NodeJS.Timeout } = {}
  const look = () => {
    const began = performance.now()
    collectGarbage()
    const { heapUsed, external } = process.memoryUsage()
    looks.push(heapUsed + external)
    watch.timer = setTimeout(look, Math.max(30, 10 * (performance.now() - began)))
  }
  look()
  return {
    end: () => {
      clearTimeout(watch.timer)
      return Math.max(...looks) - (looks[0] ?? 0)
    },
  }
}

describe('a bulk job', { timeout: 60_000 }, () => {
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
    return { size, held: watch.end() }
  }

  // Waiting for a slow reader must not leave a listener behind each time.
  const warnings: string[] = []
  const keep = (warning: Error) => void warnings.push(warning.message)
  beforeAll(() => void process.on('warning', keep))
  afterAll(() => void process.off('warning', keep))

  it('that held what it reads would be seen', async () => {
    const watch = watchMemory()
    const held = Array.from({ length: 25_000 }, (_none, row) => `${row}`.padStart(400, '0').split(''))
    await sleep(400)
    expect(held.length).toBe(25_000)
    expect(watch.end()).toBeGreaterThan(16 * MEGABYTE)
  })

  it('ckanext-spatial #214: an export of ten times the data stays under the same memory ceiling', async () => {
    await exported(300, '2019-01-01')
    const small = await exported(2_500, '2020-01-01')
    const large = await exported(25_000, '2021-01-01')
    expect(large.size).toBeGreaterThan(9 * MEGABYTE)
    expect(large.size / small.size).toBeGreaterThan(9)
    expect(warnings.filter((text) => text.includes('memory leak'))).toEqual([])
    expect(large.held).toBeLessThan(Math.max(small.held, 4 * MEGABYTE) + 4 * MEGABYTE)
  }, 120_000)
})
