import type { AnswerOf, QueryOf } from '@linli/contract/endpoint'
import type { cases as contract } from '@linli/contract/endpoints/cases'
import { Refusal } from '@linli/contract/errors'
import { many, sql, type Db } from '../../../platform/db/database.ts'
import type { PersonActor } from '../../../platform/rights/actor.ts'
import type { CasesPorts } from '../ports.ts'
import { rowView, visibleTo } from '../queries.ts'
import type { CaseRecord } from '../store.ts'
import { strandRowView } from '../views.ts'

export interface StrandRow {
  key: string
  kind: string
  state: string
  open: boolean
  unit_code: string | null
  by_unit: string | null
  opened_at: Date
  ended_at: Date | null
  due_at: Date | null
  overdue_at: Date | null
  reason: string | null
  limit_clock: string | null
  limit_amount: number | null
  until_on: string | null
}
type Query = QueryOf<typeof contract.listStrands>

type Dated = 'opened_at' | 'ended_at' | 'due_at' | 'overdue_at'
type RawStrand = Omit<StrandRow, Dated> & Record<Dated, string | null>
const REQUESTS = sql.raw(`('extension', 'suspension', 'appeal')`)

/** Strands of the cases in scope, newest first; `mine` keeps those that wait for the caller's unit or decision. */
export async function listStrands(db: Db, ports: CasesPorts, actor: PersonActor, query: Query, limit: number): Promise<AnswerOf<typeof contract.listStrands>> {
  const decides = actor.permissions.has('cases.approve') || actor.permissions.has('cases.confirm')
  const conditions = [
    visibleTo(actor),
    ...(query.kind === undefined ? [] : [sql`strand.kind = ${query.kind}`]),
    ...(query.open === undefined ? [] : [sql`strand.open`]),
    ...(query.late === undefined ? [] : [sql`strand.overdue_at is not null`]),
    ...(query.mine === undefined
      ? []
      : [
          sql`strand.open and (strand.unit_code = ${actor.unitCode} or strand.by_unit = ${actor.unitCode} or (strand.kind in ${REQUESTS} and ${decides}::boolean))`,
        ]),
    ...(query.cursor === undefined ? [] : [afterCursor(query.cursor)]),
  ]
  const rows = await many<CaseRecord & { strand: RawStrand }>(
    db,
    sql`select "case".*, to_jsonb(strand) as strand from cases.strand join cases."case" on "case".district_id = strand.district_id and "case".id = strand.case_id
      where ${sql.join(conditions, sql` and `)} order by strand.opened_at desc, strand.case_id desc, strand.key desc limit ${limit + 1}`,
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    rows: shown.map((row) => ({ case: rowView(ports, row), strand: strandRowView(ports, datesOf(row.strand)) })),
    next: rows.length > limit && last ? Buffer.from(JSON.stringify([last.strand.opened_at, last.id, last.strand.key])).toString('base64url') : null,
  }
}

function afterCursor(cursor: string) {
  try {
    const [at, id, key] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, string, string]
    if (Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id) || !/^[\d.]+$/.test(key)) throw new Error('shape')
    return sql`(strand.opened_at, strand.case_id, strand.key) < (${at}::timestamptz, ${id}::uuid, ${key})`
  } catch {
    throw new Refusal('CURSOR_INVALID', [{ pointer: '/querystring/cursor', code: 'CURSOR_INVALID' }])
  }
}

function datesOf(raw: RawStrand): StrandRow {
  const date = (text: string | null) => (text === null ? null : new Date(text))
  return { ...raw, opened_at: new Date(raw.opened_at ?? 0), ended_at: date(raw.ended_at), due_at: date(raw.due_at), overdue_at: date(raw.overdue_at) }
}
