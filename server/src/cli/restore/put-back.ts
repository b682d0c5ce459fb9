import { mkdirSync } from 'node:fs'
import { open, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { migrate, refuseUnknown, type MigrationSource } from '../../platform/db/migrate.ts'
import { checkDatabase } from '../../platform/db/check-database.ts'
import { readArchive } from '../backup/archive-reader.ts'
import { blobPath } from '../backup/blob-files.ts'
import { ANCHOR, type Manifest } from '../backup/manifest.ts'
import { connectTo } from '../backup/store.ts'
import { Progress } from '../output.ts'
import { TableLoader } from './load-tables.ts'
import type { Target } from './target.ts'

/**
 * Puts a checked backup into an empty target: its own migrations first, then the rows in one transaction, the files, and last the
 * migrations that this program has beyond the backup. Returns the names of these.
 */
export async function putBack(
  file: string,
  passphrase: string | undefined,
  manifest: Manifest,
  target: Target,
  sources: readonly MigrationSource[],
): Promise<string[]> {
  refuseUnknown(manifest.migrations, sources)
  const ready = await target.pool.connect()
  await checkDatabase(ready).finally(() => ready.release())
  await migrate(target.pool, sources, new Set(manifest.migrations.map((migration) => `${migration.module}/${migration.name}`)))
  const client = await connectTo(target.connection)
  try {
    await load(file, passphrase, manifest, target, new TableLoader(client, manifest))
  } finally {
    await client.end()
  }
  return migrate(target.pool, sources)
}

async function load(file: string, passphrase: string | undefined, manifest: Manifest, target: Target, tables: TableLoader): Promise<void> {
  const progress = new Progress('restore', manifest.tables.reduce((sum, table) => sum + Math.ceil(table.bytes / 1e6), 0) + manifest.blobs.files)
  await tables.begin()
  let loading = true
  for await (const entry of readArchive(file, passphrase)) {
    if (entry.name.startsWith('tables/')) {
      await tables.take(entry)
      progress.step(Math.ceil(entry.size / 1e6))
      continue
    }
    if (loading) await tables.finish()
    loading = false
    const place = placeOf(entry.name, target)
    if (place !== undefined) await writeSynced(place.path, place.mode, entry.body)
    if (entry.name.startsWith('blobs/')) progress.step()
  }
}

/** Where a file of the archive goes; undefined for what is only read. Names were checked against the manifest, and none may climb out. */
function placeOf(name: string, { data, anchorFile }: Target): { path: string; mode: number } | undefined {
  const [folder, rest = ''] = name.split('/', 2)
  if (name === ANCHOR) return { path: anchorFile, mode: 0o640 }
  if (rest === '' || rest.startsWith('.')) return undefined
  if (folder === 'blobs') return { path: join(data.folder('blobs'), blobPath(rest)), mode: 0o640 }
  return folder === 'keys' ? { path: join(data.folder('keys'), rest), mode: 0o600 } : undefined
}

async function writeSynced(path: string, mode: number, body: AsyncIterable<Buffer>): Promise<void> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const handle = await open(path, 'wx', mode)
  try {
    await writeFile(handle, body)
    await handle.sync()
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await handle.close()
  }
}
