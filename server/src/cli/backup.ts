import { existsSync, linkSync, openSync, closeSync, fsyncSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { writeLastBackup } from '../platform/operations/last-backup.ts'
import { requireFreeSpace } from '../platform/data-folder.ts'
import { VERSION } from '../start.ts'
import { ArchiveWriter } from './backup/archive-writer.ts'
import { listBlobFiles } from './backup/blob-files.ts'
import { checkArchive } from './backup/check-archive.ts'
import type { Manifest } from './backup/manifest.ts'
import { passphraseOf } from './backup/passphrase.ts'
import { connectTo, openStore, type Store } from './backup/store.ts'
import { bytesOfTables, listTables, type TableName } from './backup/tables.ts'
import { beginSnapshot, writeBackup, type Plan } from './backup/take-backup.ts'
import { CommandError, Progress, result } from './output.ts'

interface BackupOptions {
  readonly to: string
  readonly passphraseFile?: string
  readonly check: boolean
  readonly json?: boolean
}

/** `linli backup`: one file with everything, taken while the program runs. */
export function addBackup(program: Command): void {
  program
    .command('backup')
    .description('Write everything (database, photos, keys, anchors) into one file, also while the program runs')
    .requiredOption('--to <path>', 'a folder, or a file that is not there yet')
    .option('--passphrase-file <file>', 'encrypt with the first line of this file; or set LINLI_BACKUP_PASSPHRASE')
    .option('--no-check', 'do not read the finished file again')
    .option('--json', 'print one JSON object as the result')
    .action(async (options: BackupOptions) => {
      const passphrase = passphraseOf(options.passphraseFile)
      const store = await openStore()
      try {
        const { file, manifest, manifestSha256, bytes } = await backUp(store, options, passphrase)
        const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
        const lacks = [
          ...manifest.blobs.missing.map((name) => `missing on disk: photo ${name}`),
          ...manifest.blobs.damaged.map((name) => `not what its name says, left out: photo ${name}`),
        ]
        result(options.json, { file, bytes, encrypted: passphrase !== undefined, manifestSha256, manifest }, [
          `${file}`,
          `${manifest.tables.length} tables, ${rows} rows, ${manifest.blobs.files} photos, ${(bytes / 1e6).toFixed(1)} MB${passphrase === undefined ? '' : ', encrypted'}; state of ${manifest.at}`,
          `manifest ${manifestSha256}`,
          ...lacks.slice(0, 50),
        ])
      } finally {
        await store.close()
      }
    })
}

async function backUp(
  store: Store,
  options: BackupOptions,
  passphrase: string | undefined,
): Promise<{ file: string; bytes: number; manifest: Manifest; manifestSha256: string }> {
  const client = await connectTo(store.connection)
  try {
    await beginSnapshot(client)
    const at = (await client.query<{ at: Date }>('select now() as at')).rows[0]?.at ?? new Date(0)
    const city = await requireCity(client)
    const tables = await listTables(client)
    await refuseForeignSchemas(client, tables)
    const plan: Plan = { tables, blobs: await listBlobFiles(join(store.dataFolder, 'blobs')) }
    const file = targetOf(options.to, `linli-${city}-${at.toISOString().replaceAll(/[-:]|\.\d+/g, '')}.tar.gz${passphrase === undefined ? '' : '.enc'}`)
    const blobBytes = plan.blobs.reduce((sum, sha256) => sum + sizeOf(join(store.dataFolder, 'blobs', sha256.slice(0, 2), sha256)), 0)
    requireFreeSpace(dirname(file), (await bytesOfTables(client)) + blobBytes)
    const partial = `${file}.${process.pid}.partial`
    const progress = new Progress('backup', plan.tables.length + plan.blobs.length)
    try {
      const manifest = await writeArchive(partial, passphrase, at, (archive) => writeBackup(client, store, plan, archive, VERSION, progress))
      const checked = options.check ? await checkArchive(partial, passphrase) : undefined
      const bytes = statSync(partial).size
      putInPlace(partial, file)
      await writeLastBackup(store.dataFolder, { at: manifest.at, file: basename(file), bytes, encrypted: passphrase !== undefined, kind: 'written' })
      return { file, bytes, manifest, manifestSha256: checked?.manifestSha256 ?? '' }
    } finally {
      rmSync(partial, { force: true })
    }
  } finally {
    await client.end()
  }
}

async function writeArchive(path: string, passphrase: string | undefined, at: Date, work: (archive: ArchiveWriter) => Promise<Manifest>): Promise<Manifest> {
  const archive = await ArchiveWriter.create(path, passphrase, at.getTime() / 1000)
  try {
    const manifest = await work(archive)
    await archive.finish()
    return manifest
  } catch (error) {
    await archive.abandon()
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC')
      throw new CommandError('DISK_FULL', `${dirname(path)} became full; nothing was left there. Make room, or name another disk with --to`)
    throw error
  }
}

/** The file to write; throws where it is there already, or where its folder is not. */
function targetOf(to: string, name: string): string {
  const path = resolve(to)
  const isFolder = existsSync(path) && statSync(path).isDirectory()
  const file = isFolder ? join(path, name) : path
  if (existsSync(file)) throw new CommandError('FILE_EXISTS', `${file} is there already; a backup never overwrites`)
  if (!existsSync(dirname(file))) throw new CommandError('FOLDER_MISSING', `There is no folder ${dirname(file)}`)
  return file
}

/** Gives the finished file its name without ever replacing another, and makes the name last. */
function putInPlace(partial: string, file: string): void {
  try {
    linkSync(partial, file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') throw new CommandError('FILE_EXISTS', `${file} appeared meanwhile; nothing was overwritten`)
    // Some file systems know no links.
    renameSync(partial, file)
  }
  const folder = openSync(dirname(file), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

async function requireCity(client: { query(text: string): Promise<{ rows: { city: string }[] }> }): Promise<string> {
  const there = await client.query("select to_regclass('platform.setting')::text as city")
  const city = there.rows[0]?.city ? (await client.query("select value #>> '{}' as city from platform.setting where name = 'city'")).rows[0]?.city : undefined
  if (!city) throw new CommandError('DATABASE_EMPTY', 'There is no city in this database, so there is nothing to back up')
  return city.replaceAll(/[^\w-]/g, '_')
}

/** A backup that cannot be restored is worse than none: every schema must be one that our migrations make. */
async function refuseForeignSchemas(client: { query(text: string): Promise<{ rows: { module: string }[] }> }, tables: readonly TableName[]): Promise<void> {
  const modules = new Set((await client.query('select distinct module from platform.migration')).rows.map((row) => row.module))
  const foreign = [...new Set(tables.map((table) => table.schema))].filter((schema) => !modules.has(schema))
  if (foreign.length > 0)
    throw new CommandError(
      'SCHEMA_FOREIGN',
      `The database has schemas that are not Linli's (${foreign.join(', ')}); give Linli a database of its own, or move them to another`,
    )
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0
