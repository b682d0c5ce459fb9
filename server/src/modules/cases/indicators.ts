import { sql } from '../../platform/db/database.ts'

/** An indicator (指标) over cases received in a period: which cases it asks for and which of them fulfil it (standards §1.7, cohort form). */
export interface Indicator {
  readonly of: ReturnType<typeof sql.raw>
  readonly fulfilled: ReturnType<typeof sql.raw>
}

const indicator = (of: string, fulfilled: string): Indicator => ({ of: sql.raw(`(${of})`), fulfilled: sql.raw(`(${of} and ${fulfilled})`) })
const DISPATCHED = 'dispatched_at is not null and voided_at is null'
const HANDLED = 'handled_at is not null'
const CLOSED = 'closed_at is not null'
const ANSWERED = 'answered_at is not null'
/** A timeout under appeal, or excused by one, stands outside the on-time figures and is counted apart; its raw fact stays. */
const COUNTED = "exempt not in ('pending', 'granted')"

/** One definition for the figure and for the list of cases behind it. */
export const indicatorSql: Readonly<Record<string, Indicator>> = {
  filed: indicator('true', 'filed_at is not null'),
  dispatched: indicator('filed_at is not null and voided_at is null', 'dispatched_at is not null'),
  handled: indicator(DISPATCHED, HANDLED),
  handledOnTime: indicator(`${DISPATCHED} and ${COUNTED}`, 'handled_on_time'),
  closed: indicator(HANDLED, 'closed_at is not null'),
  closedOnTime: indicator(`${HANDLED} and ${COUNTED}`, 'closed_on_time'),
  sentBack: indicator(HANDLED, 'reworked > 0'),
  answered: indicator(CLOSED, 'answered_at is not null'),
  fixed: indicator(ANSWERED, 'answered_fixed'),
  satisfied: indicator(ANSWERED, "answered_rating in ('satisfied', 'basically')"),
}
