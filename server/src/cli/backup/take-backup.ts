import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { anchorFileOf } from '../../platform/audit/anchor.ts'
import type { Progress } from '../output.ts'
import { anchorPartOf, type AnchorPart } from './anchor-part.ts'
import type { ArchiveWriter } from './archive-writer.ts'
import { readBlob } from './blob-files.ts'
import { CopyOut } from './copy.ts'
import { ANCHOR, FORMAT, MANIFEST, tableFolder, type Manifest } from './manifest.ts'
import type { Store } from './store.ts'
import { listSequences, quotedColumns, quotedTable, type TableName } from './tables.ts'

const PIECE_BYTES = 4 * 1024 * 1024

/** What a backup is made of, found out inside the snapshot: a file that a row of it names is on disk by then. */
export interface Plan {
  readonly tables: readonly TableName[]
  readonly blobs: readonly string[]
}

/**
 * Writes everything into the archive: each table by COPY in one snapshot, then the files, which are never changed once a row names them,
 * then the manifest. `client` must be inside the snapshot's transaction. Returns the manifest.
 */
export async function writeBackup(client: pg.Client, store: Store, plan: Plan, archive: ArchiveWriter, program: string, progress: Progress): Promise<Manifest> {
  const head = await readHead(client)
  const tables: Manifest['tables'] = []
  for (const table of plan.tables) {
    tables.push(await writeTable(client, table, archive))
    progress.step()
  }
  const named = new Set((await client.query<{ sha256: string }>('select distinct sha256 from platform.blob')).rows.map((row) => row.sha256))
  const blobs = await writeBlobs(join(store.dataFolder, 'blobs'), plan.blobs, named, archive, progress)
  const keys = await writeKeys(join(store.dataFolder, 'keys'), archive)
  const anchorFile = anchorFileOf(store.config, store.dataFolder)
  const anchor = await anchorPartOf(anchorFile, client)
  if (anchor) await writeAnchorPart(anchorFile, anchor, archive)
  const manifest: Manifest = { format: FORMAT, program, ...head, tables, sequences: await listSequences(client), blobs, keys, anchor: anchor ?? null }
  await archive.add(MANIFEST, Buffer.from(JSON.stringify(manifest, null, 1)))
  return manifest
}

/** Begins the snapshot: what is committed now is what the backup holds. */
export async function beginSnapshot(client: pg.Client): Promise<void> {
  await client.query('begin isolation level repeatable read read only')
  await client.query('select 1')
}

async function readHead(client: pg.Client): Promise<Pick<Manifest, 'at' | 'city' | 'database' | 'migrations'>> {
  const migrations = await client.query<Manifest['migrations'][number]>('select module, name, digest from platform.migration order by applied_at, module, name')
  const facts = await client.query<{ at: Date; city: string | null; version: string; bytes: number }>(
    "select now() as at, (select value #>> '{}' from platform.setting where name = 'city') as city, current_setting('server_version') as version, pg_database_size(current_database())::float8 as bytes",
  )
  const [found] = facts.rows
  return {
    at: found?.at.toISOString() ?? '',
    city: found?.city ?? '',
    database: { version: found?.version ?? '', bytes: found?.bytes ?? 0 },
    migrations: migrations.rows,
  }
}

async function writeTable(client: pg.Client, table: TableName, archive: ArchiveWriter): Promise<Manifest['tables'][number]> {
  const copy = client.query(new CopyOut(`copy ${quotedTable(table)} ${quotedColumns(table)} to stdout`))
  const hash = createHash('sha256')
  let bytes = 0
  let piece = 0
  let held: Buffer[] = []
  let heldBytes = 0
  const flush = async () => {
    if (heldBytes === 0) return
    piece += 1
    await archive.add(`${tableFolder(table)}/${String(piece).padStart(6, '0')}.copy`, Buffer.concat(held))
    held = []
    heldBytes = 0
  }
  for await (const chunk of copy.chunks()) {
    hash.update(chunk)
    bytes += chunk.length
    held.push(chunk)
    heldBytes += chunk.length
    if (heldBytes >= PIECE_BYTES) await flush()
  }
  await flush()
  return { schema: table.schema, name: table.name, columns: [...table.columns], rows: await copy.ended, bytes, sha256: hash.digest('hex') }
}

async function writeBlobs(
  folder: string,
  onDisk: readonly string[],
  named: ReadonlySet<string>,
  archive: ArchiveWriter,
  progress: Progress,
): Promise<Manifest['blobs']> {
  const all = new Set([...onDisk, ...named])
  const found: Manifest['blobs'] = { files: 0, bytes: 0, missing: [], damaged: [] }
  for (const sha256 of [...all].sort()) {
    const bytes = await readBlob(folder, sha256)
    if (bytes === 'damaged') found.damaged.push(sha256)
    else if (bytes !== 'missing') {
      await archive.add(`blobs/${sha256}`, bytes)
      found.files += 1
      found.bytes += bytes.length
    } else if (named.has(sha256)) found.missing.push(sha256)
    progress.step()
  }
  return found
}

async function writeKeys(folder: string, archive: ArchiveWriter): Promise<Manifest['keys']> {
  if (!existsSync(folder)) return []
  const keys: Manifest['keys'] = []
  for (const entry of readdirSync(folder, { withFileTypes: true }).filter((each) => each.isFile())) {
    const bytes = readFileSync(join(folder, entry.name))
    await archive.add(`keys/${entry.name}`, bytes)
    keys.push({ name: entry.name, sha256: createHash('sha256').update(bytes).digest('hex') })
  }
  return keys
}

async function writeAnchorPart(file: string, part: AnchorPart, archive: ArchiveWriter): Promise<void> {
  await archive.addStream(ANCHOR, part.bytes, createReadStream(file, { end: part.bytes - 1 }))
}
