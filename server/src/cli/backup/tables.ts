import type pg from 'pg'

/** One table of ours as a backup names it. */
export interface TableName {
  readonly schema: string
  readonly name: string
  /** In the order of their creation, without generated ones. */
  readonly columns: readonly string[]
}
export interface SequenceValue {
  readonly schema: string
  readonly name: string
  readonly lastValue: string
  readonly isCalled: boolean
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
/** `"schema"."table"`, safe in any statement. */
export const quotedTable = (table: { readonly schema: string; readonly name: string }): string => `${quoted(table.schema)}.${quoted(table.name)}`
/** The quoted columns of a table in brackets, as COPY wants them. */
export const quotedColumns = (table: TableName): string => `(${table.columns.map(quoted).join(', ')})`

/** `public` is not ours, and the worker's tables hold schedules that it makes again by itself. */
const OURS = "nspname !~ '^pg_' and nspname not in ('information_schema', 'public', 'graphile_worker')"
const NOT_OF_AN_EXTENSION = "not exists (select from pg_depend where objid = pg_class.oid and classid = 'pg_class'::regclass and deptype = 'e')"

/** Every table of ours, those that others refer to by a foreign key before these. */
export async function listTables(client: pg.ClientBase): Promise<TableName[]> {
  const { rows } = await client.query<{ oid: number; schema: string; name: string; columns: string[] }>(
    `select pg_class.oid::int as oid, nspname as schema, relname as name, array(select attname::text from pg_attribute where attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum) as columns
     from pg_class join pg_namespace on pg_namespace.oid = relnamespace where relkind = 'r' and relpersistence = 'p' and ${OURS} and ${NOT_OF_AN_EXTENSION} order by 2, 3`,
  )
  const links = await client.query<{ child: number; parent: number }>(
    "select conrelid::int as child, confrelid::int as parent from pg_constraint where contype = 'f' and conrelid <> confrelid",
  )
  const parents = Map.groupBy(links.rows, (row) => row.child)
  const placed = new Set<number>()
  const ordered: TableName[] = []
  const place = (row: (typeof rows)[number], above: ReadonlySet<number>) => {
    if (placed.has(row.oid) || above.has(row.oid)) return
    for (const { parent } of parents.get(row.oid) ?? []) {
      const found = rows.find((each) => each.oid === parent)
      if (found) place(found, new Set([...above, row.oid]))
    }
    placed.add(row.oid)
    ordered.push({ schema: row.schema, name: row.name, columns: row.columns })
  }
  for (const row of rows) place(row, new Set())
  return ordered
}

/** Where the sequences of ours stand now; they know no snapshot, so a later value than the rows have is possible and harmless. */
export async function listSequences(client: pg.ClientBase): Promise<SequenceValue[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `select nspname as schema, relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace where relkind = 'S' and ${OURS} and ${NOT_OF_AN_EXTENSION} order by 1, 2`,
  )
  const values: SequenceValue[] = []
  for (const sequence of rows) {
    const value = await client.query<{ lastValue: string; isCalled: boolean }>(
      `select last_value::text as "lastValue", is_called as "isCalled" from ${quotedTable(sequence)}`,
    )
    if (value.rows[0]) values.push({ ...sequence, ...value.rows[0] })
  }
  return values
}

/** Bytes that all our tables take, without their indexes. */
export async function bytesOfTables(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ bytes: number }>(
    `select coalesce(sum(pg_table_size(pg_class.oid)), 0)::float8 as bytes from pg_class join pg_namespace on pg_namespace.oid = relnamespace where relkind = 'r' and ${OURS}`,
  )
  return rows[0]?.bytes ?? 0
}
