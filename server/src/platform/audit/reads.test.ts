import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import pg from 'pg'
import { many, sql } from '../db/database.ts'
import { systemRuntime } from '../runtime.ts'
import { openPlatformDatabase, type PlatformDatabase } from '../testing/platform-database.ts'
import type { Actor } from '../rights/actor.ts'
import { writeRead, type ReadLine } from './audit.ts'

let database: PlatformDatabase
beforeAll(async () => {
  database = await openPlatformDatabase()
})
afterEach(async () => {
  vi.restoreAllMocks()
  await database.pool.query('truncate platform.read_log')
})
afterAll(() => database.drop())

const reader: Actor = { kind: 'public', client: 'somebody' }
const line = (index: number, rest: Partial<ReadLine> = {}): ReadLine => ({
  districtId: index % 3,
  requestId: `request-${index}`,
  actor: reader,
  endpoint: 'cases.get',
  purpose: 'handle-case',
  objectKind: 'case',
  objectId: `case-${index}`,
  rows: index,
  ...rest,
})
const written = () =>
  many<{ district_id: number; request_id: string; object_id: string; row_count: number }>(
    database.db,
    sql`select district_id, request_id, object_id, row_count from platform.read_log order by row_count`,
  )

it('reads at the same time are all written, in few statements, each before it is answered', async () => {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  const answered: number[] = []
  await Promise.all(Array.from({ length: 40 }, async (_, index) => answered.push(await writeRead(database.db, systemRuntime, line(index)).then(() => index))))
  expect(query.mock.calls.length).toBeLessThan(10)
  query.mockRestore()
  expect(answered).toHaveLength(40)
  expect(await written()).toEqual(
    Array.from({ length: 40 }, (_, index) => ({ district_id: index % 3, request_id: `request-${index}`, object_id: `case-${index}`, row_count: index })),
  )
})

it('a line that the database refuses fails its own read and no other', async () => {
  const settled = await Promise.allSettled(
    [1, 2, 3, 4].map((index) => writeRead(database.db, systemRuntime, line(index, index === 3 ? { objectId: 'a\0b' } : {}))),
  )
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  expect((await written()).map((row) => row.row_count)).toEqual([1, 2, 4])
})

it('a line inside a transaction stands or falls with it', async () => {
  const work = (fail: boolean) =>
    database.db.transaction().execute(async (tx) => {
      await writeRead(tx, systemRuntime, line(1))
      if (fail) throw new Error('no')
    })
  await expect(work(true)).rejects.toThrow('no')
  expect(await written()).toEqual([])
  await work(false)
  expect(await written()).toHaveLength(1)
})
