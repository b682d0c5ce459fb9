import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import type pg from 'pg'

/** What `pg` calls while a COPY runs; it knows no COPY itself. */
interface CopyConnection {
  readonly stream: Duplex
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
}

const HELD_BYTES = 4 * 1024 * 1024

/** The parts of a running COPY that both directions share: its end, with how many rows it moved. */
class Copy {
  readonly #text: string
  readonly #end = Promise.withResolvers<number>()
  #rows = 0
  protected connection: CopyConnection | undefined

  constructor(text: string) {
    this.#text = text
    this.#end.promise.catch(() => undefined)
  }

  /** How many rows were moved; rejects with the database's error. */
  get ended(): Promise<number> {
    return this.#end.promise
  }

  submit(connection: pg.Connection): void {
    this.connection = connection as unknown as CopyConnection
    this.connection.query(this.#text)
  }
  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#rows = Number(/^COPY (\d+)$/.exec(text)?.[1] ?? 0)
  }
  handleReadyForQuery(): void {
    this.settled()
    this.#end.resolve(this.#rows)
  }
  handleError(error: Error): void {
    this.settled()
    this.#end.reject(error)
  }
  protected settled(): void {
    this.connection?.stream.resume()
  }
}

/** COPY … TO STDOUT as chunks; the database waits while they are not taken. */
export class CopyOut extends Copy {
  readonly #chunks: Buffer[] = []
  #held = 0
  #done = false
  #wake: () => void = () => undefined

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    // The driver reads on into the same memory, so what is kept must be a copy of its own.
    this.#chunks.push(Buffer.from(chunk))
    this.#held += chunk.length
    if (this.#held > HELD_BYTES) this.connection?.stream.pause()
    this.#wake()
  }
  protected override settled(): void {
    super.settled()
    this.#done = true
    this.#wake()
  }

  async *chunks(): AsyncGenerator<Buffer> {
    for (;;) {
      const chunks = this.#chunks.splice(0)
      this.#held = 0
      this.connection?.stream.resume()
      if (chunks.length > 0) yield Buffer.concat(chunks)
      else if (this.#done) break
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
    await this.ended
  }
}

/** COPY … FROM STDIN; `write` waits while the database is busy. */
export class CopyIn extends Copy {
  readonly #ready = Promise.withResolvers<void>()
  #failed = false

  handleCopyInResponse(): void {
    this.#ready.resolve()
  }
  override handleError(error: Error): void {
    this.#failed = true
    super.handleError(error)
    this.#ready.resolve()
  }

  async write(chunk: Buffer): Promise<void> {
    await this.#ready.promise
    if (this.#failed) await this.ended
    const { connection } = this
    connection?.sendCopyFromChunk(chunk)
    if (connection?.stream.writableNeedDrain === true) await Promise.race([once(connection.stream, 'drain'), this.ended])
  }

  /** Ends the COPY and says how many rows it wrote. */
  async finish(): Promise<number> {
    await this.#ready.promise
    if (!this.#failed) this.connection?.endCopyFrom()
    return this.ended
  }
}
