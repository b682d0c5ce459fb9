import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '../../src/platform/log.ts'
import { startServer, type Running } from '../../src/start.ts'
import { createWorld, type World } from './world.ts'
import type { TestServer } from './server.ts'

/** Starts the program again on the same database and clock: in the same data folder once the first has stopped, or beside it in another. */
export async function startAgain(server: TestServer, where: 'same' | 'beside'): Promise<World & { readonly running: Running; stop(): Promise<void> }> {
  const { platform } = server.running
  const folder = where === 'same' ? server.dataFolder : mkdtempSync(join(tmpdir(), 'linli-beside-'))
  const running = await startServer({
    config: { ...platform.config, LINLI_DATA: folder },
    log: createLog('silent'),
    connection: platform.pool.options,
    runtime: server.runtime,
  })
  return {
    ...createWorld(running),
    running,
    stop: async () => {
      await running.stop()
      if (where === 'beside') rmSync(folder, { recursive: true, force: true })
    },
  }
}
