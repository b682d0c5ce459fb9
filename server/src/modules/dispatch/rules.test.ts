import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitsMatter, rulesFor, type OwnerRule } from './rules.ts'

const rule = (id: string, matter: string, areaCode: string, more: Partial<OwnerRule> = {}): OwnerRule => ({
  id,
  matter,
  areaCode,
  owner: `unit-${id}`,
  coOwners: [],
  validFrom: '2026-01-01',
  validTo: null,
  note: '',
  source: 'city',
  caseNumber: null,
  ...more,
})
const ids = (rules: readonly OwnerRule[]) => rules.map((one) => one.id)

describe('the owner rules', () => {
  const rules = [
    rule('all', '*', 'city'),
    rule('long', 'a-b-01*', 'city'),
    rule('short', 'a-*', 'street'),
    rule('whole', 'a-b-0101', 'city'),
    rule('whole-deep', 'a-b-0101', 'district'),
    rule('elsewhere', 'a-b-0101', 'other'),
  ]

  it('put a whole key before a prefix, a longer prefix before a shorter, and only then the deeper area', () => {
    expect(ids(rulesFor(rules, 'a-b-0101', 'city.district.street', '2026-06-01'))).toEqual(['whole-deep', 'whole', 'long', 'short', 'all'])
    expect(ids(rulesFor(rules, 'a-b-0102', 'city.district.street', '2026-06-01'))).toEqual(['long', 'short', 'all'])
    expect(ids(rulesFor(rules, 'a-b-0101', 'city.district', '2026-06-01'))).toEqual(['whole-deep', 'whole', 'long', 'all'])
    expect(ids(rulesFor(rules, 'z', 'city', '2026-06-01'))).toEqual(['all'])
  })

  it('are in force from their first day to the day before their last', () => {
    const ending = [rule('old', 'm', 'city', { validTo: '2026-07-01' }), rule('new', 'm', 'city', { validFrom: '2026-07-01' })]
    expect(ids(rulesFor(ending, 'm', 'city', '2026-06-30'))).toEqual(['old'])
    expect(ids(rulesFor(ending, 'm', 'city', '2026-07-01'))).toEqual(['new'])
    expect(ids(rulesFor(ending, 'm', 'city', '2025-12-31'))).toEqual([])
  })

  it('match area codes whole: a district whose code begins another’s does not own it', () => {
    expect(ids(rulesFor([rule('one', '*', '9901')], 'm', '990100.990101', '2026-06-01'))).toEqual([])
    expect(fitsMatter('a-b', 'a-b-01')).toBe(false)
    expect(fitsMatter('a-b*', 'a-b')).toBe(true)
  })

  it('give one order whatever order they were stored in', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(rules, { minLength: rules.length }), (shuffled) => {
        expect(ids(rulesFor(shuffled, 'a-b-0101', 'city.district.street', '2026-06-01'))).toEqual(['whole-deep', 'whole', 'long', 'short', 'all'])
      }),
    )
  })
})
