import type { DispatchRules } from '@linli/contract/city'
import { CITY, DISTRICTS, HANDLING_STREETS } from './place.ts'

type Rule = DispatchRules['rules'][number]

const VALID_FROM = '2026-01-01'

/** Matters of the city's own departments: pattern, owner, co-owners. */
const CITY_WIDE: readonly (readonly [matter: string, owner: string, coOwners: readonly string[], note: string])[] = [
  ['gbt30428-component-0127', 'transport', [], '杆线箱体由交通运输局协调产权单位'],
  ['gbt30428-component-0128', 'emergency', [], '电力设施由应急管理局督促供电企业'],
  ['gbt30428-component-0154', 'market', ['emergency'], '充电设施由市场监管牵头，应急协同'],
  ['gbt30428-component-0204', 'transport', [], '公交站亭'],
  ['gbt30428-component-0217', 'police', [], '交通护栏由公安交警管养'],
  ['gbt30428-event-0126', 'ecology', [], '河道污染由生态环境牵头'],
  ['gbt30428-event-0301', 'ecology', [], '施工噪声'],
  ['gbt30428-event-0304', 'ecology', [], '工地扬尘'],
  ['gbt30428-event-0311', 'transport', ['police'], '渣土运输由交通牵头，公安协同'],
  ['gbt30428-event-0496', 'emergency', ['police'], '消防通道由应急牵头，公安协同'],
  ['gbt30428-event-0502', 'emergency', ['market'], '燃气由应急牵头，市场监管协同'],
  ['gbt30428-event-0508', 'emergency', [], '线缆脱落由应急督促产权单位'],
  ['local-joint-01*', 'police', [], '社会治安'],
  ['local-joint-0102', 'emergency', ['police'], '电动自行车充电由应急牵头'],
  ['local-joint-02*', 'emergency', [], '公共安全'],
  ['local-joint-03*', 'market', [], '市场秩序'],
  ['local-joint-0401', 'resources', [], '耕地保护'],
  ['local-joint-0402', 'ecology', [], '油烟异味'],
]

/** Matters of the departments that every district has. */
const BY_DISTRICT: readonly (readonly [matter: string, owner: string, note: string])[] = [
  ['gbt30428-component-01*', 'municipal', '公用设施'],
  ['gbt30428-component-0101', 'water', '上水井盖归水务'],
  ['gbt30428-component-0102', 'water', '污水井盖归水务'],
  ['gbt30428-component-02*', 'municipal', '道路交通设施'],
  ['gbt30428-component-0225', 'urban', '非机动车停放点'],
  ['gbt30428-component-03*', 'urban', '市容环境设施'],
  ['gbt30428-component-04*', 'gardens', '园林绿化设施'],
  ['gbt30428-component-05*', 'water', '水域设施'],
  ['gbt30428-event-01*', 'urban', '市容环境'],
  ['gbt30428-event-0113', 'municipal', '道路破损'],
  ['gbt30428-event-0117', 'gardens', '绿地脏乱'],
  ['gbt30428-event-0125', 'water', '水域不洁'],
  ['gbt30428-event-0130', 'water', '乱倒污水'],
  ['gbt30428-event-02*', 'urban', '宣传广告'],
  ['gbt30428-event-03*', 'municipal', '施工管理'],
  ['gbt30428-event-04*', 'urban', '街面秩序'],
  ['gbt30428-event-05*', 'municipal', '突发事件'],
  ['gbt30428-event-0501', 'water', '供水管道'],
]

/** Small matters that the street office puts right by itself, with the district's department beside it. */
const BY_STREET = ['gbt30428-event-0107', 'gbt30428-event-0110', 'gbt30428-event-0136', 'gbt30428-event-0201'] as const

/** Who owns which matter where in the demo city; every matter but the guides has an owner in every district. */
export function demoDispatch(): DispatchRules {
  const rules: Omit<Rule, 'id' | 'validFrom'>[] = [
    ...CITY_WIDE.map(([matter, owner, coOwners, note]) => ({ matter, areaCode: CITY.code, owner, coOwners: [...coOwners], note })),
    ...DISTRICTS.flatMap(({ code }) => BY_DISTRICT.map(([matter, slug, note]) => ({ matter, areaCode: code, owner: `${slug}-${code}`, coOwners: [], note }))),
    ...HANDLING_STREETS.flatMap(({ code, district }) =>
      BY_STREET.map((matter) => ({ matter, areaCode: code, owner: `street-${code}`, coOwners: [`urban-${district.code}`], note: '小事由街道就地处置' })),
    ),
  ]
  return { rules: rules.map((rule, index) => ({ id: `rule-${String(index + 1).padStart(3, '0')}`, ...rule, validFrom: VALID_FROM })) }
}
