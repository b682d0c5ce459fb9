import { expect, test } from 'vitest'
import { Attendance } from './presence.ts'
import { isQuiet, timeOf } from './rules.ts'

test('quiet hours may lie within a day, go over midnight, or be the whole day', () => {
  const within = { from: '12:00', to: '14:00' }
  expect(['11:59', '12:00', '13:59', '14:00'].map((time) => isQuiet(within, time))).toEqual([false, true, true, false])
  const over = { from: '20:00', to: '07:30' }
  expect(['19:59', '20:00', '23:59', '00:00', '07:29', '07:30'].map((time) => isQuiet(over, time))).toEqual([false, true, true, true, true, false])
  expect(isQuiet({ from: '00:00', to: '00:00' }, '13:00')).toBe(true)
  expect(isQuiet(null, '03:00')).toBe(false)
})

test('the time of day is the city’s, with a midnight of 00', () => {
  expect(timeOf('Asia/Shanghai', Date.parse('2026-11-22T16:00:00Z'))).toBe('00:00')
  expect(timeOf('Europe/Berlin', Date.parse('2026-07-01T12:05:00Z'))).toBe('14:05')
})

const who = (personId: string) => ({ personId, postTitle: `post of ${personId}`, unitName: 'unit' })

test('somebody comes once, stays as long as there are signs, and is forgotten thirty seconds after the last', () => {
  const attendance = new Attendance()
  expect(attendance.sign('case', 'screen', who('one'), true, 0)).toBe(true)
  expect(attendance.sign('case', 'screen', who('one'), true, 20_000)).toBe(false)
  expect(attendance.list('case', 49_999)).toMatchObject([{ personId: 'one', since: 0 }])
  expect(attendance.list('case', 50_000)).toEqual([])
  // Who comes back has come anew.
  expect(attendance.sign('case', 'screen', who('one'), true, 60_000)).toBe(true)
  expect(attendance.list('case', 60_000)).toMatchObject([{ since: 60_000 }])
})

test('a person on two screens is one, there since the first, until both are gone', () => {
  const attendance = new Attendance()
  attendance.sign('case', 'left', who('one'), true, 0)
  attendance.sign('case', 'right', who('one'), true, 5_000)
  expect(attendance.list('case', 6_000)).toMatchObject([{ since: 0 }])
  expect(attendance.sign('case', 'left', who('one'), false, 7_000)).toBe(true)
  expect(attendance.list('case', 8_000)).toMatchObject([{ since: 5_000 }])
  expect(attendance.sign('case', 'right', who('two'), false, 8_500)).toBe(false)
  expect(attendance.list('case', 9_000)).toHaveLength(1)
})

test('what nobody signs any more takes no memory', () => {
  const attendance = new Attendance()
  for (let index = 0; index < 100; index += 1) attendance.sign(`case ${index}`, 'screen', who('one'), true, 0)
  expect(attendance.forget(29_999)).toBe(0)
  expect(attendance.forget(30_000)).toBe(100)
  expect(attendance.forget(30_000)).toBe(0)
})
