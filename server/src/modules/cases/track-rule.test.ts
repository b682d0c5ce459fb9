import { describe, expect, it } from 'vitest'
import { decideTrack, type TrackRule } from './track-rule.ts'

const words = { zh: '', en: '' }
const rules: readonly TrackRule[] = [
  { id: 'several', when: ['owner.several'], then: 'hard', reason: words },
  { id: 'sewers', when: [], matters: ['gbt30428-component-01*'], channels: ['hotline'], then: 'hard', reason: words },
  { id: 'known', when: ['owner.known'], channels: ['sensor'], then: 'simple', dispatch: 'rule', reason: words },
  { id: 'unknown', when: ['!owner.known'], then: 'hard', reason: words },
]
const decide = (ownerKnown: boolean, coOwners: number, matter: string | null, channel: string) => decideTrack(rules, { ownerKnown, coOwners }, matter, channel)

describe('the two tracks', () => {
  it('takes the first rule that fits by facts, matter and channel', () => {
    expect(decide(true, 1, 'gbt30428-event-0113', 'sensor')).toEqual({ name: 'hard', rule: 'several', byRule: false })
    expect(decide(true, 0, 'gbt30428-component-0101', 'hotline')).toEqual({ name: 'hard', rule: 'sewers', byRule: false })
    expect(decide(false, 0, null, 'web')).toEqual({ name: 'hard', rule: 'unknown', byRule: false })
  })

  it('lets the program dispatch a simple case only where a rule says so and an owner is known', () => {
    expect(decide(true, 0, 'gbt30428-event-0113', 'sensor')).toEqual({ name: 'simple', rule: 'known', byRule: true })
    expect(decide(true, 0, 'gbt30428-event-0113', 'web')).toEqual({ name: 'simple', rule: 'none', byRule: false })
    expect(
      decideTrack([{ id: 'all', when: [], then: 'simple', dispatch: 'rule', reason: words }], { ownerKnown: false, coOwners: 0 }, null, 'web'),
    ).toMatchObject({ byRule: false })
  })
})
