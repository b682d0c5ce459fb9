import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMIT_UNITS, parseLimit } from './limits.ts'
import { readNumeral } from './numerals.ts'

/** Writes a number from 1 to 9,999 as people write it. */
function numeral(value: number): string {
  const digits = '零一二三四五六七八九'
  let text = ''
  let gap = false
  for (const [size, unit] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(value / size) % 10
    if (digit > 0) text += (gap && text !== '' ? '零' : '') + digits.charAt(digit) + unit
    gap = digit === 0
  }
  return text.replace(/^一十/u, '十')
}

describe('a time limit', () => {
  it('is read back whatever the unit, the amount and the way of writing it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.entries(DEFAULT_LIMIT_UNITS)),
        fc.integer({ min: 1, max: 9999 }),
        fc.constantFrom('', '个', ' '),
        ([word, clock], amount, between) => {
          expect(parseLimit(`${amount}${between}${word}`)).toEqual({ clock, amount })
          expect(parseLimit(`${numeral(amount)}${between}${word}制止`)).toEqual({ clock, amount, note: '制止' })
        },
      ),
    )
  })

  it('follows the units of the city', () => {
    expect(parseLimit('3天', { ...DEFAULT_LIMIT_UNITS, 天: 'naturalDay' })).toEqual({ clock: 'naturalDay', amount: 3 })
    expect(parseLimit('3日', { 日: 'naturalDay' })).toEqual({ clock: 'naturalDay', amount: 3 })
    expect(() => parseLimit('3天', { 日: 'naturalDay' })).toThrow(expect.objectContaining({ code: 'LIMIT_UNIT_UNKNOWN', data: { text: '3天', unit: '天' } }))
  })

  it('never throws anything but a named error', () => {
    const piece = fc.constantFrom(
      '2',
      '０',
      '.',
      '-',
      '半',
      '十',
      '百',
      '零',
      '两',
      '个',
      '天',
      '小时',
      '紧急',
      '工作',
      '日',
      '时',
      ' ',
      '制止',
      '(',
      '\\',
      '😀',
    )
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
        (text) => {
          try {
            expect(parseLimit(text).amount).toBeGreaterThan(0)
          } catch (error) {
            expect(error).toMatchObject({ name: 'TimeError', code: expect.stringMatching(/^LIMIT_/) })
          }
        },
      ),
    )
  })
})

describe('a Chinese numeral', () => {
  it.each([
    ['〇', 0],
    ['十', 10],
    ['二十', 20],
    ['两百零三', 203],
    ['一千零一十', 1010],
  ])('%s is %d', (text, value) => {
    expect(readNumeral(text)).toBe(value)
  })

  it.each(['', '天', '十百', '一二百', '零十', '百百', '一百五', '两千三'])('is not "%s"', (text) => {
    expect(readNumeral(text)).toBeUndefined()
  })
})
