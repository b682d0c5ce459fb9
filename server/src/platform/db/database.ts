import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'

/** SQL is written as SQL: stores use the `sql` template, so the schema type is empty on purpose. */
export type Tables = Record<string, never>
export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>
export type Queryable = Db | Tx

pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)

/** Opens a pool; `jit` is off because it costs more than it gives on our short queries (peers: DIGIT found 4.3×). */
export function openDatabase(connection: pg.PoolConfig, connections: number): { db: Db; pool: pg.Pool } {
  const pool = new pg.Pool({ ...connection, max: connections, options: '-c jit=off -c timezone=UTC -c statement_timeout=120000', application_name: 'linli' })
  // An idle connection that the server drops must not take the process down; the next query opens another.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return { db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), pool }
}

/** The first row or undefined. */
export async function one<Row>(db: Queryable, query: ReturnType<typeof sql<Row>>): Promise<Row | undefined> {
  return (await query.execute(db)).rows[0]
}

/** All rows. */
export async function many<Row>(db: Queryable, query: ReturnType<typeof sql<Row>>): Promise<Row[]> {
  return (await query.execute(db)).rows
}

export { sql }
