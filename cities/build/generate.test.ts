import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { City, DispatchRules, Organisation } from '@linli/contract/city'
import { STEPS } from '@linli/contract/workflow'
import { jointEvent } from '@linli/contract/workflows/joint-event'
import { describe, expect, it } from 'vitest'
import { importCatalogue } from '../../server/src/modules/catalog/import/import-catalogue.ts'
import { planCity } from '../../server/src/modules/places/plan-city.ts'
import { loadCity } from '../../server/src/platform/city.ts'
import { STREETS } from './demo/place.ts'
import { generateCities } from './generate.ts'

const CITIES = join(import.meta.dirname, '..')
const FACTS = [
  'position.missing',
  'position.rounded',
  'position.exact',
  'matter.missing',
  'matter.known',
  'condition.chosen',
  'condition.open',
  'text.short',
  'reporter.staff',
  'photo.present',
  'owner.known',
  'matter.notOurs',
]

const mattersOf = (city: string) => importCatalogue(readFileSync(join(CITIES, city, 'matters.csv')))

/** The owner that the rules give: the longer pattern first, then the deeper area. */
function ownerOf(rules: DispatchRules['rules'], matter: string, area: string): string | undefined {
  const fits = (pattern: string) => pattern === matter || (pattern.endsWith('*') && matter.startsWith(pattern.slice(0, -1)))
  const inside = (code: string) => code === area || code === `${area.slice(0, 4)}00`
  const [best] = rules
    .filter((rule) => fits(rule.matter) && inside(rule.areaCode))
    .toSorted((a, b) => b.matter.length - a.matter.length || b.areaCode.length - a.areaCode.length || b.areaCode.localeCompare(a.areaCode))
  return best?.owner
}

interface Boundaries {
  features: { properties: { adcode: string; name: string }; geometry: { type: 'Polygon'; coordinates: number[][][] } }[]
}

const boundariesOf = (folder: string): Boundaries => JSON.parse(readFileSync(join(folder, 'districts.geojson'), 'utf8')) as Boundaries

/** The codes that the division gives at the first start; only districts and streets, since nothing may refer to less. */
function areaCodesOf(folder: string, city: City): string[] {
  const districts = boundariesOf(folder).features.map(({ properties, geometry }) => ({ code6: properties.adcode, name: properties.name, geometry }))
  const areas = planCity({ districts, counts: city.counts, seed: city.seed })
  return areas.filter((area) => area.kind === 'district' || area.kind === 'street').map((area) => area.code)
}

const districtCodes = (folder: string): string[] => boundariesOf(folder).features.map((feature) => feature.properties.adcode)

it('the committed files are what the generator makes', () => {
  for (const [path, text] of generateCities())
    expect(readFileSync(join(CITIES, path), 'utf8') === text, `${path} differs: run node cities/build/build.ts`).toBe(true)
})

