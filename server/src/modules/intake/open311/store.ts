import { many, one, sql, type Queryable, type Tx } from '../../../platform/db/database.ts'

export interface KeyRow {
  id: string
  name: string
  contact: string
  perMinute: number
  createdAt: Date
  revokedAt: Date | null
}
const COLUMNS = sql.raw('id, name, contact, per_minute as "perMinute", created_at as "createdAt", revoked_at as "revokedAt"')

export async function insertKey(tx: Tx, keyHash: string, row: KeyRow): Promise<void> {
  await sql`insert into intake.open311_key (id, key_hash, name, contact, per_minute, created_at) values (${row.id}, ${keyHash}, ${row.name}, ${row.contact}, ${row.perMinute}, ${row.createdAt})`.execute(
    tx,
  )
}

/** A key that was not revoked, by its hash. */
export const findKey = (db: Queryable, keyHash: string) =>
  one<KeyRow>(db, sql`select ${COLUMNS} from intake.open311_key where key_hash = ${keyHash} and revoked_at is null`)

/** Holds a key until the transaction ends, so that it cannot be revoked meanwhile; undefined where it was revoked before. */
export const lockLiveKey = (tx: Tx, id: string) =>
  one<{ id: string }>(tx, sql`select id from intake.open311_key where id = ${id} and revoked_at is null for share`)

/** Revokes a key; the first time stays. Undefined where there is none. */
export const revokeKey = (tx: Tx, id: string, at: Date) =>
  one<KeyRow>(tx, sql`update intake.open311_key set revoked_at = coalesce(revoked_at, ${at}) where id = ${id} returning ${COLUMNS}`)

export const listKeys = (db: Queryable) =>
  many<KeyRow & { reports: number }>(
    db,
    sql`select ${COLUMNS}, (select count(*) from intake.open311_report where key_id = open311_key.id) as reports from intake.open311_key order by created_at, id`,
  )

/** Notes which key a report came in with. */
export async function insertProvenance(tx: Tx, districtId: number, reportId: string, keyId: string): Promise<void> {
  await sql`insert into intake.open311_report (district_id, report_id, key_id) values (${districtId}, ${reportId}, ${keyId})`.execute(tx)
}

/** Forgets what a key's client was answered under an idempotency key before an instant, so that the key may open another case. */
export async function forgetAnswer(db: Queryable, client: string, key: string, before: Date): Promise<void> {
  await sql`delete from platform.idempotency where channel = 'open311' and client = ${client} and key = ${key} and at < ${before}`.execute(db)
}
