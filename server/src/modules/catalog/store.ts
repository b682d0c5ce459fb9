import { workCalendar, type WorkCalendar } from '@linli/lib/time/calendar'
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

export interface CalendarRow {
  readonly id: string
  readonly zh: string
  readonly en: string
  readonly version: string
  readonly publishedAt: Date
  readonly note: string
  readonly value: WorkCalendar
}
interface StoredCalendar extends Omit<CalendarRow, 'value'> {
  readonly value: WorkCalendar
}
const CALENDAR = sql.raw(`id, names ->> 'zh' as zh, names ->> 'en' as en, version, published_at as "publishedAt", note, value`)
const checked = ({ value, ...row }: StoredCalendar): CalendarRow => ({ ...row, value: workCalendar(value) })

/** Every calendar in its newest version. */
export const readNewestCalendars = async (db: Queryable) =>
  (await many<StoredCalendar>(db, sql`select distinct on (id) ${CALENDAR} from catalog.calendar order by id, published_at desc, version desc`)).map(checked)

/** Every version of one calendar, newest first. */
export const listCalendarVersions = async (db: Queryable, id: string) =>
  (await many<StoredCalendar>(db, sql`select ${CALENDAR} from catalog.calendar where id = ${id} order by published_at desc, version desc`)).map(checked)

/** One who publishes calendars at a time, or two edits would be made of one version. */
export const lockCalendars = (tx: Tx) => sql`select pg_advisory_xact_lock(7262008)`.execute(tx)

export async function insertCalendar(tx: Tx, row: Omit<CalendarRow, 'version'> & { readonly by: string | null }): Promise<void> {
  await sql`insert into catalog.calendar (version, id, names, value, published_at, note, published_by)
    values (${row.value.version}, ${row.id}, ${JSON.stringify({ zh: row.zh, en: row.en })}::jsonb, ${JSON.stringify(row.value)}::jsonb, ${row.publishedAt}, ${row.note}, ${row.by})`.execute(
    tx,
  )
}

export interface MigrationRow {
  readonly id: string
  readonly edition: number
  readonly matterKey: string
  readonly fromEdition: number
  readonly rowMap: readonly { readonly from: number; readonly to: number }[]
  readonly reason: string
  readonly personId: string | null
  readonly at: Date
  readonly cases: number
  readonly left: number
}
export async function insertMigration(tx: Tx, row: MigrationRow): Promise<void> {
  await sql`insert into catalog.migration (id, edition, matter_key, from_edition, row_map, reason, person_id, at, cases, left_behind)
    values (${row.id}, ${row.edition}, ${row.matterKey}, ${row.fromEdition}, ${JSON.stringify(row.rowMap)}::jsonb, ${row.reason}, ${row.personId}, ${row.at}, ${row.cases}, ${row.left})`.execute(
    tx,
  )
}
