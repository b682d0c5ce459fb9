import { many, one, sql, type Db, type Queryable, type Tx } from '../db/database.ts'
import type { ExportFilter, Purpose } from './dataset.ts'

export type ExportState = 'asked' | 'refused' | 'approved' | 'ready' | 'expired' | 'failed'
export interface ExportRecord {
  id: string
  number: string
  state: ExportState
  dataset: string
  filter: ExportFilter
  fields: string[]
  unmasked: string[]
  purpose: Purpose
  reason: string
  askedAt: Date
  personId: string
  personName: string
  postId: string
  postTitle: string
  unitCode: string
  unitName: string
  areaPath: string
  permissions: string[]
  countAsked: number
  countMade: number | null
  bytes: number | null
  alert: boolean
  alertThreshold: number
  decidedAt: Date | null
  deciderName: string | null
  decisionNote: string | null
  readyAt: Date | null
  expiresAt: Date | null
  downloads: number
}
type Asked = Omit<ExportRecord, 'state' | 'countMade' | 'bytes' | 'decidedAt' | 'deciderName' | 'decisionNote' | 'readyAt' | 'expiresAt' | 'downloads'>

const COLUMNS =
  sql.raw(`id, number, state, dataset, filter, fields, unmasked, purpose, reason, asked_at as "askedAt", person_id as "personId", person_name as "personName", post_id as "postId", post_title as "postTitle",
  unit_code as "unitCode", unit_name as "unitName", area_path as "areaPath", permissions, count_asked as "countAsked", count_made as "countMade", bytes, alert, alert_threshold as "alertThreshold",
  decided_at as "decidedAt", decider_name as "deciderName", decision_note as "decisionNote", ready_at as "readyAt", expires_at as "expiresAt", downloads`)

export async function insertExport(tx: Tx, row: Asked): Promise<void> {
  await sql`insert into platform.export (district_id, id, number, state, dataset, filter, fields, unmasked, purpose, reason, asked_at, person_id, person_name, post_id, post_title, unit_code, unit_name, area_path, permissions, count_asked, alert, alert_threshold)
    values (0, ${row.id}, ${row.number}, 'asked', ${row.dataset}, ${JSON.stringify(row.filter)}::jsonb, ${row.fields}, ${row.unmasked}, ${row.purpose}, ${row.reason}, ${row.askedAt}, ${row.personId}, ${row.personName},
      ${row.postId}, ${row.postTitle}, ${row.unitCode}, ${row.unitName}, ${row.areaPath}, ${row.permissions}, ${row.countAsked}, ${row.alert}, ${row.alertThreshold})`.execute(
    tx,
  )
}

export const findExport = (db: Queryable, id: string) => one<ExportRecord>(db, sql`select ${COLUMNS} from platform.export where id = ${id}`)
export const lockExport = (tx: Tx, id: string) => one<ExportRecord>(tx, sql`select ${COLUMNS} from platform.export where id = ${id} for update`)
/** An approved export that nobody is making; locked. */
export const lockApproved = (tx: Tx) =>
  one<ExportRecord>(tx, sql`select ${COLUMNS} from platform.export where state = 'approved' order by decided_at, id limit 1 for update skip locked`)

/** How many rows a person asked for since an instant and was not refused. */
export async function countRowsAsked(db: Queryable, personId: string, since: Date): Promise<number> {
  const row = await one<{ rows: number }>(
    db,
    sql`select coalesce(sum(coalesce(count_made, count_asked)), 0) as rows from platform.export where person_id = ${personId} and asked_at > ${since} and state <> 'refused'`,
  )
  return row?.rows ?? 0
}

/** Exports newest first: of one person, or of an area. */
export function listExports(
  db: Db,
  filter: {
    personId?: string
    scope?: string
    state?: ExportState | undefined
    alert?: boolean
    after: { at: Date; id: string } | undefined
    limit: number
  },
): Promise<ExportRecord[]> {
  const { after } = filter
  const whose =
    filter.personId === undefined
      ? sql<boolean>`(area_path = ${filter.scope ?? ''} or left(area_path, ${(filter.scope ?? '').length + 1}) = ${`${filter.scope ?? ''}.`})`
      : sql<boolean>`person_id = ${filter.personId}`
  return many(
    db,
    sql`select ${COLUMNS} from platform.export where ${whose} and (${filter.state ?? null}::text is null or state = ${filter.state ?? ''}) and (not ${filter.alert ?? false}::boolean or alert)
      and (${after?.at ?? null}::timestamptz is null or (asked_at, id) < (${after?.at ?? null}, ${after?.id ?? null}::uuid)) order by asked_at desc, id desc limit ${filter.limit}`,
  )
}

export async function writeDecision(
  tx: Tx,
  id: string,
  decision: { state: 'approved' | 'refused'; at: Date; deciderId: string; deciderName: string; note: string },
): Promise<void> {
  await sql`update platform.export set state = ${decision.state}, decided_at = ${decision.at}, decider_id = ${decision.deciderId}, decider_name = ${decision.deciderName}, decision_note = ${decision.note}
    where id = ${id}`.execute(tx)
}

export async function insertChunk(tx: Tx, exportId: string, no: number, content: Buffer): Promise<void> {
  await sql`insert into platform.export_chunk (district_id, export_id, no, content) values (0, ${exportId}, ${no}, ${content})`.execute(tx)
}
export async function findChunk(db: Db, exportId: string, no: number): Promise<Buffer | undefined> {
  return (await one<{ content: Buffer }>(db, sql`select content from platform.export_chunk where district_id = 0 and export_id = ${exportId} and no = ${no}`))
    ?.content
}

export async function writeReady(tx: Tx, id: string, made: { rows: number; bytes: number; alert: boolean; at: Date; expiresAt: Date }): Promise<void> {
  await sql`update platform.export set state = 'ready', count_made = ${made.rows}, bytes = ${made.bytes}, alert = ${made.alert}, ready_at = ${made.at}, expires_at = ${made.expiresAt} where id = ${id}`.execute(
    tx,
  )
}
export async function writeFailed(db: Db, id: string, failure: string): Promise<void> {
  await sql`update platform.export set state = 'failed', failure = ${failure} where id = ${id} and state = 'approved'`.execute(db)
}
export async function countDownload(tx: Tx, id: string): Promise<void> {
  await sql`update platform.export set downloads = downloads + 1 where id = ${id}`.execute(tx)
}

/** Destroys the files whose time is over, and says of which exports. */
export async function destroyExpired(tx: Tx, now: Date, limit: number): Promise<{ id: string; at: Date }[]> {
  const rows = await many<{ id: string; at: Date }>(
    tx,
    sql`update platform.export set state = 'expired' where id in (select id from platform.export where state = 'ready' and expires_at <= ${now} order by expires_at, id limit ${limit} for update skip locked)
      returning id, ready_at as at`,
  )
  await sql`delete from platform.export_chunk where district_id = 0 and export_id = any(${rows.map((row) => row.id)}::uuid[])`.execute(tx)
  return rows
}
