/** What the geometry of places refuses, one code per reason. */
export type GeoErrorCode =
  | 'GEO_CODE_EXHAUSTED'
  | 'GEO_CODE_MALFORMED'
  | 'GEO_DIVIDE_TOO_SMALL'
  | 'GEO_COUNT_INVALID'
  | 'GEO_GEOMETRY_EMPTY'
  | 'GEO_BOUNDARIES_OVERLAP'

/** A refusal of a geometry function: `code` for programs, `data` for the message that a screen composes. */
export class GeoError extends Error {
  readonly code: GeoErrorCode
  readonly data: Readonly<Record<string, string | number>>

  constructor(code: GeoErrorCode, data: Readonly<Record<string, string | number>> = {}) {
    super(`${code} ${JSON.stringify(data)}`)
    this.name = 'GeoError'
    this.code = code
    this.data = data
  }
}
