import {
  AbortedTransactionError,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import type pg from 'pg'
import { Flight, wireValues, type Statement, type StatementAnswer } from './flight.ts'
import { TemplateCompiler } from './template-compiler.ts'

const CHANGES: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])
/** Errors that say what the server holds prepared is not what we think: a table has changed its columns, or a pooler has swapped the server. */
const STALE: ReadonlySet<string> = new Set(['0A000', '26000', '42P05'])
const MOST_NAMES = 1_000
const names = new Map<string, string>()

/** A name for each text that is sent prepared; a text beyond the first thousand, which no fixed set of stores has, is sent without. */
function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= MOST_NAMES) return known
  const name = `linli_${names.size}`
  names.set(text, name)
  return name
}

const plain = (query: CompiledQuery): Statement => ({ text: query.sql, values: wireValues(query.parameters), name: undefined })
const named = (query: CompiledQuery): Statement => ({ text: query.sql, values: wireValues(query.parameters), name: nameOf(query.sql) })
const word = (text: string): Statement => ({ text, values: [], name: nameOf(text) })
const resultOf = ({ command, count, rows }: StatementAnswer): QueryResult<unknown> =>
  CHANGES.has(command) ? { rows, numAffectedRows: BigInt(count) } : { rows }

/**
 * One connection whose statements wait for each other as little as they can: BEGIN goes out with the first statement of a transaction,
 * writes whose answer nobody reads wait for the next statement, and what is left goes out with COMMIT.
 */
export class PipelinedConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient
  #waiting: Statement[] = []
  #state: 'none' | 'asked' | 'open' = 'none'
  #failure: unknown
  #spent = false

  constructor(client: pg.PoolClient) {
    this.#client = client
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const [answer] = await this.#fly([plain(query)])
    return resultOf(answer ?? NOTHING) as QueryResult<Row>
  }

  /** Sends prepared statements in one flight; without a transaction around them they are one of their own. */
  async together(queries: readonly CompiledQuery[]): Promise<Record<string, unknown>[][]> {
    return (await this.#fly(queries.map(named))).map((answer) => answer.rows)
  }

  /** Inside a transaction keeps a statement back until the next flight; else sends it. */
  async write(query: CompiledQuery): Promise<void> {
    if (this.#state === 'none') await this.#fly([named(query)])
    else this.#waiting.push(named(query))
  }

  begin(text: string): void {
    this.#waiting = [word(text)]
    this.#state = 'asked'
    this.#failure = undefined
  }

  async commit(): Promise<void> {
    // A transaction that said nothing was never begun.
    if (this.#state === 'asked' && this.#waiting.length === 1) return this.#end()
    if (this.#failure !== undefined) this.#waiting = []
    const [answer] = await this.#fly([word('commit')])
    this.#end()
    // After an error that the work swallowed, PostgreSQL answers COMMIT by rolling back.
    if (answer?.command !== 'COMMIT') throw new AbortedTransactionError({ cause: this.#failure })
  }

  /** Never fails: the error that led here is the one to be heard, and a connection that cannot roll back is thrown away. */
  async rollback(): Promise<void> {
    const began = this.#state === 'open'
    this.#waiting = []
    this.#state = 'none'
    if (!began) return
    await this.#fly([word('rollback')]).catch(() => {
      this.#spent = true
    })
  }

  release(): void {
    this.#client.release(this.#spent || this.#state !== 'none')
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('A pipelined connection streams nothing; use a client of the pool')
  }

  #end(): void {
    this.#waiting = []
    this.#state = 'none'
  }

  /** Sends what waits and the given statements in one flight; returns the answers of the given ones. */
  async #fly(statements: readonly Statement[]): Promise<StatementAnswer[]> {
    const flight = new Flight([...this.#waiting, ...statements])
    const before = this.#waiting.length
    this.#waiting = []
    if (this.#state === 'asked') this.#state = 'open'
    this.#client.query(flight)
    try {
      return (await flight.answered).slice(before)
    } catch (error) {
      this.#failure ??= error
      if (STALE.has((error as { code?: string }).code ?? '')) this.#spent = true
      // The stack of the parser says nothing; this one leads to whoever asked.
      if (error instanceof Error) Error.captureStackTrace(error)
      throw error
    }
  }
}
const NOTHING: StatementAnswer = { command: '', count: 0, rows: [] }

class PipelinedDriver implements Driver {
  readonly #pool: pg.Pool
  readonly #connections = new WeakMap<pg.PoolClient, PipelinedConnection>()

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PipelinedConnection> {
    const client = await this.#pool.connect()
    const connection = this.#connections.get(client) ?? new PipelinedConnection(client)
    this.#connections.set(client, connection)
    return connection
  }

  async beginTransaction(connection: PipelinedConnection, { isolationLevel, accessMode }: TransactionSettings): Promise<void> {
    connection.begin(['begin', isolationLevel && `isolation level ${isolationLevel}`, accessMode].filter(Boolean).join(' '))
  }

  commitTransaction(connection: PipelinedConnection): Promise<void> {
    return connection.commit()
  }

  rollbackTransaction(connection: PipelinedConnection): Promise<void> {
    return connection.rollback()
  }

  async releaseConnection(connection: PipelinedConnection): Promise<void> {
    connection.release()
  }

  destroy(): Promise<void> {
    return this.#pool.end()
  }
}

/** PostgreSQL over pipelined connections of a pool; its clients stay usable by themselves. */
export function pipelinedDialect(pool: pg.Pool): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PipelinedDriver(pool),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new TemplateCompiler(),
  }
}
