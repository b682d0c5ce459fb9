import { randomUUID } from 'node:crypto'
import type { TestServer } from './server.ts'
import type { Answer, Person } from './world.ts'

/** Somebody's telephone number, ID number and plate, all invented, in one sentence. */
export const PHONE = '13812341234'
export const ID_NUMBER = '11010519491231002X'
export const PLATE = '鲁D12345'
export const SAID = `路口井盖缺失，${PLATE}压坏的，请联系我${PHONE}，身份证${ID_NUMBER}`
export const SECRETS = [PHONE, ID_NUMBER, PLATE] as const

/** Sends something with a fresh idempotency key, or the one given. */
export const post = <T = Record<string, unknown>>(
  person: Person,
  path: string,
  body: unknown,
  { key = randomUUID(), purpose }: { key?: string; purpose?: string } = {},
): Promise<Answer<T>> => person.send<T>('POST', path, body, { 'idempotency-key': key, ...(purpose === undefined ? {} : { 'linli-purpose': purpose }) })

/** Runs one of the program's jobs now. */
export async function runJob(server: TestServer, name: string): Promise<void> {
  const job = server.running.app.registrations.flatMap((registration) => registration.jobs ?? []).find((candidate) => candidate.name === name)
  if (!job) throw new Error(`there is no job ${name}`)
  await job.run()
}

/** One number that a query answers. */
export async function countOf(server: TestServer, query: string, values: unknown[] = []): Promise<number> {
  const { rows } = await server.running.platform.pool.query<{ count: number }>(query, values)
  return Number(rows[0]?.count ?? 0)
}

/** How often the audit says that an action was done to an object, and the read log that an endpoint showed it. */
export const auditCount = (server: TestServer, action: string, objectId: string) =>
  countOf(server, `select count(*) from platform.audit where action = $1 and object_id = $2 and outcome = 'done'`, [action, objectId])
export const readCount = (server: TestServer, endpoint: string, objectId: string) =>
  countOf(server, 'select count(*) from platform.read_log where endpoint = $1 and object_id = $2', [endpoint, objectId])
