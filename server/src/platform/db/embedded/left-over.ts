import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from '../../config.ts'
import { identifyProcess, isStillRunning } from '../../process-identity.ts'
import { findServer } from './find-server.ts'

const FAST_STOP_MS = 60_000
const IMMEDIATE_STOP_MS = 10_000

/**
 * Ends what an earlier process left running on a cluster (a server outlives its killed parent, and a busy session its killed
 * server) and clears the pid file. Call it with the data folder's lock held. Returns true when something was ended.
 * Throws StartError DATABASE_LEFT_OVER when it runs as another user or does not stop.
 */
export async function stopLeftOver(cluster: string): Promise<boolean> {
  const { postmaster, sessions } = findServer(cluster)
  if (postmaster !== undefined) await stopServer(postmaster)
  // Sessions that lost their postmaster: the next start recovers from the write-ahead log whatever they did. A busy one heeds no milder signal.
  for (const pid of sessions) await end(pid, [['SIGKILL', IMMEDIATE_STOP_MS]])
  // PostgreSQL would refuse to start while any process at all has the number in this file.
  rmSync(join(cluster, 'postmaster.pid'), { force: true })
  return postmaster !== undefined || sessions.length > 0
}

/** Ends a server: fast first (sessions are cut, data is flushed), then immediate (the next start recovers). */
export async function stopServer(pid: number): Promise<void> {
  await end(pid, [
    ['SIGINT', FAST_STOP_MS],
    ['SIGQUIT', IMMEDIATE_STOP_MS],
  ])
}

async function end(pid: number, steps: readonly (readonly [NodeJS.Signals, number])[]): Promise<void> {
  const target = identifyProcess(pid)
  if (target === undefined) return
  for (const [signal, patienceMs] of steps) {
    send(pid, signal)
    const until = performance.now() + patienceMs
    while (performance.now() < until) {
      if (!isStillRunning(target)) return
      await sleep(5)
    }
  }
  throw new StartError('DATABASE_LEFT_OVER', `PostgreSQL (process ${pid}) does not stop; end it by hand and start again`)
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return
    throw new StartError('DATABASE_LEFT_OVER', `PostgreSQL (process ${pid}) still runs as another user; end it and start again`)
  }
}
