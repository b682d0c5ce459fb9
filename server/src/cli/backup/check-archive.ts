import { createHash } from 'node:crypto'
import { CommandError } from '../output.ts'
import { readArchive } from './archive-reader.ts'
import { ANCHOR, FORMAT, MANIFEST, parseManifest, tableFolder, type Manifest } from './manifest.ts'
import { damaged } from './tar.ts'

/** What a backup is, once every byte of it was looked at. */
export interface Checked {
  readonly manifest: Manifest
  /** Of the manifest's own bytes: note it down, and a backup that was exchanged shows. */
  readonly manifestSha256: string
}

/** Reads a whole backup and compares every table, photo, key and the anchor part with the manifest; throws BACKUP_DAMAGED, or BACKUP_NEWER for another form. */
export async function checkArchive(file: string, passphrase: string | undefined): Promise<Checked> {
  const hashes = new Map<string, ReturnType<typeof createHash>>()
  const found = new Map<string, string>()
  const sizes = new Map<string, number>()
  let blobs = 0
  let text: string | undefined
  for await (const { name, body } of readArchive(file, passphrase)) {
    if (text !== undefined) throw damaged('something follows its manifest')
    // The pieces of a table count together.
    const key = name.startsWith('tables/') ? name.slice(0, name.lastIndexOf('/')) : name
    const hash = hashes.get(key) ?? createHash('sha256')
    hashes.set(key, hash)
    const chunks: Buffer[] = []
    for await (const chunk of body) {
      hash.update(chunk)
      sizes.set(key, (sizes.get(key) ?? 0) + chunk.length)
      if (name === MANIFEST) chunks.push(chunk)
    }
    if (name === MANIFEST) text = Buffer.concat(chunks).toString('utf8')
    if (!name.startsWith('blobs/')) continue
    hashes.delete(key)
    if (hash.digest('hex') !== name.slice('blobs/'.length)) throw damaged(`${name} is not what its name says`)
    blobs += 1
  }
  if (text === undefined) throw damaged('its manifest is missing')
  for (const [key, hash] of hashes) found.set(key, hash.digest('hex'))
  const manifest = parseManifest(text)
  if (manifest.format > FORMAT)
    throw new CommandError(
      'BACKUP_NEWER',
      `This backup has form ${manifest.format} and this program (for backups of form ${FORMAT}) is older; use the newer program`,
    )
  for (const [key, sha256] of expected(manifest)) if (found.get(key) !== sha256) throw damaged(`${key} is not what the manifest says`)
  if (blobs !== manifest.blobs.files) throw damaged(`${manifest.blobs.files} photos are listed and ${blobs} are there`)
  return { manifest, manifestSha256: found.get(MANIFEST) ?? '' }
}

function expected(manifest: Manifest): [key: string, sha256: string][] {
  return [
    ...manifest.tables.filter((table) => table.bytes > 0).map((table): [string, string] => [tableFolder(table), table.sha256]),
    ...manifest.keys.map((key): [string, string] => [`keys/${key.name}`, key.sha256]),
    ...(manifest.anchor ? [[ANCHOR, manifest.anchor.sha256] as [string, string]] : []),
  ]
}
