import { createHash, randomBytes } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readArchive } from './archive-reader.ts'
import { ArchiveWriter } from './archive-writer.ts'
import { checkArchive } from './check-archive.ts'
import { FORMAT, type Manifest } from './manifest.ts'

const folder = mkdtempSync(join(tmpdir(), 'linli-archive-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const PASSPHRASE = '口令需要足够长才可以用'
let count = 0

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const table = Buffer.from('1\t路灯\n2\t井盖\n')
const photo = randomBytes(700_000)
const manifest: Manifest = {
  format: FORMAT,
  at: '2026-11-22T00:00:00.000Z',
  program: '0.1.0',
  city: 'demo',
  database: { version: '18.4', bytes: 1 },
  migrations: [],
  tables: [{ schema: 'cases', name: 'case', columns: ['id', 'title'], rows: 2, bytes: table.length, sha256: sha256(table) }],
  sequences: [],
  blobs: { files: 1, bytes: photo.length, missing: [], damaged: [] },
  keys: [],
  anchor: null,
}

/** Writes a backup of one table in two pieces and one photo; returns its path. */
async function write(passphrase: string | undefined, said: Manifest = manifest, entries: [string, Buffer][] = []): Promise<string> {
  const file = join(folder, `backup-${(count += 1)}`)
  const archive = await ArchiveWriter.create(file, passphrase, 1_795_305_600)
  await archive.add('tables/cases.case/000001.copy', table.subarray(0, 5))
  await archive.add('tables/cases.case/000002.copy', table.subarray(5))
  await archive.add(`blobs/${sha256(photo)}`, photo)
  for (const [name, bytes] of entries) await archive.add(name, bytes)
  await archive.add('manifest.json', Buffer.from(JSON.stringify(said)))
  await archive.finish()
  return file
}
const edited = (file: string, edit: (bytes: Buffer) => Buffer) => {
  const other = `${file}.edited`
  writeFileSync(other, edit(readFileSync(file)))
  return other
}
const code = (file: string, passphrase?: string) =>
  checkArchive(file, passphrase).then(
    () => 'WHOLE',
    (error: { code?: string }) => error.code,
  )

describe('the file of a backup', () => {
  it.each([undefined, PASSPHRASE])('comes back as it was written, and nobody else may read it (passphrase %s)', async (passphrase) => {
    const file = await write(passphrase)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const checked = await checkArchive(file, passphrase)
    expect(checked.manifest).toEqual(manifest)
    const names: string[] = []
    for await (const entry of readArchive(file, passphrase)) names.push(`${entry.name} ${entry.size}`)
    expect(names.slice(0, 3)).toEqual([
      'tables/cases.case/000001.copy 5',
      `tables/cases.case/000002.copy ${table.length - 5}`,
      `blobs/${sha256(photo)} ${photo.length}`,
    ])
  })

  it('is an ordinary tar.gz where no passphrase is set, so that it can be read without this program', async () => {
    const listed = execFileSync('tar', ['-tzf', await write(undefined)], { encoding: 'utf8' })
    expect(listed.split('\n')).toContain('manifest.json')
  })

  it('shows nothing of its content under a passphrase', async () => {
    const bytes = readFileSync(await write(PASSPHRASE))
    expect(bytes.includes(Buffer.from('manifest')) || bytes.includes(photo.subarray(0, 32))).toBe(false)
  })

  it('is refused with a wrong passphrase and without one', async () => {
    const file = await write(PASSPHRASE)
    expect([await code(file, 'another passphrase'), await code(file)]).toEqual(['BACKUP_PASSPHRASE_WRONG', 'BACKUP_PASSPHRASE_MISSING'])
  })

  it.each([undefined, PASSPHRASE])(
    'is refused where any byte was changed (passphrase %s)',
    async (passphrase) => {
      const file = await write(passphrase)
      const { size } = statSync(file)
      // The ten bytes of gzip's own head say nothing of the content.
      for (let at = passphrase === undefined ? 10 : 0; at < size; at += Math.ceil(size / (passphrase === undefined ? 40 : 5))) {
        const changed = edited(file, (bytes) => {
          bytes[at] = (bytes[at] ?? 0) ^ 0x10
          return bytes
        })
        expect(await code(changed, passphrase), `byte ${at} of ${size}`).toMatch(/^BACKUP_(DAMAGED|PASSPHRASE_WRONG)$/)
      }
    },
    60_000,
  )

  it.each([undefined, PASSPHRASE])('is refused where it was cut or something was appended (passphrase %s)', async (passphrase) => {
    const file = await write(passphrase)
    for (const keep of [0, 1, 100, statSync(file).size - 1])
      expect(
        await code(
          edited(file, (bytes) => bytes.subarray(0, keep)),
          passphrase,
        ),
        `first ${keep} bytes`,
      ).toMatch(/^BACKUP_/)
    if (passphrase !== undefined)
      expect(
        await code(
          edited(file, (bytes) => Buffer.concat([bytes, bytes])),
          passphrase,
        ),
      ).toBe('BACKUP_DAMAGED')
  })

  it('is refused where the manifest says something else than is there', async () => {
    const [first] = manifest.tables
    if (!first) throw new Error('no table')
    const claims: Manifest[] = [
      { ...manifest, tables: [{ ...first, sha256: sha256(photo) }] },
      { ...manifest, tables: [first, { ...first, name: 'entry' }] },
      { ...manifest, blobs: { ...manifest.blobs, files: 2 } },
      { ...manifest, keys: [{ name: 'anchor-key.pem', sha256: sha256(table) }] },
      { ...manifest, anchor: { bytes: 1, sha256: sha256(table), n: 1, at: manifest.at } },
    ]
    for (const claim of claims) expect(await code(await write(undefined, claim))).toBe('BACKUP_DAMAGED')
    expect(await code(await write(undefined, manifest, [[`blobs/${sha256(table)}`, photo]]))).toBe('BACKUP_DAMAGED')
    expect(await code(await write(undefined, { ...manifest, format: FORMAT + 1 }))).toBe('BACKUP_NEWER')
    expect(await code(await write(undefined, { tables: 1 } as never))).toBe('BACKUP_DAMAGED')
  })

  it('is never written over another file', async () => {
    await expect(ArchiveWriter.create(await write(undefined), undefined, 0)).rejects.toMatchObject({ code: 'EEXIST' })
  })
})
