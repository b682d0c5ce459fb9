import { many, one, sql, type Db, type Queryable } from '../../../platform/db/database.ts'

export interface ChallengeRow {
  person_id: string
  post_id: string | null
  kind: string
  way: string
  strong: boolean
}
export interface NewChallenge {
  readonly tokenHash: string
  readonly personId: string
  readonly postId: string | null
  readonly kind: 'code' | 'password'
  readonly way: string
  readonly strong: boolean
  readonly endsAt: Date
}

export const insertChallenge = (db: Queryable, row: NewChallenge) =>
  sql`insert into identity.challenge (token_hash, person_id, post_id, kind, way, strong, ends_at)
    values (${row.tokenHash}, ${row.personId}, ${row.postId}, ${row.kind}, ${row.way}, ${row.strong}, ${row.endsAt})`.execute(db)
export const lockChallenge = (db: Queryable, hash: string, kind: NewChallenge['kind'], at: Date) =>
  one<ChallengeRow>(
    db,
    sql`select person_id, post_id, kind, way, strong from identity.challenge where token_hash = ${hash} and kind = ${kind} and ends_at > ${at} for update`,
  )
export const findChallengePerson = async (db: Queryable, hash: string): Promise<string | undefined> =>
  (await one<{ person_id: string }>(db, sql`select person_id from identity.challenge where token_hash = ${hash}`))?.person_id
export const deleteChallenge = (db: Queryable, hash: string) => sql`delete from identity.challenge where token_hash = ${hash}`.execute(db)
export const deleteChallengesOf = (db: Queryable, personId: string) => sql`delete from identity.challenge where person_id = ${personId}`.execute(db)
/** Counts a wrong code; the challenge is gone after `limit` of them. */
export async function failChallenge(db: Queryable, hash: string, limit: number): Promise<void> {
  await sql`update identity.challenge set failures = failures + 1 where token_hash = ${hash}`.execute(db)
  await sql`delete from identity.challenge where token_hash = ${hash} and failures >= ${limit}`.execute(db)
}

/** Removes challenges and flows whose time is over. */
export async function deleteEnded(db: Db, at: Date): Promise<void> {
  await sql`delete from identity.challenge where ends_at < ${at}`.execute(db)
  await sql`delete from identity.provider_flow where ends_at < ${at}`.execute(db)
}

export const insertFlow = (db: Db, stateHash: string, browserHash: string, endsAt: Date) =>
  sql`insert into identity.provider_flow (state_hash, browser_hash, ends_at) values (${stateHash}, ${browserHash}, ${endsAt})`.execute(db)
/** Uses a flow up; false where there is none, it was used, is too old or belongs to another browser. */
export async function takeFlow(db: Db, stateHash: string, browserHash: string, at: Date): Promise<boolean> {
  const rows = await many<{ fits: boolean }>(
    db,
    sql`delete from identity.provider_flow where state_hash = ${stateHash} returning browser_hash = ${browserHash} and ends_at > ${at} as fits`,
  )
  return rows.some((row) => row.fits)
}

/** Sets a password, keeps its hash among the last `kept` and forgets failures. */
export async function setPassword(db: Queryable, personId: string, hash: string, at: Date, kept: number): Promise<void> {
  await sql`update identity.person set password_hash = ${hash}, password_at = ${at}, failures = 0, locked_until = null where id = ${personId}`.execute(db)
  await sql`insert into identity.password_history (person_id, at, password_hash) values (${personId}, ${at}, ${hash})`.execute(db)
  await sql`delete from identity.password_history where person_id = ${personId} and password_hash not in (select password_hash from identity.password_history where person_id = ${personId} order by at desc limit ${kept})`.execute(
    db,
  )
}
/** Hashes of the present password and the ones before it, newest first. */
export const listPasswordHashes = async (db: Queryable, personId: string): Promise<string[]> =>
  (
    await many<{ password_hash: string }>(
      db,
      sql`select password_hash from identity.person where id = ${personId} and password_hash is not null
        union select password_hash from identity.password_history where person_id = ${personId}`,
    )
  ).map((row) => row.password_hash)
export const lockPerson = (db: Queryable, personId: string) =>
  one<{ id: string; ended_at: Date | null }>(db, sql`select id, ended_at from identity.person where id = ${personId} for update`)

/** Locks people in one order, so that acts about the same people wait for each other and never in a ring. */
export const lockPeople = (db: Queryable, ids: readonly (string | undefined)[]) =>
  sql`select id from identity.person where id = any(${ids.filter((id) => id !== undefined)}::uuid[]) order by id for update`.execute(db)

export const insertInvitation = (db: Queryable, row: { codeHash: string; personId: string; at: Date; by: string | null; endsAt: Date }) =>
  sql`insert into identity.invitation (code_hash, person_id, created_at, created_by, ends_at) values (${row.codeHash}, ${row.personId}, ${row.at}, ${row.by}, ${row.endsAt})`.execute(
    db,
  )
export const revokeInvitations = (db: Queryable, personId: string, at: Date) =>
  sql`update identity.invitation set revoked_at = ${at} where person_id = ${personId} and used_at is null and revoked_at is null`.execute(db)
export const findInvitedPerson = async (db: Queryable, codeHash: string, at: Date): Promise<string | undefined> =>
  (
    await one<{ person_id: string }>(
      db,
      sql`select person_id from identity.invitation where code_hash = ${codeHash} and used_at is null and revoked_at is null and ends_at > ${at}`,
    )
  )?.person_id
/** The person whom a live invitation is for; locked, so that it is taken up once. */
export const lockInvitation = (db: Queryable, codeHash: string, at: Date) =>
  one<{ person_id: string }>(
    db,
    sql`select person_id from identity.invitation where code_hash = ${codeHash} and used_at is null and revoked_at is null and ends_at > ${at} for update`,
  )
export const useInvitation = (db: Queryable, codeHash: string, at: Date) =>
  sql`update identity.invitation set used_at = ${at} where code_hash = ${codeHash}`.execute(db)
