import ExcelJS from 'exceljs'
import { ImportFailure, type ProblemList } from './problems.ts'
import { MOST_ROWS, tableFrom, type NumberedRecord, type Table } from './table.ts'
import { checkUnzippedSize } from './unzipped-size.ts'

const MOST_UNZIPPED = 300 * 1024 * 1024

/**
 * Reads one sheet of an .xlsx workbook: the named one, else the first. Its first filled row is the header; a merged cell counts for
 * every row it covers, as catalogues print it. Throws ImportFailure.
 */
export async function readExcel(bytes: Uint8Array, sheetName: string | undefined, problems: ProblemList): Promise<Table> {
  checkUnzippedSize(bytes, MOST_UNZIPPED)
  const sheet = await openSheet(bytes, sheetName)
  const records: NumberedRecord[] = []
  sheet.eachRow((row, number) => {
    if (records.length > MOST_ROWS) throw new ImportFailure('ROWS_TOO_MANY', { most: MOST_ROWS })
    const cells: string[] = []
    row.eachCell({ includeEmpty: true }, (cell, column) => {
      cells[column - 1] = cellText(cell, number, problems)
    })
    records.push({ row: number, cells: Array.from(cells, (cell) => cell ?? '') })
  })
  const [header, ...rows] = records.filter((record) => record.cells.some((cell) => cell.trim() !== ''))
  const width = header?.cells.length ?? 0
  // A sheet has no last column of a row: empty cells behind are left out, and styled ones are listed.
  return tableFrom(
    header?.cells ?? [],
    rows.map((record) => ({ row: record.row, cells: fitted(record.cells, width) })),
    problems,
  )
}

async function openSheet(bytes: Uint8Array, sheetName: string | undefined): Promise<ExcelJS.Worksheet> {
  const workbook = new ExcelJS.Workbook()
  try {
    await workbook.xlsx.load(new Uint8Array(bytes).buffer)
  } catch {
    throw new ImportFailure('FILE_MALFORMED', { reason: 'XLSX' })
  }
  const sheet = sheetName === undefined ? workbook.worksheets[0] : workbook.getWorksheet(sheetName)
  if (!sheet) throw new ImportFailure('SHEET_UNKNOWN', { sheet: sheetName ?? '', sheets: workbook.worksheets.map((each) => each.name).join(', ') })
  return sheet
}

function fitted(cells: readonly string[], width: number): string[] {
  const filled = cells.findLastIndex((cell) => cell.trim() !== '') + 1
  return Array.from({ length: Math.max(width, filled) }, (_, place) => cells[place] ?? '')
}

function cellText(cell: ExcelJS.Cell, row: number, problems: ProblemList): string {
  const value = cell.value
  const shown = typeof value === 'object' && value !== null && 'formula' in value ? value.result : value
  if (shown === null || shown === undefined) return ''
  if (shown instanceof Date) return shown.toISOString().slice(0, 10)
  if (typeof shown !== 'object') return String(shown)
  if ('richText' in shown) return shown.richText.map((part) => part.text).join('')
  if ('text' in shown) return String(shown.text)
  problems.error({ row, pointer: '' }, 'CELL_INVALID', { cell: cell.address })
  return ''
}
