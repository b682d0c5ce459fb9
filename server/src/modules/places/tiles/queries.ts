import { many, one, sql, type Queryable } from '../../../platform/db/database.ts'

export interface ComponentPoint {
  districtId: number
  code: string
  typeCode: string
  name: string
  state: string
  lon: number
  lat: number
}

const COLUMNS = sql.raw('district_id as "districtId", code, type_code as "typeCode", name, state, lon, lat')

/** The next components behind the last one read, in the order of their keys. */
export const readComponentPoints = (db: Queryable, after: Pick<ComponentPoint, 'districtId' | 'code'>, limit: number) =>
  many<ComponentPoint>(
    db,
    sql`select ${COLUMNS} from places.component where (district_id, code) > (${after.districtId}, ${after.code}) order by district_id, code limit ${limit}`,
  )

/** Components that were added or changed at or after an instant. */
export const readChangedComponents = (db: Queryable, since: Date) =>
  many<ComponentPoint>(db, sql`select ${COLUMNS} from places.component where changed_at >= ${since} order by changed_at`)

/** When a component was last added or changed; undefined where there is none. */
export const lastComponentChange = async (db: Queryable) =>
  (await one<{ at: Date | null }>(db, sql`select max(changed_at) as at from places.component`))?.at ?? undefined
