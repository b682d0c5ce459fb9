import { sql, together, type Db } from './database.ts'

/**
 * For tables of which nearly every row is done and those that wait come and go by the thousand: their statistics are wrong at every moment,
 * and a bitmap or a scan reads what was done along with them. In a transaction, or a flight of its own, rows are then found by index alone.
 */
export const byIndexAlone = sql`select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
  set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('enable_sort', 'off', true)`

/** The districts in which rows wait, by one look into the index per district; `condition` is that of a partial index that begins with the district. */
export async function districtsWaiting(db: Db, table: string, condition: ReturnType<typeof sql>): Promise<number[]> {
  const next = sql`select district_id from ${sql.table(table)} as row where ${condition}`
  const [, rows] = await together(
    db,
    byIndexAlone,
    sql<{ district_id: number }>`with recursive waiting as (
      (${next} order by district_id limit 1)
      union all
      select (${next} and row.district_id > waiting.district_id order by district_id limit 1) from waiting where waiting.district_id is not null)
    select district_id from waiting where district_id is not null`,
  )
  return rows.map((row) => row.district_id)
}
