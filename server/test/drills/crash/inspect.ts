import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'

/** Rows that hang in the air: each line is a question whose answer must be zero. */
const ORPHANS: Readonly<Record<string, string>> = {
  'entries without a case':
    'select count(*) from cases.entry e where not exists (select from cases."case" c where c.district_id = e.district_id and c.id = e.case_id)',
  'cases without an entry':
    'select count(*) from cases."case" c where not exists (select from cases.entry e where e.district_id = c.district_id and e.case_id = c.id)',
  'cases whose last entry is another':
    'select count(*) from cases."case" c where c.seq <> (select max(seq) from cases.entry e where e.district_id = c.district_id and e.case_id = c.id)',
  'cases without a report':
    'select count(*) from cases."case" c where not exists (select from intake.report r where r.district_id = c.district_id and r.case_id = c.id)',
  'reports without a case':
    'select count(*) from intake.report r where not exists (select from cases."case" c where c.district_id = r.district_id and c.id = r.case_id)',
  'cases with two reports': 'select count(*) from (select case_id from intake.report group by 1 having count(*) > 1) twice',
  'words without an entry':
    'select count(*) from cases.entry_words w where not exists (select from cases.entry e where e.district_id = w.district_id and e.case_id = w.case_id and e.seq = w.seq)',
  'entries without words':
    'select count(*) from cases.entry e where not exists (select from cases.entry_words w where e.district_id = w.district_id and e.case_id = w.case_id and e.seq = w.seq)',
  'deadlines without their entry':
    'select count(*) from cases.deadline d where not exists (select from cases.entry e where e.district_id = d.district_id and e.case_id = d.case_id and e.seq = d.started_seq)',
  'events without an entry':
    'select count(*) from platform.outbox o where not exists (select from cases.entry e where e.district_id = o.district_id and e.case_id = o.case_id and e.seq = o.seq and e.hash = o.hash)',
  'events left undelivered': 'select count(*) from platform.outbox where not delivered',
  'keys without a case':
    'select count(*) from platform.idempotency k where not exists (select from cases."case" c where c.id = (k.answer #>> \'{case,id}\')::uuid)',
  'cases without a key':
    'select count(*) from cases."case" c where not exists (select from platform.idempotency k where c.id = (k.answer #>> \'{case,id}\')::uuid)',
  'cases without an audit line':
    'select count(*) from cases."case" c where not exists (select from platform.audit a where a.action = \'intake.report\' and a.object_id = c.id::text)',
  'photos of no case that exists':
    'select count(*) from platform.blob b where b.case_id is not null and not exists (select from cases."case" c where c.id = b.case_id)',
  'photos of a report that are not tied to its case':
    'select count(*) from intake.report r, unnest(r.photos) as photo where not exists (select from platform.blob b where b.id = photo and b.case_id = r.case_id)',
  'deadlines that passed unmarked': 'select count(*) from cases.deadline where stopped_at is null and overdue_at is null and due_at < now()',
  'deadlines marked too early': 'select count(*) from cases.deadline where overdue_at < due_at',
  'stages overdue with another number of entries than one': `select count(*) from (select district_id, case_id, stage from cases.deadline where overdue_at is not null) d
    where (select count(*) from cases.entry e where e.district_id = d.district_id and e.case_id = d.case_id and e.move = 'overdue' and e.reason_code = d.stage) <> 1`,
  'overdue entries of no overdue stage': `select count(*) from cases.entry e where e.move = 'overdue'
    and not exists (select from cases.deadline d where d.district_id = e.district_id and d.case_id = e.case_id and d.stage = e.reason_code and d.overdue_at = e.at)`,
}

/** The questions whose answer is not zero, with it. */
export async function findOrphans(pool: pg.Pool): Promise<string[]> {
  const found: string[] = []
  for (const [name, text] of Object.entries(ORPHANS)) {
    const { rows } = await pool.query<{ count: number }>(text)
    if (Number(rows[0]?.count) !== 0) found.push(`${name}: ${rows[0]?.count}`)
  }
  return found
}

/** Photos whose file is missing or is not what its name says. */
export async function brokenFiles(pool: pg.Pool, folder: string): Promise<string[]> {
  const { rows } = await pool.query<{ sha256: string }>('select distinct sha256 from platform.blob')
  return rows.flatMap(({ sha256 }) => {
    try {
      return createHash('sha256')
        .update(readFileSync(join(folder, sha256.slice(0, 2), sha256)))
        .digest('hex') === sha256
        ? []
        : [sha256]
    } catch {
      return [sha256]
    }
  })
}
