/** One row of a file: its texts by column. */
export interface Row {
  /** Line on which it begins, from 1. */
  readonly line: number
  readonly cells: ReadonlyMap<string, string>
}

type BrokenCode =
  | 'LINE_TOO_LONG'
  | 'UTF8_INVALID'
  | 'JSON_INVALID'
  | 'JSON_NOT_OBJECT'
  | 'CSV_INVALID'
  | 'COLUMN_COUNT'
  | 'TEXT_TOO_LONG'
  | 'POSITION_INVALID'
  | 'TIME_INVALID'
  | 'CONDITION_INVALID'

/** What is wrong with a row that cannot be read or does not fit the mapping. */
export interface Broken {
  readonly line: number
  readonly code: BrokenCode
  /** The field of the report that it concerns. */
  readonly field?: string
  readonly detail: string
}

export const isBroken = (found: Row | Broken): found is Broken => 'code' in found
