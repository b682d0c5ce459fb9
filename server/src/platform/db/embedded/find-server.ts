import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { identifyProcess } from '../../process-identity.ts'

/** Processes that work on a cluster; sessions are all of the server's children. */
export interface FoundServer {
  readonly postmaster: number | undefined
  readonly sessions: readonly number[]
}

/** The name that PostgreSQL puts into the title of each of its processes, so that we know ours from any other. */
export function clusterName(cluster: string): string {
  return `linli-${createHash('sha256').update(cluster).digest('hex').slice(0, 12)}`
}

/**
 * Finds a cluster's living processes by their command lines, which every user may read: a container's root may not look at
 * the working directory of another user's process. Without /proc the pid file is believed.
 */
export function findServer(cluster: string): FoundServer {
  if (!existsSync('/proc/self/cmdline')) return { postmaster: postmasterOnFile(cluster), sessions: [] }
  const title = `postgres: ${clusterName(cluster)}: `
  let postmaster: number | undefined
  const sessions: number[] = []
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isSafeInteger(pid)) continue
    const line = commandLine(pid)
    if (line.startsWith(title)) sessions.push(pid)
    else if (line.includes(`/bin/postgres\0-D\0${cluster}\0`)) postmaster = pid
  }
  return { postmaster, sessions }
}

function postmasterOnFile(cluster: string): number | undefined {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10)
  return pid > 1 && identifyProcess(pid) !== undefined ? pid : undefined
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
