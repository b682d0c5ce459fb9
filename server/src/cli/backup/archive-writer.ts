import { open, writeFile, type FileHandle } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { encrypting } from './envelope.ts'
import { TAR_END, tarHeader, tarPadding } from './tar.ts'

/** Photos do not shrink and tables do at the lowest levels already; higher ones cost more than the disk. */
const LEVEL = 3

/** Writes a compressed, perhaps encrypted archive into a new file that only its owner may read. */
export class ArchiveWriter {
  readonly #input = new PassThrough({ highWaterMark: 1024 * 1024 })
  readonly #file: FileHandle
  readonly #written: Promise<void>
  readonly #modifiedS: number
  #failed: unknown

  private constructor(file: FileHandle, passphrase: string | undefined, modifiedS: number) {
    this.#file = file
    this.#modifiedS = modifiedS
    const output = (source: AsyncIterable<Buffer>) => writeFile(file, source)
    const gzip = createGzip({ level: LEVEL })
    this.#written = passphrase === undefined ? pipeline(this.#input, gzip, output) : pipeline(this.#input, gzip, encrypting(passphrase), output)
    this.#written.catch((error: unknown) => (this.#failed = error))
  }

  /** Opens a file that must not be there yet, mode 0600; entries carry the time given in Unix seconds. */
  static async create(path: string, passphrase: string | undefined, modifiedS: number): Promise<ArchiveWriter> {
    return new ArchiveWriter(await open(path, 'wx', 0o600), passphrase, modifiedS)
  }

  /** Adds one file whose bytes are at hand. */
  async add(name: string, bytes: Buffer): Promise<void> {
    await this.#write(tarHeader(name, bytes.length, this.#modifiedS))
    await this.#write(bytes)
    await this.#write(tarPadding(bytes.length))
  }

  /** Adds one file of a known size from a stream; throws where the stream has another size. */
  async addStream(name: string, size: number, body: AsyncIterable<Buffer>): Promise<void> {
    await this.#write(tarHeader(name, size, this.#modifiedS))
    let written = 0
    for await (const chunk of body) {
      written += chunk.length
      await this.#write(chunk)
    }
    if (written !== size) throw new Error(`${name} changed its size while it was read`)
    await this.#write(tarPadding(size))
  }

  /** Ends the archive and waits until the disk has it. */
  async finish(): Promise<void> {
    await this.#write(TAR_END)
    this.#input.end()
    await this.#written
    await this.#file.sync()
    await this.#file.close()
  }

  /** Gives up; the file is the caller's to remove. */
  async abandon(): Promise<void> {
    this.#input.destroy()
    await this.#written.catch(() => undefined)
    await this.#file.close().catch(() => undefined)
  }

  async #write(bytes: Buffer): Promise<void> {
    if (this.#failed !== undefined) throw this.#failed
    if (bytes.length === 0 || this.#input.write(bytes)) return
    await Promise.race([new Promise<void>((resolve) => this.#input.once('drain', resolve)), this.#written])
    if (this.#failed !== undefined) throw this.#failed
  }
}
