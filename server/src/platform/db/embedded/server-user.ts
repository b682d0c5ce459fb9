import { chmodSync, chownSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { StartError } from '../../config.ts'

/** Who PostgreSQL runs as: undefined is "as we do"; it refuses to run as root. */
export type ServerUser = { readonly uid: number; readonly gid: number } | undefined

/** The number of "nobody" on every Linux we support; no account is made. */
const NOBODY = 65_534

/** As root: the user that owns the cluster, or the data folder while there is none, unless that is root: then nobody. Otherwise undefined. */
export function serverUser(dataPath: string, cluster: string): ServerUser {
  if (process.getuid?.() !== 0) return undefined
  const { uid, gid } = statSync(existsSync(cluster) ? cluster : dataPath)
  return uid === 0 ? { uid: NOBODY, gid: NOBODY } : { uid, gid }
}

/** Makes a folder that only the server's user may enter. */
export function makePrivateFolder(path: string, user: ServerUser): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  if (user !== undefined) chownSync(path, user.uid, user.gid)
  chmodSync(path, 0o700)
}

/** True when the user may pass through the folder and every folder above it, by the permission bits. */
export function canReach(folder: string, user: ServerUser): boolean {
  if (user === undefined) return true
  const { mode, uid, gid } = statSync(folder)
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
  const above = dirname(folder)
  return (mode & bit) !== 0 && (above === folder || canReach(above, user))
}

/** Throws StartError DATA_FOLDER_UNREACHABLE when the server's user cannot get to the folder. */
export function requireReach(folder: string, user: ServerUser): void {
  if (canReach(folder, user)) return
  throw new StartError(
    'DATA_FOLDER_UNREACHABLE',
    `PostgreSQL does not run as root and its user ${user?.uid} cannot pass through the folders above ${folder}; set LINLI_DATA to a place such as /var/lib/linli, or start as an ordinary user`,
  )
}
