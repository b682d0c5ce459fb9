import { createHash } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const PAUSE_MS = 200

/**
 * Does the work while no other process does it for the same folder; waits for one that does.
 * The lock lies in the temporary folder, because npm ci empties node_modules and the rest belongs to git.
 * @param {string} root @param {() => Promise<void>} work
 */
export async function withInstallLock(root, work) {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16)
  const file = join(tmpdir(), `linli-install-${process.getuid?.() ?? 0}-${name}.lock`)
  const release = () => rmSync(file, { force: true })
  await acquire(file)
  process.once('exit', release)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, endOn)
  try {
    await work()
  } finally {
    release()
    process.off('exit', release)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, endOn)
  }
}

/** Ends with the handlers of `exit`, which a signal alone would skip. */
function endOn() {
  process.exit(130)
}

async function acquire(file) {
  let told = false
  for (let round = 1; !create(file, String(process.pid)); round += 1) {
    const holder = read(file)
    // An empty lock is being written, or its writer was killed in between.
    if (holder === '' ? round > 10 : !isAlive(Number(holder))) {
      setAside(file, holder)
      continue
    }
    if (!told) console.error(`linli: process ${holder} is installing; waiting for it …`)
    told = true
    await sleep(PAUSE_MS)
  }
}

/** Renames a stale lock away; a fresh one that another start put there in between is put back. */
function setAside(file, stale) {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  const taken = read(aside)
  if (taken !== stale) create(file, taken)
  rmSync(aside, { force: true })
}

function create(file, text) {
  try {
    writeFileSync(file, text, { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
