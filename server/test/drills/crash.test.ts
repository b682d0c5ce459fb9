import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDataFolder } from '../../src/platform/data-folder.ts'
import { openDatabase } from '../../src/platform/db/database.ts'
import { startEmbedded } from '../../src/platform/db/embedded.ts'
import { createLog } from '../../src/platform/log.ts'
import { REPOSITORY } from '../../src/start.ts'
import { runCli } from '../support/run-cli.ts'
import { until } from '../support/stream.ts'
import { Client } from './crash/client.ts'
import { brokenFiles, findOrphans } from './crash/inspect.ts'
import { Program } from './crash/program.ts'

const KILLS = Number(process.env['LINLI_CRASHES'] ?? 3)
const SEED = Number(process.env['LINLI_CRASH_SEED'] ?? 20_261_122)
/** Long enough that some run out while the program is up, short enough that some do while it is down. */
const STAGE_SECONDS = 2

/** mulberry32: the same seed kills at the same moments. */
function randomOf(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The demo city with stages of two seconds for what waits for a person. */
function quickCity(folder: string): string {
  const city = join(folder, 'city')
  cpSync(join(REPOSITORY, 'cities/demo'), city, { recursive: true })
  const settings = JSON.parse(readFileSync(join(city, 'city.json'), 'utf8')) as { stages: Record<string, { clock: string; amount: number }> }
  for (const stage of ['accept', 'dispatch']) settings.stages[stage] = { clock: 'urgentHour', amount: STAGE_SECONDS / 3_600 }
  writeFileSync(join(city, 'city.json'), JSON.stringify(settings))
  return city
}

describe(`kill -9 of the whole process tree, PostgreSQL included, at ${KILLS} seeded moments`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'linli-crash-'))
  chmodSync(folder, 0o711)
  const data = join(folder, 'data')
  const env = {
    LINLI_CITY: quickCity(folder),
    LINLI_DEMO_DRIVER: 'off',
    LINLI_LOG_LEVEL: 'error',
    LINLI_REPORTS_PER_MINUTE: '1000000',
    LINLI_SESSION_IDLE_MINUTES: '1440',
  }
  const program = new Program(data, env)
  const client = new Client(program)
  const downs: { from: Date; to: Date }[] = []
  const wrongResends: string[] = []
  let stopped: number | null
  let verified: { intact: boolean; lines: number; cases: number; findings: unknown[] }
  let database: Awaited<ReturnType<typeof openStopped>>

  async function openStopped() {
    const dataFolder = await openDataFolder(data)
    const embedded = await startEmbedded({ dataFolder, log: createLog('silent') })
    const { pool } = openDatabase(embedded.connection, 2)
    return {
      pool,
      close: async () => {
        await pool.end()
        await embedded.stop()
        dataFolder.release()
      },
    }
  }

  async function crash(random: () => number): Promise<void> {
    await sleep(300 + random() * 1_500)
    const from = new Date()
    await program.kill(random() < 0.5, random() * 30)
    program.spawn()
    if (random() < 0.25) {
      // Once more, on the way up.
      await sleep(random() * 1_500)
      await program.kill(random() < 0.5, random() * 30)
      program.spawn()
    }
    await program.ready()
    downs.push({ from, to: new Date() })
  }

  beforeAll(
    async () => {
      const random = randomOf(SEED)
      program.spawn()
      await program.ready()
      await client.start()
      for (let kill = 0; kill < KILLS; kill++) await crash(random)
      await sleep(500)
      await client.finish()
      for (const [key, answer] of client.acknowledged) if (JSON.stringify(await client.resend(key)) !== JSON.stringify(answer)) wrongResends.push(key)
      await sleep(STAGE_SECONDS * 1_000)
      await until(async () => (await client.backlog()) === 0, 'the backlog is worked off', 20_000 + KILLS * 2_000)
      stopped = await program.stop()
      verified = JSON.parse(
        (await runCli(['verify', '--anchor', join(data, 'anchor.jsonl'), '--json'], { ...env, LINLI_DATA: data })).stdout,
      ) as typeof verified
      database = await openStopped()
    },
    60_000 + KILLS * 20_000,
  )
  afterAll(async () => {
    await program.kill(false, 0)
    await database?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('loses no key that was acknowledged, doubles none, and gives each resend the first answer', async () => {
    const { rows } = await database.pool.query<{ key: string; id: string; cases: number }>(
      `select key, answer #>> '{case,id}' as id, (select count(*) from cases."case" c where c.id = (answer #>> '{case,id}')::uuid) as cases from platform.idempotency`,
    )
    const stored = Map.groupBy(rows, (row) => row.key)
    const wrong = [...client.acknowledged].filter(([key, answer]) => {
      const found = stored.get(key)
      return found?.length !== 1 || found[0]?.id !== answer.case.id || found[0].cases !== 1
    })
    expect(wrong).toEqual([])
    expect(wrongResends).toEqual([])
    expect(stored.size).toBe(client.acknowledged.size)
    const counted = await database.pool.query<{ cases: number; said: number }>(
      'select (select count(*) from cases."case") as cases, (select count(distinct said) from intake.report) as said',
    )
    expect(counted.rows[0]).toEqual({ cases: client.acknowledged.size, said: client.acknowledged.size })
    expect(client.acknowledged.size).toBeGreaterThan(KILLS * 20)
    console.log(
      `${KILLS} kills, ${client.acknowledged.size} keys acknowledged, ${client.resent} sent again for want of an answer, ${client.moves.length} moves; down ${downs.map(({ from, to }) => ((to.getTime() - from.getTime()) / 1000).toFixed(1)).join(', ')} s`,
    )
  })

  it('keeps every move that was acknowledged', async () => {
    const { rows } = await database.pool.query<{ case_id: string; seq: number }>("select case_id, seq from cases.entry where move = 'file'")
    const filed = new Set(rows.map((row) => `${row.case_id}:${row.seq}`))
    expect(client.moves.filter((move) => !filed.has(`${move.id}:${move.seq}`))).toEqual([])
    expect(client.moves.length).toBeGreaterThan(0)
  })

  it('lets every deadline take effect exactly once, also those that passed while nobody was there', async () => {
    const { rows } = await database.pool.query<{ due_at: Date; overdue_at: Date }>('select due_at, overdue_at from cases.deadline where overdue_at is not null')
    const whileDown = rows.filter((row) => downs.some(({ from, to }) => row.due_at > from && row.due_at < to))
    expect(whileDown.length).toBeGreaterThan(0)
    console.log(`${rows.length} deadlines took effect, ${whileDown.length} of them passed while the program was down`)
  })

  it('leaves no row and no photo hanging in the air', async () => {
    expect(await findOrphans(database.pool)).toEqual([])
    expect(await brokenFiles(database.pool, join(data, 'blobs'))).toEqual([])
  })

  it('stops when it is asked to, and leaves a ledger and an anchor file that verify finds intact', () => {
    expect(stopped).toBe(0)
    expect(verified.findings).toEqual([])
    expect(verified).toMatchObject({ intact: true, cases: client.acknowledged.size })
  })
})
