import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { geometryToWgs84 } from '@linli/lib/geo/crs'
import type { Areal } from '@linli/lib/geo/geometry'
import { checkBoundary } from '@linli/lib/geo/validate'
import { StartError } from '../../platform/config.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Platform } from '../../platform/platform.ts'
import { writeDivision } from './commands/divide.ts'
import { ensureDistricts, putAreas } from './store.ts'
import { wholeOf } from './whole.ts'

interface DistrictFeature {
  readonly properties: { readonly adcode: number | string; readonly name: string }
  readonly geometry: Areal
}

/** Writes a city's root, its districts where the data brings boundaries, and divides them by its counts. */
export async function seedPlaces(platform: Platform, tx: Tx): Promise<void> {
  const { city, folder } = platform.city
  const at = new Date(platform.runtime.now())
  const features = city.districts ? (JSON.parse(readFileSync(join(folder, city.districts.file), 'utf8')) as { features: DistrictFeature[] }).features : []
  const districts = features.map((feature) => {
    const problems = checkBoundary(feature.geometry)
    if (problems.length > 0)
      throw new StartError('CITY_INVALID', `${city.districts?.file}: ${feature.properties.name} ${problems.map((problem) => problem.code).join(', ')}`)
    const code = String(feature.properties.adcode)
    return {
      code,
      name: feature.properties.name,
      path: `${city.division}.${code}`,
      geometry: geometryToWgs84(feature.geometry, city.districts?.crs ?? 'wgs84'),
    }
  })
  const whole = wholeOf(districts.map((district) => district.geometry))
  await putAreas(
    tx,
    [{ code: city.division, parentCode: null, path: city.division, level: 'city', gridKind: null, name: city.name, version: 1, ...whole }],
    at,
    null,
  )
  await ensureDistricts(
    tx,
    districts.map((district) => district.code),
  )
  if (districts.length > 0) await writeDivision(platform, tx, districts, city.counts, city.seed)
}
