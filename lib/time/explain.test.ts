import { describe, expect, it } from 'vitest'
import type { ClockKind } from './clocks.ts'
import { dayNumber, HOUR_MS } from './day.ts'
import { explainDeadline, type AccountOptions } from './explain.ts'
import type { Pause } from './pause.ts'
import { mainland, SPLIT_DAY } from './testing/mainland.ts'

const calendar = mainland()
const rolling = mainland(SPLIT_DAY, { naturalDayEndsOn: 'workday' })
const at = (local: string): number => Date.parse(`${local}+08:00`)
const local = (ms: number): string => new Date(ms + 8 * HOUR_MS).toISOString().slice(5, 16)

function rows(clock: ClockKind, amount: number, start: string, options: AccountOptions = {}, by = calendar): string[] {
  return explainDeadline(clock, amount, at(start), by, options).rows.map((row) => {
    const days = row.days === 1 ? row.fromDay.slice(5) : `${row.fromDay.slice(5)}–${row.toDay.slice(5)}`
    return [days, row.kind, ...(row.name ? [row.name] : []), ...(row.beyondHorizon ? ['?'] : []), row.minutes].join(' ')
  })
}
function spans(clock: ClockKind, amount: number, start: string, options: AccountOptions = {}, by = calendar): string[] {
  return explainDeadline(clock, amount, at(start), by, options).rows.flatMap((row) =>
    row.spans.map((span) => `${local(span.from)} ${span.why} ${span.counted ? span.amount : '-'}`),
  )
}

