import { describe, expect, test } from 'vitest'
import { messages } from '../../i18n/messages.ts'
import { countsHours, placeInDay, roundAmount, runningSums, type AccountRow } from './account.ts'
import { dayAfter } from './days.ts'

const row = (amount: number) => ({ amount }) as AccountRow

describe('the account of a deadline', () => {
  test('sums up to the limit row by row, without the noise of thirds', () => {
    expect(runningSums([row(1 / 3), row(0), row(1), row(5 / 3)]).map(({ sum }) => sum)).toEqual([0.333, 0.333, 1.333, 3])
    expect(roundAmount(0.1 + 0.2)).toBe(0.3)
    expect([countsHours('urgentHour'), countsHours('workDay')]).toEqual([true, false])
  })

  test('places a span in its day, cut at its ends', () => {
    const day = Date.parse('2026-11-22T16:00:00Z')
    expect(placeInDay({ from: '2026-11-23T00:30:00Z', to: '2026-11-23T04:00:00Z' }, day)).toEqual({ left: 8.5 / 24, width: 12 / 24 - 8.5 / 24 })
    expect(placeInDay({ from: '2026-11-22T10:00:00Z', to: '2026-11-24T10:00:00Z' }, day)).toEqual({ left: 0, width: 1 })
  })

  test('has a word for every kind of day, reason, method and ending that the count knows', () => {
    const keys = Object.keys(messages['zh-CN'])
    const codes = {
      dayKind: ['workday', 'makeUpWorkday', 'weekend', 'holiday', 'anyDay', 'more'],
      why: [
        'runsOn',
        'office',
        'makeUpOffice',
        'calendarDay',
        'beforeOpening',
        'break',
        'afterClosing',
        'weekend',
        'holiday',
        'startDay',
        'paused',
        'endMoved',
      ],
      'explain.rule': ['hoursRunOn', 'daysOf24Hours', 'officeHours', 'sharesOfWorkdays', 'daysAfterStartDay'],
      'explain.ending': ['whereCounted', 'atClosing', 'atMidnight', 'movedToWorkday'],
    }
    for (const [group, list] of Object.entries(codes)) for (const code of list) expect(keys).toContain(`${group}.${code}`)
  })
})

test('the day after is the city’s own', () => {
  expect([dayAfter('Asia/Shanghai', Date.parse('2026-11-22T18:30:00Z')), dayAfter('UTC', Date.parse('2026-11-30T18:30:00Z'), 2)]).toEqual([
    '2026-11-24',
    '2026-12-02',
  ])
})
