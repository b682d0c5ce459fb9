import { spawn } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { StartError } from '../../config.ts'
import { clusterName } from './find-server.ts'
import { stopServer } from './left-over.ts'
import type { ServerUser } from './server-user.ts'

const POLL_MS = 15
/** SQLSTATE cannot_connect_now. */
const STARTING_UP = '57P03'
/** An ordinary start also says "starting up" for a moment. */
const RECOVERY_AFTER_MS = 1000
/** After kill -9 of the postmaster alone its children need a moment to notice; until then shared memory is taken. */
const ORPHANS_MS = 20_000
const ORPHANS = /pre-existing shared memory block/

/** What a server is started with; everything is an absolute path. */
export interface ServerPlan {
  readonly program: string
  readonly cluster: string
  readonly socketFolder: string
  readonly logFolder: string
  readonly port: number
  readonly user: ServerUser
}

/** A running postmaster. */
export interface ServerProcess {
  readonly pid: number
  /** Settles when the server ended, for whatever reason. */
  readonly exited: Promise<void>
  stop(): Promise<void>
}

/**
 * Starts a postmaster and waits until it answers; crash recovery may take as long as it needs, and `onRecovery` is called once then.
 * Throws StartError DATABASE_START_FAILED with the server's own words.
 */
export async function startServer(plan: ServerPlan, probe: pg.ClientConfig, onRecovery: () => void): Promise<ServerProcess> {
  const patientUntil = performance.now() + ORPHANS_MS
  for (;;) {
    const server = launch(plan)
    if (await answers(server, probe, onRecovery)) return server
    const words = lastWords(plan.logFolder)
    if (!ORPHANS.test(words) || performance.now() > patientUntil) {
      throw new StartError('DATABASE_START_FAILED', `PostgreSQL did not start (its log is in ${plan.logFolder}):\n${words}`)
    }
    await sleep(100)
  }
}

function launch(plan: ServerPlan): ServerProcess {
  const output = openSync(join(plan.logFolder, 'start.log'), 'w', 0o600)
  const settings = Object.entries(fixedSettings(plan)).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // Its own session: Ctrl-C in a terminal reaches the whole group, and the database must outlast the work that is being finished.
  const child = spawn(plan.program, ['-D', plan.cluster, ...settings], {
    ...plan.user,
    cwd: '/',
    detached: true,
    stdio: ['ignore', output, output],
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', TZ: 'UTC' },
  })
  closeSync(output)
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  child.unref()
  const stopOnExit = () => child.kill('SIGINT')
  process.once('exit', stopOnExit)
  void exited.then(() => process.off('exit', stopOnExit))
  const { pid } = child
  if (pid === undefined)
    throw new StartError('DATABASE_START_FAILED', `${plan.program} cannot be run here: it needs Linux with glibc, or macOS; elsewhere set DATABASE_URL`)
  return {
    pid,
    exited,
    stop: async () => {
      child.ref()
      await stopServer(pid)
      await exited
    },
  }
}

/** What must hold whatever the settings files say: no TCP, one private socket, seven days of logs beside the data. */
function fixedSettings(plan: ServerPlan): Record<string, string> {
  return {
    cluster_name: clusterName(plan.cluster),
    listen_addresses: '',
    port: String(plan.port),
    unix_socket_directories: plan.socketFolder,
    unix_socket_permissions: '0700',
    logging_collector: 'on',
    log_directory: plan.logFolder,
    log_filename: 'postgres-%a.log',
    log_rotation_age: '1d',
    log_rotation_size: '0',
    log_truncate_on_rotation: 'on',
  }
}

async function answers(server: ServerProcess, probe: pg.ClientConfig, onRecovery: () => void): Promise<boolean> {
  let ended = false
  let told = false
  const since = performance.now()
  void server.exited.then(() => (ended = true))
  while (!ended) {
    const code = await tryConnect(probe)
    if (code === undefined) return true
    if (code === STARTING_UP && !told && performance.now() - since > RECOVERY_AFTER_MS) {
      told = true
      onRecovery()
    }
    await sleep(POLL_MS)
  }
  return false
}

/** The error's code, or undefined when the server let us in. */
async function tryConnect(probe: pg.ClientConfig): Promise<string | undefined> {
  const client = new pg.Client(probe)
  // A server that goes away between connecting and ending must not take us with it.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return undefined
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
  }
}

/** What the server said last: on standard error before its log collector runs, in the newest log after. */
function lastWords(folder: string): string {
  const logs = readdirSync(folder)
    .map((name) => join(folder, name))
    .sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs)
  return logs
    .slice(-2)
    .map((file) => readFileSync(file, 'utf8').trim().slice(-1500))
    .join('\n')
}
