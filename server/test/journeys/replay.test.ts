import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Summary } from '../../src/cli/replay/tally.ts'
import { REPOSITORY } from '../../src/start.ts'
import { DATA_FOLDER, sharedData } from '../support/requirements.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const REQUESTS = join(DATA_FOLDER, 'requests311/baltimore_311_sample.csv')
const MESSAGES = join(DATA_FOLDER, 'messages/train.jsonl')
const ROWS = 1_500
const MINUTE = 60_000
const skip = !sharedData()

interface Ended<T> {
  readonly code: number
  readonly result: T
  readonly errors: string
}

/** Runs the command as a person would and reads its one JSON object. */
function linli<T = Summary>(...args: string[]): Promise<Ended<T>> {
  return new Promise((resolve) => {
    const env = { ...process.env, LINLI_PASSWORD: 'a long test password' }
    execFile(
      process.execPath,
      [join(REPOSITORY, 'server/src/cli/linli.mjs'), 'replay', ...args, '--json'],
      { env, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, result: (stdout === '' ? {} : JSON.parse(stdout)) as T, errors: stderr })
      },
    )
  })
}

/** A city made from a file, served. */
async function serveCity(folder: string, file: string, timeZone: string) {
  const city = join(folder, 'city')
  const made = await linli<{ matters: number; owners: number; outside: number }>(file, '--make-city', city, '--time-zone', timeZone)
  const server = await startTestServer({ city, clock: 'machine' })
  const map = join(city, 'map.json')
  return { made, server, replay: (what: string, ...args: string[]) => linli(what, '--map', map, '--url', server.running.url, '--login', 'test-admin', ...args) }
}

const countReports = async (server: TestServer) =>
  (await server.running.platform.pool.query<{ count: number }>('select count(*)::int as count from intake.report')).rows[0]?.count

