/** The floor of bench/intake.ts, a process of its own: what Fastify, pg and one durable insert of the same bytes cost, and nothing else. Its argument is the folder of the database's socket. */
import fastify from 'fastify'
import pg from 'pg'

const [host = ''] = process.argv.slice(2)
const pool = new pg.Pool({ host, port: 5432, user: 'linli', database: 'linli', max: 16 })
await pool.query('create schema if not exists bench')
await pool.query('create table if not exists bench.report (id bigint generated always as identity primary key, key text not null unique, body jsonb not null)')

const app = fastify()
app.post('/', async (request, reply) => {
  await pool.query({ name: 'insert', text: 'insert into bench.report (key, body) values ($1, $2)', values: [request.headers['idempotency-key'], request.body] })
  return reply.status(201).send({ ok: true })
})
process.send?.(await app.listen({ host: '127.0.0.1', port: 0 }))
