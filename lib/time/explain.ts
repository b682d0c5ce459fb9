import { accountDays, type AccountDay, type AccountSpan, type DayKind } from './account-spans.ts'
import type { WorkCalendar } from './calendar.ts'
import type { ClockKind } from './clock-kinds.ts'
import { epochOf, fromUnits, toUnits } from './count.ts'
import { dayText } from './day.ts'
import { officeMsAt, officeTable } from './office-table.ts'
import { afterPauses, extendedDueAt, type Pause } from './pause.ts'
import { dayStart, localDay } from './zone.ts'

/** What happened to a limit besides its start, and what helps to name its days. */
export interface AccountOptions {
  /** In order and without overlap, as for `afterPauses`. */
  readonly pauses?: readonly Pause[]
  /** Extensions (延期) in the clock's hours or days. */
  readonly extensions?: readonly number[]
  /** Names of holidays by 'YYYY-MM-DD', given back as they are. */
  readonly holidays?: Readonly<Record<string, string>>
  /** So many rows at most; 120 where absent, and never below 3. */
  readonly maxRows?: number
}

/** How a clock counts: hours that run on, days of 24 hours, office hours, shares of each working day's office time, or calendar days without the day of the start. */
export type CountingRule = 'hoursRunOn' | 'daysOf24Hours' | 'officeHours' | 'sharesOfWorkdays' | 'daysAfterStartDay'

/** Where a deadline came to lie: where the count was full, at a closing, at the end of a day, or moved on from a rest day. */
export type Ending = 'whereCounted' | 'atClosing' | 'atMidnight' | 'movedToWorkday'

/** Consecutive local days that the clock treated alike; `more` stands for rows that were left out of the middle of a long account. */
export interface AccountRow {
  readonly fromDay: string
  readonly toDay: string
  readonly days: number
  readonly kind: DayKind | 'more'
  /** The holiday's name, where it was given. */
  readonly name?: string
  readonly beyondHorizon: boolean
  /** Counted minutes of all its days. */
  readonly minutes: number
  /** The same in the clock's hours or days. */
  readonly amount: number
  /** The spans of its first day; the other days are alike. None for `more`. */
  readonly spans: readonly AccountSpan[]
}

/** The account of a deadline (时限说明): what was counted and what was not, so that anybody can count again. */
export interface Account {
  readonly clock: ClockKind
  readonly rule: CountingRule
  /** The limit with its extensions, which the counted amounts add up to. */
  readonly amount: number
  readonly extension: number
  /** Epoch ms, as all instants here. */
  readonly startAt: number
  /** The first instant that counted; absent where the limit is 0. */
  readonly countsFrom?: number
  readonly dueAt: number
  /** Where it would lie without its extensions. */
  readonly unextendedDueAt: number
  readonly ending: Ending
  readonly provisional: boolean
  /** Minutes between start and deadline in which it was paused. */
  readonly pausedMinutes: number
  readonly rows: readonly AccountRow[]
}

const RULES: Readonly<Record<ClockKind, CountingRule>> = {
  urgentHour: 'hoursRunOn',
  urgentDay: 'daysOf24Hours',
  workHour: 'officeHours',
  workDay: 'sharesOfWorkdays',
  naturalDay: 'daysAfterStartDay',
}
const MAX_ROWS = 120

/** Accounts for a deadline (时限说明) from its start on, in rows of days that are alike; the amounts are hours or days as the clock says. Throws as `extendedDueAt`. */
export function explainDeadline(clock: ClockKind, amount: number, startAt: Date | number, calendar: WorkCalendar, options: AccountOptions = {}): Account {
  const start = epochOf(startAt)
  const pauses = options.pauses ?? []
  const extension = (options.extensions ?? []).reduce((sum, more) => sum + more, 0)
  const { dueAt, provisional } = extendedDueAt(clock, amount, extension, start, pauses, calendar)
  const days = accountDays(clock, amount + extension, start, dueAt, pauses, calendar, options.holidays ?? {})
  const spans = days.flatMap((day) => day.spans)
  const first = spans.find((span) => span.counted)
  return {
    clock,
    rule: RULES[clock],
    amount: amount + extension,
    extension,
    startAt: start,
    ...(first ? { countsFrom: first.from } : {}),
    dueAt,
    unextendedDueAt: afterPauses(clock, amount, start, pauses, calendar).dueAt,
    ending: endingOf(clock, dueAt, spans.at(-1), calendar),
    provisional,
    pausedMinutes: spans.reduce((sum, span) => sum + (span.why === 'paused' ? span.minutes : 0), 0),
    rows: shorten(clock, rowsOf(clock, days, calendar, options.holidays ?? {}), Math.max(3, options.maxRows ?? MAX_ROWS)),
  }
}

