import type { DispatchRules } from '@linli/contract/city'
import { departmentCalled } from '../departments.ts'
import { keyOf, type MatterClass, type MatterDraft } from '../matters/catalogue.ts'
import { zaozhuangItems } from './items.ts'
import { DISTRICT_DEPARTMENTS } from './organisation.ts'
import { CITY, DISTRICTS } from './place.ts'

type Rule = DispatchRules['rules'][number]

const VALID_FROM = '2024-01-01'

/** The owner that most items of a class have: one line says it for the class, and only the others need lines of their own. */
function usualOwner(matters: readonly MatterDraft[]): string {
  const counts = Map.groupBy(matters, (matter) => matter.owner)
  const [usual] = [...counts].toSorted(([, one], [, other]) => other.length - one.length)
  if (!usual) throw new Error('CLASS_EMPTY')
  return usual[0]
}

/** One line for each district that has such a department, else one for the city. */
function linesFor(matter: string, owner: string, note: string): Omit<Rule, 'id' | 'validFrom'>[] {
  const { slug } = departmentCalled(owner)
  if (!DISTRICT_DEPARTMENTS.includes(slug)) return [{ matter, areaCode: CITY.code, owner: slug, coOwners: [], note }]
  return [
    // A report that is not located yet has no district; the city's department takes it.
    { matter, areaCode: CITY.code, owner: slug, coOwners: [], note },
    ...DISTRICTS.map(({ code }) => ({ matter, areaCode: code, owner: `${slug}-${code}`, coOwners: [], note })),
  ]
}

function classLines(group: MatterClass): Omit<Rule, 'id' | 'validFrom'>[] {
  const usual = usualOwner(group.matters)
  const others = group.matters.filter((matter) => matter.owner !== usual)
  return [
    ...linesFor(`${keyOf(group, '')}*`, usual, group.className),
    ...others.flatMap((matter) => linesFor(keyOf(group, matter.code), matter.owner, matter.name)),
  ]
}

/** Who owns which of the 351 items where in Zaozhuang. */
export function zaozhuangDispatch(): DispatchRules {
  const rules = zaozhuangItems.flatMap(classLines)
  return { rules: rules.map((rule, index) => ({ id: `rule-${String(index + 1).padStart(4, '0')}`, ...rule, validFrom: VALID_FROM })) }
}
