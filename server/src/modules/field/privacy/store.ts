import { many, sql } from '../../../platform/db/database.ts'
import type { AgeEraser, Erased } from '../../../platform/privacy/eraser.ts'

/**
 * Where somebody on duty was: after its period only counts are left (rights, extra guards: aggregate after 30 days). A shift counts for a
 * grid and hour when the last of its positions there goes, so it counts once whatever the batches are.
 */
export const positionEraser: AgeEraser = {
  name: 'field.positions',
  columns: ['field.position.at', 'field.position.lon', 'field.position.lat', 'field.position.grid_code', 'field.position.shift_id'],
  older: (tx, before, limit) =>
    many<Erased>(
      tx,
      sql`with old as (select district_id, shift_id, at, grid_code, date_trunc('hour', at, 'UTC') as hour from field.position where at < ${before} order by at, shift_id limit ${limit}),
          counted as (insert into field.presence as presence (district_id, grid_code, hour, shifts, positions)
            select old.district_id, old.grid_code, old.hour, count(distinct old.shift_id) filter (where not exists (
                select from field.position as rest where rest.district_id = old.district_id and rest.shift_id = old.shift_id and rest.grid_code = old.grid_code
                  and rest.at >= old.hour and rest.at < old.hour + interval '1 hour' and (rest.district_id, rest.shift_id, rest.at) not in (select district_id, shift_id, at from old))), count(*)
              from old where old.grid_code is not null group by 1, 2, 3
            on conflict (district_id, grid_code, hour) do update set shifts = presence.shifts + excluded.shifts, positions = presence.positions + excluded.positions)
        delete from field.position using old where position.district_id = old.district_id and position.shift_id = old.shift_id and position.at = old.at
          returning position.shift_id as id, position.at`,
    ),
}
