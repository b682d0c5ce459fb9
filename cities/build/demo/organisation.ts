import type { Organisation } from '@linli/contract/city'
import { departmentOf, SIX } from '../departments.ts'
import { inventedName } from './names.ts'
import { CITY, DISTRICTS, HANDLING_STREETS, STREETS } from './place.ts'

type Unit = Organisation['units'][number]

/** A seat of the organisation, and who sits there. */
interface Seat {
  readonly code: string
  readonly unit: string
  readonly title: string
  readonly areaCode: string
  readonly role: string
  /** The step of the loop that this person plays in a walk through one case. */
  readonly step?: 'report' | 'file' | 'dispatch' | 'handle' | 'check' | 'evaluate' | 'supervise'
}

/** Departments that each district has of its own; the six of 1+6+N are the city's. */
export const DISTRICT_DEPARTMENTS = ['urban', 'municipal', 'water', 'gardens'] as const

const ORDINALS = ['一', '二', '三'] as const

const centres: readonly Unit[] = [
  { code: 'supervision', name: '邻里市监督中心', nameEn: 'Linli Supervision Centre', kind: 'centre', parent: null, areaCode: CITY.code },
  { code: 'command', name: '邻里市指挥中心', nameEn: 'Linli Command Centre', kind: 'centre', parent: null, areaCode: CITY.code },
  { code: 'evaluation', name: '邻里市考评办公室', nameEn: 'Linli Evaluation Office', kind: 'centre', parent: null, areaCode: CITY.code },
  { code: 'inspection', name: '邻里市政府督查室', nameEn: 'Linli Inspection Office', kind: 'centre', parent: null, areaCode: CITY.code },
  { code: 'information', name: '邻里市信息中心', nameEn: 'Linli Information Centre', kind: 'centre', parent: null, areaCode: CITY.code },
  { code: 'audit', name: '邻里市审计办公室', nameEn: 'Linli Audit Office', kind: 'centre', parent: null, areaCode: CITY.code },
]

const cityDepartments: readonly Unit[] = SIX.map(({ slug, office, en }) => ({
  code: slug,
  name: `邻里市${office}`,
  nameEn: `Linli ${en}`,
  kind: 'department',
  parent: 'command',
  areaCode: CITY.code,
}))

const districtUnits: readonly Unit[] = DISTRICTS.flatMap((district): Unit[] => [
  {
    code: `district-${district.code}`,
    name: `${district.name}人民政府`,
    nameEn: `${district.nameEn} Government`,
    kind: 'district',
    parent: 'command',
    areaCode: district.code,
  },
  ...DISTRICT_DEPARTMENTS.map((slug): Unit => {
    const { office, en } = departmentOf(slug)
    return {
      code: `${slug}-${district.code}`,
      name: `${district.name}${office}`,
      nameEn: `${district.nameEn} ${en}`,
      kind: 'department',
      parent: `district-${district.code}`,
      areaCode: district.code,
    }
  }),
])

const streetUnits: readonly Unit[] = STREETS.map(({ code, district, ordinal }) => ({
  code: `street-${code}`,
  name: `${district.name}第${ORDINALS[ordinal - 1] ?? ordinal}街道办事处`,
  nameEn: `${district.nameEn} Street Office ${ordinal}`,
  kind: 'street',
  parent: `district-${district.code}`,
  areaCode: code,
}))

/** Where the grid workers of a street belong: apart from the street office, since whoever is scored may not check. */
const gridUnits: readonly Unit[] = STREETS.map(({ code, district, ordinal }) => ({
  code: `grid-${code}`,
  name: `${district.name}第${ORDINALS[ordinal - 1] ?? ordinal}街道网格服务站`,
  nameEn: `${district.nameEn} Grid Station ${ordinal}`,
  kind: 'grid',
  parent: `street-${code}`,
  areaCode: code,
}))

