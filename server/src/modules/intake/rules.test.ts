import type { FilingRuleValue } from '@linli/contract/city'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideFiling, FACTS, factsOf, type Fact, type ReportFacts } from './rules.ts'

const report = (change: Partial<ReportFacts> = {}): ReportFacts => ({
  position: { lon: 113.006271, lat: 32.28082 },
  matterKey: 'a-b-0101',
  matterRows: 4,
  conditionRow: 1,
  text: '井盖缺失很危险',
  staff: false,
  photos: 0,
  ownerKnown: true,
  ...change,
})
const rule = (id: string, when: string[], then: FilingRuleValue['then'], more: Partial<FilingRuleValue> = {}): FilingRuleValue => ({
  id,
  when,
  then,
  reason: { zh: `因 ${id}`, en: `by ${id}` },
  ...more,
})

describe('the facts of a report', () => {
  it.each<[what: string, change: Partial<ReportFacts>, facts: Fact[]]>([
    ['complete', {}, ['position.exact', 'matter.known', 'condition.chosen', 'owner.known']],
    ['without a position', { position: undefined }, ['position.missing', 'matter.known', 'condition.chosen', 'owner.known']],
    ['with two decimals', { position: { lon: 113.01, lat: 32.3 } }, ['position.rounded', 'matter.known', 'condition.chosen', 'owner.known']],
    ['exact in one coordinate', { position: { lon: 113.01, lat: 32.301 } }, ['position.exact', 'matter.known', 'condition.chosen', 'owner.known']],
    ['without a matter', { matterKey: undefined, matterRows: 0, conditionRow: undefined, ownerKnown: false }, ['position.exact', 'matter.missing']],
    ['of a matter that is not ours', { matterRows: 0, conditionRow: undefined }, ['position.exact', 'matter.known', 'matter.notOurs', 'owner.known']],
    ['without a chosen row', { conditionRow: undefined }, ['position.exact', 'matter.known', 'condition.open', 'owner.known']],
    ['of a matter with one row', { conditionRow: undefined, matterRows: 1 }, ['position.exact', 'matter.known', 'condition.chosen', 'owner.known']],
    ['in three characters', { text: '  井盖坏 ' }, ['position.exact', 'matter.known', 'condition.chosen', 'text.short', 'owner.known']],
    ['in three signs of two units each', { text: '🕳️🚧' }, ['position.exact', 'matter.known', 'condition.chosen', 'text.short', 'owner.known']],
    [
      'by staff with a photo',
      { staff: true, photos: 1 },
      ['position.exact', 'matter.known', 'condition.chosen', 'reporter.staff', 'photo.present', 'owner.known'],
    ],
  ])('of a report %s are these', (_what, change, facts) => {
    expect(factsOf(report(change))).toEqual(facts)
  })

  it('never says two things of one question, and says all in one order', () => {
    const any = fc.record({
      position: fc.option(fc.record({ lon: fc.double({ noNaN: true, min: -180, max: 180 }), lat: fc.double({ noNaN: true, min: -90, max: 90 }) }), {
        nil: undefined,
      }),
      matterKey: fc.option(fc.string(), { nil: undefined }),
      matterRows: fc.nat(5),
      conditionRow: fc.option(fc.nat(5), { nil: undefined }),
      text: fc.string(),
      staff: fc.boolean(),
      photos: fc.nat(9),
      ownerKnown: fc.boolean(),
    })
    fc.assert(
      fc.property(any, (facts) => {
        const held = factsOf(facts)
        expect(held.filter((fact) => fact.startsWith('position.'))).toHaveLength(1)
        expect(held.filter((fact) => fact === 'matter.missing' || fact === 'matter.known')).toHaveLength(1)
        expect(held.filter((fact) => fact.startsWith('condition.')).length).toBeLessThanOrEqual(1)
        expect(held).toEqual(FACTS.filter((fact) => held.includes(fact)))
      }),
    )
  })
})

describe('the filing decision', () => {
  it('takes the first rule whose facts all hold, and says which', () => {
    const rules = [
      rule('one', ['position.missing'], 'reject'),
      rule('two', ['position.exact', 'owner.known'], 'file'),
      rule('three', ['position.exact'], 'person'),
    ]
    expect(decideFiling(rules, ['position.exact', 'owner.known'], 'x', 'web')).toEqual({ then: 'file', rule: 'two', zh: '因 two', en: 'by two' })
    expect(decideFiling(rules, ['position.exact'], 'x', 'web').rule).toBe('three')
    expect(decideFiling(rules, ['position.missing', 'position.exact'], 'x', 'web').then).toBe('reject')
  })

  it('asks a person where no rule speaks, and says so in both languages', () => {
    expect(decideFiling([], ['position.exact'], 'x', 'web')).toEqual({
      then: 'person',
      rule: 'none',
      zh: expect.stringContaining('受理员'),
      en: expect.stringContaining('person'),
    })
  })

  it.each<[what: string, more: Partial<FilingRuleValue>, when: string[], matter: string | undefined, channel: string, holds: boolean]>([
    ['a fact that must not hold', {}, ['!owner.known'], 'm', 'web', true],
    ['the matter whole', { matters: ['a-b-01'] }, [], 'a-b-01', 'web', true],
    ['no more than the matter named', { matters: ['a-b-01'] }, [], 'a-b-0101', 'web', false],
    ['a matter by its beginning', { matters: ['a-b*'] }, [], 'a-b-0101', 'web', true],
    ['one of several matters', { matters: ['x', 'a-*'] }, [], 'a-b', 'web', true],
    ['no matter at all', { matters: ['*'] }, [], undefined, 'web', false],
    ['the channel', { channels: ['field'] }, [], 'm', 'field', true],
    ['no other channel', { channels: ['field'] }, [], 'm', 'web', false],
    ['nothing', {}, [], undefined, 'web', true],
  ])('can ask for %s', (_what, more, when, matter, channel, holds) => {
    expect(decideFiling([rule('only', when, 'file', more)], ['position.exact'], matter, channel).rule).toBe(holds ? 'only' : 'none')
  })
})
