import { existsSync, readFileSync } from 'node:fs'
import { CommandError } from '../output.ts'

const SHORTEST = 12

/** The passphrase of a backup: the first line of a file, or LINLI_BACKUP_PASSPHRASE; undefined where neither is given. */
export function passphraseOf(file: string | undefined, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const given = file === undefined ? env['LINLI_BACKUP_PASSPHRASE'] : readLine(file)
  if (given === undefined || given === '') return undefined
  if (given.length < SHORTEST) throw new CommandError('BACKUP_PASSPHRASE_WEAK', `The passphrase of a backup must have ${SHORTEST} characters or more`)
  return given
}

function readLine(file: string): string {
  if (!existsSync(file)) throw new CommandError('FILE_MISSING', `There is no file ${file}`)
  const line = readFileSync(file, 'utf8').split(/\r?\n/)[0] ?? ''
  if (line === '') throw new CommandError('BACKUP_PASSPHRASE_MISSING', `The first line of ${file} is empty`)
  return line
}
