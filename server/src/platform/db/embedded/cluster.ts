import { execFile } from 'node:child_process'
import { appendFileSync, chmodSync, chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { StartError } from '../../config.ts'
import type { Binaries } from './binaries.ts'
import { makePrivateFolder, type ServerUser } from './server-user.ts'

export const SUPERUSER = 'linli'
const SETTINGS_FILE = 'linli.conf'
const GIBIBYTE = 1024 ** 3

/**
 * Makes the database cluster when there is none and writes our settings. The new one appears under its name only when complete,
 * so an interrupted first start leaves nothing half made.
 * Throws StartError DATABASE_OTHER_MAJOR for a cluster of another PostgreSQL, DATABASE_INIT_FAILED with initdb's words.
 */
export async function prepareCluster(cluster: string, binaries: Binaries, user: ServerUser, extra: Readonly<Record<string, string>>): Promise<void> {
  if (existsSync(join(cluster, 'PG_VERSION'))) refuseOtherMajor(cluster, binaries.major)
  else await createCluster(cluster, binaries, user)
  const file = join(cluster, SETTINGS_FILE)
  writeFileSync(file, settingsText({ ...defaultSettings(totalmem()), ...extra }))
  if (user !== undefined) chownSync(file, user.uid, user.gid)
  chmodSync(file, 0o600)
}

function refuseOtherMajor(cluster: string, major: number): void {
  const found = Number.parseInt(readFileSync(join(cluster, 'PG_VERSION'), 'utf8'), 10)
  if (found === major) return
  throw new StartError(
    'DATABASE_OTHER_MAJOR',
    `The data was written by PostgreSQL ${found} and this Linli brings ${major}: write a backup with the Linli that made it ("npm run linli backup"), then restore it into an empty data folder`,
  )
}

async function createCluster(cluster: string, binaries: Binaries, user: ServerUser): Promise<void> {
  const unfinished = `${cluster}.new`
  rmSync(unfinished, { recursive: true, force: true })
  makePrivateFolder(unfinished, user)
  // C.UTF-8 sorts by code point everywhere alike; under plain C pg_trgm finds no Chinese trigram.
  await run(binaries.initdb, ['-D', unfinished, '--locale=C.UTF-8', '--encoding=UTF8', `--username=${SUPERUSER}`, '--auth=trust', '--no-instructions'], user)
  appendFileSync(join(unfinished, 'postgresql.conf'), `\ninclude '${SETTINGS_FILE}'\n`)
  renameSync(unfinished, cluster)
}

/** Durable settings for one server with a few cores; `ALTER SYSTEM` overrides them. */
function defaultSettings(memoryBytes: number): Record<string, string> {
  const small = memoryBytes < 4 * GIBIBYTE
  return {
    max_connections: '100',
    shared_buffers: small ? '128MB' : '512MB',
    effective_cache_size: small ? '512MB' : '2GB',
    work_mem: small ? '4MB' : '16MB',
    maintenance_work_mem: small ? '64MB' : '256MB',
    max_wal_size: '2GB',
    wal_compression: 'on',
    jit: 'off',
    random_page_cost: '1.1',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_duration_statement: '1000',
    log_lock_waits: 'on',
    log_line_prefix: '%m [%p] %a ',
  }
}

function settingsText(settings: Readonly<Record<string, string>>): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`)
  return ['# Written at every start. Use ALTER SYSTEM to change a setting for good.', ...lines, ''].join('\n')
}

function run(program: string, args: readonly string[], user: ServerUser): Promise<void> {
  return new Promise((resolve, reject) => {
    // A plain environment: PGDATA and LC_* of the caller must not reach in, and "/" is a folder that every user may stand in.
    execFile(program, args, { ...user, cwd: '/', env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', TZ: 'UTC' } }, (error, stdout, stderr) => {
      if (error === null) resolve()
      else reject(new StartError('DATABASE_INIT_FAILED', `initdb failed: ${[error.message, stderr, stdout].join('\n').trim().slice(0, 4000)}`))
    })
  })
}
