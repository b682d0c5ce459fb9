import { many, sql } from '../db/database.ts'
import type { AgeEraser, Eraser, Erased } from './eraser.ts'
import { destroyExpired } from './exports-store.ts'

/** Files of exports: destroyed when their time is over, at the latest with the period of their column. */
export const exportFiles = (now: () => number): AgeEraser => ({
  name: 'platform.exportFiles',
  columns: ['platform.export_chunk.content'],
  older: (tx, _before, limit) => destroyExpired(tx, new Date(now()), limit),
})

/** What the platform itself keeps and must let go: the trail of privacy, remembered answers, and what belongs to cases or to nobody among the files. */
export function platformErasers(now: () => number): Eraser[] {
  return [
    exportFiles(now),
    {
      name: 'platform.answers',
      columns: ['platform.idempotency.client', 'platform.idempotency.answer'],
      older: (tx, before, limit) =>
        many<Erased>(
          tx,
          sql`delete from platform.idempotency where (channel, client, key) in (select channel, client, key from platform.idempotency where at < ${before} order by at, channel, client, key limit ${limit})
            returning channel || ' ' || client || ' ' || key as id, at`,
        ),
    },
    trail('platform.reveals', 'reveal', 'at', [
      'person_id',
      'person_name',
      'post_id',
      'post_title',
      'unit_name',
      'reason',
      'reviewer_id',
      'reviewer_name',
      'review_note',
    ]),
    trail('platform.exports', 'export', 'asked_at', [
      'person_id',
      'person_name',
      'post_id',
      'post_title',
      'unit_code',
      'unit_name',
      'permissions',
      'reason',
      'filter',
      'decider_id',
      'decider_name',
      'decision_note',
    ]),
    // A hold counts from its end: until then it may still be needed.
    trail('platform.holds', 'legal_hold', 'ends_at', ['reason', 'placer_id', 'placer_name', 'releaser_id', 'releaser_name', 'release_reason']),
    {
      name: 'platform.caseFiles',
      columns: ['taken_at', 'lon', 'lat', 'owner'].map((column) => `platform.blob.${column}`),
      ofCases: async (tx, cases) => {
        const gone = await many<{ id: string }>(
          tx,
          sql`with gone as (delete from platform.blob where case_id = any(${cases.map((one) => one.id)}::uuid[]) returning id, sha256, created_at),
            listed as (insert into platform.blob_garbage (sha256, at) select distinct sha256, ${new Date(now())}::timestamptz from gone on conflict do nothing)
            select id from gone order by id`,
        )
        return gone.map((row) => row.id)
      },
    },
    {
      // Nobody used them: the period of a case never began.
      name: 'platform.unusedFiles',
      columns: [],
      hours: 48,
      older: (tx, before, limit) =>
        many<Erased>(
          tx,
          sql`with gone as (delete from platform.blob where (district_id, id) in (select district_id, id from platform.blob where case_id is null and created_at < ${before} order by created_at, id limit ${limit} for update skip locked)
            returning id, sha256, created_at as at),
            listed as (insert into platform.blob_garbage (sha256, at) select distinct sha256, ${new Date(now())}::timestamptz from gone on conflict do nothing)
            select id, at from gone order by at, id`,
        ),
    },
  ]
}

/** Rows that go as a whole, by the age of one column. */
function trail(name: string, table: string, age: string, columns: readonly string[]): AgeEraser {
  const whole = sql.table(`platform.${table}`)
  const aged = sql.ref(age)
  return {
    name,
    columns: columns.map((column) => `platform.${table}.${column}`),
    older: (tx, before, limit) =>
      many<Erased>(
        tx,
        sql`delete from ${whole} where (district_id, id) in (select district_id, id from ${whole} where ${aged} < ${before} order by ${aged}, id limit ${limit}) returning id::text as id, ${aged} as at`,
      ),
  }
}
