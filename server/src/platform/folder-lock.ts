import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from './config.ts'
import { identifyProcess, isStillRunning, type ProcessIdentity } from './process-identity.ts'

const ATTEMPTS = 40
const PAUSE_MS = 50

/**
 * Takes the one lock file of a folder and returns the function that gives it back.
 * A lock whose process ended is taken over; throws StartError DATA_FOLDER_IN_USE with the pid of a living holder.
 */
export async function lockFolder(folder: string, file: string): Promise<() => void> {
  const self = identifyProcess(process.pid) ?? { pid: process.pid, startedAt: '' }
  const mine = JSON.stringify(self)
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (create(file, mine)) return () => release(file, mine)
    const text = read(file)
    const holder = text === undefined ? undefined : parse(text)
    if (holder !== undefined && isStillRunning(holder)) {
      throw new StartError('DATA_FOLDER_IN_USE', `${folder} is in use by process ${holder.pid}; stop it first, or set LINLI_DATA to another folder`)
    }
    // An unreadable lock may be one that is being written: look again before taking it for a torn one.
    if (text !== undefined && (holder !== undefined || attempt > ATTEMPTS / 2)) setAside(file, text)
    else await sleep(PAUSE_MS)
  }
  throw new StartError('DATA_FOLDER_IN_USE', `${folder}: other starts keep taking the lock ${file}; try again`)
}

function create(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Renames a stale lock away; a fresh one that another start put there in between is put back. */
function setAside(file: string, stale: string): void {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  const taken = read(aside)
  if (taken !== undefined && taken !== stale) create(file, taken)
  rmSync(aside, { force: true })
}

function release(file: string, mine: string): void {
  if (read(file) === mine) rmSync(file, { force: true })
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function parse(text: string): ProcessIdentity | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('startedAt' in value)) return undefined
    return Number.isSafeInteger(value.pid) && Number(value.pid) > 0 ? { pid: Number(value.pid), startedAt: String(value.startedAt) } : undefined
  } catch {
    return undefined
  }
}
