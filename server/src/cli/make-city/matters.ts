import type { DispatchRules } from '@linli/contract/city'
import { catalogueCsv, keyOf, type MatterClass } from '../../../../cities/build/matters/catalogue.ts'

/** A unit that owns matters of a file. */
export interface OwnerUnit {
  readonly code: string
  readonly name: string
}
export interface MadeMatters {
  readonly csv: string
  readonly rules: DispatchRules['rules']
  readonly units: readonly OwnerUnit[]
  /** Their value -> our key. */
  readonly values: Record<string, string>
}

/** Owns what the file gives to nobody. */
export const SERVICE: OwnerUnit = { code: 'service', name: '综合服务部门' }
/** A class has two digits, and one is for the service unit. */
const MOST_UNITS = 98

/** Makes a catalogue of the kinds in a file: a class for each owner, a matter for each kind with one condition row and the city's usual limit, and an owner rule for each matter. */
export function makeMatters(matters: ReadonlyMap<string, ReadonlyMap<string, number>>, division: string): MadeMatters {
  const owned = Map.groupBy(matters.keys(), (value) => mostOften(matters.get(value)))
  const names = [...owned.keys()]
    .filter((name) => name !== '')
    .toSorted((one, other) => (owned.get(other)?.length ?? 0) - (owned.get(one)?.length ?? 0) || compare(one, other))
  const units = names.slice(0, MOST_UNITS).map((name, index) => ({ code: `unit-${two(index + 1)}`, name }))
  const unitOf = new Map(units.map((unit) => [unit.name, unit]))
  const groups = [...units, SERVICE].map((unit, index) => ({
    unit,
    classCode: two(index + 1),
    kinds: [...owned].flatMap(([name, kinds]) => ((unitOf.get(name) ?? SERVICE) === unit ? kinds : [])).toSorted(compare),
  }))
  const filled = groups.filter((group) => group.kinds.length > 0)
  const classes = filled.map(({ unit, classCode, kinds }): MatterClass => ({
    scheme: 'local',
    domain: 'event',
    classCode,
    className: unit.name,
    supervisor: '监督中心',
    matters: kinds.map((kind, index) => ({
      code: four(index + 1),
      name: kind.trim(),
      owner: unit.name,
      conditions: [['情况属实 As reported', '问题已解决 Put right', '3工作日']],
    })),
  }))
  const keyed = filled.flatMap((group) =>
    group.kinds.map((kind, index) => ({
      kind,
      unit: group.unit,
      key: keyOf({ scheme: 'local', domain: 'event', classCode: group.classCode }, four(index + 1)),
    })),
  )
  return {
    csv: catalogueCsv(classes),
    units: filled.map((group) => group.unit),
    values: Object.fromEntries(keyed.map(({ kind, key }) => [kind, key])),
    rules: keyed.map(({ key, unit, kind }, index) => ({
      id: `rule-${four(index + 1)}`,
      matter: key,
      areaCode: division,
      owner: unit.code,
      coOwners: [],
      validFrom: '2000-01-01',
      note: kind.trim(),
    })),
  }
}

/** The owner that stands beside a kind most often; a tie goes to the one that was first. */
function mostOften(owners: ReadonlyMap<string, number> = new Map()): string {
  const [first] = [...owners].toSorted(([, one], [, other]) => other - one)
  return first?.[0] ?? ''
}

const two = (number: number) => String(number).padStart(2, '0')
const four = (number: number) => String(number).padStart(4, '0')
const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other))
