import type { City } from '@linli/contract/city'

export type TrackRule = City['trackRules'][number]
export interface TrackDecision {
  readonly name: 'simple' | 'hard'
  readonly rule: string
  /** The program itself dispatches it to the advised owner. */
  readonly byRule: boolean
}

/** What the track rules may ask of a case that is being filed. */
export interface TrackFacts {
  readonly ownerKnown: boolean
  readonly coOwners: number
}

/** Which track a filed case takes (简单/复杂两条路, systems A75): the first rule that fits decides; without one it is simple and waits for a dispatcher. */
export function decideTrack(rules: readonly TrackRule[], facts: TrackFacts, matterKey: string | null, channel: string): TrackDecision {
  const held: Readonly<Record<string, boolean>> = { 'owner.known': facts.ownerKnown, 'owner.several': facts.coOwners > 0 }
  const holds = (fact: string) => (fact.startsWith('!') ? held[fact.slice(1)] !== true : held[fact] === true)
  const fits = (pattern: string) => matterKey !== null && (pattern.endsWith('*') ? matterKey.startsWith(pattern.slice(0, -1)) : pattern === matterKey)
  for (const rule of rules) {
    if (rule.matters && !rule.matters.some(fits)) continue
    if (rule.channels && !rule.channels.includes(channel)) continue
    if (rule.when.every(holds)) return { name: rule.then, rule: rule.id, byRule: rule.then === 'simple' && rule.dispatch === 'rule' && facts.ownerKnown }
  }
  return { name: 'simple', rule: 'none', byRule: false }
}
