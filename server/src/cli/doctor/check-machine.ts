import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createPrivateKey } from 'node:crypto'
import { anchorFileOf, lastAnchor, publicKeyOf } from '../../platform/audit/anchor.ts'
import { RESTORE_MARK } from '../../platform/data-folder.ts'
import { readLastBackup } from '../../platform/operations/last-backup.ts'
import { LIMITS } from '../../platform/operations/warnings.ts'
import type { Store } from '../backup/store.ts'
import { found, well, type Finding } from './words.ts'

/** The data folder: there, ours, closed to others, and whole. */
export function checkFolder({ dataFolder, inUse, config }: Store): Finding[] {
  const check = 'data folder'
  const findings: Finding[] = []
  if (!existsSync(dataFolder)) return [well(check, `${dataFolder} is not there yet`)]
  try {
    accessSync(dataFolder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    findings.push(found(check, 'FOLDER_NOT_WRITABLE', `${dataFolder}: ${error instanceof Error ? error.message : String(error)}`))
  }
  const { mode } = statSync(dataFolder)
  if ((mode & 0o066) !== 0) findings.push(found(check, 'FOLDER_OPEN', `${dataFolder} has mode ${(mode & 0o777).toString(8)}`))
  if (existsSync(join(dataFolder, RESTORE_MARK))) findings.push(found(check, 'RESTORE_UNFINISHED', dataFolder))
  if (findings.length > 0) return findings
  const state = config.DATABASE_URL !== undefined ? 'not looked whether' : inUse ? 'in use:' : 'free:'
  return [
    well(check, `${dataFolder}, ${state} ${inUse ? 'the program runs' : config.DATABASE_URL === undefined ? 'the program is stopped' : 'the program runs'}`),
  ]
}

/** Room where the data and the anchors lie. */
export async function checkDisk({ dataFolder, config }: Store): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const folder of new Set([dataFolder, dirname(anchorFileOf(config, dataFolder))])) {
    if (!existsSync(folder)) continue
    const { bavail, blocks, bsize } = await statfs(folder)
    const share = blocks === 0 ? 1 : bavail / blocks
    const detail = `${folder}: ${((bavail * bsize) / 1e9).toFixed(1)} GB free (${Math.floor(share * 100)} %)`
    if (share < LIMITS.diskShareCritical) findings.push(found('disk', 'DISK_ALMOST_FULL', detail))
    else if (share < LIMITS.diskShare) findings.push(found('disk', 'DISK_LOW', detail))
    else findings.push(well('disk', detail))
  }
  return findings
}

/** The signing key: readable by us alone, and the one that signed the newest anchor. */
export function checkKeys({ dataFolder, config }: Store): Finding[] {
  const check = 'keys'
  const file = join(dataFolder, 'keys', 'anchor-key.pem')
  const newest = lastAnchor(anchorFileOf(config, dataFolder))?.anchor
  if (!existsSync(file)) return [newest ? found(check, 'KEY_MISSING', file) : well(check, 'made at the first start')]
  const { mode } = statSync(file)
  const findings = (mode & 0o077) === 0 ? [] : [found(check, 'KEY_READABLE', `${file} has mode ${(mode & 0o777).toString(8)}`)]
  try {
    const publicKey = publicKeyOf(createPrivateKey(readFileSync(file)))
    if (newest && newest.publicKey !== publicKey) findings.push(found(check, 'KEY_OTHER', `anchor ${newest.n} was signed by ${newest.publicKey}`))
    return findings.length > 0 ? findings : [well(check, `public key ${publicKey}`)]
  } catch (error) {
    return [...findings, found(check, 'KEY_BROKEN', error instanceof Error ? error.message : String(error))]
  }
}

/** Whether somebody backs up. `now` is Unix milliseconds. */
export function checkBackup({ dataFolder }: Store, now: number): Finding[] {
  const last = readLastBackup(dataFolder)
  if (!last) return [found('backup', 'BACKUP_MISSING', dataFolder)]
  const detail = `${last.file}, state of ${last.at}`
  return [now - Date.parse(last.at) > LIMITS.backupAgeS * 1000 ? found('backup', 'BACKUP_OLD', detail) : well('backup', detail)]
}
