import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commonWords } from './likeness.ts'

describe('words in common', () => {
  it('finds two ways to say the same thing, in Chinese and in English', () => {
    expect(commonWords('路口井盖缺失，行人危险', '路口的井盖不见了，行人危险')).toBeGreaterThanOrEqual(0.5)
    expect(commonWords('Street lamp is out', 'the street LAMP went out')).toBeGreaterThan(0.5)
    expect(commonWords('路口井盖缺失', '小区噪音扰民')).toBe(0)
  })

  it('is 1 for the same text, 0 for nothing to compare, the same both ways, and never outside', () => {
    expect(commonWords('井盖缺失', '井盖缺失')).toBe(1)
    expect(commonWords('', '井盖')).toBe(0)
    expect(commonWords('！', '？')).toBe(0)
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
        const share = commonWords(one, other)
        expect(share).toBe(commonWords(other, one))
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
      }),
    )
  })
})
