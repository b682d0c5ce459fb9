import { many, one, sql, type Queryable } from '../../../platform/db/database.ts'

export interface FactorRow {
  sealed_secret: string
  confirmed_at: Date | null
  last_step: number
}

export const lockFactor = (db: Queryable, personId: string) =>
  one<FactorRow>(db, sql`select sealed_secret, confirmed_at, last_step from identity.second_factor where person_id = ${personId} for update`)
export const findFactor = (db: Queryable, personId: string) =>
  one<{ confirmed_at: Date | null; codes_left: number }>(
    db,
    sql`select confirmed_at, (select count(*)::int from identity.recovery_code where recovery_code.person_id = second_factor.person_id and used_at is null) as codes_left from identity.second_factor where person_id = ${personId}`,
  )

/** Keeps a new secret that waits for its first code; false where one is confirmed already. */
export async function putFactor(db: Queryable, personId: string, sealed: string, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into identity.second_factor (person_id, sealed_secret, created_at) values (${personId}, ${sealed}, ${at})
    on conflict (person_id) do update set sealed_secret = excluded.sealed_secret, created_at = excluded.created_at, last_step = 0 where second_factor.confirmed_at is null`.execute(
    db,
  )
  return (numAffectedRows ?? 0n) > 0n
}
export const setStep = (db: Queryable, personId: string, step: number) =>
  sql`update identity.second_factor set last_step = ${step} where person_id = ${personId}`.execute(db)
export const confirmFactor = (db: Queryable, personId: string, at: Date) =>
  sql`update identity.second_factor set confirmed_at = ${at} where person_id = ${personId}`.execute(db)

/** Takes a second factor and its recovery codes away; false where there was none that counted. */
export async function deleteFactor(db: Queryable, personId: string): Promise<boolean> {
  await sql`delete from identity.recovery_code where person_id = ${personId}`.execute(db)
  const rows = await many<{ confirmed: boolean }>(
    db,
    sql`delete from identity.second_factor where person_id = ${personId} returning confirmed_at is not null as confirmed`,
  )
  return rows.some((row) => row.confirmed)
}

export async function replaceRecoveryCodes(db: Queryable, personId: string, hashes: readonly string[]): Promise<void> {
  await sql`delete from identity.recovery_code where person_id = ${personId}`.execute(db)
  await sql`insert into identity.recovery_code (person_id, code_hash) select ${personId}, unnest(${hashes}::text[])`.execute(db)
}
/** Uses a recovery code up; false for one that is unknown or used. */
export async function useRecoveryCode(db: Queryable, personId: string, hash: string, at: Date): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update identity.recovery_code set used_at = ${at} where person_id = ${personId} and code_hash = ${hash} and used_at is null`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}
