import { expect, test } from 'vitest'
import { checkDatabase } from './check-database.ts'

interface World {
  readonly version?: number
  readonly encoding?: string
  readonly trigrams?: number
  readonly extension?: 'there' | 'missing' | 'forbidden'
}

/** Answers the questions of the check as a server of the given kind would. */
function server({ version = 180_000, encoding = 'UTF8', trigrams = 3, extension = 'there' }: World): {
  client: Parameters<typeof checkDatabase>[0]
  asked: string[]
} {
  const asked: string[] = []
  const query = async (sql: string): Promise<{ rows: unknown[] }> => {
    asked.push(sql)
    if (sql.includes('server_version_num')) return { rows: [{ version, name: String(version), encoding }] }
    if (sql.includes('pg_extension')) return { rows: extension === 'there' ? [1] : [] }
    if (sql.startsWith('create extension') && extension === 'forbidden') throw new Error('permission denied')
    return { rows: [{ count: trigrams }] }
  }
  return { client: { query } as unknown as Parameters<typeof checkDatabase>[0], asked }
}

test('a UTF-8 database of PostgreSQL 15 that sees Chinese trigrams passes without a change', async () => {
  const { client, asked } = server({ version: 150_000 })
  await checkDatabase(client)
  expect(asked.filter((sql) => sql.startsWith('create'))).toEqual([])
})

test('the extension is made when it is missing', async () => {
  const { client, asked } = server({ extension: 'missing' })
  await checkDatabase(client)
  expect(asked).toContain('create extension if not exists pg_trgm')
})

test.each<[string, World]>([
  ['DATABASE_TOO_OLD', { version: 140_012 }],
  ['DATABASE_NOT_UTF8', { encoding: 'SQL_ASCII' }],
  ['DATABASE_NO_TRIGRAMS', { extension: 'forbidden' }],
  ['DATABASE_LOCALE', { trigrams: 0 }],
])('a database that Linli cannot work on is refused with %s', async (code, world) => {
  await expect(checkDatabase(server(world).client)).rejects.toMatchObject({ code })
})
