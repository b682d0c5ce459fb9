import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { one, sql } from './db/database.ts'
import { findAnswer, idempotencyKey, once, purgeKeys, rememberAnswer } from './idempotency.ts'
import { openPlatformDatabase, type PlatformDatabase } from './testing/platform-database.ts'

const NOW = Date.UTC(2026, 10, 22)
const DAY = 86_400_000

describe('an idempotency key', () => {
  let database: PlatformDatabase
  let acts = 0
  const act = (key: ReturnType<typeof idempotencyKey>, at = NOW) =>
    once(database.db, key, () =>
      database.db.transaction().execute(async (tx) => {
        acts += 1
        const answer = { number: acts }
        await new Promise((resolve) => setTimeout(resolve, 5))
        await rememberAnswer(tx, key, 201, answer, new Date(at))
        return answer
      }),
    )
  const count = async (key: string) =>
    (await one<{ count: number }>(database.db, sql`select count(*) as count from platform.idempotency where key = ${key}`))?.count

  beforeAll(async () => {
    database = await openPlatformDatabase()
  })
  afterAll(() => database.drop())

  it('gives a resend the first answer and does nothing twice', async () => {
    const key = idempotencyKey('web', 'client', 'key-once', { text: 'a', n: 1 })
    const first = await act(key)
    const before = acts
    expect(await act(idempotencyKey('web', 'client', 'key-once', { n: 1, text: 'a' }))).toEqual(first)
    expect(acts).toBe(before)
  })

  it('gives all of ten that race the same one answer', async () => {
    const key = idempotencyKey('web', 'client', 'key-race', {})
    const answers = await Promise.all(Array.from({ length: 10 }, () => act(key)))
    expect(new Set(answers.map((answer) => answer.number)).size).toBe(1)
    expect(await count('key-race')).toBe(1)
  })

  it('refuses another body, also where the two differ in a character or in a type', async () => {
    await act(idempotencyKey('web', 'client', 'key-body', { text: '路灯', n: 1 }))
    for (const body of [{ text: '路灯 ', n: 1 }, { text: '路灯', n: '1' }, { text: '路灯' }]) {
      await expect(act(idempotencyKey('web', 'client', 'key-body', body))).rejects.toMatchObject({ code: 'KEY_REUSED' })
    }
  })

  it('belongs to one channel and one client', async () => {
    const answers = await Promise.all([
      act(idempotencyKey('web', 'a', 'key-own', {})),
      act(idempotencyKey('field', 'a', 'key-own', {})),
      act(idempotencyKey('web', 'b', 'key-own', {})),
    ])
    expect(new Set(answers.map((answer) => answer.number)).size).toBe(3)
  })

  it('is free again after an act that failed', async () => {
    const key = idempotencyKey('web', 'client', 'key-fails', {})
    await expect(once(database.db, key, async () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await findAnswer(database.db, key)).toBeUndefined()
    expect(await act(key)).toEqual({ number: acts })
  })

  it('is forgotten after 400 days and not before', async () => {
    await act(idempotencyKey('web', 'client', 'key-old', {}), NOW - 400 * DAY - 1)
    await act(idempotencyKey('web', 'client', 'key-young', {}), NOW - 400 * DAY)
    expect(await purgeKeys(database.db, NOW)).toBe(1)
    expect([await count('key-old'), await count('key-young')]).toEqual([0, 1])
  })
})
