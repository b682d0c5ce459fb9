import { Refusal } from '@linli/contract/errors'
import { canonical, digest } from './audit/hash.ts'
import { sql, together, write, type Db, type Tx } from './db/database.ts'

export interface IdempotencyKey {
  readonly channel: string
  readonly client: string
  readonly key: string
  readonly bodyDigest: string
}
interface Stored {
  status: number
  answer: unknown
}

/** The key of one act; the digest of its body tells a resend from a misuse. */
export function idempotencyKey(channel: string, client: string, key: string, body: unknown): IdempotencyKey {
  return { channel, client, key, bodyDigest: digest('sha256', canonical(body)) }
}

/** The first answer of a resend, undefined for a new key; KEY_REUSED where the body differs. */
export async function findAnswer(db: Db | Tx, key: IdempotencyKey): Promise<Stored | undefined> {
  const [[row]] = await together(
    db,
    sql<{
      body_digest: string
      status: number
      answer: unknown
    }>`select body_digest, status, answer from platform.idempotency where channel = ${key.channel} and client = ${key.client} and key = ${key.key}`,
  )
  if (row && row.body_digest !== key.bodyDigest) throw new Refusal('KEY_REUSED', [{ pointer: '', code: 'KEY_REUSED' }])
  return row && { status: row.status, answer: row.answer }
}

/** Remembers the answer in the act's own transaction; a racing twin fails here and is answered by `once`. */
export function rememberAnswer(tx: Tx, key: IdempotencyKey, status: number, answer: unknown, at: Date): Promise<void> {
  return write(
    tx,
    sql`insert into platform.idempotency (channel, client, key, body_digest, status, answer, at)
    values (${key.channel}, ${key.client}, ${key.key}, ${key.bodyDigest}, ${status}, ${JSON.stringify(answer)}::jsonb, ${at})`,
  )
}

/** Runs an act once: a resend, also one that races the first, gets the first answer. */
export async function once<T>(db: Db, key: IdempotencyKey, act: () => Promise<T>): Promise<T> {
  const before = await findAnswer(db, key)
  if (before) return before.answer as T
  return onceWhole(db, key, act)
}

/**
 * The same for an act that is one transaction and remembers its answer in it: the key is not looked for before, because a new one is the
 * rule, and a resend fails on it with nothing done.
 */
export async function onceWhole<T>(db: Db, key: IdempotencyKey, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    // A twin that lost the race fails on the key, on a photo that is taken or on a case that has moved: whichever came first.
    const first = await findAnswer(db, key)
    if (!first) throw error
    return first.answer as T
  }
}

/** Removes keys older than 400 days. */
export async function purgeKeys(db: Db, now: number): Promise<number> {
  const result = await sql`delete from platform.idempotency where at < ${new Date(now - 400 * 86_400_000)}`.execute(db)
  return Number(result.numAffectedRows ?? 0)
}
