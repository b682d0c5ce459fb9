import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { one, sql } from './db/database.ts'
import { relayOnce, writeEvents, type DomainEvent, type Reaction } from './outbox.ts'
import { keptLog } from './testing/log-lines.ts'
import { openPlatformDatabase, type PlatformDatabase } from './testing/platform-database.ts'

const caseId = (number: number) => `019a0000-0000-7001-8000-${String(number).padStart(12, '0')}`
const event = (number: number, seq: number, districtId = 1): DomainEvent => ({
  districtId,
  caseId: caseId(number),
  seq,
  topic: 'case.moved',
  at: new Date(Date.UTC(2026, 10, 22, 0, 0, seq)),
  hash: `hash-${seq}`,
  payload: { number, seq },
})
const name = (given: DomainEvent) => `${given.payload['number']}:${given.seq}`

describe('the relay', () => {
  let database: PlatformDatabase
  const { log, lines } = keptLog()
  let heard: string[] = []
  let published: string[] = []
  let failing: (given: DomainEvent) => boolean = () => false

  const reaction: Reaction = {
    name: 'test',
    topic: 'case.moved',
    run: async (given) => {
      if (failing(given)) throw new Error('the reaction failed')
      heard.push(name(given))
    },
  }
  const relay = (reactions: readonly Reaction[] = [reaction]) => relayOnce(database.db, reactions, (given) => published.push(name(given)), log)
  const write = (...events: DomainEvent[]) => writeEvents(database.db, events)
  const undelivered = async () => (await one<{ count: number }>(database.db, sql`select count(*) as count from platform.outbox where not delivered`))?.count

  beforeAll(async () => {
    database = await openPlatformDatabase()
  })
  beforeEach(async () => {
    await sql`truncate platform.outbox`.execute(database.db)
    heard = []
    published = []
    lines.length = 0
    failing = () => false
  })
  afterAll(() => database.drop())

  it('delivers what committed once, in order per case, and then has nothing left', async () => {
    await write(event(2, 2), event(1, 3), event(1, 1), event(2, 1), event(1, 2))
    expect(await relay()).toBe(5)
    expect(heard.filter((line) => line.startsWith('1:'))).toEqual(['1:1', '1:2', '1:3'])
    expect(heard.filter((line) => line.startsWith('2:'))).toEqual(['2:1', '2:2'])
    expect(published).toEqual(heard)
    expect([await relay(), heard.length]).toEqual([0, 5])
  })

  it('announces nothing of a transaction that failed', async () => {
    const failed = database.db.transaction().execute(async (tx) => {
      await writeEvents(tx, [event(1, 1)])
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    expect([await relay(), heard]).toEqual([0, []])
  })

  it('finds a line that an older transaction commits later: it keeps no high-water mark', async () => {
    const gate = Promise.withResolvers<void>()
    const slow = database.db.transaction().execute(async (tx) => {
      await writeEvents(tx, [event(1, 1)])
      await gate.promise
    })
    await write(event(2, 5))
    expect(await relay()).toBe(1)
    gate.resolve()
    await slow
    expect(await relay()).toBe(1)
    expect(heard).toEqual(['2:5', '1:1'])
  })

  it('holds a case whose reaction fails, and nobody else', async () => {
    failing = (given) => name(given) === '1:2'
    await write(event(1, 1), event(1, 2), event(1, 3), event(2, 1), event(2, 2), event(3, 9, 2))
    expect(await relay()).toBe(4)
    expect(heard.toSorted()).toEqual(['1:1', '2:1', '2:2', '3:9'])
    expect(published).not.toContain('1:3')
    expect(lines).toEqual([expect.objectContaining({ caseId: caseId(1), seq: 2, attempts: 1, msg: 'reaction failed; will be repeated' })])
    failing = () => false
    await sql`update platform.outbox set next_at = now()`.execute(database.db)
    expect(await relay()).toBe(2)
    expect(heard.slice(-2)).toEqual(['1:2', '1:3'])
  })

  it('tries a failed one again later and later, not at every look', async () => {
    failing = () => true
    await write(event(1, 1), event(1, 2))
    const waits: number[] = []
    for (let attempt = 0; attempt < 3; attempt++) {
      await relay()
      await relay()
      const row = await one<{ attempts: number; wait: number }>(
        database.db,
        sql`select attempts, round(extract(epoch from next_at - now())) as wait from platform.outbox where seq = 1`,
      )
      expect(row?.attempts).toBe(attempt + 1)
      waits.push(row?.wait ?? 0)
      await sql`update platform.outbox set next_at = now() where seq = 1`.execute(database.db)
    }
    expect(waits).toEqual([1, 2, 4])
    expect(heard).toEqual([])
  })

  it('goes past a case that is held with more lines than it looks at in one go', async () => {
    failing = (given) => given.payload['number'] === 1
    await write(...Array.from({ length: 600 }, (_, index) => event(1, index + 1)))
    await relay()
    await write(event(2, 700))
    await relay()
    expect(heard).toEqual(['2:700'])
  })

  it('delivers again what was heard but not marked: a reaction is asked at least once, and what was left is there after a restart', async () => {
    await write(event(1, 1), event(1, 2))
    const dies: Reaction = {
      ...reaction,
      run: async (given) => {
        await reaction.run(given)
        if (given.seq === 2)
          await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`.execute(
            database.db,
          )
      },
    }
    await expect(relay([dies])).rejects.toThrow(/terminat|connection|ECONNRESET|EPIPE/i)
    expect([await undelivered(), published]).toEqual([2, []])
    expect(await relay()).toBe(2)
    expect(heard).toEqual(['1:1', '1:2', '1:1', '1:2'])
    expect(published).toEqual(['1:1', '1:2'])
  })

  it('is not run twice at a time for one district', async () => {
    await write(...Array.from({ length: 20 }, (_, index) => event(index + 1, 1)))
    const slow: Reaction = {
      ...reaction,
      run: async (given) => {
        await new Promise((resolve) => setTimeout(resolve, 2))
        await reaction.run(given)
      },
    }
    const counts = await Promise.all([relay([slow]), relay([slow]), relay([slow])])
    expect(counts.toSorted((one, other) => one - other)).toEqual([0, 0, 20])
    expect(heard).toHaveLength(20)
  })

  it('asks only the reactions to a topic', async () => {
    await write({ ...event(1, 1), topic: 'other.thing' })
    expect(await relay()).toBe(1)
    expect([heard, published]).toEqual([[], ['1:1']])
  })
})
