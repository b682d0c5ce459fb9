import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { CommandError } from '../output.ts'
import { decrypted, MAGIC } from './envelope.ts'
import { damaged, readTar, type TarEntry } from './tar.ts'

/** True for a file that was written under a passphrase. */
export async function isEncrypted(file: string): Promise<boolean> {
  const handle = await open(file, 'r')
  try {
    const head = Buffer.alloc(MAGIC.length)
    const { bytesRead } = await handle.read(head, 0, head.length, 0)
    return head.toString('latin1', 0, bytesRead) === MAGIC
  } finally {
    await handle.close()
  }
}

/** The entries of a backup, one after the other; throws CommandError BACKUP_DAMAGED, BACKUP_PASSPHRASE_MISSING or BACKUP_PASSPHRASE_WRONG. */
export async function* readArchive(file: string, passphrase: string | undefined): AsyncGenerator<TarEntry> {
  const raw = createReadStream(file, { highWaterMark: 1024 * 1024 })
  const locked = await isEncrypted(file)
  if (locked && passphrase === undefined)
    throw new CommandError('BACKUP_PASSPHRASE_MISSING', 'This backup is encrypted: give --passphrase-file FILE or set LINLI_BACKUP_PASSPHRASE')
  const source = Readable.from(locked ? decrypted(raw, passphrase ?? '') : raw)
  const gunzip = createGunzip()
  source.on('error', (error) => gunzip.destroy(error))
  source.pipe(gunzip)
  try {
    yield* readTar(gunzip)
  } catch (error) {
    throw error instanceof CommandError ? error : damaged(error instanceof Error ? error.message : String(error))
  } finally {
    gunzip.destroy()
    source.destroy()
    raw.destroy()
  }
}