describe('the account of a deadline', () => {
  it('names every stretch of office hours and of what lies between', () => {
    expect(spans('workHour', 4, '2026-11-20T16:00')).toEqual([
      '11-20T16:00 office 1.5',
      '11-20T17:30 afterClosing -',
      '11-21T00:00 weekend -',
      '11-23T00:00 beforeOpening -',
      '11-23T08:30 office 2.5',
    ])
    expect(spans('workHour', 4, '2026-11-20T11:00')).toEqual(['11-20T11:00 office 1', '11-20T12:00 break -', '11-20T13:30 office 3'])
  })

  it('stays short and readable over fifteen working days with a holiday and a make-up day', () => {
    const holidays = Object.fromEntries(['09-25', '09-26', '09-27'].map((day) => [`2026-${day}`, '中秋节']))
    expect(rows('workDay', 15, '2026-09-09T10:00', { holidays })).toEqual([
      '09-09 workday 360',
      '09-10–09-11 workday 900',
      '09-12–09-13 weekend 0',
      '09-14–09-18 workday 2250',
      '09-19 weekend 0',
      '09-20 makeUpWorkday 450',
      '09-21–09-24 workday 1800',
      '09-25–09-27 holiday 中秋节 0',
      '09-28–09-29 workday 900',
      '09-30 workday 90',
    ])
  })

  it('gives each working day as a share, whatever its length', () => {
    const shortFriday = mainland({ ...SPLIT_DAY, byWeekday: { 5: [[510, 720]] } })
    const { rows: days, amount } = explainDeadline('workDay', 2, at('2026-11-19T12:15'), shortFriday)
    expect(days.map((row) => [row.fromDay, row.minutes, row.amount])).toEqual([
      ['2026-11-19', 240, 8 / 15],
      ['2026-11-20', 210, 1],
      ['2026-11-21', 0, 0],
      ['2026-11-23', 210, 7 / 15],
    ])
    expect(amount).toBe(2)
  })

  it('lets hours that run on run on', () => {
    expect(spans('urgentHour', 2, '2026-02-16T23:30')).toEqual(['02-16T23:30 runsOn 0.5', '02-17T00:00 runsOn 1.5'])
    expect(rows('urgentDay', 10, '2026-02-16T18:00')).toEqual(['02-16 anyDay 360', '02-17–02-25 anyDay 12960', '02-26 anyDay 1080'])
  })

  it('leaves out the day on which natural days began, and tells where the end was moved on', () => {
    expect(spans('naturalDay', 1, '2026-11-20T09:00', {}, rolling)).toEqual(['11-20T09:00 startDay -', '11-21T00:00 calendarDay 1', '11-22T00:00 endMoved -'])
    expect(spans('naturalDay', 0.5, '2026-11-20T09:00', {}, rolling)).toEqual([
      '11-20T09:00 startDay -',
      '11-21T00:00 calendarDay 0.5',
      '11-21T12:00 endMoved -',
      '11-22T00:00 endMoved -',
    ])
    expect(rows('naturalDay', 2, '2026-12-31T09:00', {}, rolling)).toEqual([
      '12-31 anyDay 0',
      '01-01 anyDay 1440',
      '01-02 anyDay ? 1440',
      '01-03–01-04 anyDay ? 0',
    ])
  })

  it('says which days the calendar does not know', () => {
    expect(rows('workDay', 3, '2026-12-30T09:00')).toEqual([
      '12-30 workday 420',
      '12-31 workday 450',
      '01-01 workday ? 450',
      '01-02–01-03 weekend ? 0',
      '01-04 workday ? 30',
    ])
    expect(explainDeadline('workDay', 3, at('2026-12-30T09:00'), calendar).provisional).toBe(true)
    expect(rows('urgentDay', 2, '2026-12-31T00:00')).toEqual(['12-31–01-01 anyDay 2880'])
  })

  it('shows pauses as such, also where the clock would not have counted', () => {
    const pauses: Pause[] = [
      [at('2026-11-20T11:00'), at('2026-11-20T13:00')],
      [at('2026-11-20T14:30'), at('2026-11-24T09:00')],
    ]
    expect(spans('workHour', 4, '2026-11-20T10:00', { pauses })).toEqual([
      '11-20T10:00 office 1',
      '11-20T11:00 paused -',
      '11-20T13:00 break -',
      '11-20T13:30 office 1',
      '11-20T14:30 paused -',
      '11-21T00:00 paused -',
      '11-23T00:00 paused -',
      '11-24T00:00 paused -',
      '11-24T09:00 office 2',
    ])
    expect(explainDeadline('workHour', 4, at('2026-11-20T10:00'), calendar, { pauses }).pausedMinutes).toBe(120 + 9.5 * 60 + 72 * 60 + 9 * 60)
    expect(spans('urgentHour', 2, '2026-11-20T10:00', { pauses: [[at('2026-11-20T12:00'), at('2026-11-21T12:00')]] })).toEqual(['11-20T10:00 runsOn 2'])
  })

  it('tells the extension apart and where the deadline was without it', () => {
    const account = explainDeadline('workDay', 3, at('2026-11-20T09:00'), calendar, { extensions: [1, 0.5] })
    expect([account.amount, account.extension, local(account.unextendedDueAt), local(account.dueAt)]).toEqual([4.5, 1.5, '11-25T09:00', '11-26T14:15'])
  })

  it.each<[ClockKind, number, string, string, string | undefined, string]>([
    ['urgentHour', 2, '2026-11-20T09:00', 'hoursRunOn', '11-20T09:00', 'whereCounted'],
    ['urgentDay', 2, '2026-11-20T09:00', 'daysOf24Hours', '11-20T09:00', 'whereCounted'],
    ['workHour', 1, '2026-11-20T11:00', 'officeHours', '11-20T11:00', 'atClosing'],
    ['workDay', 1, '2026-11-21T11:00', 'sharesOfWorkdays', '11-23T08:30', 'atClosing'],
    ['workDay', 1, '2026-11-20T11:00', 'sharesOfWorkdays', '11-20T11:00', 'whereCounted'],
    ['naturalDay', 3, '2026-11-20T11:00', 'daysAfterStartDay', '11-21T00:00', 'atMidnight'],
    ['naturalDay', 1.5, '2026-11-22T11:00', 'daysAfterStartDay', '11-23T00:00', 'whereCounted'],
    ['naturalDay', 1, '2026-11-20T11:00', 'daysAfterStartDay', '11-21T00:00', 'movedToWorkday'],
    ['workDay', 0, '2026-11-21T11:00', 'sharesOfWorkdays', undefined, 'whereCounted'],
  ])('names the rule of %s %d from %s and how it ended', (clock, amount, start, rule, from, ending) => {
    const account = explainDeadline(clock, amount, at(start), rolling)
    expect([account.rule, account.countsFrom === undefined ? undefined : local(account.countsFrom), account.ending]).toEqual([rule, from, ending])
  })

  it('stays bounded for the longest limit, and still adds up', () => {
    const account = explainDeadline('workDay', 10_000, at('2026-11-20T09:00'), calendar)
    expect(account.rows).toHaveLength(120)
    expect(account.rows.filter((row) => row.kind === 'more')).toHaveLength(1)
    expect(account.rows.reduce((sum, row) => sum + row.amount, 0)).toBeCloseTo(10_000, 6)
    expect(account.rows.reduce((sum, row) => sum + row.days, 0)).toBe(dayNumber(account.rows.at(-1)?.toDay ?? '') - dayNumber('2026-11-20') + 1)
    expect(explainDeadline('workDay', 100, at('2026-11-20T09:00'), calendar, { maxRows: 1 }).rows).toHaveLength(3)
  })
})
