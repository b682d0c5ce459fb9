import { sql } from '../../../../platform/db/database.ts'
import { readCursor } from '../../../../platform/http/cursor.ts'
import type { CaseRecord } from '../../store.ts'

type Condition = ReturnType<typeof sql<boolean>>

/** An order in which a list is read, each with an index of its own: pages go along it by instant and id. */
export interface Order {
  readonly by: ReturnType<typeof sql.raw>
  readonly column: ReturnType<typeof sql.raw>
  /** How what comes later compares with what comes before. */
  readonly beyond: ReturnType<typeof sql.raw>
  /** What every case of this order has, and the index asks for. */
  readonly walk: Condition | undefined
  at(row: CaseRecord): Date
  /** Behind the page that ended at a cursor; CURSOR_INVALID for a text that is none. */
  after(cursor: string | undefined): Condition
}

const orderBy = (column: string, direction: 'asc' | 'desc', walk: Condition | undefined, at: Order['at']): Order => {
  const beyond = direction === 'asc' ? '>' : '<'
  return {
    by: sql.raw(`order by ${column} ${direction}, id ${direction}`),
    column: sql.raw(column),
    beyond: sql.raw(beyond),
    walk,
    at,
    after: (cursor) => {
      if (cursor === undefined) return sql`true`
      const { at: last, id } = readCursor(cursor)
      return sql`(${sql.raw(column)}, id) ${sql.raw(beyond)} (${last}, ${id}::uuid)`
    },
  }
}

const NEWEST = orderBy('opened_at', 'desc', undefined, (row) => row.opened_at)
/** Open cases whose clock runs; what is late comes first by itself. */
const DUE = orderBy(
  'due_at',
  'asc',
  sql.raw<boolean>("(due_at is not null and state not in ('closed', 'evaluated', 'voided'))"),
  (row) => row.due_at ?? row.opened_at,
)

/** The order that a list asks for; the newest first where it asks for none. */
export function orderOf(asked: 'newest' | 'due' | undefined): Order {
  return asked === 'due' ? DUE : NEWEST
}
