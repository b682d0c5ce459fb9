import { districtOf } from '@linli/lib/ids'
import { many, sql, type Db } from '../../../platform/db/database.ts'
import { isAnswered, type ActingPost } from './rules.ts'

/** Open cases that will not move on by themselves, and the numbers of the first of them. */
export interface Orphans {
  readonly count: number
  readonly sample: readonly string[]
}

const SAMPLE = 10
const OPEN = sql.raw(`state not in ('closed', 'evaluated', 'voided')`)

/**
 * Open cases without a next action (无人办理): nobody to wait for, no clock that runs, linked to a case that is over; with the posts also
 * those for which no post could do what they wait for. A linked case counts only a minute after its main case ended, since it follows by an event.
 */
export async function findOrphans(db: Db, now: Date, posts?: readonly ActingPost[]): Promise<Orphans> {
  const lost = await many<{ number: string }>(
    db,
    sql`select number from cases."case" as open where ${OPEN} and (waiting = '{}'
      or not exists (select from cases.deadline where deadline.district_id = open.district_id and deadline.case_id = open.id and stopped_at is null))`,
  )
  const unanswered = posts ? await withoutPost(db, posts) : []
  const numbers = [...new Set([...lost.map((row) => row.number), ...(await withoutMain(db, now)), ...unanswered])].toSorted()
  return { count: numbers.length, sample: numbers.slice(0, SAMPLE) }
}

/** Numbers of the open cases whose next action no post could take; looked at once for each place and kind of waiting, not for each case. */
async function withoutPost(db: Db, posts: readonly ActingPost[]): Promise<string[]> {
  const groups = await many<{ waiting: string[]; area_path: string; numbers: string[] }>(
    db,
    sql`select waiting, area_path, array_agg(number order by number) as numbers from cases."case" where ${OPEN} and waiting <> '{}' group by waiting, area_path`,
  )
  return groups.flatMap((group) => (isAnswered(group.waiting, group.area_path, posts) ? [] : group.numbers))
}

async function withoutMain(db: Db, now: Date): Promise<string[]> {
  const linked = await many<{ number: string; linked_to: string }>(db, sql`select number, linked_to from cases."case" where linked_to is not null and ${OPEN}`)
  const mains = [...new Set(linked.map((row) => row.linked_to))]
  const going = await many<{ id: string }>(
    db,
    sql`select id from cases."case" join unnest(${mains.map(districtOf)}::int[], ${mains}::uuid[]) as main (district, main_id) on district_id = district and id = main_id
      where ${OPEN} or state_at > ${new Date(now.getTime() - 60_000)}`,
  )
  const there = new Set(going.map((row) => row.id))
  return linked.filter((row) => !there.has(row.linked_to)).map((row) => row.number)
}
