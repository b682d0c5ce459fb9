/**
 * Reports per second over HTTP at 16 connections, on the embedded PostgreSQL with its durable settings, beside a floor of the same
 * run: a bare Fastify handler that inserts the same bytes in one statement. Both are processes of their own, asked in turns by one
 * client; the figure is the median of five windows, and the ratio is what counts.
 *
 * Usage: node bench/intake.ts [--seconds <n>]; a window lasts two seconds where nothing is said.
 */
import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { createLoad, type Window } from './intake/load.ts'

const WINDOWS = 5
const SECONDS = Number(process.argv[process.argv.indexOf('--seconds') + 1] ?? 2) || 2
const ROOT = join(import.meta.dirname, '..')

interface Started {
  readonly url: string
  readonly process: ChildProcess
}

async function startProgram(data: string): Promise<Started> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('LINLI_') && name !== 'DATABASE_URL'))
  const program = spawn(process.execPath, [join(ROOT, 'server/src/cli/linli.mjs'), 'start', '--json'], {
    env: {
      ...inherited,
      LINLI_DATA: data,
      LINLI_CITY: 'demo',
      LINLI_DEMO_DRIVER: 'off',
      LINLI_LOG_LEVEL: 'error',
      LINLI_REPORTS_PER_MINUTE: '1000000',
      PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [chunk] = (await once(program.stdout, 'data')) as [Buffer]
  return { url: (JSON.parse(chunk.toString()) as { url: string }).url, process: program }
}

async function startFloor(socketFolder: string): Promise<Started> {
  const floor = fork(join(ROOT, 'server/test/support/insert-floor.ts'), [socketFolder])
  const [url] = (await once(floor, 'message')) as [string]
  return { url, process: floor }
}

async function stop({ process: child }: Started, signal: NodeJS.Signals): Promise<void> {
  const exit = once(child, 'exit')
  child.kill(signal)
  await exit
}

const median = (values: readonly number[]) => values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0
const versionOf = (name: string) => (createRequire(join(ROOT, 'server/package.json'))(`${name}/package.json`) as { version: string }).version

function line(name: string, windows: readonly Window[]): string {
  const figure = (read: (window: Window) => number, digits = 0) => median(windows.map(read)).toFixed(digits)
  const rates = windows.map((window) => Math.round(window.perSecond)).join(' ')
  return `  ${name.padEnd(22)} ${figure((window) => window.perSecond).padStart(6)} /s   p50 ${figure((window) => window.p50, 1)} ms   p99 ${figure((window) => window.p99, 1)} ms   (windows ${rates}; refused ${windows.reduce((sum, window) => sum + window.refused, 0)})`
}

const folder = mkdtempSync(join(tmpdir(), 'linli-bench-'))
chmodSync(folder, 0o711)
const data = join(folder, 'data')
const program = await startProgram(data)
const floor = await startFloor(join(realpathSync(data), 'socket'))
try {
  const [ours, bare] = await Promise.all([createLoad(program.url, '/api/v1/reports'), createLoad(floor.url, '/')])
  await ours(1)
  await bare(1)
  const windows: { readonly ours: Window; readonly bare: Window }[] = []
  for (let round = 0; round < WINDOWS; round++) windows.push({ ours: await ours(SECONDS), bare: await bare(SECONDS) })
  const ratio = median(windows.map((round) => round.ours.perSecond / round.bare.perSecond))
  console.log(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 1024 ** 3)} GiB; Node ${process.versions.node}, Fastify ${versionOf('fastify')}, pg ${versionOf('pg')}; embedded PostgreSQL, fsync on`,
  )
  console.log(`reports over HTTP, 16 connections, median of ${WINDOWS} windows of ${SECONDS} s`)
  console.log(
    line(
      'whole intake',
      windows.map((round) => round.ours),
    ),
  )
  console.log(
    line(
      'floor: one bare insert',
      windows.map((round) => round.bare),
    ),
  )
  console.log(`  ratio                  ${ratio.toFixed(3)} of the floor`)
} finally {
  await stop(floor, 'SIGKILL')
  await stop(program, 'SIGTERM')
  rmSync(folder, { recursive: true, force: true })
}
