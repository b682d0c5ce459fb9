import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openPlatformDatabase, type PlatformDatabase } from '../testing/platform-database.ts'
import { many, openDatabase, one, sql, together, write, type Db } from './database.ts'

/** The type that nothing of ours uses. */
const POINT = 600 as typeof pg.types.builtins.INT8

describe('a pipelined connection', () => {
  let database: PlatformDatabase
  let db: Db
  const put = (n: number) => sql`insert into trial (n) values (${n})`
  const numbers = async () => (await many<{ n: number }>(database.db, sql`select n from trial order by n`)).map((row) => row.n)
  /** How many flights the work took. */
  const flights = async (work: () => Promise<unknown>): Promise<number> => {
    const query = vi.spyOn(pg.Client.prototype, 'query')
    await work()
    const { length } = query.mock.calls
    query.mockRestore()
    return length
  }

  beforeAll(async () => {
    database = await openPlatformDatabase()
    await database.pool.query('create table trial (n int primary key)')
    db = openDatabase(database.connection, 1).db
    await many(db, sql`select 1`)
  })
  beforeEach(() => database.pool.query('truncate trial'))
  afterEach(() => vi.restoreAllMocks())
  afterAll(async () => {
    await db.destroy()
    await database.drop()
  })

  it('sends a transaction that only writes in one flight', async () => {
    const count = await flights(() =>
      db.transaction().execute(async (tx) => {
        for (const n of [1, 2, 3]) await write(tx, put(n))
      }),
    )
    expect({ count, numbers: await numbers() }).toEqual({ count: 1, numbers: [1, 2, 3] })
  })

  it('sends BEGIN with the first question and what was written with the next', async () => {
    const seen: unknown[] = []
    const count = await flights(() =>
      db.transaction().execute(async (tx) => {
        seen.push(await together(tx, sql<{ n: number }>`select ${1}::int as n`, sql<{ m: string }>`select ${'二'}::text as m where ${true}`))
        await write(tx, put(7))
        seen.push(await one(tx, sql`select n from trial`))
        await write(tx, put(8))
      }),
    )
    expect(seen).toEqual([[[{ n: 1 }], [{ m: '二' }]], { n: 7 }])
    expect({ count, numbers: await numbers() }).toEqual({ count: 3, numbers: [7, 8] })
  })

  it('sends nothing for a transaction that says nothing', async () => {
    expect(await flights(() => db.transaction().execute(async () => undefined))).toBe(0)
  })

  it('keeps its writes to itself until it commits', async () => {
    await db.transaction().execute(async (tx) => {
      await write(tx, put(1))
      await one(tx, sql`select 1`)
      expect(await numbers()).toEqual([])
    })
    expect(await numbers()).toEqual([1])
  })

  it('throws the first error of a flight, runs nothing behind it and writes nothing at all', async () => {
    await database.pool.query('insert into trial values (2)')
    const reached = vi.fn<() => void>()
    await expect(
      db.transaction().execute(async (tx) => {
        for (const n of [1, 2, 3]) await write(tx, put(n))
        await write(tx, sql`insert into nowhere values (1)`)
        await one(tx, sql`select 1`)
        reached()
      }),
    ).rejects.toMatchObject({ code: '23505' })
    expect(reached).not.toHaveBeenCalled()
    expect(await numbers()).toEqual([2])
  })

  it('throws an error that only COMMIT brings to light', async () => {
    await database.pool.query('insert into trial values (2)')
    const answer = db.transaction().execute(async (tx) => {
      await write(tx, put(1))
      await write(tx, put(2))
      return 'done'
    })
    await expect(answer).rejects.toMatchObject({ code: '23505' })
    expect(await numbers()).toEqual([2])
  })

  it('is usable after each error, by its prepared statements too', async () => {
    for (let round = 0; round < 3; round++) {
      await database.pool.query('truncate trial')
      await expect(
        db.transaction().execute(async (tx) => {
          await write(tx, put(1))
          await write(tx, put(1))
        }),
      ).rejects.toMatchObject({ code: '23505' })
      await write(db, put(1))
      expect(await together(db, sql`select n from trial where n = ${1}`)).toEqual([[{ n: 1 }]])
    }
  })

  it('does not commit when the work swallowed an error', async () => {
    const answer = db.transaction().execute(async (tx) => {
      await write(tx, put(1))
      await many(tx, sql`select nonsense`).catch(() => undefined)
      await write(tx, put(2))
    })
    await expect(answer).rejects.toMatchObject({ name: 'AbortedTransactionError', cause: { code: '42703' } })
    expect(await numbers()).toEqual([])
    await write(db, put(3))
    expect(await numbers()).toEqual([3])
  })

  it('takes back what was written when the work itself fails, and sends nothing where nothing had gone out', async () => {
    const fail = (ask: boolean) =>
      db.transaction().execute(async (tx) => {
        await write(tx, put(1))
        if (ask) await one(tx, sql`select 1`)
        throw new Error('no')
      })
    expect(await flights(() => expect(fail(false)).rejects.toThrow('no'))).toBe(0)
    expect(await flights(() => expect(fail(true)).rejects.toThrow('no'))).toBe(2)
    expect(await numbers()).toEqual([])
  })

  it('refuses a value that cannot be sent before anything of its statement goes out', async () => {
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    await expect(db.transaction().execute(async (tx) => write(tx, sql`select ${circle}::jsonb`))).rejects.toThrow(/circular/i)
    await write(db, put(1))
    expect(await numbers()).toEqual([1])
  })

  it('loses the work, and no more, when the server ends it in the middle', async () => {
    const ended = db.transaction().execute(async (tx) => {
      await write(tx, put(1))
      const row = await one<{ pid: number }>(tx, sql`select pg_backend_pid() as pid`)
      await database.pool.query('select pg_terminate_backend($1)', [row?.pid])
      await write(tx, put(2))
    })
    await expect(ended).rejects.toThrow()
    expect(await numbers()).toEqual([])
    await write(db, put(3))
    expect(await numbers()).toEqual([3])
  })

  it('forgets a connection whose prepared statement the server no longer holds or can no longer run', async () => {
    const ask = () => together(db, sql`select * from changing where n = ${1}`)
    await database.pool.query('create table changing (n int)')
    await ask()
    await database.pool.query('alter table changing add column m int')
    await expect(ask()).rejects.toMatchObject({ code: '0A000' })
    expect(await ask()).toEqual([[]])
    await many(db, sql`deallocate all`)
    await expect(ask()).rejects.toMatchObject({ code: '26000' })
    expect(await ask()).toEqual([[]])
  })

  it('answers like the driver of pg: types, null, touched rows, and columns of a statement that is held prepared', async () => {
    const kinds = sql`select ${'2026-11-22T08:00:00Z'}::timestamptz as at, ${'{a,b}'}::text[] as list, ${'{"a":1}'}::jsonb as json, null::int as none, 5::bigint as big, ${Buffer.from('x')}::bytea as bytes`
    const wanted = { at: new Date('2026-11-22T08:00:00Z'), list: ['a', 'b'], json: { a: 1 }, none: null, big: 5, bytes: Buffer.from('x') }
    for (let round = 0; round < 2; round++) expect(await together(db, kinds, kinds)).toEqual([[wanted], [wanted]])
    expect(await many(db, kinds)).toEqual([wanted])
    await write(db, put(1))
    expect((await sql`update trial set n = n + 1`.execute(db)).numAffectedRows).toBe(1n)
    expect(await many(db, sql``)).toEqual([])
  })

  it('says what a value of a row could not be read as', async () => {
    await expect(many(db, sql`select '{"a":1'::text::json as json`)).rejects.toMatchObject({ code: '22P02' })
    pg.types.setTypeParser(POINT, () => {
      throw new Error('no point')
    })
    await expect(many(db, sql`select '(1,2)'::point`)).rejects.toThrow('no point')
    pg.types.setTypeParser(POINT, String)
    expect(await many(db, sql`select '(1,2)'::point as point`)).toEqual([{ point: '(1,2)' }])
  })

  it('isolates as asked', async () => {
    await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (tx) => {
        await one(tx, sql`select count(*) from trial`)
        await database.pool.query('insert into trial values (1)')
        expect(await one(tx, sql`select count(*) as count from trial`)).toEqual({ count: 0 })
      })
  })

  it('lets many work on one row at once and loses none of them', async () => {
    await database.pool.query('insert into trial values (0)')
    const add = () =>
      database.db.transaction().execute(async (tx) => {
        const [[row]] = await together(tx, sql<{ n: number }>`select n from trial for update`)
        await write(tx, sql`update trial set n = ${(row?.n ?? 0) + 1}`)
      })
    await Promise.all(Array.from({ length: 40 }, add))
    expect(await numbers()).toEqual([40])
  })
})
