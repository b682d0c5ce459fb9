/** Every way in which a value about time can be wrong. */
export type TimeErrorCode =
  | 'DAY_INVALID'
  | 'ZONE_UNKNOWN'
  | 'CALENDAR_ID_EMPTY'
  | 'CALENDAR_WEEKEND_INVALID'
  | 'CALENDAR_OFFICE_HOURS_EMPTY'
  | 'CALENDAR_OFFICE_HOURS_INVALID'
  | 'CALENDAR_OFFICE_HOURS_OVERLAP'
  | 'CALENDAR_DAY_KIND_INVALID'
  | 'CALENDAR_DAY_BEYOND_HORIZON'
  | 'CALENDAR_HORIZON_INVALID'
  | 'CLOCK_AMOUNT_INVALID'
  | 'CLOCK_INSTANT_INVALID'
  | 'CLOCK_OUT_OF_RANGE'
  | 'CLOCK_PAUSES_INVALID'
  | 'LIMIT_EMPTY'
  | 'LIMIT_AMOUNT'
  | 'LIMIT_UNIT_UNKNOWN'

/** A value about time that cannot be used; `data` holds the facts a message needs. */
export class TimeError extends Error {
  readonly code: TimeErrorCode
  readonly data: Readonly<Record<string, string | number>>
  constructor(code: TimeErrorCode, data: Readonly<Record<string, string | number>> = {}) {
    super(code)
    this.name = 'TimeError'
    this.code = code
    this.data = data
  }
}
