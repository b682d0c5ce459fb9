import type { Dirent } from 'node:fs'
import { lstat, readdir, statfs } from 'node:fs/promises'
import { join } from 'node:path'

/** What lies in one part of the data folder. */
export interface DiskPart {
  readonly name: string
  readonly bytes: number
  readonly files: number
}
export interface DiskUse {
  readonly totalBytes: number
  readonly freeBytes: number
  readonly parts: readonly DiskPart[]
}

/** Room on the folder's file system and what each of its entries takes; entries named in `without` are left out because they are counted elsewhere. */
export async function measureDisk(folder: string, without: ReadonlySet<string>): Promise<DiskUse> {
  const { bsize, blocks, bavail } = await statfs(folder)
  const names = (await readdir(folder)).filter((name) => !without.has(name)).sort()
  const parts: DiskPart[] = []
  for (const name of names) parts.push({ name, ...(await sizeOf(join(folder, name))) })
  return { totalBytes: blocks * bsize, freeBytes: bavail * bsize, parts }
}

/** Bytes and files below a path; what vanishes meanwhile or may not be read counts as nothing. */
async function sizeOf(path: string): Promise<{ bytes: number; files: number }> {
  const entry = await lstat(path).catch(() => undefined)
  if (entry === undefined) return { bytes: 0, files: 0 }
  if (!entry.isDirectory()) return { bytes: entry.isFile() ? entry.size : 0, files: 1 }
  let bytes = 0
  let files = 0
  for (const child of await readdir(path, { withFileTypes: true }).catch((): Dirent[] => [])) {
    const part = await sizeOf(join(path, child.name))
    bytes += part.bytes
    files += part.files
  }
  return { bytes, files }
}
