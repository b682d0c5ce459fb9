import { many, one, sql, type Queryable, type Tx } from '../../platform/db/database.ts'
import type { Item, ItemClass, ItemEdition } from './items.ts'
import type { DutyState } from './rules.ts'

export const readItemEditions = (db: Queryable) =>
  many<ItemEdition>(db, sql`select edition, published_at as "publishedAt", note, digest, classes, items from patrol.item_edition order by edition`)

export const lockItems = (tx: Tx) => sql`select pg_advisory_xact_lock(7262009)`.execute(tx)

export async function insertItemEdition(
  tx: Tx,
  row: {
    readonly edition: number
    readonly at: Date
    readonly by: string | null
    readonly note: string
    readonly digest: string
    readonly classes: readonly ItemClass[]
    readonly items: readonly Item[]
  },
): Promise<void> {
  await sql`insert into patrol.item_edition (edition, published_at, published_by, note, digest, classes, items)
    values (${row.edition}, ${row.at}, ${row.by}, ${row.note}, ${row.digest}, ${JSON.stringify(row.classes)}::jsonb, ${JSON.stringify(row.items)}::jsonb)`.execute(
    tx,
  )
}

export interface EntryRow {
  districtId: number
  id: string
  kind: 'do' | 'excuse' | 'correct' | 'carry'
  gridCode: string
  gridPath: string
  itemKey: string
  itemEdition: number
  period: string
  madeAt: Date
  receivedAt: Date
  late: boolean
  personId: string | null
  postId: string | null
  actKey: string | null
  form: Record<string, unknown> | null
  words: string | null
  photos: string[]
  lon: number | null
  lat: number | null
  reasonCode: string | null
  caseId: string | null
  caseNumber: string | null
  corrects: string | null
  carriedFrom: string[]
  changeId: string | null
}

export async function insertEntry(tx: Tx, row: EntryRow): Promise<void> {
  await sql`insert into patrol.entry (district_id, id, kind, grid_code, grid_path, item_key, item_edition, period, made_at, received_at, late, person_id, post_id, act_key, form, words, photos, lon, lat,
      reason_code, case_id, case_number, corrects, carried_from, change_id)
    values (${row.districtId}, ${row.id}, ${row.kind}, ${row.gridCode}, ${row.gridPath}, ${row.itemKey}, ${row.itemEdition}, ${row.period}, ${row.madeAt}, ${row.receivedAt}, ${row.late}, ${row.personId}, ${row.postId},
      ${row.actKey}, ${row.form === null ? null : JSON.stringify(row.form)}::jsonb, ${row.words}, ${row.photos}::uuid[], ${row.lon}, ${row.lat}, ${row.reasonCode}, ${row.caseId}, ${row.caseNumber}, ${row.corrects},
      ${row.carriedFrom}::uuid[], ${row.changeId})`.execute(tx)
}

const ENTRY =
  sql.raw(`entry.district_id as "districtId", entry.id, entry.kind, entry.grid_code as "gridCode", entry.grid_path as "gridPath", entry.item_key as "itemKey", entry.item_edition as "itemEdition", entry.period,
  entry.made_at as "madeAt", entry.received_at as "receivedAt", entry.late, entry.person_id as "personId", entry.post_id as "postId", entry.act_key as "actKey", entry.form, entry.words, entry.photos, entry.lon, entry.lat,
  entry.reason_code as "reasonCode", entry.case_id as "caseId", entry.case_number as "caseNumber", entry.corrects, entry.carried_from as "carriedFrom", entry.change_id as "changeId",
  post.title as "postTitle", unit.name as "unitName", (select later.id from patrol.entry as later where later.corrects = entry.id) as "correctedBy"`)
const ENTRY_FROM = sql.raw(`patrol.entry left join identity_pub.post on post.id = entry.post_id left join identity_pub.unit on unit.code = post.unit_code`)
export type ShownEntry = EntryRow & { readonly postTitle: string | null; readonly unitName: string | null; readonly correctedBy: string | null }

export const findEntry = (db: Queryable, id: string) => one<ShownEntry>(db, sql`select ${ENTRY} from ${ENTRY_FROM} where entry.id = ${id}`)

/** Entries of some grids, newest first. */
export const listEntries = (
  db: Queryable,
  filter: { grids: readonly string[]; item: string | undefined; after: { at: Date; id: string } | undefined; limit: number },
) =>
  many<ShownEntry>(
    db,
    sql`select ${ENTRY} from ${ENTRY_FROM} where entry.grid_code = any(${[...filter.grids]}) and (${filter.item ?? null}::text is null or entry.item_key = ${filter.item ?? ''})
      and (${filter.after === undefined} or (entry.received_at, entry.id) < (${filter.after?.at ?? null}::timestamptz, ${filter.after?.id ?? null}::uuid)) order by entry.received_at desc, entry.id desc limit ${filter.limit}`,
  )

export const findPersonName = async (db: Queryable, id: string) =>
  (await one<{ name: string }>(db, sql`select name from identity_pub.person where id = ${id}`))?.name

export interface Settled {
  districtId: number
  gridCode: string
  itemKey: string
  period: string
  entryId: string
  state: DutyState
  dueOn: string
  dueAt: Date
  closesAt: Date
}
const SETTLED = sql.raw(
  `district_id as "districtId", grid_code as "gridCode", item_key as "itemKey", period, entry_id as "entryId", state, due_on::text as "dueOn", due_at as "dueAt", closes_at as "closesAt"`,
)

