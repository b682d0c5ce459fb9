import { readFileSync } from 'node:fs'

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number
  /** Boot id and start time in ticks since boot, or '' where the system does not tell (no /proc). */
  readonly startedAt: string
}

/** The identity of a process, or undefined when there is none with this number (a zombie counts as none). */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  if (!isAlive(pid)) return undefined
  const stat = readOrUndefined(`/proc/${pid}/stat`)
  if (stat === undefined) return { pid, startedAt: '' }
  // The name in field 2 may hold spaces and brackets; everything after the last bracket is plain (proc(5): state is field 3, starttime 22).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined
  const boot = readOrUndefined('/proc/sys/kernel/random/boot_id')?.trim() ?? ''
  return { pid, startedAt: `${boot}:${fields[19] ?? ''}` }
}

/** True while this very process runs, false when it ended and its number went to another. */
export function isStillRunning(identity: ProcessIdentity): boolean {
  const now = identifyProcess(identity.pid)
  return now !== undefined && (identity.startedAt === '' || now.startedAt === '' || now.startedAt === identity.startedAt)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function readOrUndefined(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
