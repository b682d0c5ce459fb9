/**
 * The floor of bench/loop.ts, a process of its own: what Fastify, pg and one durable statement cost that inserts the same rows as one of
 * our reports into the same tables, and nothing else. Reads its orders as JSON from the environment, prints where it listens.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import fastify from 'fastify'
import pg from 'pg'

/** One value of a row: the same for each report, or made anew for each. */
export type Value = { readonly constant: string | null } | { readonly slot: 'case' | 'report' | 'audit' | 'key' | 'number' | 'receipt' | 'now' }
export type SameRows = readonly {
  readonly table: string
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly Value[])[]
}[]

const quoted = (name: string) =>
  name
    .split('.')
    .map((part) => `"${part}"`)
    .join('.')

/** Several inserts in one statement. */
export function together(inserts: readonly string[]): string {
  const before = inserts.slice(0, -1).map((insert, index) => `t${index} as (${insert})`)
  return `${before.length > 0 ? `with ${before.join(', ')} ` : ''}${inserts.at(-1)}`
}

/** One insert per table, with each value written by the caller. */
export function insertsOf(rows: SameRows, write: (value: Value, type: string) => string): string[] {
  return rows.map(
    (part) =>
      `insert into ${quoted(part.table)} (${part.columns.map((column) => column.name).join(', ')}) values ${part.rows
        .map((row) => `(${row.map((value, index) => write(value, part.columns[index]?.type ?? 'text')).join(', ')})`)
        .join(', ')}`,
  )
}

async function serve(url: string, rows: SameRows): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 16 })
  pool.on('error', () => undefined)
  const values: Value[] = []
  // Each value is a parameter, as a hand-written handler would have it.
  const text = together(insertsOf(rows, (value, type) => `$${values.push(value)}::${type}`))
  let serial = 0
  const app = fastify()
  app.post('/', async (request, reply) => {
    const id = () => `${Date.now().toString(16).padStart(12, '0')}7000${randomBytes(8).toString('hex')}`
    const made = {
      case: id(),
      report: id(),
      audit: id(),
      key: request.headers['idempotency-key'] ?? randomUUID(),
      number: `FL-${process.pid}-${(serial += 1)}`,
      receipt: randomBytes(32).toString('hex'),
      now: new Date(),
    }
    await pool.query({ name: 'insert', text, values: values.map((value) => ('slot' in value ? made[value.slot] : value.constant)) })
    return reply.status(201).send({ ok: true })
  })
  console.log(JSON.stringify({ url: await app.listen({ host: '127.0.0.1', port: 0 }) }))
}

const orders = process.env['LINLI_FLOOR']
if (orders !== undefined) {
  const { url, rows } = JSON.parse(orders) as { url: string; rows: SameRows }
  await serve(url, rows)
}
