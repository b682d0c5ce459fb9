import { expect, test } from 'vitest'
import { csvOf } from './csv.ts'
import { dayWindow } from './window.ts'

test('a file of what is on show quotes what must be quoted and calculates nothing', async () => {
  const text = await csvOf([
    ['事项', '件数'],
    ['井盖, "缺失"', 12],
    ['=1+1', null],
    ['-3', -3],
  ]).text()
  expect(text.replace('\uFEFF', '')).toBe(`事项,件数\r\n"井盖, ""缺失""",12\r\n'=1+1,\r\n'-3,-3\r\n`)
})

test('a day of the city begins at its own midnight', () => {
  expect(dayWindow('2026-11-22', 'Asia/Shanghai')).toEqual({ from: '2026-11-21T16:00:00.000Z', to: '2026-11-22T16:00:00.000Z' })
})
