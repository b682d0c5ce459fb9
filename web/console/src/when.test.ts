import { expect, test } from 'vitest'
import { dayOf, fieldOf, instantOf } from './when.ts'

test('a field of date and time means the city’s clock, wherever the screen stands', () => {
  expect(instantOf('2026-11-22T14:05', 'Asia/Shanghai')).toBe('2026-11-22T06:05:00.000Z')
  expect(instantOf('2026-07-01T00:30', 'Europe/Berlin')).toBe('2026-06-30T22:30:00.000Z')
  expect(fieldOf(Date.parse('2026-11-22T18:30:00Z'), 'Asia/Shanghai')).toBe('2026-11-23T02:30')
  expect(dayOf(Date.parse('2026-11-22T18:30:00Z'), 'Asia/Shanghai')).toBe('2026-11-23')
  expect(instantOf('', 'Asia/Shanghai')).toBeUndefined()
})
