import type { Organisation } from '@linli/contract/city'
import { departmentOf, ON_CALL, SIX } from '../departments.ts'
import { CITY, DISTRICTS } from './place.ts'

type Unit = Organisation['units'][number]
type Post = Organisation['posts'][number]

/** Departments that every district has of its own; the rest act for the whole city. */
export const DISTRICT_DEPARTMENTS: readonly string[] = [...SIX.map(({ slug }) => slug), 'urban', 'municipal', 'justice', 'civil']

const centres: readonly Unit[] = [
  { code: 'supervision', name: '枣庄市社会治理监督中心', nameEn: 'Zaozhuang Supervision Centre', kind: 'centre', parent: null, areaCode: CITY.code },
  { code: 'command', name: '枣庄市社会治理指挥中心', nameEn: 'Zaozhuang Command Centre', kind: 'centre', parent: null, areaCode: CITY.code },
  { code: 'evaluation', name: '枣庄市考核评价办公室', nameEn: 'Zaozhuang Evaluation Office', kind: 'centre', parent: null, areaCode: CITY.code },
  { code: 'inspection', name: '枣庄市督查室', nameEn: 'Zaozhuang Inspection Office', kind: 'centre', parent: null, areaCode: CITY.code },
  { code: 'information', name: '枣庄市信息中心', nameEn: 'Zaozhuang Information Centre', kind: 'centre', parent: null, areaCode: CITY.code },
  { code: 'audit', name: '枣庄市审计办公室', nameEn: 'Zaozhuang Audit Office', kind: 'centre', parent: null, areaCode: CITY.code },
]

const cityDepartments: readonly Unit[] = [...SIX, ...ON_CALL].map(({ slug, office, en }) => ({
  code: slug,
  name: `枣庄市${office}`,
  nameEn: `Zaozhuang ${en}`,
  kind: 'department',
  parent: 'command',
  areaCode: CITY.code,
}))

const districtUnits: readonly Unit[] = DISTRICTS.flatMap(({ code, name, nameEn }): Unit[] => [
  { code: `command-${code}`, name: `${name}社会治理指挥中心`, nameEn: `${nameEn} Command Centre`, kind: 'district', parent: 'command', areaCode: code },
  { code: `grid-${code}`, name: `${name}网格服务中心`, nameEn: `${nameEn} Grid Centre`, kind: 'grid', parent: `command-${code}`, areaCode: code },
  ...DISTRICT_DEPARTMENTS.map((slug): Unit => {
    const { office, en } = departmentOf(slug)
    return { code: `${slug}-${code}`, name: `${name}${office}`, nameEn: `${nameEn} ${en}`, kind: 'department', parent: `command-${code}`, areaCode: code }
  }),
])

const centrePosts: readonly Post[] = [
  { code: 'acceptor', unit: 'supervision', title: '受理员', areaCode: CITY.code, roles: ['acceptor'] },
  { code: 'checker', unit: 'supervision', title: '市级核查员', areaCode: CITY.code, roles: ['grid-worker'] },
  { code: 'dispatcher', unit: 'command', title: '派遣员', areaCode: CITY.code, roles: ['dispatcher'] },
  { code: 'evaluator', unit: 'evaluation', title: '考评员', areaCode: CITY.code, roles: ['evaluator'] },
  { code: 'supervisor', unit: 'inspection', title: '督查员', areaCode: CITY.code, roles: ['supervisor'] },
  { code: 'administrator', unit: 'information', title: '系统管理员', areaCode: CITY.code, roles: ['administrator'] },
  { code: 'security-administrator', unit: 'information', title: '安全管理员', areaCode: CITY.code, roles: ['security-administrator'] },
  { code: 'auditor', unit: 'audit', title: '审计管理员', areaCode: CITY.code, roles: ['auditor'] },
  { code: 'data-officer', unit: 'audit', title: '数据保护专员', areaCode: CITY.code, roles: ['data-officer'] },
]

const districtPosts: readonly Post[] = DISTRICTS.flatMap(({ code }): Post[] => [
  { code: `dispatcher-${code}`, unit: `command-${code}`, title: '区市派遣员', areaCode: code, roles: ['dispatcher'] },
  { code: `grid-worker-${code}`, unit: `grid-${code}`, title: '网格员', areaCode: code, roles: ['grid-worker'] },
])

const ownerPosts = (unit: Unit): Post[] => [
  { code: `${unit.code}-manager`, unit: unit.code, title: '案件负责人', areaCode: unit.areaCode, roles: ['manager'] },
  { code: `${unit.code}-handler`, unit: unit.code, title: '处置员', areaCode: unit.areaCode, roles: ['handler'] },
]

/** Units and posts of Zaozhuang on the pattern 1+6+N, for the city and each district. No people: the first administrator comes from the configuration. */
export function zaozhuangOrganisation(): Organisation {
  const units = [...centres, ...cityDepartments, ...districtUnits]
  // Every level up to the city has somebody who takes up what the level below escalates.
  const owners = units.filter((unit) => unit.kind === 'department' || unit.kind === 'district' || unit.code === 'command')
  return { units, posts: [...centrePosts, ...districtPosts, ...owners.flatMap(ownerPosts)], people: [] }
}
