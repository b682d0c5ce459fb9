type Cell = string | number | boolean | Date | null | undefined

/** Opens a CSV so that Chinese spreadsheets read it as UTF-8. */
export const BOM = '\uFEFF'

/**
 * One line of CSV (RFC 4180) with CRLF. Instants are RFC 3339 in UTC. Text that a spreadsheet would run as a formula is kept from it by an
 * apostrophe, since it was said by anybody.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`
}

function cellOf(cell: Cell): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell)
  const text = cell instanceof Date ? cell.toISOString() : cell
  const safe = /^[\s]*[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
