import { many, one, sql, type Db } from '../../platform/db/database.ts'

export interface ReadRow {
  readonly id: string
  readonly at: Date
  readonly endpoint: string
  readonly purpose: string
  readonly postTitle: string | null
  readonly unitName: string | null
}

/** A supervisor's look at a case while a legal hold keeps it may be part of an inquiry: it is told when the hold ends (个人信息保护法 18, 35). */
const untold = (caseId: string, now: Date) => sql<boolean>`(purpose = 'supervise' and exists (select 1 from platform.legal_hold as hold
  where hold.case_id = ${caseId}::uuid and hold.released_at is null and hold.ends_at > ${now} and read_log.at >= hold.placed_at))`

/** Reads of one case that may be told now, newest first: units and posts, no persons. */
export const listReads = (db: Db, asked: { caseId: string; now: Date; after: { at: Date; id: string } | undefined; limit: number }) =>
  many<ReadRow>(
    db,
    sql`select read_log.id, at, endpoint, purpose, post.title as "postTitle", unit.name as "unitName" from platform.read_log
    left join identity_pub.post on post.id = read_log.post_id left join identity_pub.unit on unit.code = post.unit_code
    where object_id = ${asked.caseId} and not ${untold(asked.caseId, asked.now)}
      and (${asked.after?.at ?? null}::timestamptz is null or (at, read_log.id) < (${asked.after?.at ?? null}, ${asked.after?.id ?? null}::uuid))
    order by at desc, read_log.id desc limit ${asked.limit}`,
  )

/** How many reads of one case are not told yet, and when the last of them will be. */
export async function countUntold(db: Db, caseId: string, now: Date): Promise<{ count: number; until: Date | null }> {
  const row = await one<{ count: number; until: Date | null }>(
    db,
    sql`select count(*) as count, (select max(ends_at) from platform.legal_hold where case_id = ${caseId}::uuid and released_at is null and ends_at > ${now}) as until
    from platform.read_log where object_id = ${caseId} and ${untold(caseId, now)}`,
  )
  return row && row.count > 0 ? row : { count: 0, until: null }
}
