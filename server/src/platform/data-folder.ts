import { accessSync, chmodSync, constants, existsSync, mkdirSync, realpathSync, statSync, statfsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { StartError } from './config.ts'
import { lockFolder } from './folder-lock.ts'

const MEBIBYTE = 1024 * 1024
/** Enough for the database's binaries (60 MB), its first files and a day's write-ahead log of a small city. */
const DEFAULT_MIN_FREE_BYTES = 512 * MEBIBYTE

/** The data folder (数据目录), held by this process alone until `release`. */
export interface DataFolder {
  /** Absolute and free of symbolic links. */
  readonly path: string
  /** Absolute path of a subfolder that only this user can read, made when missing. */
  folder(name: string): string
  release(): void
}

/** Where data lies when LINLI_DATA is not set: `./.linli`, or `/var/lib/linli` for root. */
export function defaultDataFolder(cwd: string, uid: number | undefined): string {
  return uid === 0 ? '/var/lib/linli' : join(cwd, '.linli')
}

/**
 * Makes the data folder when missing, checks that it can be written and has room, and takes its lock.
 * Throws StartError DATA_FOLDER_NOT_WRITABLE, DISK_FULL or DATA_FOLDER_IN_USE.
 */
export async function openDataFolder(given: string | undefined, minFreeBytes = DEFAULT_MIN_FREE_BYTES): Promise<DataFolder> {
  const wanted = resolve(given ?? defaultDataFolder(process.cwd(), process.getuid?.()))
  const path = makeFolder(wanted)
  requireFreeSpace(path, minFreeBytes)
  const release = await lockFolder(path, join(path, 'lock'))
  return {
    path,
    folder: (name) => {
      const folder = join(path, name)
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      return folder
    },
    release,
  }
}

/** Name of the file that marks a data folder whose restore has not ended. */
export const RESTORE_MARK = 'restore-unfinished'

/** Throws StartError RESTORE_UNFINISHED for a folder into which a restore was begun and not ended. */
export function refuseUnfinishedRestore(path: string): void {
  if (!existsSync(join(path, RESTORE_MARK))) return
  throw new StartError(
    'RESTORE_UNFINISHED',
    `A restore into ${path} was begun and did not end; empty that folder (and the database of DATABASE_URL) and restore again`,
  )
}

/** Throws StartError DISK_FULL when the file system of a folder has fewer free bytes than asked for. */
export function requireFreeSpace(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  if (free >= bytes) return
  const inMegabytes = (count: number) => `${Math.floor(count / MEBIBYTE)} MB`
  throw new StartError('DISK_FULL', `${folder} has ${inMegabytes(free)} free and needs ${inMegabytes(bytes)}; make room, or set LINLI_DATA to a larger disk`)
}

function makeFolder(path: string): string {
  try {
    mkdirSync(dirname(path), { recursive: true })
    if (!existsSync(path)) mkdirSync(path, { mode: 0o700 })
    // As root the database runs as another user, who must pass through this folder (not list it) to reach its own.
    const { mode, uid } = statSync(path)
    if (uid === 0 && process.getuid?.() === 0) chmodSync(path, mode | 0o011)
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
    return realpathSync(path)
  } catch (error) {
    throw new StartError(
      'DATA_FOLDER_NOT_WRITABLE',
      `${path} cannot be used as the data folder (${reasonOf(error)}); set LINLI_DATA to a folder that you may write to`,
    )
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
