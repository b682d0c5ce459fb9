import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { digest } from '../audit/hash.ts'
import { one, sql } from '../db/database.ts'
import { refusalOf } from '../http/problem.ts'
import { systemRuntime } from '../runtime.ts'
import { exifSegment, jpegWith, pdfOf } from '../testing/photo.ts'
import { openPlatformDatabase, type PlatformDatabase } from '../testing/platform-database.ts'
import { createBlobStore, findCaseBlob, photoPositions, takeBlobs, type BlobStore } from './blobs.ts'

const CASE = '019a0000-0000-7001-8000-000000000001'
const OTHER_CASE = '019a0000-0000-7001-8000-000000000002'

describe('the blob store', () => {
  let database: PlatformDatabase
  let folder: string
  let blobs: BlobStore
  const files = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  const rows = async () => (await one<{ count: number }>(database.db, sql`select count(*) as count from platform.blob`))?.count

  beforeAll(async () => {
    database = await openPlatformDatabase()
  })
  beforeEach(async () => {
    await sql`truncate platform.blob, platform.blob_garbage`.execute(database.db)
    folder = mkdtempSync(join(tmpdir(), 'linli-blobs-'))
    blobs = createBlobStore(database.db, folder, systemRuntime, 'Asia/Shanghai')
    return () => {
      vi.restoreAllMocks()
      rmSync(folder, { recursive: true, force: true })
    }
  })
  afterAll(() => database.drop())

  it('keeps a photo under the digest of what it kept, without EXIF, and tells what EXIF said', async () => {
    const given = jpegWith({ front: [exifSegment({ takenAt: '2026:11:22 08:30:15', lon: 117.25, lat: 34.75 })] })
    const blob = await blobs.put(given, 'me')
    expect(blob).toMatchObject({
      mediaType: 'image/jpeg',
      bytes: jpegWith().length,
      sha256: digest('sha256', jpegWith()),
      takenAt: new Date('2026-11-22T00:30:15Z'),
      position: { lon: 117.25, lat: 34.75 },
    })
    expect(files()).toEqual([join(blob.sha256.slice(0, 2), blob.sha256)])
    expect(readFileSync(join(folder, files()[0] ?? '')).equals(jpegWith())).toBe(true)
    expect((await blobs.read(blob.sha256)).includes('Exif')).toBe(false)
  })

  it('keeps one file of the same bytes from two senders, and two rows', async () => {
    const [one, other] = await Promise.all([blobs.put(pdfOf(), 'me'), blobs.put(pdfOf(), 'you')])
    expect(one.sha256).toBe(other.sha256)
    expect(one.id).not.toBe(other.id)
    expect([files().length, await rows()]).toEqual([1, 2])
  })

  it('keeps nothing of what is none of its kinds', async () => {
    await expect(blobs.put(Buffer.from('MZ this is a program, renamed to photo.jpg'), 'me')).rejects.toMatchObject({ code: 'TYPE_NOT_ALLOWED' })
    expect([files(), await rows()]).toEqual([[], 0])
  })

  it.each(['write', 'sync'] as const)('refuses with DISK_FULL where the disk is full at the %s, and leaves nothing half-written', async (step) => {
    const probe = await open(join(folder, 'probe'), 'w')
    const prototype = Object.getPrototypeOf(probe) as { writeFile: () => Promise<void>; sync: () => Promise<void> }
    await probe.close()
    rmSync(join(folder, 'probe'))
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
    vi.spyOn(prototype, step === 'write' ? 'writeFile' : 'sync').mockRejectedValue(full)
    const refused = await blobs.put(pdfOf(), 'me').catch(refusalOf)
    expect(refused).toMatchObject({ code: 'DISK_FULL' })
    expect([files(), await rows()]).toEqual([[], 0])
  })

  it('shows no file of a process that was killed before it gave the file its name, and replaces one that is cut short', async () => {
    mkdirSync(join(folder, 'tmp'))
    writeFileSync(join(folder, 'tmp', 'half'), 'half a pho')
    const sha256 = digest('sha256', pdfOf())
    await expect(blobs.read(sha256)).rejects.toMatchObject({ code: 'ENOENT' })
    mkdirSync(join(folder, sha256.slice(0, 2)))
    writeFileSync(join(folder, sha256.slice(0, 2), sha256), '%PDF-cut')
    await blobs.put(pdfOf(), 'me')
    expect((await blobs.read(sha256)).equals(pdfOf())).toBe(true)
  })

  it('clears what killed processes left unnamed when it opens again', async () => {
    mkdirSync(join(folder, 'tmp'))
    writeFileSync(join(folder, 'tmp', 'half'), 'half a pho')
    createBlobStore(database.db, folder, systemRuntime, 'Asia/Shanghai')
    expect(existsSync(join(folder, 'tmp', 'half'))).toBe(false)
  })

  it('removes a file with its last row, and never one that somebody uploaded again meanwhile', async () => {
    const [mine, yours] = [await blobs.put(pdfOf(), 'me'), await blobs.put(jpegWith(), 'you')]
    await sql`with gone as (delete from platform.blob where id = ${mine.id} or id = ${yours.id} returning sha256)
      insert into platform.blob_garbage (sha256, at) select sha256, now() from gone`.execute(database.db)
    const again = await blobs.put(pdfOf(), 'me')
    expect(await blobs.sweep()).toBe(2)
    expect(files()).toEqual([join(again.sha256.slice(0, 2), again.sha256)])
    expect(await blobs.sweep()).toBe(0)
  })

  it('keeps every row’s file while uploads and sweeps of the same bytes race', async () => {
    const { id } = await blobs.put(pdfOf(), 'me')
    await sql`with gone as (delete from platform.blob where id = ${id} returning sha256) insert into platform.blob_garbage (sha256, at) select sha256, now() from gone`.execute(
      database.db,
    )
    await Promise.all([blobs.sweep(), ...Array.from({ length: 5 }, () => blobs.put(pdfOf(), 'me')), blobs.sweep()])
    expect([files().length, await rows()]).toEqual([1, 5])
  })

  it('says where a sender’s own photos were taken, and nobody else’s', async () => {
    const { id } = await blobs.put(jpegWith({ front: [exifSegment({ lon: 117.25, lat: 34.75 })] }), 'me')
    expect(await photoPositions(database.db, [id], 'me')).toEqual([{ lon: 117.25, lat: 34.75 }])
    expect(await photoPositions(database.db, [id], 'you')).toEqual([])
  })

  describe('ties a file to a case', () => {
    const take = (ids: readonly string[], owner = 'me', caseId = CASE) =>
      database.db.transaction().execute((tx) => takeBlobs(tx, ids, owner, caseId, '/body/photos'))

    it('once: for its sender, and to no other case', async () => {
      const { id } = await blobs.put(pdfOf(), 'me')
      await take([id])
      await take([id])
      expect(await findCaseBlob(database.db, id, CASE)).toMatchObject({ media_type: 'application/pdf' })
      expect(await findCaseBlob(database.db, id, OTHER_CASE)).toBeUndefined()
      await expect(take([id], 'me', OTHER_CASE)).rejects.toMatchObject({ code: 'BLOB_UNKNOWN', fields: [{ pointer: '/body/photos', detail: id }] })
    })

    it("not where it is another sender's or does not exist, and then takes none of the others", async () => {
      const mine = await blobs.put(pdfOf(), 'me')
      const yours = await blobs.put(jpegWith(), 'you')
      await expect(take([mine.id, yours.id, CASE])).rejects.toMatchObject({ code: 'BLOB_UNKNOWN', fields: [{ detail: yours.id }, { detail: CASE }] })
      expect(await findCaseBlob(database.db, mine.id, CASE)).toBeUndefined()
    })
  })
})
