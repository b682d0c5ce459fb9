import { INDICATORS } from '@linli/contract/endpoints/reach'
import { describe, expect, it } from 'vitest'
import { indicatorSql } from '../cases/index.ts'
import { definitions } from './definitions.ts'

describe('the indicators', () => {
  it('are the same in the contract, in their definitions and in what is counted', () => {
    expect(definitions.map((definition) => definition.indicator)).toEqual([...INDICATORS])
    expect(Object.keys(indicatorSql)).toEqual([...INDICATORS])
  })

  it('say numerator and denominator in both languages', () => {
    for (const { formulaZh, formulaEn } of definitions) for (const formula of [formulaZh, formulaEn]) expect(formula).toMatch(/^\S.+ ÷ .+\S$/)
  })
})
