import { createHash } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const SHA256 = /^[0-9a-f]{64}$/

/** Names (SHA-256) of the files in a blob folder, in order; half-written ones have no such name. */
export async function listBlobFiles(folder: string): Promise<string[]> {
  const names: string[] = []
  for (const part of await entriesOf(folder)) {
    if (!part.isDirectory() || !/^[0-9a-f]{2}$/.test(part.name)) continue
    for (const file of await entriesOf(join(folder, part.name))) if (file.isFile() && SHA256.test(file.name)) names.push(file.name)
  }
  return names.sort()
}

/** Where a blob lies below its folder. */
export const blobPath = (sha256: string): string => join(sha256.slice(0, 2), sha256)

/** The bytes of a blob, `missing` where the file is gone, or `damaged` where it is not what its name says. */
export async function readBlob(folder: string, sha256: string): Promise<Buffer | 'missing' | 'damaged'> {
  const bytes = await readFile(join(folder, blobPath(sha256))).catch(() => undefined)
  if (bytes === undefined) return 'missing'
  return createHash('sha256').update(bytes).digest('hex') === sha256 ? bytes : 'damaged'
}

const entriesOf = (folder: string): Promise<Dirent[]> => readdir(folder, { withFileTypes: true }).catch(() => [])
