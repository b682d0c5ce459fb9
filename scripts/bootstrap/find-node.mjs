import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from './refusal.mjs'

const NEEDED_MAJOR = 24

/**
 * The Node to run on: the pinned one from node_modules, or where none comes for the platform (or it cannot run there) the
 * system's when it is new enough. Throws Refusal NODE_MISSING.
 * @param {string} root @param {string} systemVersion @returns {string} absolute path of the program
 */
export function findNode(root, systemVersion) {
  const pinned = join(root, 'node_modules', '.bin', 'node')
  const isPinnedThere = existsSync(pinned)
  // Running it is the one sure test: a musl system or an old glibc has the file and cannot start it.
  if (isPinnedThere && spawnSync(pinned, ['--version'], { stdio: 'ignore' }).status === 0) return pinned
  if (Number.parseInt(systemVersion, 10) >= NEEDED_MAJOR) return process.execPath
  const why = isPinnedThere
    ? 'the Node that comes with Linli cannot run on this system'
    : `no Node comes with Linli for ${process.platform}-${process.arch}, or it was not installed`
  throw new Refusal('NODE_MISSING', `${why}, and the system's is ${systemVersion}; install Node ${NEEDED_MAJOR} or later, or run: npm ci --include=optional`)
}
