import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffCatalogue } from './diff.ts'
import type { Condition, Matter } from './import/matter.ts'

const condition = (rowNo: number, filing: string, amount = 1): Condition => ({
  rowNo,
  filing,
  closing: '修复',
  limit: { clock: 'workDay', amount },
  limitText: `${amount}天`,
  ownerText: '甲',
  supervisorText: '乙',
})
const matter = (code: string, conditions: readonly Condition[] = [condition(1, '破损')], more: Partial<Matter> = {}): Matter => ({
  key: `local-event-01${code}`,
  scheme: 'local',
  domain: 'event',
  classCode: '01',
  className: '市容',
  code,
  name: `事项${code}`,
  aliases: [],
  workflow: 'joint-event',
  evidence: [],
  conditions,
  ...more,
})

describe('the difference of two catalogues', () => {
  it('names added, removed and changed matters in the order of their keys', () => {
    const before = [matter('03'), matter('01'), matter('02'), matter('04')]
    const after = [matter('06'), matter('05'), matter('04'), matter('02', [condition(1, '破损', 3)], { name: '改名' }), matter('01')]
    expect(diffCatalogue(before, after)).toEqual({
      added: [matter('05'), matter('06')],
      removed: [matter('03')],
      changed: [
        {
          key: 'local-event-0102',
          fields: [
            { pointer: '/name', before: '事项02', after: '改名' },
            { pointer: '/conditions/0/limit/amount', before: 1, after: 3 },
            { pointer: '/conditions/0/limitText', before: '1天', after: '3天' },
          ],
        },
      ],
      unchanged: 2,
    })
  })

  it('shows a row put in front as one new row and the others as moved', () => {
    const { changed } = diffCatalogue(
      [matter('01', [condition(1, '甲'), condition(2, '乙')])],
      [matter('01', [condition(1, '新'), condition(2, '甲'), condition(3, '乙')])],
    )
    expect(changed[0]?.fields).toEqual([
      { pointer: '/conditions/0', before: undefined, after: condition(1, '新') },
      { pointer: '/conditions/1/rowNo', before: 1, after: 2 },
      { pointer: '/conditions/2/rowNo', before: 2, after: 3 },
    ])
  })

  it('shows a row taken away at its old place', () => {
    const { changed } = diffCatalogue([matter('01', [condition(1, '甲'), condition(2, '乙')])], [matter('01', [condition(1, '甲')])])
    expect(changed[0]?.fields).toEqual([{ pointer: '/conditions/1', before: condition(2, '乙'), after: undefined }])
  })

  it('tells rows with one filing condition apart by all they say', () => {
    const { changed } = diffCatalogue([matter('01', [condition(1, '甲', 1), condition(2, '甲', 5)])], [matter('01', [condition(1, '甲', 5)])])
    expect(changed[0]?.fields).toEqual([
      { pointer: '/conditions/0/rowNo', before: 2, after: 1 },
      { pointer: '/conditions/0', before: condition(1, '甲', 1), after: undefined },
    ])
  })

  it('does not mind in which order fields were stored', () => {
    const stored = Object.fromEntries(Object.entries(condition(1, '破损')).toReversed()) as unknown as Condition
    expect(diffCatalogue([matter('01')], [matter('01', [{ ...stored, limit: { amount: 1, clock: 'workDay' } }])]).unchanged).toBe(1)
  })

  it('looks into forms and escapes pointers', () => {
    const form = (title: string): Partial<Matter> => ({ form: { properties: { 'a/b': { title } } } })
    expect(diffCatalogue([matter('01', [], form('旧'))], [matter('01', [], form('新'))]).changed[0]?.fields).toEqual([
      { pointer: '/form/properties/a~1b/title', before: '旧', after: '新' },
    ])
  })

  it('refuses a catalogue with one key twice', () => {
    expect(() => diffCatalogue([], [matter('01'), matter('01')])).toThrow(expect.objectContaining({ code: 'CATALOGUE_KEY_DUPLICATE', key: 'local-event-0101' }))
  })

  it('is empty for the same catalogue in any order, and turns round when the sides do', () => {
    const codes = fc.uniqueArray(fc.integer({ min: 10, max: 60 }))
    fc.assert(
      fc.property(codes, codes, (one, other) => {
        const before = one.map((code) => matter(String(code)))
        const after = other.map((code) => matter(String(code)))
        expect(diffCatalogue(before, before.toReversed())).toEqual({ added: [], removed: [], changed: [], unchanged: one.length })
        const there = diffCatalogue(before, after)
        const back = diffCatalogue(after, before)
        expect([there.added, there.removed, there.unchanged]).toEqual([back.removed, back.added, back.unchanged])
      }),
    )
  })
})
