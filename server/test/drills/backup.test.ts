import { randomUUID } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Manifest } from '../../src/cli/backup/manifest.ts'
import { openDataFolder } from '../../src/platform/data-folder.ts'
import { openDatabase } from '../../src/platform/db/database.ts'
import { startEmbedded } from '../../src/platform/db/embedded.ts'
import { createLog } from '../../src/platform/log.ts'
import { runCli, type CliResult } from '../support/run-cli.ts'
import { Client } from './crash/client.ts'
import { brokenFiles, findOrphans } from './crash/inspect.ts'
import { Program } from './crash/program.ts'

const PASSPHRASE = 'a long enough passphrase'

interface Restored {
  readonly intact: boolean
  readonly manifest: Manifest
  readonly manifestSha256: string
  readonly findings: unknown[]
}

describe('a backup while reports arrive, the data folder destroyed, and a restore', () => {
  const folder = mkdtempSync(join(tmpdir(), 'linli-backup-'))
  chmodSync(folder, 0o711)
  const data = join(folder, 'data')
  const backups = join(folder, 'backups')
  const env = { LINLI_DEMO_DRIVER: 'off', LINLI_LOG_LEVEL: 'error', LINLI_REPORTS_PER_MINUTE: '1000000', LINLI_SESSION_IDLE_MINUTES: '1440' }
  const program = new Program(data, env)
  const client = new Client(program)
  let taken: { file: string; manifest: Manifest; manifestSha256: string; encrypted: boolean }
  let restored: Restored
  let before: number
  let acknowledgedBefore: string[]

  const cli = (args: readonly string[], more: Record<string, string> = {}): Promise<CliResult> => runCli(args, { ...env, LINLI_DATA: data, ...more })

  beforeAll(async () => {
    mkdirSync(backups)
    program.spawn()
    await program.ready()
    await client.start()
    await sleep(500)
    // A stop writes an anchor, which the backup must hold; what follows is beyond it.
    await program.stop()
    program.spawn()
    await program.ready()
    await sleep(2_000)
    acknowledgedBefore = [...client.acknowledged.keys()]
    before = client.acknowledged.size
    const backup = await cli(['backup', '--to', backups, '--json'], { LINLI_BACKUP_PASSPHRASE: PASSPHRASE })
    if (backup.code !== 0) throw new Error(`backup ended with ${backup.code}: ${backup.stderr}`)
    taken = JSON.parse(backup.stdout) as typeof taken
    await client.finish()
    await program.stop()
    rmSync(data, { recursive: true })
    const restore = await cli(['restore', taken.file, '--json'], { LINLI_BACKUP_PASSPHRASE: PASSPHRASE })
    if (restore.code !== 0) throw new Error(`restore ended with ${restore.code}: ${restore.stderr}`)
    restored = JSON.parse(restore.stdout) as Restored
  }, 600_000)
  afterAll(async () => {
    await program.kill(false, 0)
    rmSync(folder, { recursive: true, force: true })
  })

  it('was taken while the program went on answering', () => {
    expect(client.acknowledged.size).toBeGreaterThan(before)
    console.log(
      `${before} reports acknowledged before the backup began, ${client.acknowledged.size} when it was over; ${taken.manifest.tables.reduce((sum, table) => sum + table.rows, 0)} rows in it`,
    )
  })

  it('is one file that its owner alone may read, whole and under its name', () => {
    expect(readdirSync(backups)).toEqual([taken.file.slice(backups.length + 1)])
    expect(statSync(taken.file).mode & 0o777).toBe(0o600)
    expect(taken.encrypted).toBe(true)
    expect(readFileSync(taken.file).includes(Buffer.from('井盖缺失'))).toBe(false)
  })

  it('is proved by the restore itself: every count equals the manifest and the ledger is intact', async () => {
    expect(restored).toMatchObject({ intact: true, findings: [], manifestSha256: taken.manifestSha256 })
    expect(taken.manifest.anchor?.n).toBeGreaterThan(0)
    const dataFolder = await openDataFolder(data)
    const embedded = await startEmbedded({ dataFolder, log: createLog('silent') })
    const { pool } = openDatabase(embedded.connection, 2)
    try {
      for (const table of taken.manifest.tables) {
        const { rows } = await pool.query<{ count: number }>(`select count(*) as count from "${table.schema}"."${table.name}"`)
        expect([table.name, rows[0]?.count]).toEqual([table.name, table.rows])
      }
      // Delivery goes on where it stood.
      expect((await findOrphans(pool)).filter((line) => !line.startsWith('events left undelivered'))).toEqual([])
      expect(await brokenFiles(pool, join(data, 'blobs'))).toEqual([])
      const { rows } = await pool.query<{ key: string }>('select key from platform.idempotency')
      const kept = new Set(rows.map((row) => row.key))
      expect(acknowledgedBefore.filter((key) => !kept.has(key))).toEqual([])
      const triggers = await pool.query("select tgname from pg_trigger where not tgisinternal and tgenabled <> 'O'")
      expect(triggers.rows).toEqual([])
    } finally {
      await pool.end()
      await embedded.stop()
      dataFolder.release()
    }
  })

  it('leaves an anchor file that verify finds clean, and the program runs on', async () => {
    const verified = await cli(['verify', '--anchor', join(data, 'anchor.jsonl'), '--json'])
    expect([verified.code, JSON.parse(verified.stdout)]).toMatchObject([0, { intact: true, findings: [] }])
    program.spawn()
    await program.ready()
    const answer = await fetch(`${program.url}/api/v1/reports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({ channel: 'web', text: '恢复之后的路灯不亮', position: { lon: 113.006271, lat: 32.28082, crs: 'wgs84' } }),
    })
    expect(answer.status).toBe(201)
    expect(await program.stop()).toBe(0)
    const again = await cli(['verify', '--anchor', join(data, 'anchor.jsonl'), '--json'])
    expect([again.code, JSON.parse(again.stdout)]).toMatchObject([0, { intact: true }])
  }, 300_000)

  it('refuses a folder that holds something, and a file that is there already', async () => {
    const full = await cli(['restore', taken.file], { LINLI_BACKUP_PASSPHRASE: PASSPHRASE })
    expect([full.code, full.stderr]).toEqual([1, expect.stringContaining('DATA_FOLDER_NOT_EMPTY')])
    const there = await cli(['backup', '--to', taken.file], { LINLI_BACKUP_PASSPHRASE: PASSPHRASE })
    expect([there.code, there.stderr]).toEqual([1, expect.stringContaining('FILE_EXISTS')])
  }, 300_000)

  it('refuses a wrong passphrase, a missing one, a changed byte and a cut end before anything is written', async () => {
    const empty = join(folder, 'empty')
    const tried = (file: string, passphrase = PASSPHRASE) => cli(['restore', file], { LINLI_DATA: empty, LINLI_BACKUP_PASSPHRASE: passphrase })
    const whole = readFileSync(taken.file)
    const written = (name: string, bytes: Buffer) => {
      writeFileSync(join(folder, name), bytes)
      return join(folder, name)
    }
    const changed = Buffer.from(whole)
    changed[Math.floor(whole.length / 2)] = (changed[Math.floor(whole.length / 2)] ?? 0) ^ 1
    expect((await tried(taken.file, 'another long passphrase')).stderr).toContain('BACKUP_PASSPHRASE_WRONG')
    expect((await tried(taken.file, '')).stderr).toContain('BACKUP_PASSPHRASE_MISSING')
    expect((await tried(written('changed', changed))).stderr).toMatch(/BACKUP_DAMAGED|BACKUP_PASSPHRASE_WRONG/)
    expect((await tried(written('cut', whole.subarray(0, whole.length - 20)))).stderr).toContain('BACKUP_DAMAGED')
    expect(() => statSync(empty)).toThrow('ENOENT')
  }, 300_000)
})