function endingOf(clock: ClockKind, due: number, last: AccountSpan | undefined, calendar: WorkCalendar): Ending {
  if (last?.why === 'endMoved') return 'movedToWorkday'
  const table = officeTable(calendar)
  switch (clock) {
    case 'naturalDay':
      return dayStart(table.zone, localDay(table.zone, due)) === due ? 'atMidnight' : 'whereCounted'
    case 'workHour':
    case 'workDay':
      return last?.counted && officeMsAt(table, due + 1) === officeMsAt(table, due) ? 'atClosing' : 'whereCounted'
    default:
      return 'whereCounted'
  }
}

function rowsOf(clock: ClockKind, days: readonly AccountDay[], calendar: WorkCalendar, holidays: Readonly<Record<string, string>>): AccountRow[] {
  const rows: AccountRow[] = []
  let pattern: string | undefined
  for (const day of days) {
    const row = rowOf(clock, day, holidays)
    const next = patternOf(row, day, calendar)
    const last = rows.at(-1)
    if (last && next !== undefined && next === pattern) rows[rows.length - 1] = joined(clock, last, row)
    else rows.push(row)
    pattern = next
  }
  return rows
}

function rowOf(clock: ClockKind, day: AccountDay, holidays: Readonly<Record<string, string>>): AccountRow {
  const text = dayText(day.day)
  const name = day.kind === 'holiday' && Object.hasOwn(holidays, text) ? holidays[text] : undefined
  return {
    fromDay: text,
    toDay: text,
    days: 1,
    kind: day.kind,
    ...(name === undefined ? {} : { name }),
    beyondHorizon: day.beyondHorizon,
    minutes: day.spans.reduce((sum, span) => sum + (span.counted ? span.minutes : 0), 0),
    amount: totalOf(clock, day.spans),
    spans: day.spans,
  }
}

/** What must be the same for a day to join the row before it; undefined for a day that stands alone, being begun, ended or paused. */
function patternOf(row: AccountRow, day: AccountDay, calendar: WorkCalendar): string | undefined {
  const { zone } = officeTable(calendar)
  const [from, to] = [dayStart(zone, day.day), dayStart(zone, day.day + 1)]
  const isWhole = day.spans[0]?.from === from && day.spans.at(-1)?.to === to
  const isPaused = day.spans.some((span) => span.why === 'paused') && day.spans.length > 1
  if (!isWhole || isPaused) return undefined
  return [row.kind, row.name, row.beyondHorizon, ...day.spans.flatMap((span) => [span.why, span.from - from, span.to - from])].join()
}

function joined(clock: ClockKind, first: AccountRow, next: AccountRow): AccountRow {
  const days = first.days + next.days
  return { ...first, toDay: next.toDay, days, minutes: first.minutes + next.minutes, amount: totalOf(clock, [first, next]) }
}

/** Sums in the clock's whole units, for sums of fractions would drift. */
function totalOf(clock: ClockKind, parts: readonly { readonly amount: number }[]): number {
  return fromUnits(
    clock,
    parts.reduce((sum, part) => sum + toUnits(clock, part.amount), 0),
  )
}

/** Keeps the beginning and the end of a long account and makes one row of what lies between. */
function shorten(clock: ClockKind, rows: readonly AccountRow[], most: number): readonly AccountRow[] {
  if (rows.length <= most) return rows
  const tail = Math.floor(most / 3)
  const middle = rows.slice(most - 1 - tail, rows.length - tail)
  const [first, last] = [middle[0], middle.at(-1)]
  if (!first || !last) return rows
  const more: AccountRow = {
    fromDay: first.fromDay,
    toDay: last.toDay,
    days: middle.reduce((sum, row) => sum + row.days, 0),
    kind: 'more',
    beyondHorizon: middle.some((row) => row.beyondHorizon),
    minutes: middle.reduce((sum, row) => sum + row.minutes, 0),
    amount: totalOf(clock, middle),
    spans: [],
  }
  return [...rows.slice(0, most - 1 - tail), more, ...rows.slice(rows.length - tail)]
}