describe.each(['demo', 'zaozhuang'])('the city %s', (name) => {
  const { city, organisation, dispatch, folder }: { city: City; organisation: Organisation; dispatch: DispatchRules; folder: string } = loadCity(name, CITIES)

  it('fits the schemas, and its names lead somewhere', () => {
    expect(city.code).toBe(name)
    for (const list of [organisation.units, organisation.posts, dispatch.rules.map((rule) => ({ code: rule.id }))])
      expect(new Set(list.map((row) => row.code)).size).toBe(list.length)
    const areas = new Set([city.division, ...areaCodesOf(folder, city)])
    for (const { areaCode } of [...organisation.units, ...organisation.posts, ...dispatch.rules]) expect(areas).toContain(areaCode)
  })

  it('has a catalogue that the import reads without an error', async () => {
    const { matters, errors, warnings } = await mattersOf(name)
    expect(errors).toEqual([])
    expect(warnings.map((warning) => warning.code).filter((code) => code !== 'MATTER_WITHOUT_CONDITION')).toEqual([])
    expect(new Set(matters.map((matter) => matter.name)).size).toBe(matters.length)
  })

  it('names an owner for every matter with conditions in every district, and every owner has somebody to accept and somebody to handle', async () => {
    const { matters } = await mattersOf(name)
    const holds = (unit: string, role: string) => organisation.posts.some((post) => post.unit === unit && post.roles.includes(role))
    for (const matter of matters.filter((each) => each.conditions.length > 0)) {
      for (const district of districtCodes(folder))
        expect(ownerOf(dispatch.rules, matter.key, district), `${matter.key} ${matter.name} in ${district}`).toBeDefined()
    }
    for (const owner of new Set(dispatch.rules.flatMap((rule) => [rule.owner, ...rule.coOwners]))) {
      expect(holds(owner, 'manager'), owner).toBe(true)
      expect(holds(owner, 'handler'), owner).toBe(true)
    }
  })

  it('has no dispatch rule that reaches no matter', async () => {
    const { matters } = await mattersOf(name)
    const reaches = (pattern: string) => matters.some(({ key }) => key === pattern || (pattern.endsWith('*') && key.startsWith(pattern.slice(0, -1))))
    for (const rule of dispatch.rules) expect(reaches(rule.matter), `${rule.id} ${rule.matter}`).toBe(true)
  })

  it('keeps the axes apart: who files or closes neither dispatches, handles nor evaluates, and the three administrators share nothing that changes', () => {
    const has = (role: string, ...permissions: string[]) =>
      permissions.some((permission) => (city.roles[role] as readonly string[] | undefined)?.includes(permission))
    for (const role of Object.keys(city.roles)) {
      if (has(role, 'cases.file', 'cases.close', 'cases.void'))
        expect(has(role, 'cases.dispatch', 'cases.accept', 'cases.handle', 'cases.evaluate', 'cases.check'), role).toBe(false)
      if (has(role, 'cases.handle')) expect(has(role, 'cases.check', 'cases.evaluate', 'cases.accept'), role).toBe(false)
      if (has(role, 'audit.read')) expect(city.roles[role]).toEqual(['audit.read', 'people.read', 'export.ask'])
      if (has(role, 'platform.operate')) expect(has(role, 'cases.read', 'reporter.read', 'audit.read', 'people.read'), role).toBe(false)
    }
    expect(organisation.posts.every((post) => post.roles.length === 1)).toBe(true)
    const granted = new Set(Object.values(city.roles).flat())
    for (const move of jointEvent.moves) if (move.permission) expect(granted).toContain(move.permission)
  })

  it('files by rules that use known facts, explain themselves in both languages and end in one that always holds', () => {
    for (const rule of city.filingRules) {
      for (const fact of rule.when) expect(FACTS).toContain(fact.replace(/^!/, ''))
      expect(rule.reason.zh).not.toBe('')
      expect(rule.reason.en).not.toBe('')
    }
    const last = city.filingRules.at(-1)
    expect([last?.when, last?.matters, last?.channels, last?.then]).toEqual([[], undefined, undefined, 'person'])
  })
})

describe('the demo city', () => {
  const { city, organisation } = loadCity('demo', CITIES)

  it('lies in the unassigned divisions 990100 to 990199 and has nine streets', () => {
    expect(districtCodes(join(CITIES, 'demo')).every((code) => /^9901\d\d$/.test(code))).toBe(true)
    expect(STREETS).toHaveLength(city.counts.streets)
  })

  it('has at least two people for every step, each at one post, with a login of their own', () => {
    for (const step of STEPS) expect(organisation.people.filter((person) => person.step === step).length, step).toBeGreaterThanOrEqual(2)
    expect(new Set(organisation.people.map((person) => person.login)).size).toBe(organisation.people.length)
    expect(organisation.people.every((person) => person.posts.length === 1 && /^[a-z]+$/.test(person.login))).toBe(true)
  })

  it('never lets a grid worker belong to a unit that may own a case', () => {
    const gridUnits = new Set(organisation.posts.filter((post) => post.roles.includes('grid-worker')).map((post) => post.unit))
    for (const post of organisation.posts.filter((each) => each.roles.includes('handler'))) expect(gridUnits).not.toContain(post.unit)
  })

  it('has about sixty matters, several with two or more condition rows', async () => {
    const { matters } = await mattersOf('demo')
    expect(matters.length).toBeGreaterThanOrEqual(55)
    expect(matters.filter((matter) => matter.conditions.length > 1).length).toBeGreaterThan(20)
  })
})

describe('the city zaozhuang', () => {
  it('has 351 distinct items of joint handling in 7 classes and no people', async () => {
    const { matters } = await mattersOf('zaozhuang')
    expect(matters).toHaveLength(351)
    expect([...new Set(matters.map((matter) => matter.className))]).toEqual([
      '社会治安',
      '公共安全',
      '城镇管理',
      '纠纷调解',
      '环境保护',
      '民生服务',
      '市场秩序',
    ])
    expect(matters.every((matter) => matter.scheme === 'local' && matter.domain === 'joint' && matter.conditions.length > 0)).toBe(true)
    const { city, organisation } = loadCity('zaozhuang', CITIES)
    expect(organisation.people).toEqual([])
    expect(city.counts).toEqual({ streets: 65, communities: 2_500, basic: 4_953, single: 15_864, dedicated: 1_154 })
  })
})
