import { many, one, sql, type Queryable, type Tx } from '../../../platform/db/database.ts'

export interface Assignment {
  districtId: number
  id: string
  gridCode: string
  postId: string
  part: 'head' | 'member'
  fromAt: Date
  toAt: Date | null
  openedByChange: string | null
}
const ASSIGNMENT = sql.raw(
  `assignment.district_id as "districtId", assignment.id, assignment.grid_code as "gridCode", assignment.post_id as "postId", assignment.part, assignment.from_at as "fromAt", assignment.to_at as "toAt", assignment.opened_by_change as "openedByChange"`,
)

/** Puts a post to a grid; false where it is there already. */
export const openAssignment = async (tx: Tx, row: Assignment) =>
  (await one(
    tx,
    sql`insert into patrol.assignment (district_id, id, grid_code, post_id, part, from_at, opened_by_change)
      values (${row.districtId}, ${row.id}, ${row.gridCode}, ${row.postId}, ${row.part}, ${row.fromAt}, ${row.openedByChange}) on conflict do nothing returning id`,
  )) !== undefined

/** Ends a standing assignment; false where it has ended. */
export const endAssignment = async (tx: Tx, id: string, at: Date, reason: string | null, changeId: string | null) =>
  (await one(
    tx,
    sql`update patrol.assignment set to_at = ${at}, reason = ${reason}, ended_by_change = ${changeId} where id = ${id} and to_at is null returning id`,
  )) !== undefined

export const standingAt = (db: Queryable, grids: readonly string[]) =>
  many<Assignment>(db, sql`select ${ASSIGNMENT} from patrol.assignment where to_at is null and grid_code = any(${[...grids]}) order by from_at, id`)

/** What a change of areas ended, and what it opened that still stands. */
export const endedBy = (db: Queryable, changeId: string) =>
  many<Assignment>(db, sql`select ${ASSIGNMENT} from patrol.assignment where ended_by_change = ${changeId} order by from_at, id`)
export const openedBy = (db: Queryable, changeId: string) =>
  many<Assignment>(db, sql`select ${ASSIGNMENT} from patrol.assignment where opened_by_change = ${changeId} and to_at is null`)

/** How many posts are put to some grid. */
export const countPosts = async (db: Queryable) =>
  (await one<{ count: number }>(db, sql`select count(distinct post_id) as count from patrol.assignment where to_at is null`))?.count ?? 0

/** The grids that a post is put to now. */
export const gridsOfPost = (db: Queryable, postId: string) =>
  many<{ gridCode: string; part: string }>(
    db,
    sql`select grid_code as "gridCode", part from patrol.assignment where post_id = ${postId} and to_at is null order by grid_code`,
  )

/** Whether a post was put to a grid at an instant, and whether it was put to any. */
export const heldAt = (db: Queryable, postId: string, gridCode: string, at: Date) =>
  one<{ thisOne: boolean; any: boolean }>(
    db,
    sql`select coalesce(bool_or(grid_code = ${gridCode}), false) as "thisOne", count(*) > 0 as any from patrol.assignment
      where post_id = ${postId} and from_at <= ${at} and (to_at is null or to_at >= ${at})`,
  )

export const findPost = (db: Queryable, code: string) => one<{ id: string }>(db, sql`select id from identity_pub.post where code = ${code}`)

export type ShownAssignment = Assignment & { readonly postCode: string; readonly postTitle: string; readonly unitName: string }
const SHOWN = sql.raw(`, post.code as "postCode", post.title as "postTitle", coalesce(unit.name, post.unit_code) as "unitName"
  from patrol.assignment join identity_pub.post on post.id = assignment.post_id left join identity_pub.unit on unit.code = post.unit_code`)
export const findAssignment = (db: Queryable, id: string) => one<ShownAssignment>(db, sql`select ${ASSIGNMENT} ${SHOWN} where assignment.id = ${id}`)

/** Assignments to some grids, by grid; those that ended too where asked. */
export const listAssignments = (db: Queryable, filter: { grids: readonly string[]; past: boolean; after: string; limit: number }) =>
  many<ShownAssignment>(
    db,
    sql`select ${ASSIGNMENT} ${SHOWN} where grid_code = any(${[...filter.grids]}) and (${filter.past} or to_at is null) and (grid_code || ' ' || assignment.id::text) > ${filter.after}
      order by grid_code || ' ' || assignment.id::text limit ${filter.limit}`,
  )

/** The grids that some posts are put to; a post that is put to none is not in it. */
export async function gridsOfPosts(db: Queryable, posts: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await many<{ postId: string; gridCode: string }>(
    db,
    sql`select post_id as "postId", grid_code as "gridCode" from patrol.assignment where to_at is null and post_id = any(${[...posts]}::uuid[])`,
  )
  return new Map([...Map.groupBy(rows, (row) => row.postId)].map(([post, held]) => [post, held.map((row) => row.gridCode)]))
}

/** How many posts are put to each of some grids. */
export async function countPostsAt(db: Queryable, grids: readonly string[]): Promise<Map<string, number>> {
  const rows = await many<{ gridCode: string; posts: number }>(
    db,
    sql`select grid_code as "gridCode", count(*) as posts from patrol.assignment where to_at is null and grid_code = any(${[...grids]}) group by 1`,
  )
  return new Map(rows.map((row) => [row.gridCode, row.posts]))
}
