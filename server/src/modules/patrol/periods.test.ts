import { workCalendar } from '@linli/lib/time/calendar'
import { DAY_MS, dayNumber, dayText } from '@linli/lib/time/day'
import { readZone } from '@linli/lib/time/zone'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chinaCalendar } from '../catalog/china-calendar.ts'
import { findPeriod, livePeriods, periodsDue, type Days, type Frequency, type Rhythm } from './periods.ts'

const calendar = chinaCalendar({ id: 'test', version: '1', firstYear: 2024, lastYear: 2026, officeHours: { standard: [[510, 1050]] } })
const zone = readZone('Asia/Shanghai', Date.parse('2023-01-01'), Date.parse('2028-01-01'))
const days: Days = { zone, calendar }
const rhythm = (frequency: Frequency, more: Partial<Rhythm> = {}): Rhythm => ({ frequency, days: 'all', graceDays: 2, ...more })
const at = (text: string) => Date.parse(`${text}+08:00`)
const due = (frequency: Frequency, from: string, to: string, more: Partial<Rhythm> = {}) =>
  periodsDue(rhythm(frequency, more), dayNumber(from), dayNumber(to), days).map((period) => [period.key, dayText(period.dueDay)])

describe('periods of duties', () => {
  it('are days, ISO weeks, months and quarters', () => {
    expect(due('daily', '2026-02-27', '2026-03-01')).toEqual([
      ['2026-02-27', '2026-02-27'],
      ['2026-02-28', '2026-02-28'],
      ['2026-03-01', '2026-03-01'],
    ])
    expect(due('weekly', '2025-12-22', '2026-01-11')).toEqual([
      ['2025-W52', '2025-12-28'],
      ['2026-W01', '2026-01-04'],
      ['2026-W02', '2026-01-11'],
    ])
    expect(due('monthly', '2024-02-01', '2024-03-31').map(([key]) => key)).toEqual(['2024-02', '2024-03'])
    expect(due('quarterly', '2026-01-01', '2026-12-31').map(([key]) => key)).toEqual(['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'])
    expect(due('afterEvent', '2026-01-01', '2026-12-31')).toEqual([])
  })

  it('on working days are due on the last of them, and have no duty where there is none', () => {
    const workdays = { days: 'workdays' } as const
    // National Day 2025 ran from Wednesday 1 to Wednesday 8 October; Saturday 11 October was worked.
    expect(due('daily', '2025-10-01', '2025-10-12', workdays).map(([key]) => key)).toEqual(['2025-10-09', '2025-10-10', '2025-10-11'])
    expect(due('weekly', '2025-09-29', '2025-10-12', workdays)).toEqual([
      ['2025-W40', '2025-09-30'],
      ['2025-W41', '2025-10-11'],
    ])
    expect(due('monthly', '2025-10-01', '2025-10-31', workdays)).toEqual([['2025-10', '2025-10-31']])
    const idle = workCalendar({ ...calendar, version: '2', days: { ...calendar.days, '2025-09-29': 'rest', '2025-09-30': 'rest', '2025-09-28': 'rest' } })
    expect(periodsDue(rhythm('weekly', workdays), dayNumber('2025-09-29'), dayNumber('2025-10-05'), { zone, calendar: idle })).toEqual([])
  })

  it('end at midnight of the city and may be made good for the days of grace', () => {
    const [period] = livePeriods(rhythm('daily', { graceDays: 0 }), at('2026-05-05T23:59:59'), days)
    expect(period).toMatchObject({
      key: '2026-05-05',
      startsAt: at('2026-05-05T00:00:00'),
      dueAt: at('2026-05-06T00:00:00'),
      closesAt: at('2026-05-06T00:00:00'),
    })
    expect(livePeriods(rhythm('daily'), at('2026-05-06T00:00:00'), days).map((each) => each.key)).toEqual(['2026-05-04', '2026-05-05', '2026-05-06'])
    expect(livePeriods(rhythm('monthly', { graceDays: 10 }), at('2026-05-08T12:00:00'), days).map((each) => each.key)).toEqual(['2026-04', '2026-05'])
  })

  it.each(['2026-02-30', '2026-W54', '2026-13', '2026-Q5', '2026', 'call-x', ''])('know no period %s', (key) => {
    for (const frequency of ['daily', 'weekly', 'monthly', 'quarterly', 'afterEvent'] as const) expect(findPeriod(rhythm(frequency), key, days)).toBeUndefined()
  })

  it('of any day are found again by their key, hold that day, and follow each other without a hole', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: dayNumber('2024-01-08'), max: dayNumber('2026-12-20') }),
        fc.constantFrom<Frequency>('daily', 'weekly', 'monthly', 'quarterly'),
        (day, frequency) => {
          const noon = at(`${dayText(day)}T12:00:00`)
          const running = livePeriods(rhythm(frequency, { graceDays: 0 }), noon, days).at(-1)
          if (!running) throw new Error('none runs')
          expect(running.startsAt <= noon && noon < running.dueAt).toBe(true)
          expect(findPeriod(rhythm(frequency), running.key, days)?.startsAt).toBe(running.startsAt)
          const next = livePeriods(rhythm(frequency, { graceDays: 0 }), running.dueAt, days).at(-1)
          expect(next?.startsAt).toBe(running.dueAt)
          const inSpan = periodsDue(rhythm(frequency), day, day + 200, days)
          expect(new Set(inSpan.map((period) => period.key)).size).toBe(inSpan.length)
          for (const [index, period] of inSpan.entries()) if (index > 0) expect(period.startsAt).toBe(inSpan[index - 1]?.dueAt)
          expect(running.dueAt % DAY_MS).toBe(16 * 3_600_000)
        },
      ),
    )
  })
})
