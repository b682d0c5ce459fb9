import { ImportFailure, type ProblemList } from './problems.ts'
import { columnName, type Table } from './table.ts'

/** The fields of an imported row, in the order of our own export. */
export const ROW_FIELDS = [
  'scheme',
  'domain',
  'classCode',
  'className',
  'code',
  'name',
  'aliases',
  'description',
  'workflow',
  'form',
  'evidence',
  'filing',
  'closing',
  'limit',
  'ownerText',
  'supervisorText',
  'legalBasis',
  'note',
  'calendar',
] as const
export type RowField = (typeof ROW_FIELDS)[number]

/** Our field to their column (列对应). */
export type ColumnMapping = Readonly<Partial<Record<RowField, string>>>

const REQUIRED: readonly RowField[] = ['domain', 'classCode', 'className', 'code', 'name', 'filing', 'closing', 'limit']

/** Our own export: every column is called as its field. */
export const EXPORT_MAPPING: ColumnMapping = Object.fromEntries(ROW_FIELDS.map((field) => [field, field]))

/** A flat list of filing and closing standards (立案结案标准), as city management platforms hand it over. */
export const STANDARDS_MAPPING: ColumnMapping = {
  domain: 'type',
  classCode: 'big_code',
  className: 'big',
  code: 'small_code',
  name: 'small',
  filing: 'open_condition',
  closing: 'close_condition',
  limit: 'sla',
  ownerText: 'handler',
  supervisorText: 'supervisor',
}

/**
 * The mapping for a table: the given one, checked, or the built-in one whose columns are all there. Warns of columns that nobody reads.
 * Throws FIELD_UNKNOWN for a field that is not ours, COLUMN_MISSING, and MAPPING_UNKNOWN where no built-in one fits.
 */
export function resolveMapping(table: Table, given: Readonly<Record<string, string>> | undefined, problems: ProblemList): ColumnMapping {
  const mapping = given ? checkedMapping(table, given) : builtInMapping(table)
  const read = new Set(Object.values(mapping))
  for (const column of table.columns) if (!read.has(column)) problems.warn(null, 'COLUMN_UNUSED', { column })
  return mapping
}

function checkedMapping(table: Table, given: Readonly<Record<string, string>>): ColumnMapping {
  const unknown = Object.keys(given).find((field) => !ROW_FIELDS.some((ours) => ours === field))
  if (unknown !== undefined) throw new ImportFailure('FIELD_UNKNOWN', { field: unknown })
  const mapping: ColumnMapping = Object.fromEntries(Object.entries(given).map(([field, column]) => [field, columnName(column)]))
  const unmapped = REQUIRED.find((field) => mapping[field] === undefined)
  if (unmapped) throw new ImportFailure('COLUMN_MISSING', { field: unmapped })
  const absent = Object.values(mapping).find((column) => !table.columns.includes(column))
  if (absent !== undefined) throw new ImportFailure('COLUMN_MISSING', { column: absent })
  return mapping
}

function builtInMapping(table: Table): ColumnMapping {
  const fitting = [EXPORT_MAPPING, STANDARDS_MAPPING].find((mapping) => REQUIRED.every((field) => table.columns.includes(mapping[field] ?? '')))
  if (!fitting) throw new ImportFailure('MAPPING_UNKNOWN', { columns: table.columns.join(', ') })
  return Object.fromEntries(Object.entries(fitting).filter(([, column]) => table.columns.includes(column)))
}
