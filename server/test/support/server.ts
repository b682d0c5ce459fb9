import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../src/platform/config.ts'
import { createLog } from '../../src/platform/log.ts'
import { systemRuntime, type Runtime } from '../../src/platform/runtime.ts'
import { startServer, type Running } from '../../src/start.ts'
import { makeDatabase } from './database.ts'
import { createWorld, type World } from './world.ts'

/** A clock that goes at the real pace, moved by as much as a test says. */
export interface TestRuntime extends Runtime {
  /** How far it was moved; 0 at the start. */
  offsetMs: number
  moveTo(at: number): void
}

export interface TestServer extends World {
  readonly running: Running
  readonly runtime: TestRuntime
  readonly dataFolder: string
  stop(): Promise<void>
}
export interface TestServerOptions {
  readonly city?: string
  readonly env?: Record<string, string>
  readonly external?: boolean
  /** `own` starts at the same moment in every run; `machine` is for what shares its work with other programs or with people at a browser. */
  readonly clock?: 'own' | 'machine'
}

/** A Wednesday forenoon of the pilot city, in its office hours: no outcome depends on when a run happens to be. */
const START = Date.parse(process.env['LINLI_TEST_START'] ?? '2026-11-18T10:00:00+08:00')

const DAY = 86_400_000

function runtimeAt(start: number): TestRuntime {
  const began = Date.now() - start
  const runtime: TestRuntime = {
    offsetMs: 0,
    now: () => Date.now() - began + runtime.offsetMs,
    moveTo: (at) => {
      runtime.offsetMs = at - Date.now() + began
    },
    random: systemRuntime.random,
  }
  return runtime
}

// A busy machine is no reason to refuse a test; the tests of load shedding set limits of their own.
const QUIET = {
  LINLI_SHED_LOOP_MS: '60000',
  LINLI_SHED_WAITING: '1000000',
  LINLI_DEMO_DRIVER: 'off',
  PORT: '0',
  LINLI_LOG_LEVEL: 'silent',
  LINLI_REPORTS_PER_MINUTE: '1000000',
  LINLI_DB_CONNECTIONS: '8',
  LINLI_ADMIN_LOGIN: 'test-admin',
  LINLI_ADMIN_PASSWORD: 'a long test password',
}

/** Starts the whole program on a database of its own that already holds the city; stop it in `afterAll`. */
export async function startTestServer({ city = 'demo', env = {}, external = false, clock = 'own' }: TestServerOptions = {}): Promise<TestServer> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'linli-data-'))
  const config = readConfig({ ...QUIET, LINLI_DATA: dataFolder, LINLI_CITY: city, ...env })
  const log = createLog(config.LINLI_LOG_LEVEL)
  const template = `template_${city.replaceAll(/\W/g, '_').toLowerCase().slice(-40)}`
  const database = await makeDatabase(
    template,
    async (connection) => {
      const seeding = await startServer({ config, log, connection, runtime: runtimeAt(START - DAY) })
      await seeding.stop()
    },
    external,
  )
  const runtime = runtimeAt(clock === 'own' ? START : Date.now())
  const running = await startServer({ config, log, connection: database.connection, runtime })
  return {
    ...createWorld(running),
    running,
    runtime,
    dataFolder,
    stop: async () => {
      await running.stop()
      await database.drop()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}
