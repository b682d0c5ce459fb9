import type { WorkCalendar } from '@linli/lib/time/calendar'
import { many, one, sql, type Queryable, type Tx } from '../../platform/db/database.ts'
import type { Matter } from './import/matter.ts'

export interface EditionRow {
  edition: number
  publishedAt: Date
  note: string
  digest: string
  matters: number
  conditions: number
}

export const listEditions = (db: Queryable) =>
  many<EditionRow>(
    db,
    sql`
  select edition, published_at as "publishedAt", note, digest, matter_count as matters, condition_count as conditions from catalog.edition order by edition desc`,
  )
export const readMatters = async (db: Queryable, edition: number) =>
  (await many<{ value: Matter }>(db, sql`select value from catalog.matter where edition = ${edition} order by key`)).map((row) => row.value)

/** Writes a new edition behind the newest, under a lock so that two publishers do not take one number. */
export async function insertEdition(tx: Tx, matters: readonly Matter[], facts: { at: Date; by: string | null; note: string; digest: string }): Promise<number> {
  await sql`select pg_advisory_xact_lock(7262003)`.execute(tx)
  const last = await one<{ edition: number | null }>(tx, sql`select max(edition) as edition from catalog.edition`)
  const edition = (last?.edition ?? 0) + 1
  const conditions = matters.reduce((sum, matter) => sum + matter.conditions.length, 0)
  await sql`insert into catalog.edition (edition, published_at, published_by, note, digest, matter_count, condition_count) values (${edition}, ${facts.at}, ${facts.by}, ${facts.note}, ${facts.digest}, ${matters.length}, ${conditions})`.execute(
    tx,
  )
  await sql`insert into catalog.matter (edition, key, value) select ${edition}::int, value ->> 'key', value from jsonb_array_elements(${JSON.stringify(matters)}::jsonb) as value`.execute(
    tx,
  )
  return edition
}

export const findCalendar = async (db: Queryable) =>
  (await one<{ value: WorkCalendar }>(db, sql`select value from catalog.calendar order by published_at desc, version desc limit 1`))?.value
export async function insertCalendar(tx: Tx, calendar: WorkCalendar, at: Date): Promise<void> {
  await sql`insert into catalog.calendar (version, value, published_at) values (${calendar.version}, ${JSON.stringify(calendar)}::jsonb, ${at}) on conflict do nothing`.execute(
    tx,
  )
}
