import { readFileSync, existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { CitySchema, DispatchSchema, OrganisationSchema, type City, type DispatchRules, type Organisation } from '@linli/contract/city'
import type { TSchema } from '@sinclair/typebox'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { StartError } from './config.ts'

/** A city as data (城市数据): everything local, loaded and checked whole. */
export interface CityPackage {
  readonly folder: string
  readonly city: City
  readonly organisation: Organisation
  readonly dispatch: DispatchRules
}

/** Loads `cities/<name>` or a folder given by path; throws CITY_INVALID with every problem. */
export function loadCity(name: string, citiesFolder: string): CityPackage {
  const folder = isAbsolute(name) || name.startsWith('.') ? name : join(citiesFolder, name)
  if (!existsSync(join(folder, 'city.json')))
    throw new StartError('CITY_UNKNOWN', `There is no city.json in ${folder}; set LINLI_CITY to a city of this program or to a folder`)
  const city = readChecked<City>(join(folder, 'city.json'), CitySchema)
  const organisation = readChecked<Organisation>(join(folder, city.files.organisation), OrganisationSchema)
  const dispatch = readChecked<DispatchRules>(join(folder, city.files.dispatch), DispatchSchema)
  refuseBrokenReferences(city, organisation, dispatch)
  for (const file of [city.files.matters, city.files.duties, city.districts?.file])
    if (file !== undefined && !existsSync(join(folder, file)))
      throw new StartError('CITY_INVALID', `${join(folder, 'city.json')} names ${file}, which is not there`)
  return { folder, city, organisation, dispatch }
}

function readChecked<T>(file: string, schema: TSchema): T {
  const value = parsed(file)
  const ajv = new Ajv({ allErrors: true, strict: false })
  addFormats.default(ajv)
  const valid = ajv.compile<T>(schema)
  if (valid(value)) return value
  const problems = (valid.errors ?? []).slice(0, 10).map((error) => `${error.instancePath} ${error.message}`)
  throw new StartError('CITY_INVALID', `${file}: ${problems.join('; ')}`)
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new StartError('CITY_INVALID', `${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function refuseBrokenReferences(city: City, organisation: Organisation, dispatch: DispatchRules): void {
  const units = new Set(organisation.units.map((unit) => unit.code))
  const posts = new Set(organisation.posts.map((post) => post.code))
  const problems = [
    ...organisation.units.filter((unit) => unit.parent !== null && !units.has(unit.parent)).map((unit) => `unit ${unit.code}: parent ${unit.parent}`),
    ...organisation.posts.filter((post) => !units.has(post.unit)).map((post) => `post ${post.code}: unit ${post.unit}`),
    ...organisation.posts.flatMap((post) => post.roles.filter((role) => !(role in city.roles)).map((role) => `post ${post.code}: role ${role}`)),
    ...organisation.people.flatMap((person) => person.posts.filter((post) => !posts.has(post)).map((post) => `person ${person.login}: post ${post}`)),
    ...dispatch.rules.flatMap((rule) => [rule.owner, ...rule.coOwners].filter((unit) => !units.has(unit)).map((unit) => `rule ${rule.id}: unit ${unit}`)),
  ]
  if (problems.length > 0) throw new StartError('CITY_INVALID', `Names that do not exist: ${problems.slice(0, 10).join('; ')}`)
}
