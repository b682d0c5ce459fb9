import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Refusal } from '@linli/contract/errors'
import { digest } from '../audit/hash.ts'
import { many, one, sql, together, type Db, type Queryable, type Tx } from '../db/database.ts'
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
/** An upload is of no district yet when it comes, and its row stays where it is. */
const DISTRICT = 0

export interface BlobStore {
  put(bytes: Buffer, owner: string): Promise<Blob>
  read(sha256: string): Promise<Buffer>
  /** Removes the files whose last row was erased; returns how many. A kill on the way leaves the rest to the next call. */
  sweep(): Promise<number>
}

/** Files named by their SHA-256 under the data folder: temp file, fsync, rename, so that a file that has its name is whole. */
export function createBlobStore(db: Db, folder: string, runtime: Runtime, timeZone: string): BlobStore {
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256)
  // What a killed process left there never got a name; the data folder's lock keeps every other process out.
  rmSync(join(folder, 'tmp'), { recursive: true, force: true })
  return {
    read: (sha256) => readFile(pathOf(sha256)),
    sweep: async () => {
      let swept = 0
      while (await sweepOne(db, pathOf)) swept += 1
      return swept
    },
    put: async (bytes, owner) => {
      const type = sniff(bytes)
      if (!type) throw new Refusal('TYPE_NOT_ALLOWED', [{ pointer: '/body', code: 'TYPE_NOT_ALLOWED', detail: 'JPEG, PNG, WebP or PDF by content' }])
      const facts: PhotoFacts = type === 'application/pdf' ? {} : await photoFacts(bytes, timeZone)
      const clean = withoutMetadata(bytes, type)
      const sha256 = digest('sha256', clean)
      const id = newId(runtime, DISTRICT)
      const path = pathOf(sha256)
      const made: { temporary?: string } = {}
      try {
        if (!(await isWhole(path, clean.length))) made.temporary = await writeTemporary(folder, clean)
        await db.transaction().execute(async (tx) => {
          // A sweep that removes the same bytes waits for this row, or this for the sweep.
          await sql`select pg_advisory_xact_lock_shared(7262012, hashtext(${sha256}))`.execute(tx)
          if (!(await isWhole(path, clean.length))) {
            await mkdir(dirname(path), { recursive: true })
            await rename(made.temporary ?? (await writeTemporary(folder, clean)), path)
          }
          await sql`insert into platform.blob (district_id, id, sha256, media_type, bytes, taken_at, lon, lat, owner, created_at)
            values (${DISTRICT}, ${id}, ${sha256}, ${type}, ${clean.length}, ${facts.takenAt ?? null}, ${facts.lon ?? null}, ${facts.lat ?? null}, ${owner}, ${new Date(runtime.now())})`.execute(
            tx,
          )
        })
      } finally {
        if (made.temporary !== undefined) await rm(made.temporary, { force: true })
      }
      const position = facts.lon !== undefined && facts.lat !== undefined ? { lon: facts.lon, lat: facts.lat } : null
      return { id, mediaType: type, bytes: clean.length, sha256, takenAt: facts.takenAt ?? null, position }
    },
  }
}

/** Removes one file if no row names it any more; false where nothing waits. */
function sweepOne(db: Db, pathOf: (sha256: string) => string): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const waiting = await one<{ sha256: string }>(tx, sql`select sha256 from platform.blob_garbage order by at, sha256 limit 1 for update skip locked`)
    if (!waiting) return false
    await sql`select pg_advisory_xact_lock(7262012, hashtext(${waiting.sha256}))`.execute(tx)
    const used = await one(tx, sql`select 1 as used from platform.blob where sha256 = ${waiting.sha256} limit 1`)
    if (!used) await rm(pathOf(waiting.sha256), { force: true })
    await sql`delete from platform.blob_garbage where sha256 = ${waiting.sha256}`.execute(tx)
    return true
  })
}

const isWhole = (path: string, bytes: number): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.size === bytes,
    () => false,
  )

/** Writes the bytes under a name of their own, synced; what fails on the way leaves nothing. */
async function writeTemporary(folder: string, bytes: Buffer): Promise<string> {
  const temporary = join(folder, 'tmp', randomUUID())
  await mkdir(join(folder, 'tmp'), { recursive: true })
  try {
    const file = await open(temporary, 'wx', 0o640)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    return temporary
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Ties uploaded blobs to a case inside a command; BLOB_UNKNOWN where one is missing, another sender's, or already used. */
export async function takeBlobs(tx: Tx, ids: readonly string[], owner: string, caseId: string, pointer: string): Promise<void> {
  if (ids.length === 0) return
  const [taken] = await together(
    tx,
    sql<{ id: string }>`update platform.blob set case_id = ${caseId} where district_id = ${DISTRICT} and id = any(${[...ids]}::uuid[]) and owner = ${owner}
      and (case_id is null or case_id = ${caseId}) returning id`,
  )
  const found = new Set(taken.map((row) => row.id))
  const missing = ids.filter((id) => !found.has(id))
  if (missing.length > 0)
    throw new Refusal(
      'BLOB_UNKNOWN',
      missing.map((id) => ({ pointer, code: 'BLOB_UNKNOWN', detail: id })),
    )
}

/** Where the sender's own photos, not yet of any case, say that they were taken; WGS84. */
export async function photoPositions(db: Queryable, ids: readonly string[], owner: string): Promise<{ lon: number; lat: number }[]> {
  if (ids.length === 0) return []
  return many(
    db,
    sql`select lon, lat from platform.blob where district_id = ${DISTRICT} and id = any(${[...ids]}::uuid[]) and owner = ${owner} and case_id is null and lon is not null and lat is not null`,
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
