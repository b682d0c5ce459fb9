import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDataFolder } from '../../server/src/platform/data-folder.ts'
import { startEmbedded } from '../../server/src/platform/db/embedded.ts'
import { stopLeftOver } from '../../server/src/platform/db/embedded/left-over.ts'

const PREFIX = 'linli-test-'
const YOUNG_MS = 60_000
/** Nothing here outlives the run, so nothing has to reach the disk. */
const THROW_AWAY = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', shared_buffers: '128MB', log_min_duration_statement: '-1' }

/**
 * Starts the one PostgreSQL of a test run and names its connection, as JSON for `pg`, in LINLI_TEST_PG for every worker;
 * returns what stops it and removes its folder. Folders of killed runs are cleared first.
 */
export default async function startDatabase(): Promise<() => Promise<void>> {
  await clearKilledRuns()
  const path = mkdtempSync(join(tmpdir(), PREFIX))
  chmodSync(path, 0o711)
  const dataFolder = await openDataFolder(path)
  const database = await startEmbedded({ dataFolder, log: { info: () => undefined, warn: () => undefined }, settings: THROW_AWAY })
  process.env['LINLI_TEST_PG'] = JSON.stringify(database.connection)
  return async () => {
    await database.stop()
    dataFolder.release()
    rmSync(path, { recursive: true, force: true })
  }
}

async function clearKilledRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const path = join(tmpdir(), name)
    try {
      // A young one may belong to a run that is about to lock it.
      if (Date.now() - statSync(path).mtimeMs < YOUNG_MS) continue
      const dataFolder = await openDataFolder(path, 0)
      await stopLeftOver(join(dataFolder.path, 'postgres'))
      rmSync(path, { recursive: true, force: true })
    } catch {
      // In use by another run, or somebody else's: not ours to clear.
    }
  }
}
