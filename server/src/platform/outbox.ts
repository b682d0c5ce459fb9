import { many, sql, together, write, type Db, type Queryable, type Tx } from './db/database.ts'
import { byIndexAlone, districtsWaiting } from './db/queue.ts'
import type { Log } from './log.ts'

/** What happened, as other modules and screens hear it (事件); id = (caseId, seq). */
export interface DomainEvent {
  readonly districtId: number
  readonly caseId: string
  readonly seq: number
  readonly topic: string
  readonly at: Date
  readonly hash: string
  readonly payload: Readonly<Record<string, unknown>>
}
/** A reaction is idempotent by event id: a lost delivery is repeated. */
export interface Reaction {
  readonly name: string
  readonly topic: string
  run(event: DomainEvent): Promise<void>
}

/** Writes the events of a command in its own transaction: they are announced only if it commits. */
export async function writeEvents(tx: Queryable, events: readonly DomainEvent[]): Promise<void> {
  if (events.length === 0) return
  await write(
    tx,
    sql`insert into platform.outbox (district_id, case_id, seq, topic, at, hash, payload)
    select * from unnest(${events.map((event) => event.districtId)}::int[], ${events.map((event) => event.caseId)}::uuid[], ${events.map((event) => event.seq)}::int[],
      ${events.map((event) => event.topic)}::text[], ${events.map((event) => event.at)}::timestamptz[], ${events.map((event) => event.hash)}::text[], ${events.map((event) => JSON.stringify(event.payload))}::jsonb[])`,
  )
}

interface OutboxRow {
  district_id: number
  case_id: string
  seq: number
  topic: string
  at: Date
  hash: string
  payload: Record<string, unknown>
  attempts: number
}

/**
 * Delivers what is undelivered, in order per case, district by district under a lock of its own; never by a high-water mark.
 * A case whose reaction fails waits and holds nobody else up.
 */
export async function relayOnce(db: Db, reactions: readonly Reaction[], publish: (event: DomainEvent) => void, log: Log): Promise<number> {
  const districts = await districtsWaiting(db, 'platform.outbox', sql`not delivered and (next_at is null or next_at <= now())`)
  let delivered = 0
  for (const districtId of districts) delivered += await relayDistrict(db, districtId, reactions, publish, log)
  return delivered
}

async function relayDistrict(db: Db, districtId: number, reactions: readonly Reaction[], publish: (event: DomainEvent) => void, log: Log): Promise<number> {
  const done: DomainEvent[] = []
  await db.transaction().execute(async (tx) => {
    const [, [lock], rows] = await together(
      tx,
      byIndexAlone,
      sql<{ locked: boolean }>`select pg_try_advisory_xact_lock(7262002, ${districtId}) as locked`,
      sql<OutboxRow>`select district_id, case_id, seq, topic, at, hash, payload, attempts from platform.outbox as line where district_id = ${districtId} and not delivered
      and not exists (select from platform.outbox as held where held.district_id = line.district_id and held.case_id = line.case_id and not held.delivered and held.next_at > now()) order by at, case_id, seq limit 500`,
    )
    if (!lock?.locked) return
    const held = new Set<string>()
    for (const row of rows) {
      if (held.has(row.case_id)) continue
      const event: DomainEvent = { districtId, caseId: row.case_id, seq: row.seq, topic: row.topic, at: row.at, hash: row.hash, payload: row.payload }
      try {
        for (const reaction of reactions) if (reaction.topic === event.topic) await reaction.run(event)
        done.push(event)
      } catch (error) {
        held.add(row.case_id)
        log.error({ caseId: row.case_id, seq: row.seq, attempts: row.attempts + 1, error: String(error) }, 'reaction failed; will be repeated')
        await delay(tx, row)
      }
    }
    await write(
      tx,
      sql`update platform.outbox as line set delivered = true from unnest(${done.map((event) => event.caseId)}::uuid[], ${done.map((event) => event.seq)}::int[]) as done (case_id, seq)
      where line.district_id = ${districtId} and line.case_id = done.case_id and line.seq = done.seq`,
    )
  })
  for (const event of done) publish(event)
  return done.length
}

async function delay(tx: Tx, row: OutboxRow): Promise<void> {
  const seconds = Math.min(300, 2 ** row.attempts)
  await sql`update platform.outbox set attempts = attempts + 1, next_at = now() + make_interval(secs => ${seconds}) where district_id = ${row.district_id} and case_id = ${row.case_id} and seq = ${row.seq}`.execute(
    tx,
  )
}

/** How many events wait for their delivery. */
export async function countUndelivered(db: Db): Promise<number> {
  const [row] = await many<{ count: number }>(db, sql`select count(*) as count from platform.outbox where not delivered`)
  return row?.count ?? 0
}

/** Removes what was delivered and anchored more than an hour ago; streams resume from memory, not from here. */
export async function purgeOutbox(db: Db): Promise<void> {
  await sql`delete from platform.outbox where delivered and anchored and at < now() - interval '1 hour'`.execute(db)
}
