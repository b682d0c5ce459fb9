const MOST = 500

interface Waiting<Line> {
  readonly line: Line
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Writes the lines of many callers in few statements: what comes while one write is under way goes together in the next. `add` settles when
 * its own line is committed, so nobody goes on unwritten, and fails for its own line alone.
 */
export class Gatherer<Line> {
  readonly #write: (lines: readonly Line[]) => Promise<void>
  #waiting: Waiting<Line>[] = []
  #busy = false

  constructor(write: (lines: readonly Line[]) => Promise<void>) {
    this.#write = write
  }

  add(line: Line): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line, resolve, reject })
      if (!this.#busy) void this.#work()
    })
  }

  async #work(): Promise<void> {
    this.#busy = true
    while (this.#waiting.length > 0) await this.#put(this.#waiting.splice(0, MOST))
    this.#busy = false
  }

  async #put(batch: readonly Waiting<Line>[]): Promise<void> {
    try {
      await this.#write(batch.map(({ line }) => line))
      for (const { resolve } of batch) resolve()
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error)
      // One line that cannot be written must not take its neighbours along.
      else for (const each of batch) await this.#put([each])
    }
  }
}