/** Settles a duty; false where somebody settled it before, which also decides a race. */
export const settle = async (tx: Tx, row: Settled) =>
  (await one(
    tx,
    sql`insert into patrol.settled (district_id, grid_code, item_key, period, entry_id, state, due_on, due_at, closes_at)
      values (${row.districtId}, ${row.gridCode}, ${row.itemKey}, ${row.period}, ${row.entryId}, ${row.state}, ${row.dueOn}::date, ${row.dueAt}, ${row.closesAt}) on conflict do nothing returning period`,
  )) !== undefined

/** Takes back what an entry settled, and what was carried on from it; returns the grids whose duty is open again. */
export const unsettle = (tx: Tx, entryId: string) =>
  many<{ gridCode: string }>(
    tx,
    sql`delete from patrol.settled where entry_id = ${entryId} or entry_id in (select id from patrol.entry where ${entryId}::uuid = any(carried_from)) returning grid_code as "gridCode"`,
  )

/** What is settled in some grids and may still change: its period or its days of grace are not over. */
export const liveSettled = (db: Queryable, grids: readonly string[], now: Date) =>
  many<Settled>(db, sql`select ${SETTLED} from patrol.settled where grid_code = any(${[...grids]}) and closes_at > ${now}`)

export const findSettled = (db: Queryable, gridCode: string, itemKey: string, period: string) =>
  one<Settled>(db, sql`select ${SETTLED} from patrol.settled where grid_code = ${gridCode} and item_key = ${itemKey} and period = ${period}`)

export const countActs = async (db: Queryable) =>
  (await one<{ count: number }>(db, sql`select count(*) as count from patrol.entry where kind in ('do', 'excuse')`))?.count ?? 0

/** A person's acts received between two instants: how many stand, how many of those are excuses, and how many were taken back. */
export const countOwnActs = (db: Queryable, personId: string, from: Date, to: Date) =>
  one<{ taken: number; excused: number; corrected: number }>(
    db,
    sql`select count(*) filter (where kind in ('do', 'excuse')) as taken, count(*) filter (where kind = 'excuse') as excused, count(*) filter (where kind = 'correct') as corrected from patrol.entry
      where person_id = ${personId} and received_at >= ${from} and received_at < ${to}`,
  )

export const insertRefused = (db: Queryable, row: { districtId: number; id: string; personId: string; actKey: string; code: string; at: Date }) =>
  sql`insert into patrol.refused (district_id, id, person_id, act_key, code, at) values (${row.districtId}, ${row.id}, ${row.personId}, ${row.actKey}, ${row.code}, ${row.at})`.execute(
    db,
  )

/** Acts of a person that were refused and not taken since under the same key. */
export const listRefused = (db: Queryable, personId: string, from: Date, to: Date) =>
  many<{ key: string; code: string; at: Date }>(
    db,
    sql`select distinct on (act_key) act_key as key, code, at from patrol.refused where person_id = ${personId} and at >= ${from} and at < ${to}
      and not exists (select from patrol.entry where entry.person_id = refused.person_id and entry.act_key = refused.act_key) order by act_key, at desc`,
  )

export interface CallRow {
  districtId: number
  id: string
  itemKey: string
  itemEdition: number
  areaCode: string
  areaPath: string
  calledAt: Date
  dueAt: Date
  closesAt: Date
  reason: string
}
const CALL = sql.raw(
  `district_id as "districtId", id, item_key as "itemKey", item_edition as "itemEdition", area_code as "areaCode", area_path as "areaPath", called_at as "calledAt", due_at as "dueAt", closes_at as "closesAt", reason`,
)
export async function insertCall(tx: Tx, row: CallRow & { readonly personId: string | null }): Promise<void> {
  await sql`insert into patrol.call (district_id, id, item_key, item_edition, area_code, area_path, called_at, due_at, closes_at, reason, person_id)
    values (${row.districtId}, ${row.id}, ${row.itemKey}, ${row.itemEdition}, ${row.areaCode}, ${row.areaPath}, ${row.calledAt}, ${row.dueAt}, ${row.closesAt}, ${row.reason}, ${row.personId})`.execute(
    tx,
  )
}
export const findCall = (db: Queryable, id: string) => one<CallRow>(db, sql`select ${CALL} from patrol.call where id = ${id}`)
export const liveCalls = (db: Queryable, now: Date) => many<CallRow>(db, sql`select ${CALL} from patrol.call where closes_at > ${now} order by called_at`)
export const callsDue = (db: Queryable, from: Date, to: Date) =>
  many<CallRow>(db, sql`select ${CALL} from patrol.call where due_at > ${from} and due_at <= ${to} order by due_at, id`)

/** Calls that concern an area: made for it, for one above it or for one inside it. */
export const listCalls = (db: Queryable, path: string, after: { at: Date; id: string } | undefined, limit: number) =>
  many<CallRow>(
    db,
    sql`select ${CALL} from patrol.call where (area_path = ${path} or starts_with(area_path, ${`${path}.`}) or starts_with(${path}::text, area_path || '.'))
      and (${after === undefined} or (called_at, id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid)) order by called_at desc, id desc limit ${limit}`,
  )
