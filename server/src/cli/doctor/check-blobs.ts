import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { many, one, sql, type Db } from '../../platform/db/database.ts'
import { blobPath, listBlobFiles, readBlob } from '../backup/blob-files.ts'
import type { Store } from '../backup/store.ts'
import { found, well, type Code, type Finding } from './words.ts'

const SAMPLE = 200
const SHOWN = 5
const BATCH = 5_000

/** Photos against their rows: a sample of rows and files, or with `full` every one, then also byte by byte. */
export async function checkBlobs(db: Db, { dataFolder }: Store, full: boolean): Promise<Finding[]> {
  const folder = join(dataFolder, 'blobs')
  const missing: string[] = []
  const damaged: string[] = []
  let looked = 0
  for (let after = ''; ;) {
    const rows = await many<{ sha256: string }>(
      db,
      full
        ? sql`select distinct sha256 from platform.blob where sha256 > ${after} order by 1 limit ${BATCH}`
        : sql`select sha256 from platform.blob order by random() limit ${SAMPLE}`,
    )
    for (const { sha256 } of rows) {
      const bytes = full ? await readBlob(folder, sha256) : existsSync(join(folder, blobPath(sha256))) || 'missing'
      if (bytes === 'missing') missing.push(sha256)
      if (bytes === 'damaged') damaged.push(sha256)
      looked += 1
    }
    after = rows.at(-1)?.sha256 ?? ''
    if (!full || rows.length < BATCH) break
  }
  const orphaned = await findOrphaned(db, folder, full)
  const findings = [of('BLOB_MISSING', missing), of('BLOB_DAMAGED', damaged), of('BLOB_ORPHANED', orphaned)].flat()
  return findings.length > 0 ? findings : [well('photos', `${looked} ${full ? 'read' : 'sampled'}`)]
}

async function findOrphaned(db: Db, folder: string, full: boolean): Promise<string[]> {
  const files = await listBlobFiles(folder)
  const step = full ? 1 : Math.max(1, Math.floor(files.length / SAMPLE))
  const looked = files.filter((_name, index) => index % step === 0)
  const orphaned: string[] = []
  for (let start = 0; start < looked.length; start += BATCH) {
    const names = looked.slice(start, start + BATCH)
    const known = await one<{ names: string[] | null }>(
      db,
      sql`select array_agg(distinct sha256) as names from platform.blob where sha256 = any(${names}::text[])`,
    )
    const set = new Set(known?.names ?? [])
    orphaned.push(...names.filter((name) => !set.has(name)))
  }
  return orphaned
}

const of = (code: Code, names: readonly string[]): Finding[] =>
  names.length === 0 ? [] : [found('photos', code, `${names.length}: ${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ' …' : ''}`)]
