import { STEPS } from '@linli/contract/workflow'
import { describe, expect, test } from 'vitest'
import { contrastOf, readableOn } from '@linli/lib/color'
import { CONTRAST, THEMES, tokensOf } from './tokens.ts'

const BRANDS = ['#1f6f5c', '#b5402f', '#ffe14d', '#000000', '#ffffff', '#1c4fd8']

describe('the themes', () => {
  test('contrast is the one of WCAG', () => {
    expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21)
    expect(contrastOf('#767676', '#ffffff')).toBeCloseTo(4.54, 1)
  })

  test.each(THEMES)('every text of %s reads on every surface with the contrast of its theme, in any brand colour', (theme) => {
    for (const brand of BRANDS) {
      const tokens = tokensOf(theme, brand)
      for (const surface of [tokens.ground, tokens.surface, tokens.raised, tokens.sunken]) {
        const texts = [
          tokens.text,
          tokens.textSoft,
          tokens.textFaint,
          tokens.accent,
          tokens.late,
          tokens.good,
          tokens.ended,
          ...STEPS.map((step) => tokens.steps[step]),
        ]
        for (const text of texts) expect(contrastOf(text, surface), `${theme} ${text} on ${surface}`).toBeGreaterThanOrEqual(CONTRAST[theme])
      }
      expect(contrastOf(tokens.onAccent, tokens.accentFill)).toBeGreaterThanOrEqual(4.5)
      expect(contrastOf(tokens.late, tokens.lateWash)).toBeGreaterThanOrEqual(4.5)
      expect(contrastOf(tokens.text, tokens.accentWash)).toBeGreaterThanOrEqual(4.5)
      expect(contrastOf(tokens.textSoft, tokens.accentWash), `${theme} ${brand}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('old eyes and a wall get the enhanced contrast, a desk the common one', () => {
    expect(THEMES.map((theme) => CONTRAST[theme])).toEqual([4.5, 4.5, 7, 7, 7])
  })

  test('a colour that already reads stays as it is', () => {
    expect(readableOn('#ffffff', '#000000')).toBe('#ffffff')
  })
})
