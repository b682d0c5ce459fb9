import type { City, Organisation } from '@linli/contract/city'
import { shared } from '../../../../cities/build/city.ts'
import { commonRules } from '../../../../cities/build/filing.ts'
import type { ReplayMap } from '../replay/mapping.ts'
import type { Extent } from './extent.ts'
import { makeMatters, type OwnerUnit } from './matters.ts'
import type { Survey } from './survey.ts'

export interface CityPlan {
  /** Latin letters, digits and dashes. */
  readonly code: string
  readonly name: string
  /** Six digits that no real division has. */
  readonly division: string
  readonly timeZone: string
  /** Undefined where the file has no positions: the city then has no districts. */
  readonly extent: Extent | undefined
}

const COUNTS = { streets: 4, communities: 16, basic: 64, single: 200, dedicated: 10 }

/** The files of a city made for one file of reports, by name, and the map that fits; roles, rules and stages are those of every city. */
export function cityFiles(plan: CityPlan, survey: Survey, map: ReplayMap): Map<string, string> {
  const made = makeMatters(survey.matters, plan.division)
  return new Map([
    ['city.json', json(cityOf(plan))],
    ['organisation.json', json(organisationOf(plan, made.units))],
    ['dispatch.json', json({ rules: made.rules })],
    ['matters.csv', made.csv],
    ...(plan.extent ? [['districts.geojson', districtOf(plan, plan.extent)] as const] : []),
    ['map.json', json(map.matter ? { ...map, matter: { column: map.matter.column, values: made.values } } : map)],
  ])
}

function cityOf({ code, name, division, timeZone, extent }: CityPlan): City {
  const letters = code
    .replaceAll(/[^a-z]/g, '')
    .slice(0, 4)
    .toUpperCase()
  return {
    ...shared,
    // Nobody knows which rounds the grid workers of such a city make.
    files: { matters: shared.files.matters, organisation: shared.files.organisation, dispatch: shared.files.dispatch },
    code,
    division,
    name,
    nameEn: name,
    casePrefix: letters.length < 2 ? 'MC' : letters,
    demo: false,
    timeZone,
    brand: { color: '#1f6f8b', sloganZh: '由文件生成的城市', sloganEn: 'A city made from a file' },
    words: {},
    districts: extent ? shared.districts : null,
    counts: COUNTS,
    seed: Number(division),
    calendar: {
      region: 'none',
      fromYear: 2000,
      toYear: 2049,
      officeHours: [
        ['08:30', '12:00'],
        ['13:30', '17:30'],
      ],
    },
    filingRules: [...commonRules],
  }
}

function organisationOf({ name, division }: CityPlan, owners: readonly OwnerUnit[]): Organisation {
  const centre = (code: string, title: string) => ({ code, name: `${name}${title}`, kind: 'centre' as const, parent: null, areaCode: division })
  const post = (code: string, unit: string, title: string, role: string) => ({ code, unit, title, areaCode: division, roles: [role] })
  return {
    units: [
      centre('supervision', '监督中心'),
      centre('command', '指挥中心'),
      centre('evaluation', '考评办公室'),
      centre('inspection', '督查室'),
      centre('information', '信息中心'),
      centre('audit', '审计办公室'),
      ...owners.map((unit) => ({ code: unit.code, name: unit.name, kind: 'department' as const, parent: 'command', areaCode: division })),
    ],
    posts: [
      post('acceptor', 'supervision', '受理员', 'acceptor'),
      post('checker', 'supervision', '核查员', 'grid-worker'),
      post('dispatcher', 'command', '派遣员', 'dispatcher'),
      post('evaluator', 'evaluation', '考评员', 'evaluator'),
      post('supervisor', 'inspection', '督查员', 'supervisor'),
      post('administrator', 'information', '系统管理员', 'administrator'),
      post('security-administrator', 'information', '安全管理员', 'security-administrator'),
      post('auditor', 'audit', '审计管理员', 'auditor'),
      post('data-officer', 'audit', '数据保护专员', 'data-officer'),
      ...owners.flatMap((unit) => [
        post(`${unit.code}-manager`, unit.code, '案件负责人', 'manager'),
        post(`${unit.code}-handler`, unit.code, '处置员', 'handler'),
      ]),
    ],
    people: [],
  }
}

function districtOf({ name, division }: CityPlan, [west, south, east, north]: Extent): string {
  const properties = { adcode: `${division.slice(0, 4)}01`, name, nameEn: name, level: 'district', parent: division }
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  return json({
    type: 'FeatureCollection',
    note: '由文件的坐标范围生成，不是行政区划。The frame of a file’s positions, no real division.',
    features: [{ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } }],
  })
}

const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`
