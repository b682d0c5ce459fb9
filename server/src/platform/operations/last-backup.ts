import { readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The newest backup, as `linli backup` and `linli restore` leave word of it in the data folder. */
export interface LastBackup {
  /** The instant whose state the backup holds. */
  readonly at: string
  readonly file: string
  readonly bytes: number
  readonly encrypted: boolean
  readonly kind: 'written' | 'restored'
}

const NAME = 'last-backup.json'

/** Reads what the newest backup was; undefined where there is none or the file cannot be read. */
export function readLastBackup(dataFolder: string): LastBackup | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(join(dataFolder, NAME), 'utf8'))
    return isLastBackup(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Leaves word of a backup in the data folder, whole or not at all. */
export async function writeLastBackup(dataFolder: string, last: LastBackup): Promise<void> {
  const file = join(dataFolder, NAME)
  await writeFile(`${file}.new`, `${JSON.stringify(last)}\n`, { mode: 0o600 })
  await rename(`${file}.new`, file)
}

function isLastBackup(value: unknown): value is LastBackup {
  if (typeof value !== 'object' || value === null) return false
  const { at, file, bytes, encrypted, kind } = value as Record<string, unknown>
  return (
    typeof at === 'string' &&
    !Number.isNaN(Date.parse(at)) &&
    typeof file === 'string' &&
    typeof bytes === 'number' &&
    typeof encrypted === 'boolean' &&
    (kind === 'written' || kind === 'restored')
  )
}
