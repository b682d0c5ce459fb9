import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ArchiveWriter } from '../../src/cli/backup/archive-writer.ts'
import { FORMAT, type Manifest } from '../../src/cli/backup/manifest.ts'
import { makeDatabase, testConnection } from '../support/database.ts'
import { runCli } from '../support/run-cli.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

interface Diagnosis {
  readonly level: string
  readonly findings: readonly { check: string; level: string; code: string; detail: string }[]
}

/** The address of a test's database as DATABASE_URL has it. */
function urlOf(options: { host?: string; port?: number; user?: string; database?: string; connectionString?: string }): string {
  return options.connectionString ?? `postgresql://${options.user}@/${options.database}?host=${encodeURIComponent(options.host ?? '')}&port=${options.port}`
}

describe('doctor, backup and restore on a database by DATABASE_URL', () => {
  let server: TestServer
  let env: Record<string, string>
  let folder: string
  let empty: Awaited<ReturnType<typeof makeDatabase>>

  beforeAll(async () => {
    server = await startTestServer({ clock: 'machine' })
    folder = mkdtempSync(join(tmpdir(), 'linli-doctor-'))
    empty = await makeDatabase('template_empty', async () => undefined)
    await server.report({ photos: [await server.photo()] })
    await server.report()
    await server.running.stop()
    env = { LINLI_DATA: server.dataFolder, DATABASE_URL: urlOf(server.running.platform.pool.options) }
  }, 300_000)
  afterAll(async () => {
    await empty.drop()
    await server.stop().catch(() => undefined)
    rmSync(folder, { recursive: true, force: true })
  })

  const examine = async (args: readonly string[] = [], more: Record<string, string> = {}) => {
    const { code, stdout, stderr } = await runCli(['doctor', '--json', ...args], { ...env, ...more })
    if (stdout === '') throw new Error(stderr)
    const diagnosis = JSON.parse(stdout) as Diagnosis
    return { code, codes: diagnosis.findings.filter((finding) => finding.code !== 'OK').map((finding) => finding.code), ...diagnosis }
  }
  const blobs = () => join(server.dataFolder, 'blobs')
  const someBlob = () => {
    const part = readdirSync(blobs()).find((name) => name.length === 2) ?? ''
    return join(blobs(), part, readdirSync(join(blobs(), part))[0] ?? '')
  }

  it('finds a fresh city well but for its missing backup, and says so by its exit status', async () => {
    const first = await examine(['--full'])
    expect([first.code, first.level, first.codes]).toEqual([1, 'warning', ['BACKUP_MISSING']])
    expect(new Set(first.findings.map((finding) => finding.check))).toEqual(
      new Set(['data folder', 'disk', 'database', 'clock', 'migrations', 'keys', 'anchors', 'photos', 'deadlines', 'events', 'jobs', 'backup']),
    )
    const backup = await runCli(['backup', '--to', folder], env)
    expect(backup.code).toBe(0)
    const second = await examine()
    expect([second.code, second.level]).toEqual([0, 'ok'])
  }, 300_000)

  it('finds a photo that is gone, one that was changed and one that nobody names', async () => {
    const file = someBlob()
    renameSync(file, `${file}.away`)
    expect((await examine(['--full'])).codes).toContain('BLOB_MISSING')
    writeFileSync(file, 'something else')
    const changed = await examine(['--full'])
    expect([changed.code, changed.codes]).toEqual([2, ['BLOB_DAMAGED']])
    renameSync(`${file}.away`, file)
    const stray = join(blobs(), 'ab', 'ab'.repeat(32))
    mkdirSync(join(blobs(), 'ab'), { recursive: true })
    writeFileSync(stray, '')
    expect((await examine(['--full'])).codes).toEqual(['BLOB_ORPHANED'])
    rmSync(stray)
  }, 300_000)

  it('finds a key that others may read, a missing one, another one, and a cut anchor file', async () => {
    const key = join(server.dataFolder, 'keys', 'anchor-key.pem')
    chmodSync(key, 0o644)
    expect((await examine()).codes).toEqual(['KEY_READABLE'])
    chmodSync(key, 0o600)
    renameSync(key, `${key}.away`)
    expect((await examine()).codes).toEqual(['KEY_MISSING'])
    writeFileSync(key, 'no key', { mode: 0o600 })
    expect((await examine()).codes).toEqual(['KEY_BROKEN'])
    renameSync(`${key}.away`, key)
    const anchors = join(server.dataFolder, 'anchor.jsonl')
    renameSync(anchors, `${anchors}.away`)
    expect((await examine()).codes).toEqual(['ANCHOR_MISSING'])
    writeFileSync(anchors, readFileSync(`${anchors}.away`, 'utf8').replace('"n":1', '"n":7'))
    expect((await examine()).codes).toContain('ANCHOR_BROKEN')
    renameSync(`${anchors}.away`, anchors)
  }, 300_000)

  it('says of a database that does not answer that the check could not be made', async () => {
    const gone = await examine([], { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' })
    expect([gone.code, gone.level]).toEqual([2, 'error'])
    expect(gone.codes).toEqual(expect.arrayContaining(['CHECK_FAILED']))
  }, 300_000)

  it('restores into another, empty database; refuses one that has tables; leaves both empty where it fails', async () => {
    const [name = ''] = readdirSync(folder)
    const backup = join(folder, name)
    const target = { LINLI_DATA: join(folder, 'other'), DATABASE_URL: urlOf({ ...testConnection(), ...empty.connection }) }
    const full = await runCli(['restore', backup], { ...target, DATABASE_URL: env['DATABASE_URL'] ?? '' })
    expect([full.code, full.stderr]).toEqual([1, expect.stringContaining('DATABASE_NOT_EMPTY')])
    const restored = await runCli(['restore', backup, '--json'], target)
    expect([restored.code, JSON.parse(restored.stdout || '{}')]).toMatchObject([0, { intact: true, cases: 2, migrated: [] }])
    const diagnosis = await examine(['--full'], target)
    expect([diagnosis.code, diagnosis.codes]).toEqual([0, []])
    const again = await runCli(['restore', backup], { ...target, LINLI_DATA: join(folder, 'third') })
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('DATABASE_NOT_EMPTY')])
  }, 300_000)

  it('leaves folder and database empty where a restore fails on the way', async () => {
    const rows = Buffer.from('not\ta\trow of this table\n')
    const table = {
      schema: 'platform',
      name: 'setting',
      columns: ['name', 'value'],
      rows: 1,
      bytes: rows.length,
      sha256: createHash('sha256').update(rows).digest('hex'),
    }
    const manifest: Manifest = {
      format: FORMAT,
      at: new Date(0).toISOString(),
      program: '0',
      city: 'demo',
      database: { version: '15', bytes: 0 },
      migrations: [],
      tables: [table],
      sequences: [],
      blobs: { files: 0, bytes: 0, missing: [], damaged: [] },
      keys: [],
      anchor: null,
    }
    const { rows: known } = await withPool(env['DATABASE_URL'] ?? '', (pool) =>
      pool.query<Manifest['migrations'][number]>('select module, name, digest from platform.migration'),
    )
    const file = join(folder, 'broken')
    const archive = await ArchiveWriter.create(file, undefined, 0)
    await archive.add('tables/platform.setting/000001.copy', rows)
    await archive.add('manifest.json', Buffer.from(JSON.stringify({ ...manifest, migrations: known })))
    await archive.finish()
    const other = await makeDatabase('template_empty', async () => undefined)
    const url = urlOf({ ...testConnection(), ...other.connection })
    const failed = await runCli(['restore', file], { LINLI_DATA: join(folder, 'fourth'), DATABASE_URL: url })
    expect([failed.code, failed.stderr]).toEqual([1, expect.stringContaining('extra data after last expected column')])
    expect(readdirSync(join(folder, 'fourth'))).toEqual([])
    const left = await withPool(url, (pool) =>
      pool.query("select nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'public')"),
    )
    expect(left.rows).toEqual([])
    await other.drop()
  }, 300_000)
})

async function withPool<T>(connectionString: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ connectionString })
  return work(pool).finally(() => pool.end())
}
