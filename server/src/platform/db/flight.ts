import pg from 'pg'

/** One statement with its values as the wire wants them; a name has the server keep its plan. */
export interface Statement {
  readonly text: string
  readonly values: readonly (string | Buffer | null)[]
  readonly name: string | undefined
}
/** What one statement answered; `command` is its tag, such as INSERT, and `count` the rows that it touched. */
export interface StatementAnswer {
  readonly command: string
  readonly count: number
  readonly rows: Record<string, unknown>[]
}
interface Column {
  readonly name: string
  readonly parse: (text: string) => unknown
}

const MAPPER = (pg as unknown as { utils: { prepareValue(value: unknown): string | Buffer | null } }).utils
/** The columns of the statements that a connection holds prepared, by name. */
const held = new WeakMap<pg.Connection, Map<string, readonly Column[]>>()

/** The same connection, but what it sends is gathered: one write costs the processor a fraction of one for each message. */
function gathering(connection: pg.Connection): { wire: pg.Connection; parts: Buffer[] } {
  const parts: Buffer[] = []
  const stream = { writable: true, write: (part: Buffer) => parts.push(part) }
  return { wire: Object.create(connection, { stream: { value: stream } }) as pg.Connection, parts }
}

/** Makes values ready for the wire at once, so that one that cannot be sent fails before anything is. */
export function wireValues(values: readonly unknown[]): (string | Buffer | null)[] {
  return values.map((value) => MAPPER.prepareValue(value))
}

/**
 * Several statements that travel together and end in one synchronisation: PostgreSQL answers all of them at once, and after an error it
 * skips the rest, so nothing behind a failed statement runs. Made for `client.query`; `answered` gives one answer per statement or the
 * first error.
 */
export class Flight implements pg.Submittable {
  readonly answered: Promise<StatementAnswer[]>
  readonly statements: readonly Statement[]
  readonly #answers: StatementAnswer[] = []
  readonly #resolve: (answers: StatementAnswer[]) => void
  readonly #reject: (error: unknown) => void
  #held: Map<string, readonly Column[]> = new Map()
  #columns: readonly Column[] = []
  #rows: Record<string, unknown>[] = []
  #failure: unknown

  constructor(statements: readonly Statement[]) {
    this.statements = statements
    const { promise, resolve, reject } = Promise.withResolvers<StatementAnswer[]>()
    this.answered = promise
    this.#resolve = resolve
    this.#reject = reject
  }

  submit = (connection: pg.Connection): void => {
    const known = held.get(connection) ?? new Map<string, readonly Column[]>()
    held.set(connection, known)
    this.#held = known
    const out = gathering(connection)
    const fresh = new Set<string>()
    for (const { text, values, name } of this.statements) {
      const ready = name !== undefined && (known.has(name) || fresh.has(name))
      if (!ready) {
        // After an error nobody knows which names the server took; closing one that it never had is no error.
        if (name !== undefined) out.wire.close({ type: 'S', name }, true)
        out.wire.parse({ text, name: name ?? '', types: [] }, true)
      }
      out.wire.bind({ statement: name, values: [...values] }, true)
      if (name === undefined || !known.has(name)) out.wire.describe({ type: 'P', name: '' }, true)
      out.wire.execute(null, true)
      if (name !== undefined) fresh.add(name)
    }
    out.wire.sync()
    connection.stream.write(Buffer.concat(out.parts))
    this.#begin()
  }

  handleRowDescription({ fields }: { fields: readonly pg.FieldDef[] }): void {
    this.#columns = fields.map(({ name, dataTypeID }) => ({ name, parse: pg.types.getTypeParser(dataTypeID, 'text') }))
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    if (this.#failure !== undefined) return
    try {
      const row: Record<string, unknown> = {}
      const columns = this.#columns
      for (let index = 0; index < columns.length; index++) {
        const column = columns[index]
        const text = fields[index]
        if (column) row[column.name] = text === null || text === undefined ? null : column.parse(text)
      }
      this.#rows.push(row)
    } catch (error) {
      this.#failure = error
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    const name = this.statements[this.#answers.length]?.name
    if (name !== undefined) this.#held.set(name, this.#columns)
    const [command = '', ...numbers] = text.split(' ')
    this.#answers.push({ command, count: Number(numbers.at(-1) ?? 0), rows: this.#rows })
    this.#begin()
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: '' })
  }

  handleCopyInResponse(connection: { sendCopyFail(reason: string): void }): void {
    connection.sendCopyFail('COPY needs a connection of its own')
  }

  handleReadyForQuery(): void {
    if (this.#failure === undefined) this.#resolve(this.#answers)
    else this.#reject(this.#failure)
  }

  handleError(error: unknown): void {
    this.#reject(error)
  }

  /** A statement that is held prepared is not described again. */
  #begin(): void {
    const name = this.statements[this.#answers.length]?.name
    this.#columns = (name === undefined ? undefined : this.#held.get(name)) ?? []
    this.#rows = []
  }
}
