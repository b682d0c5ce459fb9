/**
 * The five clocks (五种时限) of a city's catalogue:
 * - `urgentHour` 紧急工作时: hours that run on, through nights and holidays;
 * - `urgentDay` 紧急工作日: the same in days of 24 hours;
 * - `workHour` 工作时 (小时): hours of office time;
 * - `workDay` 工作日 (天): working days. Each is one whatever its length, and the hour of the start is kept as a share of
 *   that day's office time: with equal days, n days are n standard office days. Time before an opening counts from it,
 *   and a whole day that began at the opening is over at the closing of the same day;
 * - `naturalDay` 自然日: calendar days. The day of the start is not counted and the last one ends at 24:00 local time
 *   (Civil Code art. 201 to 203); a calendar may move the end on from a rest day with `naturalDayEndsOn`.
 * Fractions are allowed: half a natural day is over at noon of the next day.
 */
export const CLOCK_KINDS = ['urgentHour', 'urgentDay', 'workHour', 'workDay', 'naturalDay'] as const
export type ClockKind = (typeof CLOCK_KINDS)[number]

export interface Deadline {
  /** Epoch ms. */
  readonly dueAt: number
  /** It counts days that the calendar does not know yet, so it is to be recomputed when they are published. */
  readonly provisional: boolean
}
