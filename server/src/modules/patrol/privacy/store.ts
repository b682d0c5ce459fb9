import { many, sql } from '../../../platform/db/database.ts'
import type { AgeEraser, Erased } from '../../../platform/privacy/eraser.ts'

/** Where a grid worker stood when a duty was done: gone after its period, while the entry stays. */
export const positionEraser: AgeEraser = {
  name: 'patrol.positions',
  columns: ['patrol.entry.lon', 'patrol.entry.lat'],
  older: (tx, before, limit) =>
    many<Erased>(
      tx,
      sql`update patrol.entry set lon = null, lat = null where (district_id, id) in
          (select district_id, id from patrol.entry where received_at < ${before} and lon is not null order by received_at, id limit ${limit}) returning id, received_at as at`,
    ),
}

/** What a grid worker wrote and photographed: forms, words and photos go, the entry and what it settled stay. */
export const entryEraser = (now: () => number): AgeEraser => ({
  name: 'patrol.words',
  columns: ['patrol.entry.form', 'patrol.entry.words', 'patrol.entry.photos'],
  older: (tx, before, limit) =>
    many<Erased>(
      tx,
      sql`with old as (select district_id, id from patrol.entry where received_at < ${before} and (form is not null or words is not null or photos <> '{}') order by received_at, id limit ${limit}),
          files as (delete from platform.blob where case_id in (select id from old) returning sha256),
          listed as (insert into platform.blob_garbage (sha256, at) select distinct sha256, ${new Date(now())}::timestamptz from files on conflict do nothing)
        update patrol.entry set form = null, words = null, photos = '{}' where (district_id, id) in (select district_id, id from old) returning id, received_at as at`,
    ),
})
