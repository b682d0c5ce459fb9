import { isWorkday, officePeriods, type WorkCalendar } from './calendar.ts'
import type { ClockKind } from './clock-kinds.ts'
import { fromUnits, naturalInstant, positionAt, toUnits } from './count.ts'
import { DAY_MS, dayText, isoWeekday, MINUTE_MS } from './day.ts'
import { officeTable } from './office-table.ts'
import type { Pause } from './pause.ts'
import { dayStart, epochMs, localDay } from './zone.ts'

/**
 * Why a span counts: `runsOn` hours that run on, `office` office time, `makeUpOffice` office time of a make-up workday (调休上班),
 * `calendarDay` a day of a limit in natural days. Or why it does not: before the opening, in the break at noon, after the closing, a
 * weekend, a holiday, the day a limit in natural days began, a pause, or the days its end was moved on from a rest day.
 */
export type Why =
  | 'runsOn'
  | 'office'
  | 'makeUpOffice'
  | 'calendarDay'
  | 'beforeOpening'
  | 'break'
  | 'afterClosing'
  | 'weekend'
  | 'holiday'
  | 'startDay'
  | 'paused'
  | 'endMoved'

/** What a day is to a clock: `anyDay` where the clock treats all alike. */
export type DayKind = 'workday' | 'makeUpWorkday' | 'weekend' | 'holiday' | 'anyDay'

/** A stretch of time within one local day, between two instants (epoch ms), and whether the clock counted it. */
export interface AccountSpan {
  readonly from: number
  readonly to: number
  readonly counted: boolean
  readonly why: Why
  /** Its length, counted or not. */
  readonly minutes: number
  /** What was counted, in the clock's hours or days; 0 where nothing was. */
  readonly amount: number
}

/** One local day of an account, or the part of it between the start and the deadline. */
export interface AccountDay {
  /** Days since 1970-01-01. */
  readonly day: number
  readonly kind: DayKind
  /** The calendar does not know this day, so the weekly rule stood in for it. */
  readonly beyondHorizon: boolean
  readonly spans: readonly AccountSpan[]
}

interface Stretch {
  readonly from: number
  readonly to: number
  readonly why: Why
}

const COUNTED: ReadonlySet<Why> = new Set<Why>(['runsOn', 'office', 'makeUpOffice', 'calendarDay'])

/** The days from a start to a deadline (epoch ms), cut into spans without gap or overlap whose counted amounts add up to the limit. `holidays` names days by 'YYYY-MM-DD'. */
export function accountDays(
  clock: ClockKind,
  amount: number,
  start: number,
  due: number,
  pauses: readonly Pause[],
  calendar: WorkCalendar,
  holidays: Readonly<Record<string, string>>,
): AccountDay[] {
  const table = officeTable(calendar)
  const startDay = localDay(table.zone, start)
  const days: AccountDay[] = []
  let rest = toUnits(clock, amount)
  for (let day = startDay; day <= localDay(table.zone, due); day += 1) {
    const kind = kindOf(clock, day, calendar, holidays)
    const stretches = split(stretchesOf(clock, day, day === startDay, kind, calendar), start, due, pauses)
    const spans: AccountSpan[] = []
    for (const stretch of stretches) {
      const pieces = endOfLimit(clock, stretch, rest, calendar)
      for (const piece of pieces) {
        const counted = COUNTED.has(piece.why)
        const passed = counted ? positionAt(clock, piece.to, calendar) - positionAt(clock, piece.from, calendar) : 0
        // A limit ends on a whole millisecond, so its last span holds the rest to the last unit.
        const isLast = piece.to === due || pieces.length > 1
        const units = counted && isLast ? rest : passed
        rest -= units
        spans.push({ ...piece, counted, minutes: (piece.to - piece.from) / MINUTE_MS, amount: fromUnits(clock, units) })
      }
    }
    const unknown = dayStart(table.zone, day) >= table.knownUntil || dayStart(table.zone, day) < table.knownFrom
    const matters = kind !== 'anyDay' || (clock === 'naturalDay' && calendar.naturalDayEndsOn === 'workday' && rest === 0)
    if (spans.length > 0) days.push({ day, kind, beyondHorizon: unknown && matters, spans })
  }
  return days
}

function kindOf(clock: ClockKind, day: number, calendar: WorkCalendar, holidays: Readonly<Record<string, string>>): DayKind {
  if (clock !== 'workHour' && clock !== 'workDay') return 'anyDay'
  const text = dayText(day)
  const weekend = calendar.weekend.includes(isoWeekday(day))
  if (isWorkday(calendar, text)) return weekend ? 'makeUpWorkday' : 'workday'
  return weekend && !Object.hasOwn(holidays, text) ? 'weekend' : 'holiday'
}

function stretchesOf(clock: ClockKind, day: number, isFirst: boolean, kind: DayKind, calendar: WorkCalendar): Stretch[] {
  const { zone } = officeTable(calendar)
  const [from, to] = [dayStart(zone, day), dayStart(zone, day + 1)]
  if (clock === 'naturalDay') return [{ from, to, why: isFirst ? 'startDay' : 'calendarDay' }]
  if (kind === 'anyDay') return [{ from, to, why: 'runsOn' }]
  if (kind === 'weekend' || kind === 'holiday') return [{ from, to, why: kind }]
  const stretches: Stretch[] = []
  let at = from
  for (const [start, end] of officePeriods(calendar, dayText(day))) {
    const opens = epochMs(zone, day * DAY_MS + start * MINUTE_MS)
    const closes = epochMs(zone, day * DAY_MS + end * MINUTE_MS)
    if (closes <= opens) continue
    stretches.push({ from: at, to: opens, why: at === from ? 'beforeOpening' : 'break' })
    stretches.push({ from: opens, to: closes, why: kind === 'makeUpWorkday' ? 'makeUpOffice' : 'office' })
    at = closes
  }
  return [...stretches, { from: at, to, why: 'afterClosing' }]
}

/** The same stretches between start and deadline, with pauses cut out of them. */
function split(stretches: readonly Stretch[], start: number, due: number, pauses: readonly Pause[]): Stretch[] {
  const pieces: Stretch[] = []
  for (const stretch of stretches) {
    let at = Math.max(start, stretch.from)
    const end = Math.min(due, stretch.to)
    if (at >= end) continue
    for (const [from, to] of pauses) {
      if (to <= at || from >= end || from === to) continue
      if (from > at) pieces.push({ ...stretch, from: at, to: from })
      const last = pieces.at(-1)
      // A pause goes on through openings and closings.
      if (last?.why === 'paused' && from <= at) pieces[pieces.length - 1] = { ...last, to: Math.min(end, to) }
      else pieces.push({ from: Math.max(at, from), to: Math.min(end, to), why: 'paused' })
      at = Math.min(end, to)
    }
    if (at < end) pieces.push({ ...stretch, from: at, to: end })
  }
  return pieces
}

/** A limit in natural days may be used up before its deadline, where that was moved on from a rest day. */
function endOfLimit(clock: ClockKind, stretch: Stretch, rest: number, calendar: WorkCalendar): Stretch[] {
  if (clock !== 'naturalDay' || stretch.why !== 'calendarDay') return [stretch]
  const end = Math.min(stretch.to, naturalInstant(positionAt(clock, stretch.from, calendar) + rest, calendar))
  if (end === stretch.to) return [stretch]
  const moved: Stretch = { from: end, to: stretch.to, why: 'endMoved' }
  return end > stretch.from ? [{ ...stretch, to: end }, moved] : [moved]
}
