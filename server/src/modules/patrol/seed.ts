import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DutyListSchema, type DutyList } from '@linli/contract/city'
import { Ajv } from 'ajv'
import { StartError } from '../../platform/config.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Platform } from '../../platform/platform.ts'
import { writeItems } from './commands/publish-items.ts'
import { itemProblems } from './items.ts'

/** Publishes a city's own grid items as their first edition, where its data brings any; CITY_INVALID names what is wrong with them. */
export async function seedPatrol(platform: Platform, tx: Tx, hasMatter: (key: string) => boolean): Promise<void> {
  const { city, folder } = platform.city
  if (city.files.duties === undefined) return
  const list = JSON.parse(readFileSync(join(folder, city.files.duties), 'utf8')) as DutyList
  const ajv = new Ajv({ allErrors: true, strict: false })
  const problems = ajv.validate(DutyListSchema, list)
    ? itemProblems(list.classes, list.items, hasMatter).map((problem) => `${problem.pointer} ${problem.detail ?? problem.code}`)
    : (ajv.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
  if (problems.length > 0) throw new StartError('CITY_INVALID', `${city.files.duties}: ${problems.slice(0, 10).join('; ')}`)
  await writeItems(platform, tx, { edition: 1, note: city.name, by: null, classes: list.classes, items: list.items })
}