const centreSeats: readonly Seat[] = [
  ...[1, 2, 3].map((n): Seat => ({ code: `acceptor-${n}`, unit: 'supervision', title: `${n}号受理员`, areaCode: CITY.code, role: 'acceptor', step: 'file' })),
  ...[1, 2, 3].map((n): Seat => ({
    code: `dispatcher-${n}`,
    unit: 'command',
    title: `${n}号派遣员`,
    areaCode: CITY.code,
    role: 'dispatcher',
    step: 'dispatch',
  })),
  // A case without a position lies in no street, so somebody must be able to check anywhere.
  ...[1, 2].map((n): Seat => ({
    code: `checker-${n}`,
    unit: 'supervision',
    title: `${n}号市级核查员`,
    areaCode: CITY.code,
    role: 'grid-worker',
    step: 'check',
  })),
  ...[1, 2].map((n): Seat => ({ code: `evaluator-${n}`, unit: 'evaluation', title: `${n}号考评员`, areaCode: CITY.code, role: 'evaluator', step: 'evaluate' })),
  ...[1, 2].map((n): Seat => ({
    code: `supervisor-${n}`,
    unit: 'inspection',
    title: `${n}号督查员`,
    areaCode: CITY.code,
    role: 'supervisor',
    step: 'supervise',
  })),
  { code: 'administrator', unit: 'information', title: '系统管理员', areaCode: CITY.code, role: 'administrator' },
  { code: 'security-administrator', unit: 'information', title: '安全管理员', areaCode: CITY.code, role: 'security-administrator' },
  { code: 'auditor', unit: 'audit', title: '审计管理员', areaCode: CITY.code, role: 'auditor' },
]

/** Whoever accepts a case for a unit and whoever handles it are two people, so a case that comes back has somebody to take it up. */
function ownerSeats(unit: Unit): Seat[] {
  const head = { unit: unit.code, areaCode: unit.areaCode, step: 'handle' } as const
  return [
    { ...head, code: `${unit.code}-manager`, title: '案件负责人', role: 'manager' },
    { ...head, code: `${unit.code}-handler`, title: '处置员', role: 'handler' },
  ]
}

/** Two grid workers (网格员) for each street: one reports, the other checks. */
const gridSeats: readonly Seat[] = STREETS.flatMap(({ code }): Seat[] => {
  const head = { unit: `grid-${code}`, areaCode: code, role: 'grid-worker' } as const
  return [
    { ...head, code: `grid-${code}-1`, title: '网格员（巡查）', step: 'report' },
    { ...head, code: `grid-${code}-2`, title: '网格员（核查）', step: 'check' },
  ]
})

/** The data officer (数据保护专员) stands last, so that everybody else keeps the name they had. */
const privacySeats: readonly Seat[] = [{ code: 'data-officer', unit: 'audit', title: '数据保护专员', areaCode: CITY.code, role: 'data-officer' }]

/** Every level up to the city has somebody who takes up what the level below escalates (逐级上报); they stand last for the same reason. */
const levelSeats = (units: readonly Unit[], owners: readonly Unit[]): Seat[] =>
  units.filter((unit) => (unit.kind === 'street' || unit.kind === 'district' || unit.code === 'command') && !owners.includes(unit)).flatMap(ownerSeats)

/** Units, posts and invented people of the demo city, as `organisation.json` holds them. */
export function demoOrganisation(): Organisation {
  const units = [...centres, ...cityDepartments, ...districtUnits, ...streetUnits, ...gridUnits]
  const owners = units.filter((unit) => unit.kind === 'department' || HANDLING_STREETS.some((street) => unit.code === `street-${street.code}`))
  const seats = [...centreSeats, ...owners.flatMap(ownerSeats), ...gridSeats, ...privacySeats, ...levelSeats(units, owners)]
  return {
    units,
    posts: seats.map(({ code, unit, title, areaCode, role }) => ({ code, unit, title, areaCode, roles: [role] })),
    people: seats.map((seat, index) => ({ ...inventedName(index), posts: [seat.code], ...(seat.step ? { step: seat.step } : {}) })),
  }
}
