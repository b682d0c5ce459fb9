import { createHash } from 'node:crypto'
import { existsSync, lstatSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StartError } from '../../config.ts'
import { canReach, makePrivateFolder, type ServerUser } from './server-user.ts'

export const SOCKET_PORT = 5432
/** sun_path of Linux holds 108 bytes with its closing zero (unix(7)); macOS has 104. */
const MAX_SOCKET_BYTES = process.platform === 'darwin' ? 103 : 107

/**
 * An empty folder with mode 0700 for the server's socket: in the data folder, or where that path is too long in the temporary
 * folder under a name made from it. Call it when no server runs. Throws StartError SOCKET_FOLDER_UNSAFE when somebody else made that one first.
 */
export function makeSocketFolder(dataPath: string, user: ServerUser): string {
  const inside = join(dataPath, 'socket')
  if (fits(inside)) return makeEmpty(inside, user)
  const uid = user?.uid ?? process.getuid?.() ?? 0
  const name = `linli-${uid}-${createHash('sha256').update(dataPath).digest('hex').slice(0, 16)}`
  const folder = [tmpdir(), '/tmp']
    .filter((above) => existsSync(above) && canReach(realpathSync(above), user))
    .map((above) => join(above, name))
    .find(fits)
  if (folder === undefined)
    throw new StartError(
      'SOCKET_PATH_TOO_LONG',
      `${dataPath} is too long for a socket and so is the temporary folder; set LINLI_DATA or TMPDIR to a shorter path`,
    )
  refuseForeign(folder, uid)
  return makeEmpty(folder, user)
}

/** A killed server leaves its socket and lock file, and PostgreSQL believes in the lock while a process (even a zombie) has its number. */
function makeEmpty(folder: string, user: ServerUser): string {
  makePrivateFolder(folder, user)
  const socket = join(folder, `.s.PGSQL.${SOCKET_PORT}`)
  for (const file of [socket, `${socket}.lock`]) rmSync(file, { force: true })
  return folder
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${SOCKET_PORT}`)) <= MAX_SOCKET_BYTES
}

/** Everybody may write to the temporary folder: a folder or link of somebody else there would give them our database. */
function refuseForeign(folder: string, uid: number): void {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  if (found === undefined || (found.isDirectory() && found.uid === uid)) return
  throw new StartError('SOCKET_FOLDER_UNSAFE', `${folder} belongs to somebody else; remove it, or set LINLI_DATA to a shorter path`)
}
