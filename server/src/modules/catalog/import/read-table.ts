import { decodeText, type TextEncoding } from './decode-text.ts'
import { ImportFailure, type ProblemList } from './problems.ts'
import { readCsv } from './read-csv.ts'
import { readExcel } from './read-excel.ts'
import { readJson } from './read-json.ts'
import type { Table } from './table.ts'

/** Most bytes of one file. */
export const MOST_BYTES = 20 * 1024 * 1024

export interface ReadOptions {
  /** Name of the sheet of a workbook; the first where absent. */
  readonly sheet?: string
}

/**
 * Reads a table from a CSV, .xlsx or JSON file, told apart by what is in it rather than by its name. Old .xls files are refused with
 * FILE_FORMAT_UNKNOWN. Throws ImportFailure for a file that cannot be read at all.
 */
export async function readTable(bytes: Uint8Array, options: ReadOptions, problems: ProblemList): Promise<Table> {
  if (bytes.length === 0) throw new ImportFailure('FILE_EMPTY')
  if (bytes.length > MOST_BYTES) throw new ImportFailure('FILE_TOO_LARGE', { most: MOST_BYTES })
  if (startsWith(bytes, [0x50, 0x4b])) return readExcel(bytes, options.sheet, problems)
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw new ImportFailure('FILE_FORMAT_UNKNOWN', { format: 'xls' })
  const { text, encoding } = decodeText(bytes)
  warnOfEncoding(encoding, problems)
  const trimmed = text.trimStart()
  if (trimmed === '') throw new ImportFailure('FILE_EMPTY')
  return trimmed.startsWith('[') || trimmed.startsWith('{') ? readJson(trimmed, problems) : readCsv(text, problems)
}

function warnOfEncoding(encoding: TextEncoding, problems: ProblemList): void {
  if (encoding === 'gb18030') problems.warn(null, 'ENCODING_GB18030')
}

function startsWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, place) => bytes[place] === byte)
}
