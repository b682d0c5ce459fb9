import { openDatabase, sql, type Db } from '../../server/src/platform/db/database.ts'
import { migrate } from '../../server/src/platform/db/migrate.ts'
import { migrationSources } from '../../server/src/app.ts'
import { join } from 'node:path'
import type { SameRows, Value } from '../../server/test/support/insert-floor.ts'
import { ROOT } from './machine.ts'

/** What one report leaves behind, table by table, and how its rows are found by the case's id. */
const TABLES: readonly (readonly [table: string, where: string])[] = [
  ['cases.case', 'id = $1'],
  ['cases.case_text', 'id = $1'],
  ['cases.entry', 'case_id = $1'],
  ['cases.entry_words', 'case_id = $1'],
  ['cases.deadline', 'case_id = $1'],
  ['platform.outbox', 'case_id = $1'],
  ['intake.report', 'case_id = $1'],
  ['intake.reporter', 'report_id = (select id from intake.report where case_id = $1)'],
  ['platform.idempotency', `answer #>> '{case,id}' = $1`],
  ['platform.audit', 'object_id = $1'],
]
/** What the relay and the sealer have set since: a floor inserts a row as it was. */
const AFTERWARDS: ReadonlySet<string> = new Set(['delivered', 'anchored', 'sealed_seq', 'sealed_hash'])

/** Reads the rows that one report of ours has written, as values with the places marked that are another's in each report. */
export async function readRows(db: Db, caseId: string): Promise<SameRows> {
  const slots = new Map<string, Value>([[caseId, { slot: 'case' }]])
  const tables = []
  for (const [table, where] of TABLES) {
    const columns = await columnsOf(db, table)
    const texts = columns.map(({ name }) => `"${name}"::text`).join(', ')
    const { rows } = await sql<
      Record<string, string | null>
    >`select ${sql.raw(texts)} from ${sql.raw(quoted(table))} where ${sql.raw(where.replace('$1', `'${caseId}'`))}`.execute(db)
    for (const row of rows) {
      if (table === 'intake.report') slots.set(row['id'] ?? '', { slot: 'report' }).set(row['receipt_hash'] ?? '', { slot: 'receipt' })
      if (table === 'platform.audit') slots.set(row['id'] ?? '', { slot: 'audit' })
      if (table === 'platform.idempotency') slots.set(row['key'] ?? '', { slot: 'key' })
      if (table === 'cases.case') slots.set(row['number'] ?? '', { slot: 'number' })
    }
    tables.push({ table, columns, rows })
  }
  return tables.map(({ table, columns, rows }) => {
    const used = columns.filter(({ name }) => !AFTERWARDS.has(name) && rows.some((row) => row[name] !== null))
    const valueOf = (row: Record<string, string | null>, name: string, type: string): Value => {
      const value = row[name] ?? null
      if (value !== null && type === 'timestamp with time zone' && name !== 'due_at') return { slot: 'now' }
      return slots.get(value ?? '') ?? { constant: value }
    }
    return { table, columns: used, rows: rows.map((row) => used.map(({ name, type }) => valueOf(row, name, type))) }
  })
}

const quoted = (table: string) => (table === 'cases.case' ? 'cases."case"' : table)

async function columnsOf(db: Db, table: string): Promise<{ name: string; type: string }[]> {
  const { rows } = await sql<{ name: string; type: string }>`select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
    where attrelid = ${quoted(table)}::regclass and attnum > 0 and not attisdropped order by attnum`.execute(db)
  return rows
}

/** Makes a database beside ours with the same tables and indexes and nothing in them. */
export async function makeFloorDatabase(maintenanceUrl: string, floorUrl: string, name: string): Promise<void> {
  const maintenance = openDatabase({ connectionString: maintenanceUrl }, 1)
  await maintenance.pool.query(`drop database if exists ${name} with (force)`)
  await maintenance.pool.query(`create database ${name} template template0 encoding 'UTF8' locale 'C.UTF-8'`)
  await maintenance.pool.end()
  const floor = openDatabase({ connectionString: floorUrl }, 2)
  await migrate(floor.pool, migrationSources(join(ROOT, 'server/src')))
  await floor.pool.end()
}
