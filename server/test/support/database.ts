import { randomBytes } from 'node:crypto'
import pg from 'pg'

const LOCK = 7_262_900

/** Connection to the PostgreSQL of this test run (see scripts/testing/start-database.ts), or to the one of LINLI_TEST_DATABASE_URL. */
export function testConnection(external = false): pg.ClientConfig {
  if (external) return { connectionString: process.env['LINLI_TEST_DATABASE_URL'] }
  const json = process.env['LINLI_TEST_PG']
  if (json === undefined) throw new Error('LINLI_TEST_PG is not set: run the tests with npm test')
  return JSON.parse(json) as pg.ClientConfig
}

function at(config: pg.ClientConfig, database: string): pg.ClientConfig {
  if (config.connectionString === undefined) return { ...config, database }
  const url = new URL(config.connectionString)
  url.pathname = `/${database}`
  return { connectionString: url.href }
}

async function withClient<T>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(config)
  await client.connect()
  return work(client).finally(() => client.end())
}

/**
 * Makes a database of its own for one test, copied from a template that `fill` makes once per run and name.
 * Drop it with the returned function.
 */
export async function makeDatabase(
  template: string,
  fill: (connection: pg.ClientConfig) => Promise<void>,
  external = false,
): Promise<{ connection: pg.ClientConfig; drop(): Promise<void> }> {
  const config = testConnection(external)
  const maintenance = at(config, 'postgres')
  const name = `test_${randomBytes(6).toString('hex')}`
  await withClient(maintenance, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    const there = await client.query('select 1 from pg_database where datname = $1', [template])
    if (there.rows.length === 0) {
      const making = `${template}_making`
      await client.query(`drop database if exists ${making} with (force)`)
      await client.query(`create database ${making} template template0 encoding 'UTF8' locale 'C.UTF-8'`)
      await fill(at(config, making))
      await client.query(`alter database ${making} rename to ${template}`)
    }
    await client.query(`create database ${name} template ${template}`)
  })
  return {
    connection: at(config, name),
    drop: () => withClient(maintenance, async (client) => void (await client.query(`drop database if exists ${name} with (force)`))),
  }
}
