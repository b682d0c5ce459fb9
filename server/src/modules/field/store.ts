import { many, one, sql, type Queryable, type Tx } from '../../platform/db/database.ts'

export interface ShiftRow {
  readonly districtId: number
  readonly id: string
  readonly personId: string
  readonly postId: string
  readonly unitCode: string
  readonly areaPath: string
  readonly startedAt: Date
  readonly endsAt: Date
  readonly endedAt: Date | null
}
const SHIFT = sql.raw(
  `district_id as "districtId", id, person_id as "personId", post_id as "postId", unit_code as "unitCode", area_path as "areaPath", started_at as "startedAt", ends_at as "endsAt", ended_at as "endedAt"`,
)

/** Begins a shift; the one that runs already where there is one, which also decides a race. */
export async function beginShift(tx: Tx, row: ShiftRow): Promise<ShiftRow> {
  const made = await one<ShiftRow>(
    tx,
    sql`insert into field.shift (district_id, id, person_id, post_id, unit_code, area_path, started_at, ends_at)
      values (${row.districtId}, ${row.id}, ${row.personId}, ${row.postId}, ${row.unitCode}, ${row.areaPath}, ${row.startedAt}, ${row.endsAt})
      on conflict (person_id) where ended_at is null do nothing returning ${SHIFT}`,
  )
  const standing = made ?? (await runningShift(tx, row.personId))
  if (!standing) throw new Error('SHIFT_LOST')
  return standing
}

export const runningShift = (db: Queryable, personId: string) =>
  one<ShiftRow>(db, sql`select ${SHIFT} from field.shift where person_id = ${personId} and ended_at is null`)

/** A person's own shift; undefined for anybody else's. */
export const findShift = (db: Queryable, id: string, personId: string) =>
  one<ShiftRow>(db, sql`select ${SHIFT} from field.shift where id = ${id} and person_id = ${personId}`)

/** Ends a shift that runs; undefined where it has ended. */
export const endShift = (tx: Tx, id: string, at: Date) =>
  one<ShiftRow>(tx, sql`update field.shift set ended_at = greatest(${at}, started_at) where id = ${id} and ended_at is null returning ${SHIFT}`)

/** Ends shifts that have run as long as a shift may; returns how many. */
export const endOverdue = async (db: Queryable, now: Date, personId: string | null) =>
  (
    await many<{ id: string }>(
      db,
      sql`update field.shift set ended_at = ends_at where ended_at is null and ends_at <= ${now} and (${personId}::uuid is null or person_id = ${personId}) returning id`,
    )
  ).length

export interface PositionRow {
  readonly at: Date
  readonly lon: number
  readonly lat: number
  readonly gridCode: string | null
}
/** Keeps positions of a shift, one for each instant; a resend adds nothing. */
export const insertPositions = (tx: Tx, shift: Pick<ShiftRow, 'districtId' | 'id'>, rows: readonly PositionRow[]) =>
  sql`insert into field.position (district_id, shift_id, at, lon, lat, grid_code)
    select ${shift.districtId}, ${shift.id}, * from unnest(${rows.map((row) => row.at)}::timestamptz[], ${rows.map((row) => row.lon)}::float8[],
      ${rows.map((row) => row.lat)}::float8[], ${rows.map((row) => row.gridCode)}::text[]) on conflict do nothing`.execute(tx)

/** A shift that runs, with the grid of its last position where that is fresh. */
export interface OnShift {
  readonly postId: string
  readonly unitCode: string
  readonly areaPath: string
  readonly gridCode: string | null
  readonly placed: boolean
}
/** Shifts that run now below an area or above it. */
export const shiftsAround = (db: Queryable, path: string, now: Date, freshFrom: Date) =>
  many<OnShift>(
    db,
    sql`select shift.post_id as "postId", shift.unit_code as "unitCode", shift.area_path as "areaPath", last.grid_code as "gridCode", last.at is not null as placed
      from field.shift left join lateral (select position.at, position.grid_code from field.position where position.district_id = shift.district_id and position.shift_id = shift.id
        and position.at > ${freshFrom} order by position.at desc limit 1) as last on true
      where shift.ended_at is null and shift.ends_at > ${now} and (shift.area_path = ${path} or starts_with(shift.area_path, ${`${path}.`}) or starts_with(${path}::text, shift.area_path || '.'))`,
  )
