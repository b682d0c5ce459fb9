import { Kysely, sql, type RawBuilder, type Transaction } from 'kysely'
import pg from 'pg'
import { PipelinedConnection, pipelinedDialect } from './pipelined.ts'

/** SQL is written as SQL: stores use the `sql` template, so the schema type is empty on purpose. */
export type Tables = Record<string, never>
export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>
export type Queryable = Db | Tx

pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)
const parseInstant = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ, 'text') as (text: string) => Date | number
/** Our connections speak UTC: such an instant needs but a T and a zone of four digits for the fast parser of the language; any other goes the long way. */
const UTC_INSTANT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) =>
  UTC_INSTANT.test(text) ? new Date(`${text.slice(0, 10)}T${text.slice(11)}:00`) : parseInstant(text),
)

/** Opens a pool; `jit` is off because it costs more than it gives on our short queries (peers: DIGIT found 4.3×). */
export function openDatabase(connection: pg.PoolConfig, connections: number): { db: Db; pool: pg.Pool } {
  const pool = new pg.Pool({ ...connection, max: connections, options: '-c jit=off -c timezone=UTC -c statement_timeout=120000', application_name: 'linli' })
  // An idle connection that the server drops must not take the process down; the next query opens another.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return { db: new Kysely<Tables>({ dialect: pipelinedDialect(pool) }), pool }
}

/** The first row or undefined. */
export async function one<Row>(db: Queryable, query: ReturnType<typeof sql<Row>>): Promise<Row | undefined> {
  return (await query.execute(db)).rows[0]
}

/** All rows. */
export async function many<Row>(db: Queryable, query: ReturnType<typeof sql<Row>>): Promise<Row[]> {
  return (await query.execute(db)).rows
}

type RowsOf<Queries> = { [K in keyof Queries]: Queries[K] extends RawBuilder<infer Row> ? Row[] : never }

/**
 * The rows of several statements that go out in one flight and wait for none of the others; the first error is thrown and nothing behind
 * it has run. The server keeps their plans: for statements that find their rows by key, whatever the values.
 */
export async function together<const Queries extends readonly RawBuilder<unknown>[]>(db: Queryable, ...queries: Queries): Promise<RowsOf<Queries>> {
  const compiled = queries.map((query) => query.compile(db))
  return (await db.getExecutor().provideConnection((connection) => pipelined(connection).together(compiled))) as unknown as RowsOf<Queries>
}

/**
 * Writes what nobody reads an answer of. Inside a transaction it goes out with the next statement that is awaited or with COMMIT, and its
 * error fails the transaction there; outside it is sent at once. Its plan is kept.
 */
export async function write(db: Queryable, query: RawBuilder<unknown>): Promise<void> {
  const compiled = query.compile(db)
  await db.getExecutor().provideConnection((connection) => pipelined(connection).write(compiled))
}

function pipelined(connection: unknown): PipelinedConnection {
  if (connection instanceof PipelinedConnection) return connection
  throw new Error('NOT_PIPELINED')
}

export { sql }