describe.skipIf(skip)('A7 real service requests, replayed into a city made from their file', () => {
  let folder: string
  let town: Awaited<ReturnType<typeof serveCity>>
  let first: Ended<Summary>

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'linli-replay-'))
    town = await serveCity(folder, REQUESTS, 'America/New_York')
    first = await town.replay(REQUESTS, '--limit', String(ROWS), '--acknowledged', join(folder, 'keys'))
  }, 2 * MINUTE)
  afterAll(async () => {
    await town?.server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('A7 the made city has a matter for each kind and an owner for each agency', () => {
    expect(town.made).toMatchObject({ code: 0, result: { matters: 231, owners: 16 } })
  })

  it('A7 counts every row once, and files at least 99 % of those with a usable position and a mapped matter with an owner', () => {
    const { code, result } = first
    expect(code).toBe(0)
    expect(result.broken.count + result.refused.count + result.acknowledged.count).toBe(ROWS)
    expect(result.outcomes.filed + result.outcomes.rejected + result.outcomes.waiting).toBe(result.acknowledged.count)
    expect(result.reasons.reduce((sum, reason) => sum + reason.count, 0)).toBe(result.acknowledged.count)
    expect(result.complete.rows).toBeGreaterThan(ROWS * 0.8)
    expect(result.complete.percent).toBeGreaterThanOrEqual(99)
  })

  it('A7 lets rounded and empty positions wait with that reason', () => {
    const { positions, reasons } = first.result
    expect(positions.rounded).toBeGreaterThan(50)
    expect(positions.missing).toBeGreaterThan(50)
    expect(
      reasons
        .filter((reason) => reason.outcome === 'waiting')
        .map((reason) => [reason.code, reason.count])
        .toSorted(),
    ).toEqual([
      ['position-missing', positions.missing],
      ['position-rounded', positions.rounded],
    ])
  })

  it('A7 writes down each acknowledged key, and each is found once', async () => {
    const keys = readFileSync(join(folder, 'keys'), 'utf8').trim().split('\n')
    expect(new Set(keys).size).toBe(first.result.acknowledged.count)
    const { rows } = await town.server.running.platform.pool.query<{ key: string }>('select key from platform.idempotency where key = any($1)', [keys])
    expect(rows).toHaveLength(keys.length)
    expect(await countReports(town.server)).toBe(keys.length)
  })

  it(
    'A7 adds nothing when replayed again',
    async () => {
      const before = await countReports(town.server)
      const { code, result } = await town.replay(REQUESTS, '--limit', String(ROWS))
      expect(code).toBe(0)
      expect(result.acknowledged).toEqual({ count: first.result.acknowledged.count, added: 0, seenBefore: first.result.acknowledged.count })
      expect(result.outcomes).toEqual(first.result.outcomes)
      expect(await countReports(town.server)).toBe(before)
    },
    MINUTE,
  )

  it(
    'A7 reports broken lines by number and takes in the rest',
    async () => {
      const lines = readFileSync(REQUESTS, 'utf8').split('\n')
      const good = lines.slice(ROWS + 1, ROWS + 21)
      const swallowing = `"${lines[ROWS + 30]}`
      const file = join(folder, 'broken.csv')
      writeFileSync(
        file,
        Buffer.concat([
          Buffer.from([lines[0], good[0], 'too,few', swallowing, ''].join('\n')),
          Buffer.from([0xff, 0xfe, 0x2c, 0x0a]),
          Buffer.from(good.slice(1).join('\n')),
        ]),
      )
      const { code, result } = await town.replay(file, '--name', 'broken')
      expect(code).toBe(0)
      expect(result.broken.rows.map((row) => [row.line, row.code])).toEqual([
        [3, 'COLUMN_COUNT'],
        [4, 'CSV_INVALID'],
        [5, 'UTF8_INVALID'],
      ])
      expect(result.acknowledged.added).toBe(good.length)
      const strict = await town.replay(file, '--name', 'broken', '--strict')
      expect(strict).toMatchObject({ code: 1, result: { acknowledged: { added: 0 } } })
      expect(strict.errors).toContain('REPLAY_NOT_WHOLE')
    },
    MINUTE,
  )

  it(
    'A7 ends with a named error where nothing can be read or the server refuses every row',
    async () => {
      expect(await town.replay(join(folder, 'absent.csv'))).toMatchObject({ code: 1, errors: expect.stringContaining('FILE_MISSING') as string })
      const foreign = join(folder, 'foreign.json')
      writeFileSync(foreign, JSON.stringify({ text: 'SRType', matter: { column: 'SRType', values: { '*': 'no-such-matter' } } }))
      const refused = await town.replay(REQUESTS, '--map', foreign, '--name', 'foreign', '--limit', '20')
      expect(refused).toMatchObject({ code: 1, result: { refused: { count: 20, codes: { MATTER_UNKNOWN: 20 } } } })
      expect(refused.result.refused.rows[0]).toMatchObject({ line: 2, code: 'MATTER_UNKNOWN', field: '/body/matter' })
      expect(refused.errors).toContain('REPLAY_REFUSED')
    },
    MINUTE,
  )
})

describe.skipIf(skip)('A7 real messages without positions, their labels mapped to matters', () => {
  let folder: string
  let town: Awaited<ReturnType<typeof serveCity>>

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'linli-replay-'))
    town = await serveCity(folder, MESSAGES, 'Asia/Shanghai')
  }, 2 * MINUTE)
  afterAll(async () => {
    await town?.server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it(
    'A7 all wait because they have no position, and a second replay adds nothing',
    async () => {
      const limit = ['--limit', '800']
      const { code, result } = await town.replay(MESSAGES, ...limit)
      expect(code).toBe(0)
      expect(result).toMatchObject({
        rows: 800,
        matters: { mapped: 800 },
        positions: { missing: 800 },
        outcomes: { filed: 0, rejected: 0, waiting: 800 },
        withOwner: 800,
      })
      expect(result.reasons).toEqual([expect.objectContaining({ outcome: 'waiting', code: 'position-missing', count: 800 })])
      expect((await town.replay(MESSAGES, ...limit)).result.acknowledged).toEqual({ count: 800, added: 0, seenBefore: 800 })
      expect(await countReports(town.server)).toBe(800)
    },
    MINUTE,
  )
})
