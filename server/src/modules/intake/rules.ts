import type { FilingRuleValue } from '@linli/contract/city'
import { isRounded } from '@linli/lib/geo/rounded'

/** What is known of a report when it arrives; the names are those that a city's filing rules use. */
export const FACTS = [
  'position.missing',
  'position.rounded',
  'position.exact',
  'matter.missing',
  'matter.known',
  'matter.notOurs',
  'condition.chosen',
  'condition.open',
  'text.short',
  'reporter.staff',
  'photo.present',
  'owner.known',
] as const
export type Fact = (typeof FACTS)[number]

export interface ReportFacts {
  readonly position: { readonly lon: number; readonly lat: number } | undefined
  readonly matterKey: string | undefined
  readonly matterRows: number
  readonly conditionRow: number | undefined
  readonly text: string
  readonly staff: boolean
  readonly photos: number
  readonly ownerKnown: boolean
}
export interface FilingDecision {
  readonly then: 'file' | 'reject' | 'person'
  readonly rule: string
  readonly zh: string
  readonly en: string
}

/** The facts that hold, in a fixed order. */
export function factsOf(report: ReportFacts): Fact[] {
  const { position } = report
  const held: Record<Fact, boolean> = {
    'position.missing': position === undefined,
    'position.rounded': position !== undefined && isRounded(position),
    'position.exact': position !== undefined && !isRounded(position),
    'matter.missing': report.matterKey === undefined,
    'matter.known': report.matterKey !== undefined,
    'matter.notOurs': report.matterKey !== undefined && report.matterRows === 0,
    'condition.chosen': report.conditionRow !== undefined || report.matterRows === 1,
    'condition.open': report.conditionRow === undefined && report.matterRows > 1,
    'text.short': [...report.text.trim()].length < 4,
    'reporter.staff': report.staff,
    'photo.present': report.photos > 0,
    'owner.known': report.ownerKnown,
  }
  return FACTS.filter((fact) => held[fact])
}

/** The first rule whose facts all hold; a report that no rule speaks of goes to a person. */
export function decideFiling(rules: readonly FilingRuleValue[], facts: readonly Fact[], matterKey: string | undefined, channel: string): FilingDecision {
  const holds = (fact: string) => (fact.startsWith('!') ? !facts.includes(fact.slice(1) as Fact) : facts.includes(fact as Fact))
  const fits = (pattern: string) => matterKey !== undefined && (pattern.endsWith('*') ? matterKey.startsWith(pattern.slice(0, -1)) : pattern === matterKey)
  for (const rule of rules) {
    if (rule.matters && !rule.matters.some(fits)) continue
    if (rule.channels && !rule.channels.includes(channel)) continue
    if (rule.when.every(holds)) return { then: rule.then, rule: rule.id, ...rule.reason }
  }
  return { then: 'person', rule: 'none', zh: '没有适用的自动立案规则，由受理员判断', en: 'No filing rule applies; a person decides' }
}
