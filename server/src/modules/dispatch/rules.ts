/** One owner rule (派单规则): matter key, a prefix ending in `*`, or `*`; everywhere at or below an area. */
export interface OwnerRule {
  readonly id: string
  readonly matter: string
  readonly areaCode: string
  readonly owner: string
  readonly coOwners: readonly string[]
  readonly validFrom: string
  readonly validTo: string | null
  readonly note: string
  /** `ruling` where an arbitration set it (争议裁定). */
  readonly source: string
  readonly caseNumber: string | null
}

/** True where a matter key fits a pattern. */
export function fitsMatter(pattern: string, key: string): boolean {
  return pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : pattern === key
}

/** The rules in force for a matter at a place: what was ruled comes first, the newest of it before older; then the most exact: a whole key before a prefix, a longer prefix before a shorter, then the deeper area, then the id. */
export function rulesFor(rules: readonly OwnerRule[], key: string, areaPath: string, day: string): OwnerRule[] {
  const codes = areaPath.split('.')
  const ruled = (rule: OwnerRule) => (rule.source === 'ruling' ? 1 : 0)
  const exactness = (rule: OwnerRule) => (rule.matter.endsWith('*') ? rule.matter.length - 1 : 1_000)
  return rules
    .filter((rule) => rule.validFrom <= day && (rule.validTo === null || day < rule.validTo) && codes.includes(rule.areaCode) && fitsMatter(rule.matter, key))
    .sort(
      (one, other) =>
        ruled(other) - ruled(one) ||
        (ruled(one) && other.validFrom.localeCompare(one.validFrom)) ||
        exactness(other) - exactness(one) ||
        codes.indexOf(other.areaCode) - codes.indexOf(one.areaCode) ||
        (one.id < other.id ? -1 : 1),
    )
}
