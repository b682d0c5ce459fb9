/** A command that ends without success, by name. */
export class CommandError extends Error {
  readonly code: string
  /** What is wrong in detail, for --json. */
  readonly details: unknown
  constructor(code: string, message: string, details?: unknown) {
    super(message)
    this.name = 'CommandError'
    this.code = code
    this.details = details
  }
}

/** Prints a named error and sets the exit code. */
export function fail(code: string, message: string): void {
  console.error(`${code}: ${message}`)
  process.exitCode = 1
}

/** Prints a result: one JSON object with --json, else lines for people. */
export function result(json: boolean | undefined, value: Readonly<Record<string, unknown>>, lines: readonly string[]): void {
  console.log(json ? JSON.stringify(value) : lines.join('\n'))
}

/** A progress line on standard error: redrawn on a terminal, once a second elsewhere. */
export class Progress {
  readonly #label: string
  readonly #total: number
  #done = 0
  #shownAt = 0

  constructor(label: string, total: number) {
    this.#label = label
    this.#total = total
  }

  step(done = 1): void {
    this.#done += done
    const now = Date.now()
    const terminal = process.stderr.isTTY
    if (now - this.#shownAt < (terminal ? 100 : 1_000) && this.#done < this.#total) return
    this.#shownAt = now
    const share = this.#total === 0 ? 1 : this.#done / this.#total
    const filled = Math.round(share * 30)
    const text = `${this.#label} [${'█'.repeat(filled)}${'·'.repeat(30 - filled)}] ${this.#done}/${this.#total}`
    process.stderr.write(terminal ? `\r${text}${this.#done >= this.#total ? '\n' : ''}` : `${text}\n`)
  }
}
