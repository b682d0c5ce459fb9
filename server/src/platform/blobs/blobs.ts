import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '@linli/contract/errors'
import { digest } from '../audit/hash.ts'
import { many, one, sql, type Db, type Tx } from '../db/database.ts'
import { newId, type Runtime } from '../runtime.ts'
import { sniff, withoutMetadata } from './media.ts'
import { photoFacts, type PhotoFacts } from './photo-facts.ts'

export interface Blob {
  readonly id: string
  readonly mediaType: string
  readonly bytes: number
  readonly sha256: string
  readonly takenAt: Date | null
  readonly position: { lon: number; lat: number } | null
}
export interface BlobStore {
  put(bytes: Buffer, owner: string): Promise<Blob>
  read(sha256: string): Promise<Buffer>
}

/** Files named by their SHA-256 under the data folder: temp file, fsync, rename, so that a file that has its name is whole. */
export function createBlobStore(db: Db, folder: string, runtime: Runtime, timeZone: string): BlobStore {
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256)
  // What a killed process left there never got a name; the data folder's lock keeps every other process out.
  rmSync(join(folder, 'tmp'), { recursive: true, force: true })
  return {
    read: (sha256) => readFile(pathOf(sha256)),
    put: async (bytes, owner) => {
      const type = sniff(bytes)
      if (!type) throw new Refusal('TYPE_NOT_ALLOWED', [{ pointer: '/body', code: 'TYPE_NOT_ALLOWED', detail: 'JPEG, PNG, WebP or PDF by content' }])
      const facts: PhotoFacts = type === 'application/pdf' ? {} : await photoFacts(bytes, timeZone)
      const clean = withoutMetadata(bytes, type)
      const sha256 = digest('sha256', clean)
      await writeOnce(folder, pathOf(sha256), sha256, clean)
      const id = newId(runtime, 0)
      await sql`insert into platform.blob (district_id, id, sha256, media_type, bytes, taken_at, lon, lat, owner, created_at)
        values (0, ${id}, ${sha256}, ${type}, ${clean.length}, ${facts.takenAt ?? null}, ${facts.lon ?? null}, ${facts.lat ?? null}, ${owner}, ${new Date(runtime.now())})`.execute(
        db,
      )
      const position = facts.lon !== undefined && facts.lat !== undefined ? { lon: facts.lon, lat: facts.lat } : null
      return { id, mediaType: type, bytes: clean.length, sha256, takenAt: facts.takenAt ?? null, position }
    },
  }
}

async function writeOnce(folder: string, path: string, sha256: string, bytes: Buffer): Promise<void> {
  const there = await stat(path).then(
    (entry) => entry.size === bytes.length,
    () => false,
  )
  if (there) return
  const temporary = join(folder, 'tmp', randomUUID())
  await mkdir(join(folder, 'tmp'), { recursive: true })
  await mkdir(join(folder, sha256.slice(0, 2)), { recursive: true })
  try {
    const file = await open(temporary, 'wx', 0o640)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Ties uploaded blobs to a case inside a command; BLOB_UNKNOWN where one is missing, another sender's, or already used. */
export async function takeBlobs(tx: Tx, ids: readonly string[], owner: string, caseId: string, pointer: string): Promise<void> {
  if (ids.length === 0) return
  const taken = await many<{ id: string }>(
    tx,
    sql`update platform.blob set case_id = ${caseId} where id = any(${[...ids]}::uuid[]) and owner = ${owner} and (case_id is null or case_id = ${caseId}) returning id`,
  )
  const found = new Set(taken.map((row) => row.id))
  const missing = ids.filter((id) => !found.has(id))
  if (missing.length > 0)
    throw new Refusal(
      'BLOB_UNKNOWN',
      missing.map((id) => ({ pointer, code: 'BLOB_UNKNOWN', detail: id })),
    )
}

/** The blob if it belongs to the case. */
export async function findCaseBlob(db: Db, id: string, caseId: string): Promise<{ sha256: string; media_type: string } | undefined> {
  return one<{ sha256: string; media_type: string }>(db, sql`select sha256, media_type from platform.blob where id = ${id} and case_id = ${caseId}`)
}

/** Kind and size of a case's attachments. */
export async function listCaseBlobs(db: Db, caseId: string): Promise<{ id: string; mediaType: string; bytes: number }[]> {
  return many(db, sql`select id, media_type as "mediaType", bytes from platform.blob where case_id = ${caseId} order by id`)
}
