import type { TimeErrorCode } from '@linli/lib/time/errors'

/** What can be wrong with a file as a whole; nothing of it is read. */
export type FileProblemCode =
  | 'FILE_EMPTY'
  | 'FILE_TOO_LARGE'
  | 'FILE_MALFORMED'
  | 'FILE_FORMAT_UNKNOWN'
  | 'ENCODING_UNKNOWN'
  | 'SHEET_UNKNOWN'
  | 'ROWS_NONE'
  | 'ROWS_TOO_MANY'
  | 'COLUMN_DUPLICATE'
  | 'COLUMN_MISSING'
  | 'FIELD_UNKNOWN'
  | 'MAPPING_UNKNOWN'

/** What can be wrong with one row. */
export type RowProblemCode =
  | 'ROW_LENGTH'
  | 'CELL_INVALID'
  | 'TEXT_NOT_ALLOWED'
  | 'TEXT_TOO_LONG'
  | 'FIELD_EMPTY'
  | 'FIELD_NOT_JSON'
  | 'FORM_SCHEMA_INVALID'
  | 'CALENDAR_UNKNOWN'
  | 'SCHEME_UNKNOWN'
  | 'DOMAIN_INVALID'
  | 'CODE_INVALID'
  | 'MATTER_CONDITION_DUPLICATE'
  | 'MATTER_FIELD_CONFLICT'
  | 'HOTLINE_CODE_DUPLICATE'
  | 'PROBLEMS_TOO_MANY'
  | TimeErrorCode

/** What is kept, but somebody should look at it. */
export type WarningCode =
  | 'ENCODING_GB18030'
  | 'COLUMN_UNUSED'
  | 'CODE_TWO_NAMES'
  | 'CLASS_TWO_NAMES'
  | 'MATTER_WITHOUT_CONDITION'
  | 'HOTLINE_CODE_OUTSIDE_PARENT'

export type ProblemData = Readonly<Record<string, string | number>>

/** One thing found in an imported file; the words for it are in the message files, by code. */
export interface ImportProblem {
  /** The row as a person finds it: the row of the sheet, the record of a CSV file with its header as 1, the place in a JSON list from 1. */
  readonly row: number | null
  /** JSON pointer from the list of data rows, which counts from 0, to the column by its name in the file: `/rows/12/sla`. */
  readonly pointer: string
  readonly code: FileProblemCode | RowProblemCode | WarningCode
  readonly data: ProblemData
}

/** A file that cannot be read at all. */
export class ImportFailure extends Error {
  readonly code: FileProblemCode
  readonly pointer: string
  readonly data: ProblemData
  constructor(code: FileProblemCode, data: ProblemData = {}, pointer = '') {
    super(code)
    this.name = 'ImportFailure'
    this.code = code
    this.pointer = pointer
    this.data = data
  }
}

/** Where a problem was found. */
export interface Place {
  readonly row: number
  readonly pointer: string
}

/** Gathers what is found on the way; after 1,000 errors it says once that there are more. */
export interface ProblemList {
  readonly errors: ImportProblem[]
  readonly warnings: ImportProblem[]
  error(place: Place, code: RowProblemCode, data?: ProblemData): void
  warn(place: Place | null, code: WarningCode, data?: ProblemData): void
}

const MOST = 1000

/** An empty list of problems. */
export function problemList(): ProblemList {
  const errors: ImportProblem[] = []
  const warnings: ImportProblem[] = []
  return {
    errors,
    warnings,
    error(place, code, data = {}) {
      if (errors.length < MOST) errors.push({ ...place, code, data })
      else if (errors.length === MOST) errors.push({ row: null, pointer: '', code: 'PROBLEMS_TOO_MANY', data: { most: MOST } })
    },
    warn(place, code, data = {}) {
      if (warnings.length < MOST) warnings.push({ row: place?.row ?? null, pointer: place?.pointer ?? '', code, data })
    },
  }
}
