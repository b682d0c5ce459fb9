import { describe, expect, it } from 'vitest'
import { isWorkday, officePeriods, workCalendar } from './calendar.ts'
import { dayNumber, dayText, isoWeekday } from './day.ts'
import { mainland, SPLIT_DAY } from './testing/mainland.ts'

const plain = { ...mainland() }

describe('a working calendar', () => {
  it('takes named days before the weekly rule', () => {
    const calendar = mainland()
    expect(isWorkday(calendar, '2026-02-17')).toBe(false)
    expect(isWorkday(calendar, '2026-02-28')).toBe(true)
    expect(isWorkday(calendar, '2026-10-08')).toBe(true)
    expect(isWorkday(calendar, '2026-10-11')).toBe(false)
  })

  it('gives a make-up Saturday the standard hours, unless Saturdays have their own', () => {
    expect(officePeriods(mainland(), '2026-02-28')).toEqual(SPLIT_DAY.standard)
    const short = mainland({ ...SPLIT_DAY, byWeekday: { 6: [[540, 720]] } })
    expect(officePeriods(short, '2026-02-28')).toEqual([[540, 720]])
    expect(officePeriods(short, '2026-10-03')).toEqual([])
  })

  it('cannot be changed after it was checked', () => {
    const calendar = mainland()
    expect(() => Object.assign(calendar.days, { '2026-01-05': 'rest' })).toThrow(TypeError)
  })

  it.each([
    ['CALENDAR_ID_EMPTY', { version: ' ' }],
    ['ZONE_UNKNOWN', { timeZone: 'Mars/Olympus' }],
    ['CALENDAR_WEEKEND_INVALID', { weekend: [6, 6] as const }],
    ['CALENDAR_WEEKEND_INVALID', { weekend: [1, 2, 3, 4, 5, 6, 7] as const }],
    ['CALENDAR_OFFICE_HOURS_EMPTY', { officeHours: { standard: [] } }],
    ['CALENDAR_OFFICE_HOURS_EMPTY', { officeHours: { ...SPLIT_DAY, byWeekday: { 5: [] } } }],
    ['CALENDAR_OFFICE_HOURS_INVALID', { officeHours: { standard: [[720, 510]] as const } }],
    ['CALENDAR_OFFICE_HOURS_INVALID', { officeHours: { standard: [[510, 1441]] as const } }],
    [
      'CALENDAR_OFFICE_HOURS_OVERLAP',
      {
        officeHours: {
          standard: [
            [510, 720],
            [700, 900],
          ] as const,
        },
      },
    ],
    ['DAY_INVALID', { days: { '2026-02-30': 'rest' as const } }],
    ['CALENDAR_DAY_BEYOND_HORIZON', { days: { '2027-01-01': 'rest' as const } }],
    ['CALENDAR_HORIZON_INVALID', { days: {}, horizon: '2023-12-31' }],
  ])('refuses with %s what is wrong', (code, wrong) => {
    expect(() => workCalendar({ ...plain, ...wrong })).toThrow(expect.objectContaining({ code }))
  })
})

describe('a day', () => {
  it('is the same after a round trip, with its weekday', () => {
    for (const [day, weekday] of [
      ['1970-01-01', 4],
      ['1969-12-31', 3],
      ['2024-02-29', 4],
      ['2026-11-22', 7],
    ] as const) {
      expect(dayText(dayNumber(day))).toBe(day)
      expect(isoWeekday(dayNumber(day))).toBe(weekday)
    }
  })
})
