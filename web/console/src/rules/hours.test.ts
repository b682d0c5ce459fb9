import { expect, test } from 'vitest'
import { hoursText, monthAfter, weeksOf } from './hours.ts'

test('office hours are told as a clock shows them', () => {
  expect(
    hoursText([
      [510, 720],
      [840, 1050],
    ]),
  ).toBe('08:30–12:00 14:00–17:30')
})

test('a month is laid out in weeks from Monday on, with every day once', () => {
  const weeks = weeksOf('2026-11')
  expect(weeks[0]).toEqual([undefined, undefined, undefined, undefined, undefined, undefined, '2026-11-01'])
  expect(weeks.flat().filter((day) => day !== undefined)).toHaveLength(30)
  expect(weeks.every((week) => week.length === 7)).toBe(true)
  expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1)]).toEqual(['2027-01', '2025-12'])
})
