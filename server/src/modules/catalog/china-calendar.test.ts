import { isWorkday } from '@linli/lib/time/calendar'
import { dueAt } from '@linli/lib/time/clocks'
import { describe, expect, it } from 'vitest'
import { chinaCalendar, knownYears, type ChinaCalendarOptions } from './china-calendar.ts'

const options: ChinaCalendarOptions = {
  id: 'city',
  version: '1',
  firstYear: 2024,
  lastYear: 2030,
  officeHours: {
    standard: [
      [510, 720],
      [810, 1050],
    ],
  },
}
const at = (local: string): number => Date.parse(`${local}+08:00`)

describe('the working calendar of mainland China', () => {
  it('knows public holidays and make-up workdays', () => {
    const calendar = chinaCalendar(options)
    for (const day of ['2024-02-04', '2024-10-12', '2025-01-26', '2025-10-11', '2026-02-14', '2026-02-28', '2026-09-20'])
      expect([day, isWorkday(calendar, day)]).toEqual([day, true])
    for (const day of ['2024-02-12', '2025-01-28', '2025-10-08', '2026-01-02', '2026-02-23', '2026-10-07', '2026-11-22'])
      expect([day, isWorkday(calendar, day)]).toEqual([day, false])
  })

  it('holds only the days that break the weekly rule', () => {
    const { days } = chinaCalendar({ ...options, firstYear: 2026, lastYear: 2026 })
    expect(Object.values(days).filter((kind) => kind === 'work')).toHaveLength(6)
    expect(Object.values(days).filter((kind) => kind === 'rest')).toHaveLength(19)
  })

  it('ends with the last known year, so that a deadline beyond it is provisional', () => {
    const last = knownYears(2004, 2099).at(-1) ?? 0
    const calendar = chinaCalendar({ ...options, lastYear: last + 4 })
    expect(calendar.horizon).toBe(`${last}-12-31`)
    expect(dueAt('workDay', 1, at(`${last}-12-01T10:00`), calendar).provisional).toBe(false)
    expect(dueAt('workDay', 30, at(`${last}-12-01T10:00`), calendar).provisional).toBe(true)
  })

  it('begins with the first known year and lets no gap in', () => {
    expect(knownYears(2000, 2006)).toEqual([2004, 2005, 2006])
    expect(chinaCalendar({ ...options, firstYear: 2000, lastYear: 2006 }).knownFrom).toBe('2004-01-01')
  })

  it('may end earlier than known, never later', () => {
    expect(chinaCalendar({ ...options, lastYear: 2026, horizon: '2026-12-24' }).horizon).toBe('2026-12-24')
    expect(chinaCalendar({ ...options, lastYear: 2026, horizon: '2027-12-31' }).horizon).toBe('2026-12-31')
  })

  it('refuses years of which none is published', () => {
    expect(() => chinaCalendar({ ...options, firstYear: 2090, lastYear: 2095 })).toThrow(expect.objectContaining({ code: 'CALENDAR_YEARS_UNKNOWN' }))
    expect(() => chinaCalendar({ ...options, firstYear: 2026, lastYear: 2024 })).toThrow(expect.objectContaining({ code: 'CALENDAR_YEARS_UNKNOWN' }))
  })
})
